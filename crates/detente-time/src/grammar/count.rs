//! Numbers as news writes them: `3`, `twenty-five`, `a`, `2 1/2`, `two and a half`, `a couple of`, `several`.

use crate::expression::Count;
use crate::lexicon::Lex;
use crate::token::{Kind, Tokens};

/// The number that begins at token `i`, and one past it.
pub(super) fn count(t: Tokens, i: usize) -> Option<(Count, usize)> {
    halves(t, i).or_else(|| few(t, i)).or_else(|| whole(t, i).map(|(n, next)| (Count::whole(n), next)))
}

/// A whole number in digits or words; no article.
pub(super) fn whole(t: Tokens, i: usize) -> Option<(u32, usize)> {
    if let Some((n, _)) = t.number(i) {
        return multiplied(t, n, i + 1);
    }
    spelled(t, i)
}

/// `twenty-five`, `two hundred`, `a hundred`.
pub(super) fn spelled(t: Tokens, i: usize) -> Option<(u32, usize)> {
    match t.lex(i) {
        Lex::A if matches!(t.lex(i + 1), Lex::Multiplier(_)) => multiplied(t, 1, i + 1),
        // A bare "million" is the tail of a decimal.
        Lex::Multiplier(n) if n <= 1000 => Some((n, i + 1)),
        _ => below_hundred(t, i).and_then(|(n, next)| multiplied(t, n, next)),
    }
}

fn multiplied(t: Tokens, n: u32, next: usize) -> Option<(u32, usize)> {
    match t.lex(next) {
        Lex::Multiplier(by) => Some((n.saturating_mul(by), next + 1)),
        _ => Some((n, next)),
    }
}

/// A number word up to ninety-nine.
pub(super) fn below_hundred(t: Tokens, i: usize) -> Option<(u32, usize)> {
    match t.lex(i) {
        Lex::Number(n) => Some((n, i + 1)),
        Lex::Tens(tens) => match t.lex(t.after_hyphen(i + 1)) {
            Lex::Number(n) if n < 10 => Some((tens + n, t.after_hyphen(i + 1) + 1)),
            _ => Some((tens, i + 1)),
        },
        _ => None,
    }
}

/// The ordinal that begins at `i`: `6th`, `third`, `twenty-first`.
pub(super) fn ordinal(t: Tokens, i: usize) -> Option<(u8, usize)> {
    if let Some((n, len)) = t.number(i) {
        let suffixed = t.glued(i + 1) && matches!(t.str(i + 1), "st" | "nd" | "rd" | "th");
        return (suffixed && len <= 2).then(|| u8::try_from(n).ok().map(|n| (n, i + 2))).flatten();
    }
    match t.lex(i) {
        Lex::Ordinal(n) => Some((n, i + 1)),
        Lex::Tens(tens) => match t.lex(t.after_hyphen(i + 1)) {
            Lex::Ordinal(n) if n < 10 => Some((u8::try_from(tens).ok()? + n, t.after_hyphen(i + 1) + 1)),
            _ => None,
        },
        _ if t.is(i, "second") => Some((2, i + 1)),
        _ => None,
    }
}

/// `2 1/2`, `two and a half`, `one-and-a-half`, `half a`, `1.5`.
fn halves(t: Tokens, i: usize) -> Option<(Count, usize)> {
    if t.lex(i) == Lex::Half && t.lex(i + 1) == Lex::A {
        return Some((Count::Halves(1), i + 2));
    }
    if let Some(found) = decimal(t, i) {
        return Some(found);
    }
    let (n, next) = whole(t, i)?;
    let next = half_after(t, next).or_else(|| and_a_half(t, next))?;
    Some((Count::Halves(n.saturating_mul(2).saturating_add(1)), next))
}

fn half_after(t: Tokens, i: usize) -> Option<usize> {
    let at = t.after_hyphen(i);
    if t.number(at)?.0 == 1 && t.mark(at + 1, b'/') && t.kind(at + 2) == Kind::Number(2) {
        return Some(at + 3);
    }
    None
}

/// One past `and a half` at `i`.
pub(super) fn and_a_half(t: Tokens, i: usize) -> Option<usize> {
    let and = t.after_hyphen(i);
    let a = t.after_hyphen(and + 1);
    let half = t.after_hyphen(a + 1);
    (t.lex(and) == Lex::And && t.lex(a) == Lex::A && t.lex(half) == Lex::Half).then_some(half + 1)
}

fn decimal(t: Tokens, i: usize) -> Option<(Count, usize)> {
    let Kind::Number(n) = t.kind(i) else { return None };
    let half = t.mark(i + 1, b'.') && t.glued(i + 1) && t.glued(i + 2) && t.kind(i + 2) == Kind::Number(5);
    (half && n < 1000 && !t.glued(i)).then(|| (Count::Halves(2 * n + 1), i + 3))
}

/// Counts that name no number.
fn few(t: Tokens, i: usize) -> Option<(Count, usize)> {
    match (t.lex(i), t.lex(i + 1)) {
        (Lex::A, Lex::VagueCount) if t.is(i + 1, "few") || t.is(i + 1, "many") => Some((Count::Vague, i + 2)),
        (Lex::A, Lex::Couple) => Some((Count::whole(2), after_of(t, i + 2))),
        (Lex::Couple, _) => Some((Count::whole(2), after_of(t, i + 1))),
        (Lex::VagueCount, _) => Some((Count::Vague, after_of(t, i + 1))),
        _ => None,
    }
}

fn after_of(t: Tokens, i: usize) -> usize {
    if t.lex(i) == Lex::Of { i + 1 } else { i }
}
