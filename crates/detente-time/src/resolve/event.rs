//! Times that hang on an event: `a day prior to the resumption of the talks`.
//!
//! The caller may know the event's days. Else the text may date it in another place: the day beside which most of the event's own words stand.

use detente_model::{Days, Span};

use super::{Anchor, calendar};
use crate::expression::{Amount, Count, Expression, Meaning, Origin, Unit};
use crate::lexicon::{self, Lex};
use crate::timex::{Basis, Timex, TimexKind};
use crate::value::Value;
use crate::window;

/// How many events of a text are looked up, and among how many dates: this keeps the work linear.
const MOST: usize = 64;
/// How many bytes on either side of a date may name what happens on it.
const WINDOW: usize = 160;

/// Dates the offsets from events, now that all other times of the text are known.
pub(super) fn date_offsets(text: &str, expressions: &[Expression], anchor: &Anchor, timexes: &mut [Timex]) {
    for e in expressions.iter().filter(|e| from_event(e).is_some()).take(MOST) {
        let Some((amount, back, event)) = from_event(e) else { continue };
        let Some(phrase) = text.get(event.range()) else { continue };
        let days = anchor.events.and_then(|of| of(phrase)).or_else(|| dated_elsewhere(text, event, timexes));
        let Some(day) = days.and_then(|d| offset(d, amount, back)) else { continue };
        if let Some(timex) = timexes.iter_mut().find(|t| t.span == e.span) {
            let value = Value::Day(day);
            *timex = Timex {
                kind: TimexKind::Date,
                value,
                days: value.days(),
                precision: value.precision(),
                basis: Basis::Event,
                ..timex.clone()
            };
        }
    }
}

fn from_event(e: &Expression) -> Option<(Amount, bool, Span)> {
    match e.meaning {
        Meaning::Offset { amount, back, from: Origin::Event(span) } => Some((amount, back, span)),
        _ => None,
    }
}

fn offset(days: Days, amount: Amount, back: bool) -> Option<jiff::civil::Date> {
    let Count::Halves(halves) = amount.count else { return None };
    if amount.unit < Unit::Night {
        return None;
    }
    let by = i32::try_from(halves / 2).ok()?;
    if back { calendar::add(days.from, amount.unit, -by) } else { calendar::add(days.to, amount.unit, by) }
}

/// The days beside which the text names the event again: at least two of its content words, or its only one.
fn dated_elsewhere(text: &str, event: Span, timexes: &[Timex]) -> Option<Days> {
    let wanted = content_words(&text[event.range()]);
    let needed = wanted.len().min(2);
    if needed == 0 {
        return None;
    }
    timexes
        .iter()
        .filter(|t| is_day(t) && (event.contains(t.span) || !near(t.span, event)))
        .take(MOST)
        .map(|t| (t, shared(&wanted, about(text, t.span))))
        .filter(|(t, n)| *n >= needed || event.contains(t.span))
        .max_by_key(|(t, n)| if event.contains(t.span) { usize::MAX } else { *n })
        .and_then(|(t, _)| t.days)
}

fn is_day(t: &Timex) -> bool {
    matches!(t.value, Value::Day(_) | Value::Time(..) | Value::Days(..)) && t.basis != Basis::Event
}

/// In the same sentence as the event's own mention, where every word of it stands anyway.
fn near(span: Span, event: Span) -> bool {
    span.start.abs_diff(event.end) < 20
}

/// The text about a date, within its sentence: what happens stands before it more often than behind.
fn about(text: &str, span: Span) -> &str {
    let sentence = window::sentence(text, span, WINDOW);
    &text[sentence.start..window::ceiling(text, span.end + WINDOW / 4).min(sentence.end)]
}

/// The words that tell one event from another: no time words, no particles, no short words.
pub(crate) fn content_words(phrase: &str) -> Vec<&str> {
    const EMPTY: &[&str] = &[
        "with",
        "their",
        "that",
        "which",
        "start",
        "resumption",
        "opening",
        "beginning",
        "first",
        "second",
        "between",
        "into",
        "were",
        "held",
    ];
    phrase
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| {
            w.len() >= 4 && lexicon::role(w) == Lex::None && !EMPTY.iter().any(|e| w.eq_ignore_ascii_case(e))
        })
        .collect()
}

/// How many of the wanted words stand in `place`.
pub(crate) fn shared(wanted: &[&str], place: &str) -> usize {
    let there = content_words(place);
    wanted.iter().filter(|w| there.iter().any(|t| same_word(w, t))).count()
}

/// The same but for case and a plural ending.
fn same_word(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.strip_suffix('s').map_or(w.len(), str::len);
    let (a, b) = (&a[..stem(a)], &b[..stem(b)]);
    a.eq_ignore_ascii_case(b)
}
