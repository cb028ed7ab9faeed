//! The acts of pairs as rows, and rows as acts.

use detente_model::{ActorCode, Bearing, Dyad, Observation, PlainAct};

use super::contact_rows::{Numbers, Row, number};
use super::sql::{Again, Cells, Kind, Outcome, Row as Found, Table, Value};
use crate::derive::PairAct;

pub(super) const ACTS: Table = Table {
    name: "acts",
    columns: &[
        ("a", Kind::Text),
        ("b", Kind::Text),
        ("day", Kind::Text),
        ("cluster", Kind::Int),
        ("known", Kind::Text),
        ("report", Kind::Text),
        ("type", Kind::Text),
        ("mode", Kind::Text),
        ("plain_type", Kind::Text),
        ("plain_mode", Kind::Text),
        ("status", Kind::Text),
        ("bearing", Kind::Text),
        ("sources", Kind::Int),
        ("confidence", Kind::Real),
        ("speaker_code", Kind::Text),
    ],
    key: 4,
    again: Again::Fails,
};

/// What a query for acts selects; `read` takes it in this order.
pub(super) const SELECTION: &str = "day, known, report, type, mode, plain_type, plain_mode, status, bearing, sources, confidence, speaker_code";

/// The row of an act. Its cluster has the number of its first report.
pub(super) fn row(act: &PairAct, numbers: &Numbers) -> Outcome<Row> {
    let PairAct { dyad, first, observation } = act;
    let first = number(numbers, Some(first))?;
    Ok(vec![
        dyad.a.to_string().into(),
        dyad.b.to_string().into(),
        observation.day.into(),
        first.into(),
        observation.known.into(),
        observation.report.clone().into(),
        observation.kind.as_str().into(),
        observation.mode.map(|mode| mode.as_str()).into(),
        observation.plain.kind.as_str().into(),
        observation.plain.mode.map(|mode| mode.as_str()).into(),
        observation.status.as_str().into(),
        observation.bearing.as_str().into(),
        Value::Int(observation.sources.into()),
        observation.confidence.into(),
        observation.speaker.map(|code| code.to_string()).into(),
    ])
}

/// The pair with the smaller code first, as its acts are kept, and whether it was turned.
pub(super) fn in_order(dyad: Dyad) -> (ActorCode, ActorCode, bool) {
    if dyad.a < dyad.b { (dyad.a, dyad.b, false) } else { (dyad.b, dyad.a, true) }
}

/// An act of a pair that was `turned`.
pub(super) fn read(row: &Found, turned: bool) -> Outcome<Observation> {
    let mut cells = Cells::of(row);
    Ok(Observation {
        day: cells.named()?,
        known: cells.named()?,
        report: cells.string()?,
        kind: cells.named()?,
        mode: cells.maybe_named()?,
        plain: PlainAct { kind: cells.named()?, mode: cells.maybe_named()? },
        status: cells.named()?,
        bearing: seen_from(cells.named()?, turned),
        sources: u32::try_from(cells.count()?).unwrap_or(u32::MAX),
        confidence: cells.real()?,
        speaker: cells.maybe_named()?,
    })
}

fn seen_from(bearing: Bearing, turned: bool) -> Bearing {
    match bearing {
        Bearing::Forward if turned => Bearing::Backward,
        Bearing::Backward if turned => Bearing::Forward,
        bearing => bearing,
    }
}
