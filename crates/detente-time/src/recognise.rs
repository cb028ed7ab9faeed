//! From text to expressions, in one pass.

use detente_model::Span;

use crate::expression::Expression;
use crate::grammar::{self, Match};
use crate::tense;
use crate::token::{self, Tokens};

/// The time expressions of a text, in order, without overlap, not yet anchored to any day.
///
/// Spans follow TIMEX3: no leading preposition, no possessive ending. Work is linear in the length of the text.
///
/// ```
/// let found = detente_time::recognise("They met on Friday and will meet again next week.");
/// assert_eq!(found.len(), 2);
/// ```
pub fn recognise(text: &str) -> Vec<Expression> {
    let all = token::tokens(text);
    let t = Tokens { text, all: &all };
    let mut found = Vec::new();
    let mut i = 0;
    while i < all.len() {
        let Some(m) = grammar::at(t, i) else {
            i += 1;
            continue;
        };
        i = push_with_followers(t, i, m, &mut found);
    }
    found
}

/// Adds a match and the days that share its month (`April 24 and 25`); gives the token after them.
fn push_with_followers(t: Tokens, first: usize, m: Match, found: &mut Vec<Expression>) -> usize {
    let opening = expression(t, first, &m);
    let (tense, mut last) = (opening.tense, m);
    found.push(opening);
    while let Some((at, next)) = grammar::another_day(t, last.next, &last.meaning) {
        found.push(Expression { tense, ..unplaced(t, at, &next) });
        last = next;
    }
    last.next
}

fn expression(t: Tokens, first: usize, m: &Match) -> Expression {
    Expression { tense: tense::guess(t, first, m.next), ..unplaced(t, first, m) }
}

fn unplaced(t: Tokens, first: usize, m: &Match) -> Expression {
    let last = m.next.max(first + 1).min(t.all.len()) - 1;
    let span = Span::new(t.all[first].span.start, t.all[last].span.end);
    Expression { span, meaning: m.meaning, modifier: m.modifier, time: m.time, tense: Default::default() }
}
