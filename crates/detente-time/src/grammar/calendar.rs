//! Dates by the calendar: `May 3, 2017`, `the 6th of April`, `10-11 May`, `Friday, April 7`, `last April`, `1998`, `the 1990s`, `2017-05-02`.

use super::{Match, clock, count};
use crate::expression::{Meaning, Modifier, Partial, Unit, Weekday, Which, YearOf};
use crate::lexicon::Lex;
use crate::token::{Kind, Tokens};

/// Any date of the calendar at token `i`.
pub(super) fn date(t: Tokens, i: usize) -> Option<Match> {
    let found = weekday(t, i)
        .or_else(|| iso(t, i))
        .or_else(|| numeric(t, i))
        .or_else(|| day_first(t, i))
        .or_else(|| month_first(t, i))
        .or_else(|| which_month(t, i))
        .or_else(|| decade(t, i))
        .or_else(|| century(t, i))
        .or_else(|| era(t, i))
        .or_else(|| year(t, i))?;
    Some(clock::with_part(t, ended(t, i, found)))
}

/// What has `ended Sept. 30` did so before the report.
fn ended(t: Tokens, i: usize, found: Match) -> Match {
    match found.meaning {
        Meaning::Calendar(p @ Partial { year: YearOf::Open, month: Some(_), .. })
            if i > 0 && t.is(i - 1, "ended") =>
        {
            Match { meaning: Meaning::Calendar(Partial { year: YearOf::Last, ..p }), ..found }
        }
        _ => found,
    }
}

fn calendar(partial: Partial, next: usize) -> Match {
    Match::new(next, Meaning::Calendar(partial))
}

/// The month named at `i` and one past it, dot of an abbreviation included.
pub(super) fn month(t: Tokens, i: usize) -> Option<(u8, usize)> {
    match t.lex(i) {
        Lex::Month(m) if t.capital(i) => Some((m, i + 1)),
        Lex::MonthAbbr(m) if t.capital(i) => {
            let dotted = t.mark(i + 1, b'.') && t.glued(i + 1);
            Some((m, i + 1 + usize::from(dotted)))
        }
        _ => None,
    }
}

/// A day of the month in digits or as an ordinal. The number itself may be out of range: the resolver says so.
fn day(t: Tokens, i: usize) -> Option<(u8, usize)> {
    if let Some(found) = count::ordinal(t, i) {
        return Some(found);
    }
    let (n, len) = t.number(i)?;
    let counts_something = matches!(t.lex(i + 1), Lex::Unit(_) | Lex::Units(_) | Lex::Multiplier(_));
    (len <= 2 && n >= 1 && !counts_something && !clock::begins(t, i))
        .then(|| u8::try_from(n).ok().map(|n| (n, i + 1)))
        .flatten()
}

/// A year of four digits.
fn four_digits(t: Tokens, i: usize) -> Option<(i16, usize)> {
    let (n, len) = t.number(i)?;
    let plain = len == 4 && n < 3000 && !matches!(t.lex(i + 1), Lex::Multiplier(_)) && t.number(i).is_some();
    plain.then(|| i16::try_from(n).ok().map(|y| (y, i + 1))).flatten()
}

/// A year behind a month or day: `, 2017`, ` 2017`, ` of 2017`, ` this year`, ` of last year`.
fn year_after(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    let comma = t.after_comma(i);
    if let Some((y, next)) = four_digits(t, comma).filter(|(y, _)| *y >= 1000) {
        return Some((YearOf::Given(y), next));
    }
    if let Some((y, next)) = spoken_year(t, comma) {
        return Some((YearOf::Given(y), next));
    }
    let of = if t.lex(i) == Lex::Of { i + 1 } else { i };
    if of > i
        && let Some((y, next)) = four_digits(t, of).filter(|(y, _)| *y >= 1000)
    {
        return Some((YearOf::Given(y), next));
    }
    relative_year(t, of)
}

