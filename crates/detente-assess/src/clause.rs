//! How one statement of an answer is worded. Every statement carries the keys of the reports that prove it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use detente_model::{
    ActorCode, Bearing, Contact, ContactKind, ContactState, Days, Dyad, EventType, Level, Mode, Observation,
    Report, Status, named_enum,
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

/// A name as it stands in a sentence: "the United States", "Cuba".
pub(crate) fn called(name: &str) -> String {
    let takes_article = |word: &str| ARTICLE_WORDS.contains(word.to_lowercase().as_str());
    // What follows "and" or "of" is another name: Saint Vincent and the Grenadines.
    let mut own = name.split_whitespace().take_while(|word| !matches!(*word, "and" | "the"));
    let begins = name.starts_with("the ") || name.starts_with("The ");
    if !begins && own.any(takes_article) { format!("the {name}") } else { name.to_owned() }
}

static ARTICLE_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/article-words.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// A statement as a sentence begins: with a capital.
pub(crate) fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One act of a pair: "an accusation by Russia against the United States on 5 May 2017".
pub(crate) fn act(section: Section, dyad: Dyad, act: &Observation, name: Name<'_>) -> Clause {
    let (a, b) = (name(dyad.a), name(dyad.b));
    let (noun, towards) = phrase(act.kind, act.mode);
    let what = match act.bearing {
        Bearing::Forward => format!("{noun} by {a} {towards} {b}"),
        Bearing::Backward => format!("{noun} by {b} {towards} {a}"),
        Bearing::Mutual => format!("{noun} between {a} and {b}"),
        Bearing::Told if act.speaker == Some(dyad.a) => {
            format!("{noun} by {b} {towards} others, as told by {a},")
        }
        Bearing::Told => format!("{noun} by {a} {towards} others, as told by {b},"),
    };
    let standing = match act.status {
        Status::Occurred => String::new(),
        Status::Ongoing => " (under way)".to_owned(),
        status => format!(" ({status})"),
    };
    let text = format!("{what} on {}{standing}", day(act.day));
    Clause { section, text, reports: vec![act.report.clone()] }
}

/// One contact: "a call of heads of state or government, held on 2 May 2017".
pub(crate) fn contact(section: Section, contact: &Contact) -> Clause {
    let text = format!("{}, {}{}", meeting(contact), standing(contact), place(contact));
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
    let text = format!("{}{between}, {}{}", meeting(contact), standing(contact), place(contact));
    Clause { section, text, reports: latest_reports(contact) }
}

/// One report with its sentence: "2017-05-05, an accusation by Russia against the United States: “…”".
pub(crate) fn report(section: Section, report: &Report) -> Clause {
    let event = &report.event;
    let (noun, towards) = phrase(event.kind, event.mode);
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
        (_, Some(occasion)) => format!("the {}", titled(occasion)),
        (Level::Head, _) => format!("{article}{} of heads of state or government", contact.kind),
        (Level::Minister, _) => format!("{article}{} of ministers", contact.kind),
        (Level::Official, _) => format!("{article}{} of officials", contact.kind),
        (Level::Unknown, _) => format!("{article}{}", contact.kind),
    }
}

/// "Astana talks" of "astana talks": the last word says what it is.
fn titled(occasion: &str) -> String {
    match occasion.rsplit_once(' ') {
        Some((name, what)) => format!("{} {what}", name.split(' ').map(begun).collect::<Vec<_>>().join(" ")),
        None => begun(occasion),
    }
}

/// How a contact stands, and its days: "held on 2 May 2017", "scheduled for 10-11 May 2017".
fn standing(contact: &Contact) -> String {
    use ContactState::{Cancelled, Confirmed, Held, Lapsed, Postponed, Proposed, Refused, Scheduled};
    let Contact { state, days, .. } = contact;
    match (state, days) {
        (Held, Some(days)) => format!("held {}", on(*days)),
        (Proposed | Scheduled | Confirmed, Some(days)) => format!("{state} for {}", span(*days)),
        (Postponed | Cancelled | Refused, Some(days)) => format!("{state}, planned for {}", span(*days)),
        (Lapsed, Some(days)) => format!("planned for {} and not heard of since", span(*days)),
        (state, None) => format!("{state} without a day told"),
    }
}

