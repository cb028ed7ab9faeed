//! What reviewers decided, as a gold set: one record an event, in the fields that scorers of event coders read.

use detente_model::{Actor, EventType, Mode, Part, Party, Report, Status};
use jiff::civil::Date;
use serde::Serialize;

#[cfg(feature = "store")]
use crate::store::Correction;

/// One event as a person says it should be coded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gold<'a> {
    /// The article.
    pub doc: &'a str,
    /// The sentence, verbatim; `TITLE` for the headline.
    pub sentence: &'a str,
    /// The words that name the act.
    pub trigger: &'a str,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode; none where the type was corrected.
    pub mode: Option<Mode>,
    /// Who acts.
    pub actors: Vec<GoldParty<'a>>,
    /// To whom.
    pub recipients: Vec<GoldParty<'a>>,
    /// Whether it happened.
    pub status: Status,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
    /// Where.
    pub place: Option<&'a str>,
    /// Who says so, verbatim.
    pub speaker: Option<&'a str>,
}

/// A party of such an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoldParty<'a> {
    /// The words that name it; empty where a reviewer named it by its code alone.
    pub text: &'a str,
    /// State or organisation and part of society.
    #[serde(flatten)]
    pub actor: Actor,
}

impl<'a> Gold<'a> {
    /// The event as it was coded.
    pub fn of(report: &'a Report) -> Self {
        let event = &report.event;
        Self {
            doc: &event.doc,
            sentence: if event.evidence.part == Part::Title { "TITLE" } else { &report.sentence },
            trigger: &report.trigger,
            kind: event.kind,
            mode: event.mode,
            actors: event.actors.iter().map(GoldParty::of).collect(),
            recipients: event.recipients.iter().map(GoldParty::of).collect(),
            status: event.status,
            start: event.when.and_then(|when| when.start),
            end: event.when.and_then(|when| when.end),
            place: event.place.as_ref().map(|place| place.name.as_str()),
            speaker: event.speaker.as_ref().map(|speaker| speaker.text.as_str()),
        }
    }

    /// The event as a reviewer corrected it.
    #[cfg(feature = "store")]
    pub fn corrected(report: &'a Report, correction: &Correction) -> Self {
        let mut gold = Self::of(report);
        if let Some(kind) = correction.kind {
            gold.mode = gold.mode.filter(|_| kind == gold.kind);
            gold.kind = kind;
        }
        let named: Vec<GoldParty<'a>> = gold.actors.iter().chain(&gold.recipients).cloned().collect();
        if let Some(actors) = &correction.actors {
            gold.actors = actors.iter().map(|actor| GoldParty::named(*actor, &named)).collect();
        }
        if let Some(recipients) = &correction.recipients {
            gold.recipients = recipients.iter().map(|actor| GoldParty::named(*actor, &named)).collect();
        }
        if let Some(days) = correction.days {
            (gold.start, gold.end) = (Some(days.from), Some(days.to));
        }
        gold.status = correction.status.unwrap_or(gold.status);
        gold
    }
}

impl<'a> GoldParty<'a> {
    fn of(party: &'a Party) -> Self {
        Self { text: &party.text, actor: party.actor }
    }

    /// A party with the words by which the sentence names it, as far as the coder found them.
    #[cfg(feature = "store")]
    fn named(actor: Actor, known: &[Self]) -> Self {
        let text = known.iter().find(|party| party.actor.code == actor.code).map_or("", |party| party.text);
        Self { text, actor }
    }
}
