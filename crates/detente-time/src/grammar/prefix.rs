//! Words before a time that bend it: `early May`, `the end of the year`, `earlier this month`, `about two years`.

use super::{Match, calendar, core, counted};
use crate::expression::{Amount, Count, DayPart, Meaning, Modifier, Origin, TimeOfDay, Unit};
use crate::lexicon::Lex;
use crate::token::{Kind, Tokens};

/// `early 1990`, `mid-May`, `the late 1970s`, `late yesterday`.
pub(super) fn phase(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (modifier, at) = calendar::phase_word(t, start)?;
    // With a hyphen a month is an adjective, and the article belongs to the noun: "the late-November trip".
    if start > i && at > start + 1 && calendar::month(t, at).is_some() {
        return None;
    }
    let inner = if let Lex::Part(part) = t.lex(at) {
        part_with_day(t, at, part)
    } else {
        core(t, at).filter(|m| !is_amount(m) && !matches!(t.lex(at), Lex::The))?
    };
    Some(inner.bent(Some(modifier)))
}

/// `mid-afternoon`, `mid-afternoon yesterday`.
fn part_with_day(t: Tokens, at: usize, part: DayPart) -> Match {
    let alone = Match::new(at + 1, Meaning::Shift { unit: Unit::Day, by: 0, from: Origin::Narrative });
    let day = core(t, at + 1).filter(|m| {
        m.time.is_none() && matches!(m.meaning, Meaning::Shift { unit: Unit::Day, .. } | Meaning::Weekday(..))
    });
    day.unwrap_or(alone).at(Some(TimeOfDay::Part(part)))
}

fn is_amount(m: &Match) -> bool {
    matches!(
        m.meaning,
        Meaning::Duration(_) | Meaning::Offset { .. } | Meaning::Stretch { .. } | Meaning::Set(_)
    )
}

fn is_vague_amount(m: &Match) -> bool {
    matches!(m.meaning, Meaning::Duration(Amount { count: Count::Vague, .. }))
}

/// `the beginning of October`, `the end of the year`, `a good part of 1990`, `year-end`, `the year's end`.
pub(super) fn part_of(t: Tokens, i: usize) -> Option<Match> {
    year_end(t, i).or_else(|| {
        let start = if t.lex(i) == Lex::A { i + 1 } else { t.after_the(i) };
        let start = start + usize::from(t.is(start, "good") || t.is(start, "very") || t.is(start, "better"));
        let Lex::PartOf(modifier) = t.lex(start) else { return None };
        let of = start + 1;
        let inner = core(t, of + 1).filter(|m| t.lex(of) == Lex::Of && !is_amount(m))?;
        (start > i || modifier.is_some()).then(|| inner.bent(modifier))
    })
}

fn year_end(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let unit = match t.lex(start) {
        Lex::Unit(unit @ (Unit::Year | Unit::Month | Unit::Quarter)) => unit,
        _ => return None,
    };
    let at = t.after_hyphen(t.after_possessive(start + 1));
    let meaning = Meaning::Shift { unit, by: 0, from: Origin::Narrative };
    let from_month = unit != Unit::Month || at > start + 1;
    (from_month && t.is(at, "end")).then(|| Match::new(at + 1, meaning).bent(Some(Modifier::End)))
}

/// `earlier this month`, `later that year`, `earlier in the year`, `later yesterday`, `sometime next year`.
pub(super) fn earlier_or_later(t: Tokens, i: usize) -> Option<Match> {
    let modifier = match t.lex(i) {
        Lex::Earlier => Some(Modifier::Before),
        Lex::Later => Some(Modifier::After),
        _ if t.is(i, "sometime") => None,
        _ => return None,
    };
    let at = i + 1 + usize::from(matches!(t.lex(i + 1), Lex::In | Lex::On));
    let inner = core(t, at).filter(|m| !is_amount(m))?;
    Some(inner.bent(modifier))
}

/// `about two years ago`, `nearly forty years`, `at least 30 days`, `more than four hours`, `up to 180 days`, `within 18 months`.
pub(super) fn approximate(t: Tokens, i: usize) -> Option<Match> {
    let (modifier, at) = approximator(t, i)?;
    let inner = core(t, at).filter(|_| !matches!(t.lex(at), Lex::The | Lex::Which(_)))?;
    // "Over several years" is how long it took.
    if t.is(i, "over") && is_vague_amount(&inner) {
        return None;
    }
    let amount = is_amount(&inner);
    let loose = modifier == Some(Modifier::Approx)
        && (inner.time.is_some() || matches!(inner.meaning, Meaning::Calendar(p) if p.day.is_some()));
    (amount || loose).then(|| inner.bent(modifier))
}

fn approximator(t: Tokens, i: usize) -> Option<(Option<Modifier>, usize)> {
    Some(match (t.lex(i), t.lex(i + 1)) {
        (Lex::Approx(m), _) => (m, i + 1),
        (Lex::More, Lex::Than) if i > 0 && t.is(i - 1, "no") => return None,
        (Lex::More, Lex::Than) => (Some(Modifier::MoreThan), i + 2),
        (Lex::Less, Lex::Than) => (Some(Modifier::LessThan), i + 2),
        (Lex::Up, Lex::To) => (Some(Modifier::EqualOrLess), i + 2),
        (Lex::At, Lex::Least) => (Some(Modifier::EqualOrMore), i + 2),
        (Lex::As, _) if t.lex(i + 2) == Lex::As => (Some(Modifier::EqualOrLess), i + 3),
        _ if t.is(i, "no") && t.lex(i + 1) == Lex::More && t.lex(i + 2) == Lex::Than => {
            (Some(Modifier::EqualOrLess), i + 3)
        }
        (Lex::At, _) if t.is(i + 1, "most") => (Some(Modifier::EqualOrLess), i + 2),
        _ if t.is(i, "fewer") && t.lex(i + 1) == Lex::Than => (Some(Modifier::LessThan), i + 2),
        _ => return None,
    })
    .filter(|&(_, at)| t.kind(at) != Kind::Break && !counted::is_rate(t, at))
}
