//! Days, weeks, months and years counted from a reference: `today`, `last week`, `the following month`, `that year`, `this morning`.

use super::{Match, clock};
use crate::expression::{Amount, Count, DayPart, Meaning, Origin, TimeOfDay, Unit, Which, YearOf};
use crate::lexicon::Lex;
use crate::token::{Kind, Tokens};

/// Any such expression at token `i`.
pub(super) fn relative(t: Tokens, i: usize) -> Option<Match> {
    deictic(t, i)
        .or_else(|| around_deictic(t, i))
        .or_else(|| part_of_day(t, i))
        .or_else(|| which_unit(t, i))
        .or_else(|| day_before(t, i))
        .or_else(|| week_of(t, i))
        .or_else(|| the_unit(t, i))
}

/// `the week of March 6`, `the weekend of May 3`.
fn week_of(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let weekend = match t.lex(start) {
        Lex::Unit(Unit::Week) => false,
        Lex::Unit(Unit::Weekend) => true,
        _ => return None,
    };
    let day = super::calendar::date(t, start + 2).filter(|_| t.lex(start + 1) == Lex::Of)?;
    let Meaning::Calendar(partial) = day.meaning else { return None };
    (partial.day.is_some() && day.time.is_none())
        .then(|| Match::new(day.next, Meaning::WeekOf(partial, weekend)))
}

fn day(by: i32, from: Origin, next: usize) -> Match {
    Match::new(next, Meaning::Shift { unit: Unit::Day, by, from })
}

/// `today`, `yesterday morning`, `tonight`, `overnight`.
fn deictic(t: Tokens, i: usize) -> Option<Match> {
    match t.lex(i) {
        Lex::Deictic(by) => Some(clock::with_part(t, day(by, Origin::Report, i + 1))),
        Lex::Tonight => Some(day(0, Origin::Report, i + 1).at(Some(TimeOfDay::Part(DayPart::Night)))),
        Lex::Overnight if !t.capital(i) || i == 0 => {
            Some(day(0, Origin::Report, i + 1).at(Some(TimeOfDay::Part(DayPart::Night))))
        }
        _ => None,
    }
}

/// `the day before yesterday`, `the day after tomorrow`.
fn around_deictic(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let Lex::Deictic(by) = t.lex(start + 2) else { return None };
    let step = match t.lex(start + 1) {
        Lex::Before => -1,
        Lex::After => 1,
        _ => return None,
    };
    (t.lex(start) == Lex::Unit(Unit::Day)).then(|| day(by + step, Origin::Report, start + 3))
}

/// `this morning`, `last night`, `that evening`, `the next morning`, `the morning`; not `the night of the vote`, `the night the king fled`.
fn part_of_day(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (by, from, at) = match t.lex(start) {
        Lex::Which(Which::This) => (0, Origin::Report, start + 1),
        Lex::Which(Which::Last) => (-1, Origin::Report, start + 1),
        Lex::Which(Which::That | Which::Same) => (0, Origin::Narrative, start + 1),
        Lex::Which(Which::Next | Which::Following) => (1, Origin::Narrative, start + 1),
        Lex::Which(Which::Previous) => (-1, Origin::Narrative, start + 1),
        Lex::Part(_) if start > i => (0, Origin::Narrative, start),
        _ => return None,
    };
    let (by, at) = if t.lex(at) == Lex::Which(Which::Same) { (0, at + 1) } else { (by, at) };
    let Lex::Part(part) = t.lex(at) else { return None };
    let of = t.lex(at + 1) == Lex::Of;
    let clause = at == start && t.lex(at + 1) == Lex::The;
    (!of && !clause).then(|| day(by, from, at + 1).at(Some(TimeOfDay::Part(part))))
}

/// `last week`, `this year`, `the following month`, `that day`, `the latest quarter`.
fn which_unit(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let Lex::Which(which) = t.lex(start) else { return None };
    let (which, at) = match t.lex(start + 1) {
        Lex::Which(w @ (Which::Same | Which::Past | Which::Coming)) => (w, start + 2),
        _ => (which, start + 1),
    };
    if t.capital(at) && t.capital(start) && start > 0 {
        return None;
    }
    let at = at + usize::from(t.is(at, "calendar") || t.is(at, "full") || t.is(at, "whole"));
    let Lex::Unit(unit) = t.lex(at) else { return None };
    let unit_of_time = !(unit == Unit::Second || glued_to_more(t, at + 1));
    let m = whole_unit(which, unit, start > i, at + 1)?;
    unit_of_time.then(|| super::counted::or_so(t, clock::with_part(t, m)))
}

