//! Meetings, visits and calls from their proposal to what became of them.
//!
//! A block holds the reports of contacts between the same parties, or, where no two parties are named, of talks that go by one
//! name. They are taken in the order they were published; each continues the contact it fits best, or begins one. What fits: days that
//! overlap or lie a day apart, no other town, a call with a call, and persons that are not all others; a report without days continues the
//! latest contact that is still open. Nothing is invented: a contact holds only what its reports say.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{
    Actor, Contact, ContactKind, ContactState, ContactStep, Days, Event, EventType, Level, Mode, Party,
    Report, Status,
};
use jiff::Span;
use jiff::civil::Date;

use super::words::{ContactWord, level, tells};

/// The block of a report that tells of a contact.
pub fn contact_block(report: &Report) -> Option<String> {
    state_told(report)?;
    let parties = parties(&report.event);
    let codes: BTreeSet<String> =
        parties.iter().filter_map(|actor| actor.code).map(|code| code.to_string()).collect();
    match (codes.len(), &report.event.occasion) {
        (2.., _) => Some(codes.into_iter().collect::<Vec<_>>().join("+")),
        (_, Some(occasion)) => Some(format!("occasion {occasion}")),
        _ => None,
    }
}

/// The contacts of a set of reports, in order of ids.
pub fn contacts(reports: &[Report]) -> Vec<Contact> {
    let mut blocks: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        if let Some(block) = contact_block(report) {
            blocks.entry(block).or_default().push(report);
        }
    }
    let mut all: Vec<Contact> = blocks.into_values().flat_map(of_block).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// A contact as it stood on a day: later steps are left out, and what was due and not reported held has lapsed. `None` where it was
/// not known yet.
pub fn as_of(contact: &Contact, day: Date) -> Option<Contact> {
    let mut known = contact.clone();
    known.steps.retain(|step| step.on.is_none_or(|on| on <= day));
    let last = known.steps.last()?;
    known.state = last.state;
    known.days = known.steps.iter().rev().find_map(|step| step.days);
    let overdue = known.days.filter(|days| days.to < day && known.state.is_open());
    if let Some(days) = overdue {
        known.state = ContactState::Lapsed;
        known.steps.push(ContactStep {
            on: days.to.tomorrow().ok(),
            state: ContactState::Lapsed,
            days: None,
            report: None,
        });
    }
    Some(known)
}

/// How a contact stands by one report's word; `None` where the report tells of no contact.
fn state_told(report: &Report) -> Option<ContactState> {
    let event = &report.event;
    let meets = event.plain.kind == EventType::Consult;
    Some(match (event.kind, event.status) {
        (EventType::Consult, Status::Occurred | Status::Ongoing) => ContactState::Held,
        (EventType::Agree, Status::Cancelled) if meets && tells(&report.trigger, ContactWord::Postponed) => {
            ContactState::Postponed
        }
        (EventType::Agree, Status::Cancelled) if meets => ContactState::Cancelled,
        (EventType::Agree, Status::Scheduled | Status::Occurred | Status::Ongoing) if meets => {
            ContactState::Scheduled
        }
        (EventType::Agree, Status::Proposed | Status::Hypothetical) if meets => ContactState::Proposed,
        (EventType::Request, _) if meets || event.mode == Some(Mode::Meet) => ContactState::Proposed,
        (EventType::Reject, _) if meets || event.mode == Some(Mode::Meet) => ContactState::Refused,
        (EventType::Sanction, _) if meets => ContactState::Cancelled,
        _ => return None,
    })
}

fn parties(event: &Event) -> Vec<Actor> {
    let mut parties: Vec<Actor> = event
        .actors
        .iter()
        .chain(&event.recipients)
        .map(|party| party.actor)
        .filter(|actor| actor.code.is_some())
        .collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}

/// What one report says of a contact.
struct Telling<'a> {
    report: &'a Report,
    state: ContactState,
    published: Option<Date>,
    days: Option<Days>,
    kind: ContactKind,
    level: Level,
    persons: BTreeSet<&'a str>,
    city: Option<&'a str>,
}

impl<'a> Telling<'a> {
    fn of(report: &'a Report) -> Option<Self> {
        let event = &report.event;
        let sides = || event.actors.iter().chain(&event.recipients);
        let level = sides().map(|party| level(&party.text)).max().unwrap_or(Level::Unknown);
        Some(Self {
            report,
            state: state_told(report)?,
            published: report.source.published,
            days: days_of_contact(report),
            kind: kind(report, level),
            level,
            persons: sides()
                .filter(|party| is_person(party))
                .filter_map(|party| party.name.as_deref())
                .collect(),
            city: event.place.as_ref().and_then(|place| place.name.split_once(", ")).map(|(city, _)| city),
        })
    }
}

