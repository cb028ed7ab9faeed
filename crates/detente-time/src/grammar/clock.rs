//! Times of the day: `10:35 a.m.`, `9 a.m. EST Tuesday`, `1430 GMT`, `noon Saturday`, `Friday morning`, `4 in the morning`.

use super::{Match, calendar, relative};
use crate::expression::{DayPart, Meaning, Origin, TimeOfDay, Unit};
use crate::lexicon::{self, Lex};
use crate::token::{Kind, Tokens};

/// A clock time, with the day that stands beside it.
pub(super) fn clock(t: Tokens, i: usize) -> Option<Match> {
    let (time, next) = time_of_day(t, i)?;
    let alone = Match::new(next, Meaning::Shift { unit: Unit::Day, by: 0, from: Origin::Narrative });
    let day = day_beside(t, next).filter(|m| m.time.is_none()).unwrap_or(alone);
    Some(day.at(Some(time)))
}

/// Whether a clock time begins at a number, so that it is not read as a day of the month.
pub(super) fn begins(t: Tokens, i: usize) -> bool {
    time_of_day(t, i).is_some()
}

/// ` Tuesday`, `, Nov. 6`, ` on Friday`, ` yesterday` behind a clock time.
fn day_beside(t: Tokens, i: usize) -> Option<Match> {
    let at = t.after_comma(i);
    let at = if t.lex(at) == Lex::On { at + 1 } else { at };
    calendar::date(t, at)
        .filter(|m| matches!(m.meaning, Meaning::Weekday(..) | Meaning::Calendar(_)) && !is_year(m))
        .or_else(|| {
            relative::relative(t, at).filter(|m| matches!(m.meaning, Meaning::Shift { unit: Unit::Day, .. }))
        })
}

fn is_year(m: &Match) -> bool {
    matches!(m.meaning, Meaning::Calendar(p) if p.day.is_none())
}

fn time_of_day(t: Tokens, i: usize) -> Option<(TimeOfDay, usize)> {
    if let Lex::ClockWord(hour) = t.lex(i) {
        return Some((TimeOfDay::Clock { hour, minute: 0, zone: None }, i + 1));
    }
    let (n, _) = t.number(i)?;
    let (minute, next, colon) = minutes(t, i + 1);
    let (hour, minute, next) = with_half(t, n, minute, next)
        .or_else(|| o_clock(t, n, next))
        .or_else(|| in_the(t, n, minute, next))
        .or_else(|| four_digits(t, i, n, next))
        .or_else(|| (colon && n < 24).then_some((n, minute, next)))?;
    // "2:02.75" is a runner's time.
    if colon
        && t.mark(next, b'.')
        && t.glued(next)
        && t.glued(next + 1)
        && matches!(t.kind(next + 1), Kind::Number(_))
    {
        return None;
    }
    let (zone, next) = zone_at(t, next).map_or((None, next), |(z, n)| (Some(z), n));
    let hour = u8::try_from(hour).ok().filter(|h| *h <= 24)?;
    Some((TimeOfDay::Clock { hour, minute: u8::try_from(minute).ok()?, zone }, next))
}

/// `:35` behind an hour.
fn minutes(t: Tokens, i: usize) -> (u32, usize, bool) {
    match t.kind(i + 1) {
        Kind::Number(m)
            if t.mark(i, b':') && t.glued(i) && t.glued(i + 1) && m < 60 && t.str(i + 1).len() == 2 =>
        {
            (m, i + 2, true)
        }
        _ => (0, i, false),
    }
}

/// `a.m.`, `p.m.`, `am`, `PM` behind a time. The last dot may end the sentence; it belongs to the abbreviation.
fn with_half(t: Tokens, hour: u32, minute: u32, i: usize) -> Option<(u32, u32, usize)> {
    let i = t.after_hyphen(i);
    let half = t.str(i);
    let (afternoon, next) = if half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm") {
        (half.eq_ignore_ascii_case("pm"), i + 1)
    } else {
        let m = t.mark(i + 1, b'.') && t.glued(i + 1) && t.is(i + 2, "m") && t.glued(i + 2);
        let letter = t.is(i, "a") || t.is(i, "p");
        if !m || !letter {
            return None;
        }
        let dot = t.mark(i + 3, b'.') && t.glued(i + 3);
        (t.is(i, "p"), i + 3 + usize::from(dot))
    };
    if !(1..=12).contains(&hour) {
        return None;
    }
    Some((hour % 12 + if afternoon { 12 } else { 0 }, minute, next))
}

/// `10 o'clock`.
fn o_clock(t: Tokens, hour: u32, i: usize) -> Option<(u32, u32, usize)> {
    (t.is(i, "o") && t.mark(i + 1, b'\'') && t.is(i + 2, "clock")).then_some((hour, 0, i + 3))
}

/// `4 in the morning`.
fn in_the(t: Tokens, hour: u32, minute: u32, i: usize) -> Option<(u32, u32, usize)> {
    let Lex::Part(part) = t.lex(i + 2) else { return None };
    let shape = t.lex(i) == Lex::In && t.lex(i + 1) == Lex::The && (1..=12).contains(&hour);
    let late = !matches!(part, DayPart::Morning | DayPart::Dawn);
    shape.then_some((hour % 12 + if late { 12 } else { 0 }, minute, i + 3))
}

/// `1430 GMT`: four digits count only before a zone.
fn four_digits(t: Tokens, i: usize, n: u32, next: usize) -> Option<(u32, u32, usize)> {
    let shape = t.str(i).len() == 4 && n / 100 <= 24 && n % 100 < 60 && zone_at(t, next).is_some();
    shape.then_some((n / 100, n % 100, next))
}

/// The time zone at `i`.
pub(super) fn zone_at(t: Tokens, i: usize) -> Option<(i16, usize)> {
    let capitals = t.kind(i) == Kind::Word && t.str(i).bytes().all(|b| b.is_ascii_uppercase());
    capitals.then(|| lexicon::zone(t.str(i)).map(|z| (z, i + 1))).flatten()
}

/// Adds the part of the day that stands behind a day: `Friday morning`, `yesterday afternoon`; and the time of an ISO date.
pub(super) fn with_part(t: Tokens, m: Match) -> Match {
    let day = match m.meaning {
        Meaning::Weekday(..) | Meaning::WeekdayOf(..) | Meaning::Shift { unit: Unit::Day, .. } => true,
        Meaning::Calendar(p) => p.day.is_some(),
        _ => false,
    };
    match t.lex(m.next) {
        _ if !day || m.time.is_some() => m,
        Lex::Part(part) => m.to(m.next + 1).at(Some(TimeOfDay::Part(part))),
        Lex::ClockWord(hour) => m.to(m.next + 1).at(Some(TimeOfDay::Clock { hour, minute: 0, zone: None })),
        _ => iso_time(t, m).unwrap_or(m),
    }
}

fn iso_time(t: Tokens, m: Match) -> Option<Match> {
    let at = m.next + 1;
    let Kind::Number(hour) = t.kind(at) else { return None };
    let (minute, next, colon) = minutes(t, at + 1);
    let shape = t.is(m.next, "T") && t.glued(m.next) && t.glued(at) && colon && hour <= 24;
    let hour = u8::try_from(hour).ok()?;
    shape.then(|| {
        m.to(next).at(Some(TimeOfDay::Clock { hour, minute: u8::try_from(minute).unwrap_or(0), zone: None }))
    })
}
