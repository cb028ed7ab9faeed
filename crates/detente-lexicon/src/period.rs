//! The days on which a record holds.

use std::fmt;

use jiff::civil::Date;

/// Days from the first to the last, either of which may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Period {
    /// The first day; `None` for "since ever".
    pub from: Option<Date>,
    /// The last day; `None` for "until now".
    pub to: Option<Date>,
}

/// A date of a record that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadPeriod {
    /// Not `YYYY`, `YYYY-MM` or `YYYY-MM-DD` of the calendar.
    Date(String),
    /// The end lies before the beginning.
    Backwards,
}

impl fmt::Display for BadPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadPeriod::Date(text) => {
                write!(f, "`{text}` is not a date: YYYY, YYYY-MM or YYYY-MM-DD is wanted")
            }
            BadPeriod::Backwards => f.write_str("the period ends before it begins"),
        }
    }
}

impl Period {
    /// All days.
    pub const ALWAYS: Period = Period { from: None, to: None };

    /// From two cells of a table: a year or month is taken from its first or to its last day; empty is open.
    ///
    /// # Errors
    /// A cell is no date, or the period would end before it begins.
    pub fn parse(from: &str, to: &str) -> Result<Period, BadPeriod> {
        let period = Period { from: cell(from)?.map(|d| d.0), to: cell(to)?.map(|d| d.1) };
        match (period.from, period.to) {
            (Some(from), Some(to)) if to < from => Err(BadPeriod::Backwards),
            _ => Ok(period),
        }
    }

    /// Whether it holds on that day. A day that is not known is any day.
    pub fn holds(self, on: Option<Date>) -> bool {
        on.is_none_or(|day| !self.is_after(day) && !self.is_before(day))
    }

    /// Whether it was over before that day.
    pub fn is_before(self, day: Date) -> bool {
        self.to.is_some_and(|to| to < day)
    }

    /// Whether it begins after that day.
    pub fn is_after(self, day: Date) -> bool {
        self.from.is_some_and(|from| from > day)
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Period) -> bool {
        self.to.zip(other.from).is_none_or(|(to, from)| to >= from)
            && other.to.zip(self.from).is_none_or(|(to, from)| to >= from)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
        write!(f, "{}..{}", day(self.from), day(self.to))
    }
}

/// The first and last day that a cell stands for.
fn cell(text: &str) -> Result<Option<(Date, Date)>, BadPeriod> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    days_of(text).map(Some).ok_or_else(|| BadPeriod::Date(text.to_owned()))
}

fn days_of(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.splitn(3, '-').map(digits);
    let year = parts.next()?.filter(|_| text.len() >= 4)?;
    let (month, day) = (parts.next(), parts.next());
    match (month, day) {
        (None, _) => Some((date(year, 1, 1)?, date(year, 12, 31)?)),
        (Some(month), None) => {
            let first = date(year, month?, 1)?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => date(year, month?, day?).map(|d| (d, d)),
    }
}

fn digits(part: &str) -> Option<i16> {
    (matches!(part.len(), 2 | 4) && part.bytes().all(|b| b.is_ascii_digit()))
        .then(|| part.parse().ok())
        .flatten()
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn cells_become_days() {
        let p = Period::parse("2004-02", "2011").unwrap();
        assert_eq!((p.from, p.to), (Some(date(2004, 2, 1)), Some(date(2011, 12, 31))));
        assert!(p.holds(Some(date(2004, 2, 1))) && !p.holds(Some(date(2004, 1, 31))));
        assert_eq!(Period::parse("2012", "2011"), Err(BadPeriod::Backwards));
        for bad in ["2004-13", "04", "2004-02-30", "x", "2004-2", "2004-02-01-1", "٢٠٠٤"] {
            assert!(matches!(Period::parse(bad, ""), Err(BadPeriod::Date(_))), "{bad}");
        }
    }
}