/// `this year`, `last year`, `next year`, `that year`.
pub(super) fn relative_year(t: Tokens, i: usize) -> Option<(YearOf, usize)> {
    let i = t.after_the(i);
    if t.lex(i + 1) != Lex::Unit(Unit::Year) {
        return None;
    }
    let year = match t.lex(i) {
        Lex::Which(Which::This | Which::Current) => YearOf::Report(0),
        Lex::Which(Which::Last) => YearOf::Report(-1),
        Lex::Which(Which::Next) => YearOf::Report(1),
        Lex::Which(Which::That | Which::Same) => YearOf::Narrative(0),
        Lex::Which(Which::Previous) => YearOf::Narrative(-1),
        Lex::Which(Which::Following) => YearOf::Narrative(1),
        _ => return None,
    };
    Some((year, i + 2))
}

/// `May 3`, `May 3, 2017`, `May 10-11`, `May 28 to June 3`, `May 2017`, `May`.
fn month_first(t: Tokens, i: usize) -> Option<Match> {
    let (m, next) = month(t, i)?;
    let at_day = t.after_the(t.after_hyphen(next));
    let at_day = if at_day > next && t.mark(next, b'-') && !t.glued(next) { next } else { at_day };
    if let Some((d, next)) = day(t, at_day) {
        let from = Partial { month: Some(m), day: Some(d), ..Partial::default() };
        return Some(range(t, from, next).unwrap_or_else(|| with_year(t, from, next)));
    }
    let only = Partial { month: Some(m), ..Partial::default() };
    let found = with_year(t, only, next);
    (found.next > next || is_month_here(t, i)).then_some(found)
}

fn with_year(t: Tokens, partial: Partial, next: usize) -> Match {
    match year_after(t, next) {
        Some((year, next)) => calendar(Partial { year, ..partial }, next),
        None => calendar(partial, next),
    }
}

/// `-11`, ` to 11`, ` to June 3`, `-June 3` behind a first day.
fn range(t: Tokens, from: Partial, i: usize) -> Option<Match> {
    let joint = t.mark(i, b'-') || t.mark(i, b'_') || t.lex(i) == Lex::To;
    if !joint {
        return None;
    }
    let (m, at) = month(t, i + 1).map_or((from.month, i + 1), |(m, next)| (Some(m), next));
    // Across months only a dash makes one expression of it; "from May 3 to June 5" is two.
    if m != from.month && t.lex(i) == Lex::To {
        return None;
    }
    let (d, next) = day(t, at)?;
    let later = m != from.month || Some(d) > from.day;
    later.then(|| close_range(t, from, Partial { month: m, day: Some(d), ..from }, next))
}

fn close_range(t: Tokens, from: Partial, to: Partial, next: usize) -> Match {
    let (year, next) = year_after(t, next).unwrap_or((YearOf::Open, next));
    Match::new(next, Meaning::Range(Partial { year, ..from }, Partial { year, ..to }))
}

/// `3 May 2017`, `the 6th of April`, `10-11 May`.
fn day_first(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (d, next) = day(t, start)?;
    let joint = t.mark(next, b'-') || t.lex(next) == Lex::To || t.lex(next) == Lex::And;
    if joint && let Some((last, after)) = day(t, next + 1) {
        let (m, after) = month(t, after)?;
        let from = Partial { month: Some(m), day: Some(d), ..Partial::default() };
        return (last > d).then(|| close_range(t, from, Partial { day: Some(last), ..from }, after));
    }
    let of = if t.lex(next) == Lex::Of { next + 1 } else { next };
    let (m, after) = month(t, of)?;
    // "the first May 3": an ordinal before a full date does not belong to it.
    if day(t, after).is_some_and(|(_, n)| four_digits(t, after).is_none() && n > after) {
        return None;
    }
    let partial = Partial { month: Some(m), day: Some(d), ..Partial::default() };
    Some(to_day_first(t, partial, after).unwrap_or_else(|| with_year(t, partial, after)))
}

/// `-3 January` behind a first date: `28 December-3 January`.
fn to_day_first(t: Tokens, from: Partial, i: usize) -> Option<Match> {
    let dash = t.mark(i, b'-') || t.mark(i, b'_');
    let (d, next) = day(t, i + 1).filter(|_| dash)?;
    let (m, next) = month(t, next)?;
    Some(close_range(t, from, Partial { month: Some(m), day: Some(d), ..from }, next))
}