/// Asking and refusing have the day of the speaking, not that of the contact.
fn days_of_contact(report: &Report) -> Option<Days> {
    match report.event.kind {
        EventType::Consult | EventType::Agree => report.days(),
        _ => None,
    }
}

/// Persons have names of more than one word; organisations and states are parties already.
fn is_person(party: &Party) -> bool {
    party.name.as_deref().is_some_and(|name| name.contains(' ')) && party.actor.sector.is_some()
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

/// The contacts of one block under way.
#[derive(Default)]
struct Calendar<'a> {
    contacts: Vec<Life<'a>>,
    by_day: BTreeMap<Date, Vec<usize>>,
    open: Vec<usize>,
}

/// A contact and what it is recognised by.
struct Life<'a> {
    contact: Contact,
    persons: BTreeSet<&'a str>,
    city: Option<&'a str>,
    last: Option<Date>,
}

/// A dated contact is looked for so many days on either side.
const REACH: i64 = 8;
/// An open contact is taken up again by a report without days for so long.
const PATIENCE: i32 = 90;

fn of_block(mut reports: Vec<&Report>) -> Vec<Contact> {
    reports.sort_by_key(|report| (report.source.published, report.key()));
    let mut calendar = Calendar::default();
    for telling in reports.into_iter().filter_map(Telling::of) {
        match calendar.find(&telling) {
            Some(at) => calendar.go_on(at, telling),
            None => calendar.begin(telling),
        }
    }
    calendar.contacts.into_iter().map(|life| life.contact).collect()
}

impl<'a> Calendar<'a> {
    /// The contact that a report goes on with: of those that fit the one whose days fit best, the latest begun of equals.
    fn find(&self, telling: &Telling<'a>) -> Option<usize> {
        let near = telling.days.into_iter().flat_map(|days| self.around(days));
        let candidates: BTreeSet<usize> = near.chain(self.open.iter().copied()).collect();
        let fits = candidates.into_iter().filter_map(|at| Some((self.contacts[at].fit(telling)?, at)));
        fits.max().map(|(_, at)| at)
    }

    fn around(&self, days: Days) -> impl Iterator<Item = usize> {
        let (from, to) = (
            days.from.saturating_sub(Span::new().days(REACH)),
            days.to.saturating_add(Span::new().days(REACH)),
        );
        self.by_day.range(from..=to).flat_map(|(_, at)| at.iter().copied())
    }

    fn begin(&mut self, telling: Telling<'a>) {
        let at = self.contacts.len();
        self.contacts.push(Life::of(telling));
        self.index(at);
    }

    fn go_on(&mut self, at: usize, telling: Telling<'a>) {
        let published = telling.published;
        self.contacts[at].go_on(telling);
        self.index(at);
        self.open.retain(|&other| {
            let life = &self.contacts[other];
            life.contact.state.is_open() && !is_long_before(life.last, published)
        });
    }

    fn index(&mut self, at: usize) {
        let contact = &self.contacts[at].contact;
        if let Some(days) = contact.days {
            let on = self.by_day.entry(days.from).or_default();
            if !on.contains(&at) {
                on.push(at);
            }
        }
        if contact.state.is_open() && !self.open.contains(&at) {
            self.open.push(at);
        }
    }
}

fn is_long_before(last: Option<Date>, now: Option<Date>) -> bool {
    match (last, now) {
        (Some(last), Some(now)) => last.until(now).map_or(0, |span| span.get_days()) > PATIENCE,
        _ => false,
    }
}

impl<'a> Life<'a> {
    fn of(telling: Telling<'a>) -> Self {
        let event = &telling.report.event;
        Self {
            contact: Contact {
                id: format!("k:{}", telling.report.key()),
                kind: telling.kind,
                level: telling.level,
                parties: parties(event),
                persons: telling.persons.iter().map(|&name| name.to_owned()).collect(),
                occasion: event.occasion.clone(),
                days: telling.days,
                place: event.place.clone(),
                state: telling.state,
                steps: vec![step(&telling, telling.state)],
            },
            last: telling.published.max(telling.days.map(|days| days.to)),
            persons: telling.persons,
            city: telling.city,
        }
    }

