//! Feasts: `Christmas Eve`, `Easter 1998`, `last Thanksgiving`, `the Lunar New Year`.

use super::{Match, calendar, clock};
use crate::expression::{Meaning, Which, YearOf};
use crate::lexicon::{self, HOLIDAYS, Lex};
use crate::token::{Kind, Tokens};

/// A feast, with the year that stands beside it.
pub(super) fn feast(t: Tokens, i: usize) -> Option<Match> {
    let the = t.after_the(i);
    let (year, at) = match t.lex(the) {
        Lex::Which(Which::Last | Which::Past) => (YearOf::Last, the + 1),
        Lex::Which(Which::Next | Which::Coming) => (YearOf::Next, the + 1),
        Lex::Which(Which::This) => (YearOf::This, the + 1),
        _ => (YearOf::Open, the),
    };
    let (index, next) = named(t, at)?;
    let (year, next) = year_beside(t, next).unwrap_or((year, next));
    Some(clock::with_part(t, Match::new(next, Meaning::Holiday(index, year))))
}

fn year_beside(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    let at = if t.lex(i) == Lex::Of || t.mark(i, b',') { i + 1 } else { i };
    if let Some((n, 4)) = t.number(at)
        && (1000..2100).contains(&n)
    {
        return Some((YearOf::Given(i16::try_from(n).ok()?), at + 1));
    }
    calendar::relative_year(t, at)
}

/// The longest name of the table that stands at `i`, written with a capital.
fn named(t: Tokens, i: usize) -> Option<(usize, usize)> {
    if !t.capital(i) || t.glued(i) && i > 0 && t.kind(i - 1) == Kind::Mark(b'-') {
        return None;
    }
    lexicon::holidays_from(t.str(i))
        .filter_map(|index| Some((index, spelled(t, i, HOLIDAYS[index].0)?)))
        .max_by_key(|&(_, next)| next)
        .filter(|&(_, next)| !(t.capital(next) && t.kind(next) == Kind::Word && t.lex(next) == Lex::None))
}

/// One past the tokens that spell `name`, letter by letter, white space and quotation marks apart.
fn spelled(t: Tokens, i: usize, name: &str) -> Option<usize> {
    let mut rest = name;
    let mut at = i;
    while !rest.is_empty() {
        rest = rest.trim_start();
        let piece = if t.mark(at, b'\'') { "'" } else { t.str(at) };
        let head = rest.get(..piece.len()).filter(|h| !piece.is_empty() && h.eq_ignore_ascii_case(piece))?;
        rest = &rest[head.len()..];
        at += 1;
    }
    Some(at)
}