fn place(contact: &Contact) -> String {
    let name = contact.place.as_ref().map(|place| match place.name.contains(',') {
        true => place.name.clone(),
        false => called(&place.name),
    });
    name.map_or_else(String::new, |name| format!(" in {name}"))
}

/// The keys of the last reports of a contact, at most three.
fn latest_reports(contact: &Contact) -> Vec<String> {
    let mut reports: Vec<String> =
        contact.steps.iter().rev().filter_map(|step| step.report.clone()).take(3).collect();
    reports.dedup();
    reports
}

/// An act's noun and the word that leads to whom it is done.
fn phrase(kind: EventType, mode: Option<Mode>) -> (&'static str, &'static str) {
    match (kind, mode) {
        (EventType::Retreat, Some(Mode::Ceasefire)) => return ("a ceasefire", "towards"),
        (EventType::Retreat, Some(Mode::Release)) => return ("a release", "towards"),
        (EventType::Retreat, Some(Mode::Withdraw)) => return ("a withdrawal", "towards"),
        (EventType::Sanction, Some(Mode::Expel)) => return ("an expulsion", "against"),
        (EventType::Assault, Some(Mode::Aerial)) => return ("an attack from the air", "on"),
        _ => {}
    }
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

/// "on 2 May 2017", "in April 2015", "between 1 September and 31 December 2018".
fn on(days: Days) -> String {
    match () {
        () if is_month(days) => format!("in {}", span(days)),
        () if month(days.from) == month(days.to) => format!("on {}", span(days)),
        () => format!("between {} and {}", day(days.from), day(days.to)),
    }
}

/// "2 May 2017", "10-11 May 2017", "April 2015", "1 September 2018 to 31 December 2018".
fn span(days: Days) -> String {
    match () {
        () if days.from == days.to => day(days.from),
        () if is_month(days) => days.from.strftime("%B %Y").to_string(),
        () if month(days.from) == month(days.to) => format!("{}-{}", days.from.day(), day(days.to)),
        () => format!("{} to {}", day(days.from), day(days.to)),
    }
}

fn month(day: Date) -> (i16, i8) {
    (day.year(), day.month())
}

fn is_month(days: Days) -> bool {
    month(days.from) == month(days.to)
        && days.from == days.from.first_of_month()
        && days.to == days.to.last_of_month()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_take_their_article() {
        for name in
            ["United States", "Czech Republic", "European Union", "Republic of the Congo", "Netherlands"]
        {
            assert_eq!(called(name), format!("the {name}"));
        }
        for name in
            ["Cuba", "NATO", "Saint Vincent and the Grenadines", "Bosnia and Herzegovina", "the Caymans"]
        {
            assert_eq!(called(name), name);
        }
    }

    #[test]
    fn days_are_told_as_people_tell_them() {
        let days = |from, to| Days { from, to };
        let cases = [
            (days(date(2017, 5, 2), date(2017, 5, 2)), "2 May 2017", "on 2 May 2017"),
            (days(date(2017, 5, 10), date(2017, 5, 11)), "10-11 May 2017", "on 10-11 May 2017"),
            (days(date(2015, 4, 1), date(2015, 4, 30)), "April 2015", "in April 2015"),
        ];
        for (days, told, told_of_the_past) in cases {
            assert_eq!((span(days).as_str(), on(days).as_str()), (told, told_of_the_past));
        }
        assert_eq!(
            on(days(date(2018, 9, 1), date(2018, 12, 31))),
            "between 1 September 2018 and 31 December 2018"
        );
    }
}