/// `the next year-end`, `this week-long siege`: the unit belongs to a longer word.
fn glued_to_more(t: Tokens, i: usize) -> bool {
    t.mark(i, b'-') && t.glued(i) && t.glued(i + 1) && t.kind(i + 1) == Kind::Word
}

fn whole_unit(which: Which, unit: Unit, the: bool, next: usize) -> Option<Match> {
    let short = matches!(unit, Unit::Minute | Unit::Hour);
    let (by, from) = match which {
        Which::This | Which::Current => (0, Origin::Report),
        Which::Last | Which::Past => (-1, Origin::Report),
        Which::Next if the && unit <= Unit::Day => (1, Origin::Narrative),
        Which::Next | Which::Coming => (1, Origin::Report),
        Which::Previous | Which::Prior => (-1, Origin::Narrative),
        Which::Following => (1, Origin::Narrative),
        Which::Same | Which::That => (0, Origin::Narrative),
        Which::Latest => (-1, Origin::Report),
        _ => return None,
    };
    let meaning = match unit {
        Unit::Weekend => Meaning::Weekend(which),
        Unit::Decade | Unit::Century if which == Which::Past => {
            Meaning::Stretch { amount: Amount { count: Count::whole(1), unit }, back: true }
        }
        Unit::Quarter if matches!(which, Which::That | Which::Same) => {
            Meaning::Quarter(None, YearOf::Narrative(0))
        }
        _ if short && from == Origin::Report && by != 0 => {
            Meaning::Stretch { amount: Amount { count: Count::whole(1), unit }, back: by < 0 }
        }
        _ if short => return None,
        Unit::Century if which == Which::Latest => return None,
        _ => Meaning::Shift { unit, by, from },
    };
    Some(Match::new(next, meaning))
}

/// `the day before`, `the week after`, `the year earlier`: one unit from the time last spoken of.
fn day_before(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let Lex::Unit(unit) = t.lex(start) else { return None };
    let back = match t.lex(start + 1) {
        Lex::Before | Lex::Earlier => true,
        Lex::After | Lex::Later => false,
        _ => return None,
    };
    let meaning =
        Meaning::Offset { amount: Amount { count: Count::whole(1), unit }, back, from: Origin::Narrative };
    let closed = super::counted::nothing_follows(t, start + 2);
    (start > i && unit >= Unit::Day && closed).then(|| Match::new(start + 2, meaning))
}

/// `the year`, `the week`, `the weekend`, `the quarter`: what the text speaks of.
fn the_unit(t: Tokens, i: usize) -> Option<Match> {
    let full = usize::from(t.lex(i) == Lex::The && t.is(i + 1, "full"));
    let i = i + full;
    let Lex::Unit(unit) = t.lex(i + 1) else { return None };
    if (t.lex(i) != Lex::The && full == 0) || glued_to_more(t, i + 2) {
        return None;
    }
    let noun = t.kind(i + 2) == Kind::Word
        && t.lex(i + 2) == Lex::None
        && !t.capital(i + 2)
        && !is_verb_or_link(t.str(i + 2));
    let meaning = match unit {
        Unit::Weekend => Meaning::Weekend(Which::Any),
        Unit::Quarter => quarter_ended(t, i + 2).unwrap_or(Meaning::Quarter(None, YearOf::Narrative(0))),
        Unit::Year if is_ended(t, i + 2) => Meaning::Duration(A_YEAR),
        Unit::Year | Unit::Week | Unit::Month | Unit::Decade => {
            Meaning::Shift { unit, by: 0, from: Origin::Narrative }
        }
        _ => return None,
    };
    let noun = noun && unit != Unit::Weekend;
    let of = t.lex(i + 2) == Lex::Of;
    (!noun && !of).then(|| Match::new(i + 2, meaning))
}

/// A year's length.
pub(super) const A_YEAR: Amount = Amount { count: Count::whole(1), unit: Unit::Year };

/// `the year ended March 31` is a year long, whatever the calendar says.
pub(super) fn is_ended(t: Tokens, i: usize) -> bool {
    t.is(i, "ended") || t.is(i, "ending")
}

/// `the quarter ended Sept. 30`: the quarter that holds most of the three months before.
fn quarter_ended(t: Tokens, i: usize) -> Option<Meaning> {
    let (month, _) = super::calendar::month(t, i + 1).filter(|_| is_ended(t, i))?;
    let middle = if month == 1 { 12 } else { month - 1 };
    Some(Meaning::Quarter(Some((middle - 1) / 3 + 1), YearOf::Open))
}

fn is_verb_or_link(word: &str) -> bool {
    word.ends_with("ed")
        || word.ends_with("ing")
        || ["was", "is", "will", "has", "but", "with", "when", "while", "compared", "were", "are"]
            .contains(&word)
}
