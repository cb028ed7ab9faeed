//! Every sense of the lexicon of acts brings an example it must fire in: which of them do?
//!
//! `SENSES_SILENT=1 cargo test -p detente --test senses -- --nocapture` prints those that do not, by type.

#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

use std::collections::BTreeMap;

use detente::Pipeline;
use detente::acts::{Acts, Meaning, Sense};
use detente::model::{Article, Event, EventType};
use jiff::civil::date;

/// The least share of senses, in percent, that code their own example with their own rule and type.
const FLOOR: usize = 72;

/// What became of an example.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Its own sense fired and gave its own type.
    Own,
    /// The type came out, by another rule.
    OtherRule,
    /// Its own sense fired and was folded to another type.
    OtherType,
    /// Only something else was coded.
    Astray,
    /// Nothing was coded.
    Silent,
}

impl Outcome {
    fn of(sense: &Sense, kind: EventType, events: &[Event]) -> Self {
        let own = |event: &&Event| *event.rule == *sense.id;
        match () {
            () if events.iter().filter(own).any(|event| event.kind == kind) => Self::Own,
            () if events.iter().any(|event| event.kind == kind) => Self::OtherRule,
            () if events.iter().any(|event| own(&event)) => Self::OtherType,
            () if events.is_empty() => Self::Silent,
            () => Self::Astray,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Own => "own rule",
            Self::OtherRule => "other rule, same type",
            Self::OtherType => "own rule, other type",
            Self::Astray => "something else",
            Self::Silent => "nothing",
        }
    }
}

fn plain(example: &str) -> String {
    example.replace(['[', ']', '{', '}'], "")
}

fn read(pipeline: &Pipeline, text: String) -> Vec<Event> {
    pipeline.read(&Article::of_text("example", "", text).published_on(date(2015, 6, 10))).events
}

#[test]
fn senses_fire_in_their_own_examples() {
    let pipeline = Pipeline::builtin();
    let list = std::env::var_os("SENSES_SILENT").is_some();
    let mut tally: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let (mut total, mut own, mut kept) = (0, 0, 0);
    for sense in Acts::builtin().senses() {
        let Meaning::Act(kind) = sense.meaning else { continue };
        let events = read(&pipeline, plain(&sense.example));
        let outcome = Outcome::of(sense, kind, &events);
        total += 1;
        own += usize::from(outcome == Outcome::Own);
        kept += usize::from(matches!(outcome, Outcome::Own | Outcome::OtherRule));
        *tally.entry(kind.as_str()).or_default().entry(outcome.words()).or_default() += 1;
        if list && outcome != Outcome::Own {
            let found: Vec<_> =
                events.iter().map(|e| format!("{} {} by {}", e.kind, e.status, e.rule)).collect();
            println!("{kind}\t{}\t{}\t{}\t{}", outcome.words(), sense.id, sense.example, found.join("; "));
        }
    }
    for (kind, outcomes) in &tally {
        println!("{kind:<10}{outcomes:?}");
    }
    println!("{own} of {total} senses code their own example; in {kept} at least the type comes out");
    assert!(
        own * 100 >= FLOOR * total,
        "{own} of {total} senses code their own example: less than {FLOOR} in 100"
    );
}

#[test]
fn senses_that_are_no_acts_give_none_by_their_own_words() {
    let pipeline = Pipeline::builtin();
    let (mut total, mut loud) = (0, Vec::new());
    for sense in Acts::builtin().senses().iter().filter(|sense| sense.meaning == Meaning::Nothing) {
        total += 1;
        let events = read(&pipeline, plain(&sense.example));
        if let Some(event) = events.first() {
            loud.push(format!("{}\t{}\t{} by {}", sense.id, sense.example, event.kind, event.rule));
        }
    }
    if std::env::var_os("SENSES_SILENT").is_some() {
        println!("{}", loud.join("\n"));
    }
    println!("{} of {total} examples that are no acts give an event all the same", loud.len());
    assert!(loud.len() * 100 <= 20 * total, "{} of {total}:\n{}", loud.len(), loud.join("\n"));
}
