//! How alike two reports are: words, place, mode, offices, sectors.

use std::collections::BTreeSet;

use detente_model::{ActorCode, Event, EventType, Mode, Party, QuadClass, Report, Sector};

use super::super::offices::{Offices, may_be_same, offices};
use super::super::words::{is_plain, stem};

/// What two reports are compared by, prepared once.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    report: &'a Report,
    /// What the sentence says besides who, where, when and the act's own word.
    words: BTreeSet<&'a str>,
    trigger: BTreeSet<&'a str>,
    city: Option<&'a str>,
    country: Option<ActorCode>,
    /// Of those who meet; empty for other acts.
    offices: Offices,
}

/// In what two reports of the same parties are alike, where nothing sets them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// They give it the same type.
    pub kind: bool,
    /// They name the act by the same word.
    pub trigger: bool,
    /// Their sentences share enough of the words that say more.
    pub words: bool,
    /// They name the same town.
    pub city: bool,
    /// They give it the same mode.
    mode: bool,
    /// They stand in the same sentence.
    sentence: bool,
}

/// Share of the shorter sentence's words that both have from which on two sentences are near.
const NEAR: f64 = 0.4;

impl<'a> Look<'a> {
    /// The look of a report.
    pub fn of(report: &'a Report) -> Self {
        let place = report.event.place.as_ref();
        let trigger = stems(&report.trigger, 3);
        let is_meeting = report.event.kind == EventType::Consult;
        Self {
            report,
            words: words(report),
            trigger,
            city: place.and_then(|place| place.name.split_once(", ")).map(|(city, _)| city),
            country: place.and_then(|place| place.country),
            offices: if is_meeting { offices(&report.event) } else { Offices::new() },
        }
    }

    /// In what the two are alike; `None` where something sets them apart: another town, mode, office or part of society.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let (a, b) = (&self.report.event, &other.report.event);
        let agree = may_be_one(self.city, other.city)
            && may_be_one(self.country, other.country)
            && modes_agree(a, b)
            && sectors_agree(&a.actors, &b.actors)
            && sectors_agree(&a.recipients, &b.recipients)
            && may_be_same(&self.offices, &other.offices);
        agree.then(|| Likeness {
            kind: a.kind == b.kind,
            trigger: self.shares_trigger(other),
            words: self.is_near(other),
            city: self.city.is_some() && self.city == other.city,
            mode: a.mode.is_some() && a.mode == b.mode,
            sentence: a.doc == b.doc && a.evidence.sentence == b.evidence.sentence,
        })
    }

    /// The town that the report names.
    pub fn city(&self) -> Option<&'a str> {
        self.city
    }

    /// Beginnings of words by which both name the act.
    pub fn shared_trigger(&self, other: &Self) -> Vec<String> {
        self.trigger.intersection(&other.trigger).map(|&word| word.to_owned()).collect()
    }

    /// Beginnings of words that both sentences have.
    pub fn shared_words(&self, other: &Self) -> Vec<String> {
        self.shared(other).map(str::to_owned).collect()
    }

    /// Whether the sentences share enough of what they say; one word, or none where one says nothing more, is enough only if the act
    /// is named alike.
    fn is_near(&self, other: &Self) -> bool {
        let shorter = self.words.len().min(other.words.len());
        let shared = self.shared(other).count();
        shared as f64 >= NEAR * shorter as f64 && (shared > 1 || self.shares_trigger(other))
    }

    /// Words that both say; the word for the act in one may be another word in the other.
    fn shared<'b>(&'b self, other: &'b Self) -> impl Iterator<Item = &'b str> {
        let both = self.words.intersection(&other.words);
        let ours = self.trigger.intersection(&other.words);
        both.chain(ours).chain(self.words.intersection(&other.trigger)).copied()
    }

    /// "fired on" and "opened fire": a stem that begins the other is the same.
    fn shares_trigger(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
        self.trigger.iter().any(|ours| other.trigger.iter().any(|theirs| same(ours, theirs)))
    }
}