/// Month names that are also words need a sign that a month is meant.
fn is_month_here(t: Tokens, i: usize) -> bool {
    let before = i.checked_sub(1).map_or(Lex::None, |b| t.lex(b));
    let led = matches!(
        before,
        Lex::In
            | Lex::Of
            | Lex::Since
            | Lex::Until
            | Lex::By
            | Lex::From
            | Lex::To
            | Lex::On
            | Lex::During
            | Lex::Before
            | Lex::After
            | Lex::And
            | Lex::Or
            | Lex::Phase(_)
            | Lex::Which(_)
            | Lex::Every
            | Lex::Earlier
            | Lex::For
            | Lex::Approx(_)
    ) || (i >= 2 && t.mark(i - 1, b'-') && matches!(t.lex(i - 2), Lex::Phase(_)));
    match t.lex(i) {
        // "The May government" was a Mrs May's.
        Lex::Month(3) => led || (before == Lex::The && names_noun(t, i + 1)),
        Lex::Month(5) => led,
        Lex::Month(8 | 4 | 6) => led || !is_name(t, i),
        Lex::MonthAbbr(_) => led && t.mark(i + 1, b'.'),
        _ => !is_name(t, i) || led,
    }
}

/// A common noun follows, as in `the March vote`.
fn names_noun(t: Tokens, i: usize) -> bool {
    t.kind(i) == Kind::Word && !t.capital(i) && t.lex(i) == Lex::None && !t.glued(i)
}

/// Part of a longer capitalised name: `April Glaspie`, `August Wilson`, `Black September`.
fn is_name(t: Tokens, i: usize) -> bool {
    t.capital(i + 1) && !t.glued(i + 1) && t.kind(i + 1) == Kind::Word && t.lex(i + 1) == Lex::None
}

/// `last April`, `next May`, `this September`.
fn which_month(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let Lex::Which(which) = t.lex(start) else { return None };
    let skip = usize::from(
        t.lex(start + 1) == Lex::Which(Which::Past) || t.lex(start + 1) == Lex::Which(Which::Coming),
    );
    let (m, next) = month(t, start + 1 + skip)?;
    let year = match which {
        Which::Last | Which::Past => YearOf::Last,
        Which::Next | Which::Coming => YearOf::Next,
        Which::This => YearOf::This,
        Which::Previous => YearOf::Narrative(-1),
        Which::Following => YearOf::Narrative(1),
        Which::That | Which::Same => YearOf::Narrative(0),
        _ => return None,
    };
    // "following Sept. 11" is "after".
    let day = day(t, next);
    if day.is_some() && matches!(year, YearOf::Narrative(_)) {
        return None;
    }
    let next = day.map_or(next, |(_, n)| n);
    Some(calendar(Partial { year, month: Some(m), day: day.map(|(d, _)| d), weekday: None }, next))
}

/// `Friday`, `last Friday`, `Friday, April 7`, `this coming Sunday`, `Tuesday of last week`.
fn weekday(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (which, at) = which_of(t, start);
    let (day, next) = weekday_name(t, at)?;
    let comma = t.after_comma(next);
    if which != Which::Any
        && start > i
        && !matches!(which, Which::Previous | Which::Following | Which::Prior | Which::Same | Which::Coming)
    {
        return None;
    }
    let dated = month_first(t, comma)
        .or_else(|| day_first(t, comma))
        .filter(|_| matches!(which, Which::Any | Which::This | Which::Coming | Which::Next));
    if let Some(m) = dated
        && let Meaning::Calendar(p) = m.meaning
        && p.day.is_some()
    {
        return Some(calendar(Partial { weekday: Some(day), ..p }, m.next));
    }
    if let Some(m) = of_week(t, day, next) {
        return (which == Which::Any && start == i).then_some(m);
    }
    (start == i || which != Which::Any).then(|| Match::new(next, Meaning::Weekday(day, which)))
}

