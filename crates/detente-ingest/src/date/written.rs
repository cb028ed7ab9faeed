//! Dates as people and machines write them: `2017-05-02T10:00`, `May 2, 2017`, `2. Mai 2017`, `02/05/2017`.

use std::sync::LazyLock;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::tables::{columns, list};

static MONTHS: LazyLock<FxHashMap<&str, i8>> = LazyLock::new(|| {
    let rows = columns::<2>(include_str!("../../lexicon/months.txt"));
    let pairs = rows.filter_map(|[month, names]| {
        let month: i8 = month.parse().ok()?;
        Some(names.split(' ').map(move |name| (name, month)))
    });
    pairs.flatten().collect()
});

static DROPPED: LazyLock<Vec<&str>> = LazyLock::new(|| list("date-particle"));
static WEEKDAYS: LazyLock<Vec<&str>> = LazyLock::new(|| list("weekday"));

/// How much of a text is read for a date.
const LONGEST: usize = 400;

/// Which number of `02/05/2017` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// As American pages write.
    #[default]
    MonthFirst,
    /// As most others do.
    DayFirst,
}

/// The first complete date in `text`, read only as far as a few hundred bytes; `02/05/2017` is in February.
pub(crate) fn first_day(text: &str) -> Option<Date> {
    first_day_in(text, Order::MonthFirst)
}

/// The same for a text whose order of day and month is known.
pub(crate) fn first_day_in(text: &str, order: Order) -> Option<Date> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let text = &text[..crate::lines::boundary(text, LONGEST)];
    let pieces = pieces(text);
    (0..pieces.len()).find_map(|at| complete(&pieces[at..], order))
}

/// Whether the whole of `text` names one day, with or without its year: `April 8`, `Nov. 14`, `8 April 2017`.
pub(crate) fn is_day(text: &str) -> bool {
    match pieces(text).as_slice() {
        [Piece::Month(_), day] | [day, Piece::Month(_)] => day.day().is_some(),
        [Piece::Month(_), day, year] | [day, Piece::Month(_), year] => {
            day.day().is_some() && year.year().is_some()
        }
        [Piece::Number { .. }, Piece::Dash, Piece::Number { .. }, Piece::Dash, Piece::Number { .. }] => {
            first_day(text).is_some()
        }
        _ => false,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Number { value: i32, digits: usize },
    Month(i8),
    Dash,
    Slash,
    Dot,
    Word,
}

impl Piece {
    fn day(self) -> Option<i8> {
        match self {
            Piece::Number { value, digits: 1..=2 } if (1..=31).contains(&value) => i8::try_from(value).ok(),
            _ => None,
        }
    }

    fn year(self) -> Option<i16> {
        match self {
            Piece::Number { value, digits: 4 } if (1900..=2100).contains(&value) => i16::try_from(value).ok(),
            _ => None,
        }
    }

    fn month(self) -> Option<i8> {
        match self {
            Piece::Month(month) => Some(month),
            Piece::Number { value, digits: 1..=2 } if (1..=12).contains(&value) => i8::try_from(value).ok(),
            _ => None,
        }
    }
}

/// Numbers, month names and the signs that join them; ordinal endings, commas, "of" and weekdays fall away.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '0'..='9' => rest.bytes().take_while(u8::is_ascii_digit).count(),
            _ if c.is_alphabetic() => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
        let (piece, tail) = rest.split_at(length);
        found.extend(piece_of(piece, found.last().copied()));
        rest = tail;
    }
    found
}

fn piece_of(piece: &str, before: Option<Piece>) -> Option<Piece> {
    let first = piece.chars().next()?;
    if first.is_ascii_digit() {
        return Some(Piece::Number { value: piece.parse().unwrap_or(i32::MAX), digits: piece.len() });
    }
    if !first.is_alphabetic() {
        return match first {
            '-' | '–' => Some(Piece::Dash),
            '/' => Some(Piece::Slash),
            '.' if matches!(before, Some(Piece::Number { .. })) => Some(Piece::Dot),
            '|' | '(' | '"' | '“' => Some(Piece::Word),
            _ => None,
        };
    }
    let folded = piece.to_lowercase();
    let after_number = matches!(before, Some(Piece::Number { .. } | Piece::Month(_)));
    match MONTHS.get(folded.as_str()) {
        Some(month) => Some(Piece::Month(*month)),
        None if after_number && DROPPED.contains(&folded.as_str()) => None,
        None if is_weekday(&folded) => None,
        None => Some(Piece::Word),
    }
}

fn is_weekday(folded: &str) -> bool {
    WEEKDAYS.iter().any(|day| folded.starts_with(day)) && folded.len() <= 9
}

