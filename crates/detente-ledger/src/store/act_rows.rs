//! The acts of pairs as rows, and rows as acts.

use detente_model::{ActorCode, Bearing, Dyad, Observation, PlainAct};
use serde::Deserialize;

use super::contact_rows::{Numbers, Row, number};
use super::sql::{Again, Kind, Outcome, Table, Value, parse};
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

/// A row of an act as it came: a busy pair has tens of thousands a year, so nothing is copied but the key of its report.
#[derive(Deserialize)]
pub(super) struct Told<'t>(
    &'t str,
    &'t str,
    String,
    &'t str,
    #[serde(borrow)] Option<&'t str>,
    &'t str,
    #[serde(borrow)] Option<&'t str>,
    &'t str,
    &'t str,
    u32,
    f64,
    #[serde(borrow)] Option<&'t str>,
);

/// An act of a pair that was `turned`.
pub(super) fn read(told: Told<'_>, turned: bool) -> Outcome<Observation> {
    let Told(
        day,
        known,
        report,
        kind,
        mode,
        plain,
        plain_mode,
        status,
        bearing,
        sources,
        confidence,
        speaker,
    ) = told;
    Ok(Observation {
        day: parse(day)?,
        known: parse(known)?,
        report,
        kind: parse(kind)?,
        mode: mode.map(parse).transpose()?,
        plain: PlainAct { kind: parse(plain)?, mode: plain_mode.map(parse).transpose()? },
        status: parse(status)?,
        bearing: seen_from(parse(bearing)?, turned),
        sources,
        confidence: confidence as f32,
        speaker: speaker.map(parse).transpose()?,
    })
}

fn seen_from(bearing: Bearing, turned: bool) -> Bearing {
    match bearing {
        Bearing::Forward if turned => Bearing::Backward,
        Bearing::Backward if turned => Bearing::Forward,
        bearing => bearing,
    }
}