    /// How well a report fits: 3 for days that overlap, 2 for neighbouring days, 1 where one has no days; `None` where it does not.
    fn fit(&self, telling: &Telling<'a>) -> Option<u32> {
        let contact = &self.contact;
        let calls = |kind: ContactKind| kind == ContactKind::Call;
        let other_kind = calls(contact.kind) != calls(telling.kind);
        let other_city = self.city.is_some() && telling.city.is_some() && self.city != telling.city;
        let others = !self.persons.is_empty()
            && !telling.persons.is_empty()
            && self.persons.is_disjoint(&telling.persons);
        if other_kind || other_city || others {
            return None;
        }
        match (contact.days, telling.days) {
            (Some(known), Some(told)) => self.fit_days(known, told, telling),
            _ if contact.state.is_open() && !is_long_before(self.last, telling.published) => {
                self.may_become(telling).then_some(1)
            }
            _ => None,
        }
    }

    fn fit_days(&self, known: Days, told: Days, telling: &Telling<'_>) -> Option<u32> {
        let apart = match known.overlaps(told) {
            true => 0,
            false => days_between(known.to, told.from).max(days_between(told.to, known.from)),
        };
        let moved = self.contact.state.is_open() && telling.state.is_open() && apart <= REACH as i32;
        let same = self.city.is_some() && self.city == telling.city
            || self.contact.occasion.is_some() && self.contact.occasion == telling.report.event.occasion
            || self.contact.state == ContactState::Postponed;
        match apart {
            0 => Some(3),
            1 if length(known) > 0 || length(told) > 0 || self.contact.state.is_open() => Some(2),
            _ if moved && same => Some(1),
            _ => None,
        }
    }

    /// A contact without days may be held on the day told, if that is not before it was first spoken of.
    fn may_become(&self, telling: &Telling<'_>) -> bool {
        let first = self.contact.steps.first().and_then(|step| step.on);
        match (telling.days, first) {
            (Some(days), Some(first)) if telling.state == ContactState::Held => days.to >= first,
            _ => true,
        }
    }

    fn go_on(&mut self, telling: Telling<'a>) {
        let state = next(self.contact.state, &telling, self.contact.steps.last());
        let contact = &mut self.contact;
        contact.steps.push(step(&telling, state));
        contact.state = state;
        contact.level = contact.level.max(telling.level);
        contact.kind = contact.kind.max_known(telling.kind);
        contact.days = days_after(contact.days, telling.days);
        if telling.report.event.place.is_some() && (contact.place.is_none() || telling.city.is_some()) {
            contact.place.clone_from(&telling.report.event.place);
        }
        if contact.occasion.is_none() {
            contact.occasion.clone_from(&telling.report.event.occasion);
        }
        contact.parties.extend(parties(&telling.report.event));
        contact.parties.sort_unstable();
        contact.parties.dedup();
        self.persons.extend(&telling.persons);
        contact.persons = self.persons.iter().map(|&name| name.to_owned()).collect();
        self.city = self.city.or(telling.city);
        self.last = self.last.max(telling.published).max(telling.days.map(|days| days.to));
    }
}

/// The kind that says more: a meeting is any of the others.
trait Known {
    fn max_known(self, other: Self) -> Self;
}

impl Known for ContactKind {
    fn max_known(self, other: Self) -> Self {
        if self == Self::Meeting || other == Self::Summit { other } else { self }
    }
}

fn step(telling: &Telling<'_>, state: ContactState) -> ContactStep {
    let report = Some(telling.report.key().to_owned());
    ContactStep { on: telling.published, state, days: telling.days, report }
}

/// How a contact stands after one more report.
fn next(now: ContactState, telling: &Telling<'_>, last: Option<&ContactStep>) -> ContactState {
    use ContactState::{Confirmed, Held, Postponed, Proposed, Scheduled};
    let later = last.and_then(|step| step.on) < telling.published;
    match (now, telling.state) {
        (Held, _) => Held,
        (Scheduled | Confirmed, Proposed) => now,
        (Scheduled, Scheduled) if later => Confirmed,
        (Confirmed, Scheduled) => Confirmed,
        (Postponed, Proposed) => Postponed,
        (_, told) => told,
    }
}

/// The narrower of days that overlap; else the days told last.
fn days_after(known: Option<Days>, told: Option<Days>) -> Option<Days> {
    match (known, told) {
        (Some(known), Some(told)) if known.overlaps(told) && length(known) <= length(told) => Some(known),
        (known, told) => told.or(known),
    }
}

fn length(days: Days) -> i32 {
    days_between(days.from, days.to)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
