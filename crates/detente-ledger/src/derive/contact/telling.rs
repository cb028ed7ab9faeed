//! What one report says of a contact.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{
    Actor, ActorCode, ContactKind, ContactState, Days, Event, EventType, Level, Mode, Party, Report, Status,
    WhenBasis,
};
use jiff::civil::Date;

use super::super::offices::{Offices, offices};
use super::super::words::{ContactWord, level, tells};

/// What one report says of a contact.
pub struct Telling<'a> {
    pub report: &'a Report,
    pub state: ContactState,
    pub published: Option<Date>,
    pub days: Option<Days>,
    /// Whether the days are only those of the report, or of something else in the article.
    pub is_assumed: bool,
    pub kind: ContactKind,
    /// Whether nothing says how they were in contact: "discussed trade", "exchanged opinions".
    pub is_vague: bool,
    pub level: Level,
    pub offices: Offices,
    pub persons: BTreeSet<&'a str>,
    pub place: Where<'a>,
    /// Who is visited.
    pub hosts: BTreeSet<ActorCode>,
}

/// Where a contact takes place, as far as it is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Where<'a> {
    pub city: Option<&'a str>,
    pub country: Option<ActorCode>,
}

/// What articles call the persons they name: who is a minister in one sentence is one in the next.
#[derive(Default)]
pub struct Titles<'a>(BTreeMap<(&'a str, &'a str), Level>);

impl<'a> Titles<'a> {
    /// The titles that these reports give.
    pub fn of(reports: &[&'a Report]) -> Self {
        let mut titles = Self::default();
        for event in reports.iter().map(|report| &report.event) {
            for party in event.actors.iter().chain(&event.recipients) {
                if let Some(name) = party.name.as_deref() {
                    let highest = titles.0.entry((&event.doc, name)).or_insert(Level::Unknown);
                    *highest = level(&party.text).max(*highest);
                }
            }
        }
        titles
    }

    fn level(&self, doc: &'a str, party: &'a Party) -> Level {
        let known = party.name.as_deref().and_then(|name| self.0.get(&(doc, name)));
        known.copied().unwrap_or_else(|| level(&party.text))
    }
}

impl<'a> Telling<'a> {
    /// What a report says; `None` where it tells of no contact.
    pub fn of(report: &'a Report, titles: &Titles<'a>) -> Option<Self> {
        let event = &report.event;
        let sides = || event.actors.iter().chain(&event.recipients);
        let level = sides().map(|party| titles.level(&event.doc, party)).max().unwrap_or(Level::Unknown);
        let state = state_told(report)?;
        Some(Self {
            report,
            state,
            published: report.source.published,
            days: days_of_contact(report, state),
            is_assumed: event.when.is_some_and(|w| matches!(w.basis, WhenBasis::Report | WhenBasis::Context)),
            kind: kind(report, level),
            is_vague: is_vague(report),
            level,
            offices: offices(event),
            persons: sides()
                .filter(|party| is_person(party))
                .filter_map(|party| party.name.as_deref())
                .collect(),
            place: Where::of(event),
            hosts: hosts(event),
        })
    }
}

impl<'a> Where<'a> {
    fn of(event: &'a Event) -> Self {
        let place = event.place.as_ref();
        let city = place.and_then(|place| place.name.split_once(", ")).map(|(city, _)| city);
        Self { city, country: place.and_then(|place| place.country) }
    }

    /// Whether the two cannot be one place; a town is known by its name, a country only where a town is left out.
    pub fn is_elsewhere(self, other: Self) -> bool {
        match (self.city, other.city) {
            (Some(a), Some(b)) => a != b,
            _ => matches!((self.country, other.country), (Some(a), Some(b)) if a != b),
        }
    }

