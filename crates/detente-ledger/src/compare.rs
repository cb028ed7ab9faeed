//! What two codings make of the same article: events that one has and the other has not, and events that both have and tell otherwise.
//!
//! Two events are the same where they stand in the same sentence and their triggers overlap, or their types agree; of several, those that
//! differ least are taken first. The same reports give the same differences, whatever their order of keeping.

use std::cmp::Reverse;

use detente_model::{Event, Party, Report};
use serde::Serialize;

/// One event of an article in two codings.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference<'r> {
    /// Only the second has it.
    Added(&'r Report),
    /// Only the first has it.
    Gone(&'r Report),
    /// Both have it, and tell it otherwise.
    Changed {
        /// As the first tells it.
        before: &'r Report,
        /// As the second tells it.
        after: &'r Report,
        /// What differs.
        fields: Vec<Field>,
    },
}

/// A field that two codings tell otherwise, in words; empty where it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name, as `detente read` names it.
    pub field: &'static str,
    /// What the first says.
    pub before: String,
    /// What the second says.
    pub after: String,
}

/// The differences between two codings of one article, in the order of its text.
pub fn differences<'r>(before: &'r [Report], after: &'r [Report]) -> Vec<Difference<'r>> {
    let mut couples: Vec<Couple> = Vec::new();
    for (i, x) in before.iter().enumerate() {
        couples.extend(after.iter().enumerate().filter_map(|(j, y)| Couple::of((i, x), (j, y))));
    }
    couples.sort_by_key(|couple| {
        (Reverse(couple.same_trigger), couple.fields.len(), couple.before, couple.after)
    });
    let (mut of_before, mut of_after) = (vec![false; before.len()], vec![false; after.len()]);
    let mut found = Vec::new();
    for couple in couples {
        if of_before[couple.before] || of_after[couple.after] {
            continue;
        }
        (of_before[couple.before], of_after[couple.after]) = (true, true);
        if !couple.fields.is_empty() {
            let (before, after) = (&before[couple.before], &after[couple.after]);
            found.push(Difference::Changed { before, after, fields: couple.fields });
        }
    }
    let alone =
        |reports: &'r [Report], taken: Vec<bool>| reports.iter().zip(taken).filter(|(_, taken)| !taken);
    found.extend(alone(before, of_before).map(|(report, _)| Difference::Gone(report)));
    found.extend(alone(after, of_after).map(|(report, _)| Difference::Added(report)));
    found.sort_by_key(Difference::place);
    found
}

impl Difference<'_> {
    /// Where it stands: the title first, then by the bytes of the trigger; what is gone before what is added.
    fn place(&self) -> (bool, usize, u8) {
        let (report, rank) = match self {
            Self::Gone(report) => (report, 0),
            Self::Changed { after, .. } => (after, 1),
            Self::Added(report) => (report, 2),
        };
        let evidence = &report.event.evidence;
        (evidence.part == detente_model::Part::Text, evidence.trigger.start, rank)
    }
}

/// Two events that may be the same.
struct Couple {
    before: usize,
    after: usize,
    same_trigger: bool,
    fields: Vec<Field>,
}

impl Couple {
    fn of((before, x): (usize, &Report), (after, y): (usize, &Report)) -> Option<Self> {
        let (from, to) = (&x.event.evidence, &y.event.evidence);
        let same_sentence = from.part == to.part && from.sentence.overlaps(to.sentence);
        let same_trigger = from.trigger.overlaps(to.trigger);
        let may_be = same_sentence && (same_trigger || x.event.kind == y.event.kind);
        may_be.then(|| Self { before, after, same_trigger, fields: fields(x, y) })
    }
}

/// What two reports tell otherwise.
fn fields(before: &Report, after: &Report) -> Vec<Field> {
    let differs = |((field, before), (_, after)): ((&'static str, String), (&'static str, String))| {
        (before != after).then_some(Field { field, before, after })
    };
    told(before).into_iter().zip(told(after)).filter_map(differs).collect()
}

/// What a report tells, in words.
fn told(report: &Report) -> [(&'static str, String); 13] {
    let event = &report.event;
    let place = event.place.as_ref().map_or_else(String::new, |place| place.name.clone());
    let speaker = event.speaker.as_ref().map_or_else(String::new, |speaker| speaker.text.clone());
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    [
        ("type", event.kind.to_string()),
        ("mode", event.mode.map_or("", |mode| mode.as_str()).to_owned()),
        ("status", event.status.to_string()),
        ("actors", parties(&event.actors)),
        ("recipients", parties(&event.recipients)),
        ("days", days(event)),
        ("place", place),
        ("speaker", speaker),
        ("contexts", contexts.join(" ")),
        ("occasion", event.occasion.clone().unwrap_or_default()),
        ("trigger", report.trigger.clone()),
        ("confidence", format!("{:.2}", event.confidence)),
        ("rule", event.rule.clone()),
    ]
}

/// "RUS GOV + FRA"; a party without a code by its own words.
fn parties(parties: &[Party]) -> String {
    let told = |party: &Party| match party.actor.code {
        Some(code) => [Some(code.to_string()), party.actor.sector.map(|s| s.as_str().to_owned())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        None => format!("“{}”", party.text),
    };
    parties.iter().map(told).collect::<Vec<_>>().join(" + ")
}

/// "2017-05-10 to 2017-05-11", one day alone, or what is known of them.
fn days(event: &Event) -> String {
    let Some(when) = event.when else { return String::new() };
    match (when.start, when.end) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => {
            let day =
                |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
            format!("{} to {}", day(from), day(to))
        }
    }
}
