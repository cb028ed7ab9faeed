//! The grammar: which runs of tokens are time expressions, and what they say.
//!
//! Each family of expressions has a file with a handful of rules; a rule reads a bounded number of tokens from where it stands and gives a
//! [`Match`] or nothing. The longest match wins, the earlier rule among equals.

mod calendar;
mod clock;
mod count;
mod counted;
mod feast;
mod period;
mod prefix;
mod relative;
mod vague;

pub(crate) use calendar::another_day;

use crate::expression::{Meaning, Modifier, TimeOfDay};
use crate::lexicon::Lex;
use crate::token::{Kind, Tokens};

/// A run of tokens that is a time expression, up to but not including `next`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub(crate) next: usize,
    pub(crate) meaning: Meaning,
    pub(crate) modifier: Option<Modifier>,
    pub(crate) time: Option<TimeOfDay>,
}

impl Match {
    fn new(next: usize, meaning: Meaning) -> Self {
        Self { next, meaning, modifier: None, time: None }
    }

    fn to(self, next: usize) -> Self {
        Self { next, ..self }
    }

    fn bent(self, modifier: Option<Modifier>) -> Self {
        Self { modifier: modifier.or(self.modifier), ..self }
    }

    fn at(self, time: Option<TimeOfDay>) -> Self {
        Self { time: time.or(self.time), ..self }
    }
}

/// A rule of the grammar.
type GrammarRule = fn(Tokens, usize) -> Option<Match>;

/// Every rule that can open an expression.
const RULES: &[GrammarRule] = &[
    prefix::phase,
    prefix::part_of,
    prefix::earlier_or_later,
    prefix::approximate,
    clock::clock,
    calendar::date,
    feast::feast,
    period::period,
    relative::relative,
    vague::vague,
    counted::counted,
    counted::set,
];

/// The rules for a date or time that may follow a prefix such as `early` or `the end of`.
const CORES: &[GrammarRule] =
    &[clock::clock, calendar::date, feast::feast, period::period, relative::relative, counted::counted];

/// The expression that begins at token `i`, if one does.
pub(crate) fn at(t: Tokens, i: usize) -> Option<Match> {
    if !can_begin(t, i) {
        return None;
    }
    longest(RULES, t, i)
}

fn longest(rules: &[GrammarRule], t: Tokens, i: usize) -> Option<Match> {
    let mut best: Option<Match> = None;
    for rule in rules {
        if let Some(found) = rule(t, i)
            && best.is_none_or(|b| found.next > b.next)
        {
            best = Some(found);
        }
    }
    best
}

fn core(t: Tokens, i: usize) -> Option<Match> {
    longest(CORES, t, i)
}

/// A cheap test that spares most words of a text the rules.
fn can_begin(t: Tokens, i: usize) -> bool {
    match t.kind(i) {
        Kind::Word => {
            t.lex(i) != Lex::None
                || t.capital(i)
                || matches!(t.str(i), "these" | "no" | "right" | "another" | "sometime" | "fewer")
        }
        Kind::Number(_) => true,
        Kind::Mark(b'\'') => matches!(t.kind(i + 1), Kind::Number(_)),
        _ => false,
    }
}