impl Likeness {
    /// Whether two reports that tell of the same days tell of one act of the kind of `event`.
    pub fn is_one_act(self, event: &Event) -> bool {
        match self.kind {
            true if is_contact(event) => true,
            true if is_of_words(event) || is_by_nobody_known(event) => self.words,
            true => self.trigger || self.words || self.city || self.mode,
            // Types that border on each other: the same word for the act tells that it is one, if it is not one sentence with two acts.
            false => self.trigger && self.words && !self.sentence,
        }
    }

    /// Whether a report that is vague about the day tells of the act.
    pub fn is_told_again(self) -> bool {
        self.kind && self.words && (self.trigger || self.city) || self.kind && self.city && self.trigger
    }
}

/// A contact between parties that are known: they do not meet twice a day, whereas a state alone meets many.
fn is_contact(event: &Event) -> bool {
    let meets =
        matches!(event.kind, EventType::Consult | EventType::Agree) && event.plain.kind == EventType::Consult;
    let parties = || event.actors.iter().chain(&event.recipients).filter_map(side);
    meets && parties().any(|party| Some(party) != parties().next())
}

/// A state, or a part of its society that does not act for it.
fn side(party: &Party) -> Option<(ActorCode, Option<Sector>)> {
    Some((party.actor.code?, party.actor.sector.filter(|_| !is_official(party))))
}

/// Who it was is what tells deeds of one day apart: where that is not known, only words can.
fn is_by_nobody_known(event: &Event) -> bool {
    event.actors.iter().all(|party| party.actor.code.is_none())
}

fn is_of_words(event: &Event) -> bool {
    matches!(event.quad(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict)
}

/// What one leaves open does not part the two.
fn may_be_one<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// A visit, a call and a meeting are three contacts; otherwise a mode left open is any.
fn modes_agree(a: &Event, b: &Event) -> bool {
    let own = |mode: &Mode| matches!(mode, Mode::Visit | Mode::Phone);
    match a.kind {
        EventType::Consult => a.mode.filter(own) == b.mode.filter(own) && may_be_one(a.mode, b.mode),
        _ => may_be_one(a.mode, b.mode) || a.kind != b.kind,
    }
}

/// Sectors differ only where both sides name theirs; who governs, fights and spies for a state is one side.
fn sectors_agree(a: &[Party], b: &[Party]) -> bool {
    let sectors = |side: &[Party]| {
        let named = side.iter().filter(|party| !is_official(party));
        named.filter_map(|party| party.actor.sector).collect::<BTreeSet<_>>()
    };
    let (ours, theirs) = (sectors(a), sectors(b));
    a.iter().all(is_official) == b.iter().all(is_official)
        && (ours.is_empty() || theirs.is_empty() || !ours.is_disjoint(&theirs))
        || a.is_empty()
        || b.is_empty()
}

fn is_official(party: &Party) -> bool {
    party.actor.sector.is_none_or(|sector| matches!(sector, Sector::Gov | Sector::Mil | Sector::Spy))
}

/// What the sentence says besides the parties, the place, the day and the word for the act, all of which are compared by themselves.
fn words(report: &Report) -> BTreeSet<&str> {
    let event = &report.event;
    let mut known = stems(&report.trigger, 3);
    for party in event.actors.iter().chain(&event.recipients) {
        known.extend(stems(&party.text, 3));
    }
    known.extend(event.place.iter().flat_map(|place| stems(&place.name, 3)));
    let said = stems(&report.sentence, 4);
    said.into_iter().filter(|word| !known.contains(word) && !is_plain(word)).collect()
}

/// The beginnings of a text's longer words, in order, without repeats. Case counts: names are most of what tells acts apart.
fn stems(text: &str, shortest: usize) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= shortest);
    words.map(stem).collect()
}
