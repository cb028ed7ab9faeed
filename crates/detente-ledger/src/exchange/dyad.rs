//! From a report to the directed pairs that dyadic data sets have: one actor, one recipient, one day.

use detente_model::{Event, EventType, Party, Report, Status};
use jiff::civil::Date;

/// An act of one party on another, or on nobody who is named.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dyad<'a> {
    pub actor: Option<&'a Party>,
    pub recipient: Option<&'a Party>,
}

/// Why a report is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// Called off, denied or merely supposed: the format would count it as done.
    NotDone,
    /// Neither the act nor its report has a known day.
    Undated,
}

/// The day under which other data sets file the act; `Err` for what they have no place for.
///
/// What is planned is filed under the day on which it was told: its type says that it was agreed to, offered or threatened.
pub(super) fn day(report: &Report) -> Result<Date, LeftOut> {
    let event = &report.event;
    let acted = event.when.and_then(|when| when.start.or(when.end));
    let day = match event.status {
        Status::Occurred | Status::Ongoing => acted.or(report.source.published),
        Status::Scheduled | Status::Proposed => report.source.published.or(acted),
        Status::Hypothetical if event.kind == EventType::Threaten => report.source.published.or(acted),
        Status::Hypothetical | Status::Cancelled | Status::Denied => return Err(LeftOut::NotDone),
    };
    day.ok_or(LeftOut::Undated)
}

/// The directed pairs of an event, at least one.
///
/// Who acts together with others and on nobody acts on each of them, in both directions, as CAMEO has reciprocal events.
pub(super) fn dyads(event: &Event) -> Vec<Dyad<'_>> {
    let pair = |actor, recipient| Dyad { actor, recipient };
    match (event.actors.as_slice(), event.recipients.as_slice()) {
        ([], []) => vec![pair(None, None)],
        ([], recipients) => recipients.iter().map(|recipient| pair(None, Some(recipient))).collect(),
        (actors, []) if event.kind.is_mutual() && actors.len() > 1 => mutual(actors),
        (actors, []) => actors.iter().map(|actor| pair(Some(actor), None)).collect(),
        (actors, recipients) => actors
            .iter()
            .flat_map(|actor| recipients.iter().map(move |recipient| pair(Some(actor), Some(recipient))))
            .collect(),
    }
}

fn mutual(actors: &[Party]) -> Vec<Dyad<'_>> {
    let others = |at: usize| actors.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, p)| p);
    let of = |(at, actor)| others(at).map(move |other| Dyad { actor: Some(actor), recipient: Some(other) });
    actors.iter().enumerate().flat_map(of).collect()
}
