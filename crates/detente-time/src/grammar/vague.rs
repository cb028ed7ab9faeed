//! Vague references: `now`, `recently`, `soon`, `the past`, `the near future`, `these days`.

use super::Match;
use crate::expression::{Meaning, Reference, Unit, Which};
use crate::lexicon::Lex;
use crate::token::Tokens;

/// A time that no calendar pins down.
pub(super) fn vague(t: Tokens, i: usize) -> Option<Match> {
    adverb(t, i).or_else(|| past_or_future(t, i)).or_else(|| these_days(t, i)).or_else(|| this_time(t, i))
}

fn reference(next: usize, reference: Reference) -> Match {
    Match::new(next, Meaning::Vague(reference))
}

fn adverb(t: Tokens, i: usize) -> Option<Match> {
    if t.is(i, "right") && t.is(i + 1, "now") {
        return Some(reference(i + 2, Reference::Present));
    }
    if is_some_day(t, i) {
        return Some(reference(i + 2, Reference::Future));
    }
    if t.lex(i) == Lex::More && t.is(i + 1, "recently") {
        return Some(reference(i + 2, Reference::Past));
    }
    let Lex::Vague(which) = t.lex(i) else {
        return adjective(t, i);
    };
    let compared = t.is(i, "soon")
        && (t.lex(i + 1) == Lex::After
            || t.lex(i + 1) == Lex::As
            || before_is(t, i, "as")
            || before_is(t, i, "too"));
    (!compared).then(|| reference(i + 1, which))
}

/// `will one day be`: no day is meant.
fn is_some_day(t: Tokens, i: usize) -> bool {
    let modal = ["will", "would", "may", "might", "could", "can", "shall", "should", "must"];
    i > 0 && t.is(i, "one") && t.is(i + 1, "day") && modal.iter().any(|word| t.is(i - 1, word))
}

/// `current` and `recent` as adjectives of something that is no unit of time.
fn adjective(t: Tokens, i: usize) -> Option<Match> {
    let which = match t.lex(i) {
        Lex::Which(Which::Current) => Reference::Present,
        Lex::Which(Which::Recent) => Reference::Past,
        _ => return None,
    };
    let most = i > 0 && (t.is(i - 1, "most") || t.is(i - 1, "more"));
    (!most).then(|| reference(i + 1, which))
}

fn before_is(t: Tokens, i: usize, word: &str) -> bool {
    i > 0 && t.is(i - 1, word)
}

/// `the past`, `the near future`, `the recent past`, `the short term`.
fn past_or_future(t: Tokens, i: usize) -> Option<Match> {
    if t.lex(i) != Lex::The {
        return None;
    }
    let adjective =
        ["near", "short", "long", "foreseeable", "recent", "immediate", "distant", "not-too-distant"]
            .iter()
            .any(|w| t.is(i + 1, w));
    let at = i + 1 + usize::from(adjective);
    let which = match t.lex(at) {
        Lex::Which(Which::Past) => Reference::Past,
        Lex::Which(Which::Future) => Reference::Future,
        _ if adjective && t.is(at, "term") => Reference::Future,
        _ => return None,
    };
    closes(t, at + 1).then(|| reference(at + 1, which))
}

/// No noun follows, so that `the past` is the noun itself.
fn closes(t: Tokens, i: usize) -> bool {
    !matches!(t.kind(i), crate::token::Kind::Word | crate::token::Kind::Number(_))
        || matches!(
            t.lex(i),
            Lex::In
                | Lex::Of
                | Lex::On
                | Lex::At
                | Lex::By
                | Lex::And
                | Lex::Or
                | Lex::To
                | Lex::For
                | Lex::As
                | Lex::The
                | Lex::A
        )
        || [
            "is", "was", "had", "can", "may", "does", "did", "has", "have", "will", "but", "when", "that",
            "because", "with", "would", "he", "they", "it", "we", "if", "unless", "while", "where", "which",
            "who", "without", "from",
        ]
        .iter()
        .any(|w| t.is(i, w))
}

fn these_days(t: Tokens, i: usize) -> Option<Match> {
    (t.is(i, "these") && t.lex(i + 1) == Lex::Units(Unit::Day)).then(|| reference(i + 2, Reference::Present))
}

/// `at this moment`, `at the moment`.
fn this_time(t: Tokens, i: usize) -> Option<Match> {
    let which = matches!(t.lex(i), Lex::The | Lex::Which(Which::This));
    let led = i > 0 && t.lex(i - 1) == Lex::At;
    let noun = t.is(i + 1, "moment") || t.is(i + 1, "present");
    let this = t.lex(i) != Lex::The || t.is(i + 1, "moment") || t.is(i + 1, "present");
    (which && led && noun && this).then(|| reference(i + 2, Reference::Present))
}