/// `Tuesday last week`, `Monday of next week`: a day of a week that is named.
fn of_week(t: Tokens, day: Weekday, i: usize) -> Option<Match> {
    let of = if t.lex(i) == Lex::Of { i + 1 } else { i };
    let which = match (t.lex(of), t.lex(of + 1)) {
        (Lex::Which(w @ (Which::This | Which::Last | Which::Next)), Lex::Unit(Unit::Week)) => w,
        _ => return None,
    };
    let week = match which {
        Which::Last => -1,
        Which::Next => 1,
        _ => 0,
    };
    Some(Match::new(of + 2, Meaning::WeekdayOf(day, week)))
}

fn which_of(t: Tokens, i: usize) -> (Which, usize) {
    match (t.lex(i), t.lex(i + 1)) {
        (Lex::Which(Which::This), Lex::Which(w @ (Which::Coming | Which::Past))) => (w, i + 2),
        (Lex::Which(w), _) => (w, i + 1),
        _ => (Which::Any, i),
    }
}

fn weekday_name(t: Tokens, i: usize) -> Option<(Weekday, usize)> {
    match t.lex(i) {
        Lex::Weekday(n) if t.capital(i) => Weekday::from_number(n).map(|d| (d, i + 1)),
        Lex::WeekdayAbbr(n) if t.capital(i) => {
            let next = i + 1 + usize::from(t.mark(i + 1, b'.') && t.glued(i + 1));
            let dated = month(t, t.after_comma(next)).is_some()
                || (t.number(t.after_comma(next)).is_some() && month(t, t.after_comma(next) + 1).is_some());
            Weekday::from_number(n).filter(|_| dated).map(|d| (d, next))
        }
        _ => None,
    }
}

/// `2017-05-02`, with `T14:30` left to the clock.
fn iso(t: Tokens, i: usize) -> Option<Match> {
    let (Kind::Number(y), Kind::Number(m), Kind::Number(d)) = (t.kind(i), t.kind(i + 2), t.kind(i + 4))
    else {
        return None;
    };
    let shape = t.get(i)?.span.len() == 4
        && t.mark(i + 1, b'-')
        && t.mark(i + 3, b'-')
        && (1..5).all(|k| t.glued(i + k));
    (shape && !t.glued(i) && m <= 12).then(|| numbered(y, m, d, i + 5)).flatten()
}

/// `5/2/2017` month first as Americans write it, `25/12/2017` and `25.12.2017` day first.
fn numeric(t: Tokens, i: usize) -> Option<Match> {
    let (Kind::Number(a), Kind::Number(b), Kind::Number(y)) = (t.kind(i), t.kind(i + 2), t.kind(i + 4))
    else {
        return None;
    };
    let mark = t.kind(i + 1);
    let shape = matches!(mark, Kind::Mark(b'/' | b'.' | b'-'))
        && t.kind(i + 3) == mark
        && (1..5).all(|k| t.glued(i + k));
    let len = t.get(i + 4)?.span.len();
    if !shape || t.glued(i) || !(len == 4 || (len == 2 && mark == Kind::Mark(b'/'))) {
        return None;
    }
    let y = if len == 2 { if y > 50 { 1900 + y } else { 2000 + y } } else { y };
    let day_first = a > 12 || mark == Kind::Mark(b'.');
    if day_first { numbered(y, b, a, i + 5) } else { numbered(y, a, b, i + 5) }
}

fn numbered(y: u32, m: u32, d: u32, next: usize) -> Option<Match> {
    let year = YearOf::Given(i16::try_from(y).ok()?);
    let month = u8::try_from(m).ok().filter(|m| (1..=12).contains(m))?;
    Some(calendar(Partial { year, month: Some(month), day: u8::try_from(d).ok(), weekday: None }, next))
}

/// `1998`, `the year 1998`, `nineteen ninety-seven`, `the year two thousand`.
fn year(t: Tokens, i: usize) -> Option<Match> {
    let named = t.lex(t.after_the(i)) == Lex::Unit(Unit::Year);
    let at = if named { t.after_the(i) + 1 } else { i };
    let found = four_digits(t, at)
        .filter(|&(y, next)| named || is_year_here(t, at, y, next))
        .or_else(|| spoken_year(t, at));
    let (y, next) = found?;
    let partial = Partial { year: YearOf::Given(y), ..Partial::default() };
    Some(year_range(t, partial, y, next).unwrap_or_else(|| calendar(partial, next)))
}

