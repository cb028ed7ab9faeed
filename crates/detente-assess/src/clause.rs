//! How one statement of an answer is worded. Every statement carries the keys of the reports that prove it.

use detente_model::{
    ActorCode, Bearing, Contact, ContactKind, Days, Dyad, EventType, Level, Observation, Report, Status,
    named_enum,
};
use jiff::civil::Date;
use serde::Serialize;

named_enum! {
    /// The parts of an answer, in order.
    Section, "section of an answer", {
        /// One line: the answer in short.
        Headline = "headline",
        /// What was found: the list that was asked for.
        Found = "what was found",
        /// What changed.
        Changed = "what changed",
        /// What is scheduled next.
        Next = "what is next",
        /// What speaks against it.
        Against = "what speaks against it",
        /// Who says so.
        Voices = "who says so",
    }
}

/// A statement and the reports that prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Where it belongs.
    pub section: Section,
    /// The statement, without a full stop.
    pub text: String,
    /// Keys of the reports behind it; empty only where it says that there are none.
    pub reports: Vec<String>,
}

/// Prints the name of a party.
pub(crate) type Name<'a> = &'a dyn Fn(ActorCode) -> String;

/// One act of a pair: "an accusation by Russia against the United States on 5 May 2017".
pub(crate) fn act(section: Section, dyad: Dyad, act: &Observation, name: Name<'_>) -> Clause {
    let (a, b) = (name(dyad.a), name(dyad.b));
    let (noun, towards) = phrase(act.kind);
    let what = match act.bearing {
        Bearing::Forward => format!("{noun} by {a} {towards} {b}"),
        Bearing::Backward => format!("{noun} by {b} {towards} {a}"),
        Bearing::Mutual => format!("{noun} between {a} and {b}"),
        Bearing::Told if act.speaker == Some(dyad.a) => format!("{noun} by {b}, as told by {a},"),
        Bearing::Told => format!("{noun} by {a}, as told by {b},"),
    };
    let standing = match act.status {
        Status::Occurred => String::new(),
        status => format!(" ({status})"),
    };
    let text = format!("{what}{standing} on {}", day(act.day));
    Clause { section, text, reports: vec![act.report.clone()] }
}

/// One contact: "a call of heads of state or government, held on 2 May 2017".
pub(crate) fn contact(section: Section, contact: &Contact) -> Clause {
    let text = format!("{}, {} {}", meeting(contact), contact.state, when_and_where(contact));
    Clause { section, text, reports: latest_reports(contact) }
}

/// The same with the parties: for lists over many pairs.
pub(crate) fn contact_of_parties(section: Section, contact: &Contact, name: Name<'_>) -> Clause {
    let mut names: Vec<String> = Vec::new();
    for name in contact.parties.iter().filter_map(|party| party.code).map(name) {
        // A government and its state are one name.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let parties = list(names);
    let between = if parties.is_empty() { String::new() } else { format!(" between {parties}") };
    let text = format!("{}{between}, {} {}", meeting(contact), contact.state, when_and_where(contact));
    Clause { section, text, reports: latest_reports(contact) }
}

/// One report with its sentence: "2017-05-05, an accusation by Russia against the United States: “…”".
pub(crate) fn report(section: Section, report: &Report) -> Clause {
    let event = &report.event;
    let (noun, towards) = phrase(event.kind);
    let side = |parties: &[detente_model::Party]| list(parties.iter().map(|p| p.text.clone()).collect());
    let (actors, recipients) = (side(&event.actors), side(&event.recipients));
    let by = if actors.is_empty() { String::new() } else { format!(" by {actors}") };
    let to = if recipients.is_empty() { String::new() } else { format!(" {towards} {recipients}") };
    let on = event.when.and_then(|when| when.start).or(report.source.published);
    let on = on.map_or_else(String::new, |date| format!(" on {}", day(date)));
    let said = event.speaker.as_ref().map_or_else(String::new, |s| format!(", as told by {}", s.text));
    let text = format!("{noun}{by}{to}{on} ({}){said}: “{}”", event.status, report.sentence.trim());
    Clause { section, text, reports: vec![report.key().to_owned()] }
}

/// "A", "A and B", "A, B and C".
pub(crate) fn list(names: Vec<String>) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// "2 May 2017".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn meeting(contact: &Contact) -> String {
    let article = if contact.kind == ContactKind::Talks { "" } else { "a " };
    match (contact.level, &contact.occasion) {
        (_, Some(occasion)) => format!("{article}{} ({occasion})", contact.kind),
        (Level::Head, _) => format!("{article}{} of heads of state or government", contact.kind),
        (Level::Minister, _) => format!("{article}{} of ministers", contact.kind),
        (Level::Official, _) => format!("{article}{} of officials", contact.kind),
        (Level::Unknown, _) => format!("{article}{}", contact.kind),
    }
}

fn when_and_where(contact: &Contact) -> String {
    let when = contact.days.map_or_else(|| "on a day not told".to_owned(), span);
    let place = contact.place.as_ref().map_or_else(String::new, |place| format!(" in {}", place.name));
    format!("{when}{place}")
}

/// The keys of the last reports of a contact, at most three.
fn latest_reports(contact: &Contact) -> Vec<String> {
    let mut reports: Vec<String> =
        contact.steps.iter().rev().filter_map(|step| step.report.clone()).take(3).collect();
    reports.dedup();
    reports
}

/// An act's noun and the word that leads to whom it is done.
fn phrase(kind: EventType) -> (&'static str, &'static str) {
    match kind {
        EventType::Agree => ("an agreement or promise", "to"),
        EventType::Consult => ("a meeting or talk", "with"),
        EventType::Support => ("support or recognition", "for"),
        EventType::Concede => ("a concession", "to"),
        EventType::Cooperate => ("cooperation", "with"),
        EventType::Aid => ("aid", "to"),
        EventType::Retreat => ("a withdrawal or release", "towards"),
        EventType::Request => ("a demand", "to"),
        EventType::Accuse => ("an accusation", "against"),
        EventType::Reject => ("a refusal", "to"),
        EventType::Threaten => ("a threat", "against"),
        EventType::Protest => ("a protest", "against"),
        EventType::Sanction => ("a sanction or break", "against"),
        EventType::Mobilize => ("a mobilisation", "against"),
        EventType::Coerce => ("coercion", "against"),
        EventType::Assault => ("an attack", "on"),
    }
}

fn span(days: Days) -> String {
    match days.from == days.to {
        true => format!("on {}", day(days.from)),
        false if (days.from.year(), days.from.month()) == (days.to.year(), days.to.month()) => {
            format!("on {}-{}", days.from.day(), day(days.to))
        }
        false => format!("between {} and {}", day(days.from), day(days.to)),
    }
}