    /// Another place, or the same told more closely.
    pub fn updated(self, told: Self) -> Self {
        if self.is_elsewhere(told) || self.city.is_none() {
            Self { city: told.city, country: told.country.or(self.country) }
        } else {
            self
        }
    }
}

/// How a contact stands by one report's word; `None` where the report tells of no contact.
pub fn state_told(report: &Report) -> Option<ContactState> {
    let event = &report.event;
    let meets = event.plain.kind == EventType::Consult;
    let meant = meets || names_contact(&report.trigger);
    Some(match (event.kind, event.status) {
        (EventType::Consult, Status::Occurred | Status::Ongoing) => ContactState::Held,
        (EventType::Agree, Status::Cancelled) if meant && is_put_off(report) => ContactState::Postponed,
        (EventType::Agree, Status::Cancelled) if meant => ContactState::Cancelled,
        (EventType::Agree, Status::Scheduled | Status::Occurred | Status::Ongoing) if meets => {
            ContactState::Scheduled
        }
        (EventType::Agree, Status::Proposed | Status::Hypothetical) if meant => ContactState::Proposed,
        (EventType::Request, _) if meets || event.mode == Some(Mode::Meet) => ContactState::Proposed,
        (EventType::Reject, _) if meets || event.mode == Some(Mode::Meet) => ContactState::Refused,
        (EventType::Sanction, _) if meets => ContactState::Cancelled,
        _ => return None,
    })
}

/// States and organisations that take part, in order, without repeats.
pub fn parties(event: &Event) -> Vec<Actor> {
    let sides = event.actors.iter().chain(&event.recipients);
    let parties: BTreeSet<Actor> =
        sides.map(|party| party.actor).filter(|actor| actor.code.is_some()).collect();
    parties.into_iter().collect()
}

/// The word for the act may be only the meeting; then the sentence says that it was put off.
fn is_put_off(report: &Report) -> bool {
    let says = |text| tells(text, ContactWord::Postponed);
    says(&report.trigger) || says(&report.sentence)
}

fn names_contact(trigger: &str) -> bool {
    use ContactWord::{Meeting, Summit, Talks, Visit};
    [Meeting, Summit, Talks, Visit].into_iter().any(|word| tells(trigger, word))
}

/// The days of the contact, not those of the speaking: asking and refusing have only these, and what is proposed or called off
/// lies ahead of the report.
fn days_of_contact(report: &Report, state: ContactState) -> Option<Days> {
    let days = match report.event.kind {
        EventType::Consult | EventType::Agree => report.days(),
        _ => None,
    }?;
    let speaks = matches!(state, ContactState::Proposed | ContactState::Cancelled | ContactState::Postponed);
    let is_past = report.source.published.is_some_and(|published| days.to <= published);
    (!speaks || !is_past).then_some(days)
}

/// Persons have names of more than one word; organisations and states are parties already.
fn is_person(party: &Party) -> bool {
    party.name.as_deref().is_some_and(|name| name.contains(' ')) && party.actor.sector.is_some()
}

fn hosts(event: &Event) -> BTreeSet<ActorCode> {
    let visited = if event.plain.mode == Some(Mode::Visit) { &event.recipients[..] } else { &[] };
    visited.iter().filter_map(|party| party.actor.code).collect()
}

/// A place, a mode or a word such as "met" says how.
fn is_vague(report: &Report) -> bool {
    let event = &report.event;
    event.place.is_none() && event.plain.mode.is_none() && !names_contact(&report.trigger)
}

fn kind(report: &Report, level: Level) -> ContactKind {
    let event = &report.event;
    let says = |word| tells(&report.trigger, word);
    match event.plain.mode {
        Some(Mode::Phone) => ContactKind::Call,
        _ if says(ContactWord::Call) && event.plain.mode != Some(Mode::Visit) => ContactKind::Call,
        _ if says(ContactWord::Summit) && level >= Level::Head => ContactKind::Summit,
        Some(Mode::Visit) => ContactKind::Visit,
        _ if says(ContactWord::Talks) => ContactKind::Talks,
        _ if says(ContactWord::Visit) => ContactKind::Visit,
        _ => ContactKind::Meeting,
    }
}