/// A bare number of four digits is a year when it is of our time, or when a word before it says so.
fn is_year_here(t: Tokens, i: usize, y: i16, next: usize) -> bool {
    let led = i.checked_sub(1).is_some_and(|b| {
        matches!(
            t.lex(b),
            Lex::In
                | Lex::Of
                | Lex::Since
                | Lex::Until
                | Lex::By
                | Lex::From
                | Lex::To
                | Lex::The
                | Lex::Before
                | Lex::After
                | Lex::Phase(_)
        )
    });
    let measures = matches!(t.lex(next), Lex::Unit(_) | Lex::Units(_) | Lex::Multiplier(_))
        || clock::zone_at(t, next).is_some()
        || ["people", "troops", "soldiers", "men", "miles", "feet", "meters", "tons", "hours", "km"]
            .iter()
            .any(|w| t.is(next, w))
        || (t.mark(next, b'-')
            && t.glued(next)
            && t.glued(next + 1)
            && t.kind(next + 1) == Kind::Word
            && !matches!(t.lex(next + 1), Lex::Month(_)));
    !measures && ((1900..2050).contains(&y) || (led && (1000..2100).contains(&y)))
}

/// `1990-95`, `1990-1995`.
fn year_range(t: Tokens, from: Partial, y: i16, i: usize) -> Option<Match> {
    if !(t.mark(i, b'-') && t.glued(i) && t.glued(i + 1)) {
        return None;
    }
    let (n, len) = t.number(i + 1)?;
    let n = i16::try_from(n).ok()?;
    let last = if len == 2 { y - y % 100 + n } else { n };
    ((len == 2 || len == 4) && last > y)
        .then(|| Match::new(i + 2, Meaning::Range(from, Partial { year: YearOf::Given(last), ..from })))
}

/// `nineteen ninety-seven`, `two thousand`, `two thousand one`, `twenty seventeen`.
pub(super) fn spoken_year(t: Tokens, i: usize) -> Option<(i16, usize)> {
    let led = i.checked_sub(1).is_some_and(|b| {
        matches!(t.lex(b), Lex::Unit(Unit::Year) | Lex::In | Lex::Of | Lex::By | Lex::Month(_))
    });
    match (t.lex(i), t.lex(i + 1)) {
        (Lex::Number(2), Lex::Multiplier(1000)) if led && !matches!(t.lex(i + 2), Lex::Units(_)) => {
            let (n, next) = count::below_hundred(t, i + 2).unwrap_or((0, i + 2));
            Some((2000 + i16::try_from(n).ok()?, next))
        }
        (Lex::Number(century @ 15..=19), Lex::Tens(_) | Lex::Number(10..=19)) => {
            let (n, next) = count::below_hundred(t, i + 1)?;
            let counts = matches!(t.lex(next), Lex::Units(_) | Lex::Multiplier(_));
            (!counts).then_some((i16::try_from(century * 100 + n).ok()?, next))
        }
        _ => None,
    }
}

/// `the 1990s`, `the '80s`, `the nineties`, `mid-1990s`.
fn decade(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    if let Lex::DecadeWord(n) = t.lex(start) {
        return (start > i || before_is_phase(t, start))
            .then(|| Match::new(start + 1, Meaning::Decade(190 + n / 10)));
    }
    let apostrophe = t.mark(start, b'\'');
    let at = start + usize::from(apostrophe);
    let Kind::Number(n) = t.kind(at) else { return None };
    let len = t.get(at)?.span.len();
    let s = t.after_possessive(at + 1);
    let next = if s > at + 1 { s } else { at + 2 };
    let plural = t.glued(at + 1) && (t.is(at + 1, "s") || (s == at + 3 && len == 4 && n % 10 == 0));
    let year = match len {
        4 if (1000..2100).contains(&n) && n % 10 == 0 => n,
        2 if n % 10 == 0 && n >= 20 && (apostrophe || start > i) => 1900 + n,
        _ => return None,
    };
    plural.then(|| Match::new(next, Meaning::Decade(i16::try_from(year / 10).unwrap_or_default())))
}