/// A complete date at the head of the pieces.
fn complete(pieces: &[Piece], order: Order) -> Option<Date> {
    use Piece::{Dash, Dot, Month, Number, Slash};
    match *pieces {
        [Number { value, digits: 8 }, ..] => compact(value),
        [year, Dash, month @ Number { .. }, Dash, day, ..]
        | [year, Slash, month @ Number { .. }, Slash, day, ..]
        | [year, Dot, month @ Number { .. }, Dot, day, ..]
            if year.year().is_some() =>
        {
            date(year, month, day)
        }
        [Month(month), day, year, ..] if day.day().is_some() && year.year().is_some() => {
            date(year, Month(month), day)
        }
        [Month(month), Dot, day, year, ..] => date(year, Month(month), day),
        [day, Month(month), year, ..] if year.year().is_some() => date(year, Month(month), day),
        [day, Month(month), Dot, year, ..] if year.year().is_some() => date(year, Month(month), day),
        [day, Dot, Month(month), year, ..]
        | [day, Dash, Month(month), Dash, year, ..]
        | [day, Slash, Month(month), Slash, year, ..] => date(year, Month(month), day),
        [year, Month(month), day, ..] if year.year().is_some() => date(year, Month(month), day),
        [day, Dot, month @ Number { .. }, Dot, year, ..] => date(full_year(year)?, month, day),
        [first, Slash, second @ Number { .. }, Slash, year, ..] => {
            slashed(first, second, full_year(year)?, order)
        }
        [day, Dash, month @ Number { .. }, Dash, year, ..] if year.year().is_some() => {
            slashed(day, month, year, order)
        }
        _ => None,
    }
}

/// `12/31/2017` and `31/12/2017`; the order decides only where both readings are days.
fn slashed(first: Piece, second: Piece, year: Piece, order: Order) -> Option<Date> {
    let (month_first, day_first) = (date(year, first, second), date(year, second, first));
    match order {
        Order::MonthFirst => month_first.or(day_first),
        Order::DayFirst => day_first.or(month_first),
    }
}

/// Two digits of a year are of the years since 1970.
fn full_year(year: Piece) -> Option<Piece> {
    match year {
        Piece::Number { value, digits: 2 } => {
            Some(Piece::Number { value: if value < 70 { 2000 + value } else { 1900 + value }, digits: 4 })
        }
        _ => Some(year),
    }
}

fn date(year: Piece, month: Piece, day: Piece) -> Option<Date> {
    Date::new(year.year()?, month.month()?, day.day()?).ok()
}

/// `20170502`.
fn compact(value: i32) -> Option<Date> {
    let year = i16::try_from(value / 10_000).ok().filter(|year| (1900..=2100).contains(year))?;
    Date::new(year, i8::try_from(value / 100 % 100).ok()?, i8::try_from(value % 100).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_written() {
        let cases = [
            ("2017-05-02T23:30:00+00:00", "2017-05-02"),
            ("20170502", "2017-05-02"),
            ("May 2, 2017", "2017-05-02"),
            ("Published: Tuesday, May 2nd, 2017 at 10:00", "2017-05-02"),
            ("2 May 2017", "2017-05-02"),
            ("Tue, 02 May 2017 10:00:00 GMT", "2017-05-02"),
            ("2. Mai 2017", "2017-05-02"),
            ("02.05.2017", "2017-05-02"),
            ("2 de mayo de 2017", "2017-05-02"),
            ("05/31/2017", "2017-05-31"),
            ("31/05/2017", "2017-05-31"),
            ("Jan. 3, 2006", "2006-01-03"),
            ("2017/5/2", "2017-05-02"),
            ("02-May-2017", "2017-05-02"),
            ("02.05.17", "2017-05-02"),
            ("02/05/2017", "2017-02-05"),
        ];
        for (text, expected) in cases {
            assert_eq!(first_day(text).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_order_decides_where_both_readings_are_days() {
        let day = |text| first_day_in(text, Order::DayFirst).map(|day| day.to_string());
        assert_eq!(day("02/05/2017").as_deref(), Some("2017-05-02"));
        assert_eq!(day("05/31/2017").as_deref(), Some("2017-05-31"));
    }

    #[test]
    fn what_is_no_complete_date_is_none() {
        for text in [
            "",
            "May 2017",
            "2017",
            "April 8",
            "31.02.2017",
            "call 555-12-1234",
            "99999999999999999999",
            "1/2",
        ] {
            assert_eq!(first_day(text), None, "{text}");
        }
    }

    #[test]
    fn days_may_lack_their_year() {
        for text in ["April 8", "Nov. 14", "8 April 2017", "8 April", "Jan. 3, 2006"] {
            assert!(is_day(text), "{text}");
        }
        for text in ["April", "2017", "Oslo 8", "April 8 Oslo", ""] {
            assert!(!is_day(text), "{text}");
        }
    }
}
