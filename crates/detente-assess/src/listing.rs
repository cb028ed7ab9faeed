//! Answers that are lists: what lies ahead, who last met, who said what, who struck whom.

use detente_model::{ActorCode, Contact, ContactState, Dyad, Report};
use jiff::civil::Date;

use crate::answer::Answer;
use crate::clause::{self, Clause, Name, Section, begun, called, day, list};

/// The most items of a list.
const MOST: usize = 20;

impl Answer {
    /// What lies ahead for one or two parties, the nearest first, those without a day last. `contacts` stand as on the day.
    pub fn agenda(parties: &[ActorCode], contacts: &[Contact], on: Date, name: Name<'_>) -> Self {
        let name: Name<'_> = &|code| called(&name(code));
        let lies_ahead =
            |contact: &&Contact| contact.state.is_open() && contact.days.is_none_or(|days| days.to >= on);
        let mut ahead: Vec<&Contact> = contacts.iter().filter(lies_ahead).collect();
        ahead.sort_by_key(|contact| (contact.days.is_none(), contact.days, &contact.id));
        let items = ahead.iter().map(|contact| clause::contact_of_parties(Section::Found, contact, name));
        let whose = list(parties.iter().map(|code| name(*code)).collect());
        listed(items, |count| format!("{whose} after {}: {count} ahead", day(on)), "contact")
    }

    /// When two parties last met or spoke, the latest first.
    pub fn last_contact(dyad: Dyad, contacts: &[Contact], on: Date, name: Name<'_>) -> Self {
        let name: Name<'_> = &|code| called(&name(code));
        let took_place = |contact: &&Contact| {
            contact.state == ContactState::Held && contact.days.is_none_or(|days| days.from <= on)
        };
        let mut held: Vec<&Contact> = contacts.iter().filter(took_place).collect();
        held.sort_by_key(|contact| (std::cmp::Reverse(contact.days), &contact.id));
        let items = held.iter().map(|contact| clause::contact(Section::Found, contact));
        let pair = format!("{} and {}", name(dyad.a), name(dyad.b));
        listed(items, |count| format!("{pair} up to {}: {count} held", day(on)), "contact")
    }

    /// What a party said, of another if two are named; the reports come in the order they are to be shown.
    pub fn said(by: ActorCode, of: Option<ActorCode>, reports: &[Report], on: Date, name: Name<'_>) -> Self {
        let name: Name<'_> = &|code| called(&name(code));
        let who = name(by);
        let of = of.map_or_else(String::new, |code| format!(" of {}", name(code)));
        let items = reports.iter().map(|report| clause::report(Section::Found, report));
        listed(items, |count| format!("{who}{of} up to {}: {count}", day(on)), "statement")
    }

    /// Who struck a party, or what two did to each other; the reports come in the order they are to be shown.
    pub fn struck(parties: &[ActorCode], reports: &[Report], on: Date, name: Name<'_>) -> Self {
        let name: Name<'_> = &|code| called(&name(code));
        let whose = list(parties.iter().map(|code| name(*code)).collect());
        let items = reports.iter().map(|report| clause::report(Section::Found, report));
        listed(items, |count| format!("{whose} up to {}: {count}", day(on)), "report of an attack")
    }
}

/// A headline that counts, and the items.
fn listed(items: impl Iterator<Item = Clause>, headline: impl Fn(&str) -> String, noun: &str) -> Answer {
    let items: Vec<Clause> = items.filter(|clause| !clause.reports.is_empty()).take(MOST).collect();
    let plural = match noun.split_once(' ') {
        Some((head, rest)) => format!("{head}s {rest}"),
        None => format!("{noun}s"),
    };
    let count = match items.len() {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        n => format!("{n} {plural}"),
    };
    let reports = items.first().map_or_else(Vec::new, |first| first.reports.clone());
    let headline = Clause { section: Section::Headline, text: begun(&headline(&count)), reports };
    Answer { clauses: [headline].into_iter().chain(items).collect() }
}