fn before_is_phase(t: Tokens, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|b| {
        matches!(t.lex(b), Lex::Phase(_))
            || (t.mark(b, b'-') && b > 0 && matches!(t.lex(b - 1), Lex::Phase(_)))
    })
}

/// `the 20th century`, `11th century`, `the nineteenth century`.
fn century(t: Tokens, i: usize) -> Option<Match> {
    let start = t.after_the(i);
    let (n, next) = count::ordinal(t, start)?;
    let unit = t.after_hyphen(next);
    let next = unit + 1;
    let era = era_after(t, next);
    (t.lex(unit) == Lex::Unit(Unit::Century) && n > 0).then(|| match era {
        Some((false, next)) => Match::new(next, Meaning::BeforeEra(i16::from(n) * 100)),
        Some((true, next)) => Match::new(next, Meaning::Century(i16::from(n) - 1)),
        None => Match::new(next, Meaning::Century(i16::from(n) - 1)),
    })
}

/// `44 BC`, `AD 70`, `1200 B.C.`
fn era(t: Tokens, i: usize) -> Option<Match> {
    if t.lex(i) == Lex::Era(true) && t.str(i).chars().all(char::is_uppercase) {
        let (n, len) = t.number(i + 1)?;
        let year = i16::try_from(n).ok().filter(|y| len <= 4 && *y > 0)?;
        return Some(calendar(Partial { year: YearOf::Given(year), ..Partial::default() }, i + 2));
    }
    let (n, len) = t.number(i)?;
    let year = i16::try_from(n).ok().filter(|y| len <= 4 && *y > 0)?;
    match era_after(t, i + 1)? {
        (true, next) => Some(calendar(Partial { year: YearOf::Given(year), ..Partial::default() }, next)),
        (false, next) => Some(Match::new(next, Meaning::BeforeEra(year))),
    }
}

fn era_after(t: Tokens, i: usize) -> Option<(bool, usize)> {
    if let Lex::Era(common) = t.lex(i) {
        return t.str(i).chars().all(char::is_uppercase).then_some((common, i + 1));
    }
    let dotted = t.mark(i + 1, b'.') && t.mark(i + 3, b'.') && t.glued(i + 2);
    match (t.str(i), t.str(i + 2)) {
        ("B", "C") if dotted => Some((false, i + 4)),
        ("A", "D") if dotted => Some((true, i + 4)),
        _ => None,
    }
}

/// The `25` of `April 24 and 25`, which shares the month of the date before it.
pub(crate) fn another_day(t: Tokens, i: usize, before: &Meaning) -> Option<(usize, Match)> {
    let Meaning::Calendar(p @ Partial { month: Some(_), day: Some(_), .. }) = *before else { return None };
    let joint = matches!(t.lex(i), Lex::And | Lex::Or) || t.mark(i, b',');
    let at = i + 1 + usize::from(t.mark(i, b',') && t.lex(i + 1) == Lex::And);
    let (n, len) = t.number(at)?;
    let closed = matches!(t.kind(at + 1), Kind::Mark(b'.' | b',' | b';' | b')') | Kind::Break)
        || matches!(
            t.lex(at + 1),
            Lex::In | Lex::At | Lex::And | Lex::Or | Lex::To | Lex::By | Lex::For | Lex::During
        )
        || t.get(at + 1).is_none();
    let d = u8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
    (joint && closed && len <= 2)
        .then(|| (at, with_year(t, Partial { day: Some(d), weekday: None, ..p }, at + 1)))
}

/// A modifier that hangs on a month by a hyphen: `mid-May`.
pub(super) fn phase_word(t: Tokens, i: usize) -> Option<(Modifier, usize)> {
    let Lex::Phase(m) = t.lex(i) else { return None };
    Some((m, t.after_hyphen(i + 1)))
}
