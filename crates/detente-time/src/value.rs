//! What an expression comes to: a TIMEX3 value and the civil days it covers.

use std::fmt;

use detente_model::Days;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate};

use crate::expression::{Amount, Count, Modifier, Recurrence, Reference, Season, TimeOfDay, Unit, Weekday};

/// A resolved value; `Display` writes it as TIMEX3 does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// `1998-08-07`
    Day(Date),
    /// `1998-08-07TMO`, `1998-08-07T14:30`
    Time(Date, TimeOfDay),
    /// `1998-08-03/1998-08-07`
    Days(Date, Date),
    /// ISO year and week: `1998-W32`
    Week(i16, i8),
    /// `1998-W32-WE`
    Weekend(i16, i8),
    /// `1998-08`
    Month(i16, i8),
    /// `1998-Q3`
    Quarter(i16, u8),
    /// `1998-H1`
    Half(i16, u8),
    /// `1998-SU`
    Season(i16, Season),
    /// `1998`
    Year(i16),
    /// A fiscal year, which begins and ends by its owner's custom: `1998`
    Fiscal(i16),
    /// `1990/1995`
    Years(i16, i16),
    /// The first three digits: `199`
    Decade(i16),
    /// The first two digits: `19`
    Century(i16),
    /// `BC0044`
    BeforeEra(i16),
    /// A date whose year nothing tells: `XXXX-05-10`, `XXXX-WXX-5`
    Partial {
        /// Month.
        month: Option<u8>,
        /// Day of the month.
        day: Option<u8>,
        /// Day of the week.
        weekday: Option<Weekday>,
        /// Time of day.
        time: Option<TimeOfDay>,
    },
    /// A unit that nothing anchors: `XXXX-WXX`
    Unanchored(Unit, Option<TimeOfDay>),
    /// `P3D`
    Duration(Amount),
    /// `P1D`, `XXXX-WXX-5`
    Set(Recurrence, Option<TimeOfDay>),
    /// `PAST_REF`
    Vague(Reference),
}

impl Value {
    /// The civil days the value covers; none for durations, sets, vague and unanchored values.
    pub fn days(self) -> Option<Days> {
        match self {
            Value::Day(d) | Value::Time(d, _) => Some(Days::on(d)),
            Value::Days(a, b) => Some(Days::between(a, b)),
            Value::Week(y, w) => week(y, w),
            Value::Weekend(y, w) => week(y, w).map(|d| Days { from: d.to.saturating_sub(1.day()), to: d.to }),
            Value::Month(y, m) => months(y, m, 1),
            Value::Quarter(y, q) => months(y, i8::try_from(q).ok()? * 3 - 2, 3),
            Value::Half(y, h) => months(y, i8::try_from(h).ok()? * 6 - 5, 6),
            Value::Season(y, s) => season(y, s),
            Value::Year(y) => months(y, 1, 12),
            Value::Years(a, b) => Some(Days::between(months(a, 1, 12)?.from, months(b, 1, 12)?.to)),
            Value::Decade(d) => {
                Some(Days::between(months(d * 10, 1, 12)?.from, months(d * 10 + 9, 1, 12)?.to))
            }
            Value::Century(c) => {
                Some(Days::between(months(c * 100, 1, 12)?.from, months(c * 100 + 99, 1, 12)?.to))
            }
            _ => None,
        }
    }

    /// The length of the unit the value names.
    pub fn precision(self) -> Unit {
        match self {
            Value::Day(_) | Value::Days(..) => Unit::Day,
            Value::Time(_, TimeOfDay::Clock { .. }) => Unit::Minute,
            Value::Time(..) => Unit::Hour,
            Value::Week(..) => Unit::Week,
            Value::Weekend(..) => Unit::Weekend,
            Value::Month(..) => Unit::Month,
            Value::Quarter(..) | Value::Season(..) => Unit::Quarter,
            Value::Half(..) | Value::Year(_) | Value::Years(..) | Value::Fiscal(_) | Value::BeforeEra(_) => {
                Unit::Year
            }
            Value::Decade(_) => Unit::Decade,
            Value::Century(_) => Unit::Century,
            Value::Partial { day: None, weekday: None, .. } => Unit::Month,
            Value::Partial { .. } => Unit::Day,
            Value::Unanchored(unit, _) => unit,
            Value::Duration(a) | Value::Set(Recurrence::Each(a), _) => a.unit,
            Value::Set(..) => Unit::Day,
            Value::Vague(_) => Unit::Millennium,
        }
    }

    /// The part of the days that a modifier leaves: the first, second and last third of a month are its days 1-10, 11-20 and 21 to the end.
    pub fn days_bent(self, modifier: Option<Modifier>) -> Option<Days> {
        let days = self.days()?;
        let third = match modifier {
            Some(Modifier::Start) => 0,
            Some(Modifier::Mid) => 1,
            Some(Modifier::End) => 2,
            _ => return Some(days),
        };
        Some(match self {
            Value::Day(_) | Value::Time(..) => days,
            Value::Month(..) => third_of_month(days, third),
            Value::Year(y) => months(y, i8::try_from(third).unwrap_or(0) * 4 + 1, 4)?,
            Value::Decade(d) => years_of_decade(d, third)?,
            _ => third_of(days, third),
        })
    }
}

fn third_of_month(days: Days, third: i32) -> Days {
    let from = days.from.saturating_add((third * 10).days());
    let to = if third == 2 { days.to } else { from.saturating_add(9.days()) };
    Days { from, to }
}

/// Early are the years 0 to 3 of a decade, mid 4 to 6, late 7 to 9.
fn years_of_decade(decade: i16, third: i32) -> Option<Days> {
    let (first, last) = [(0, 3), (4, 6), (7, 9)][usize::try_from(third).ok()?.min(2)];
    Some(Days::between(months(decade * 10 + first, 1, 12)?.from, months(decade * 10 + last, 1, 12)?.to))
}

fn third_of(days: Days, third: i32) -> Days {
    let len = (days.to - days.from).get_days() + 1;
    let at = |n: i32| days.from.saturating_add((len * n / 3).days());
    let to = if third == 2 { days.to } else { at(third + 1).saturating_sub(1.day()) };
    Days::between(at(third), to.max(at(third)))
}

/// The days of an ISO week.
pub(crate) fn week(year: i16, week: i8) -> Option<Days> {
    let monday = ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date();
    Some(Days { from: monday, to: monday.checked_add(6.days()).ok()? })
}

/// So many months from the first of one.
pub(crate) fn months(year: i16, month: i8, count: i32) -> Option<Days> {
    let from = Date::new(year, month, 1).ok()?;
    let to = from.checked_add(count.months()).and_then(|d| d.checked_sub(1.day())).ok()?;
    Some(Days { from, to })
}

fn season(year: i16, season: Season) -> Option<Days> {
    match season {
        Season::Spring => months(year, 3, 3),
        Season::Summer => months(year, 6, 3),
        Season::Autumn => months(year, 9, 3),
        Season::Winter => months(year - 1, 12, 3),
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Value::Day(d) => write!(f, "{d}"),
            Value::Time(d, time) => write!(f, "{d}{}", T(time)),
            Value::Days(a, b) => write!(f, "{a}/{b}"),
            Value::Week(y, w) => write!(f, "{y:04}-W{w:02}"),
            Value::Weekend(y, w) => write!(f, "{y:04}-W{w:02}-WE"),
            Value::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Value::Quarter(y, q) => write!(f, "{y:04}-Q{q}"),
            Value::Half(y, h) => write!(f, "{y:04}-H{h}"),
            Value::Season(y, s) => write!(f, "{y:04}-{s}"),
            Value::Year(y) | Value::Fiscal(y) => write!(f, "{y:04}"),
            Value::Years(a, b) => write!(f, "{a:04}/{b:04}"),
            Value::Decade(d) => write!(f, "{d:03}"),
            Value::Century(c) => write!(f, "{c:02}"),
            Value::BeforeEra(y) => write!(f, "BC{y:04}"),
            Value::Partial { month, day, weekday, time } => partial(f, month, day, weekday, time),
            Value::Unanchored(unit, time) => unanchored(f, unit, time),
            Value::Duration(amount) => duration(f, amount),
            Value::Set(recurrence, time) => set(f, recurrence, time),
            Value::Vague(reference) => write!(f, "{reference}"),
        }
    }
}

/// A time of day behind a date.
struct T(TimeOfDay);

impl fmt::Display for T {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            TimeOfDay::Part(crate::expression::DayPart::Dawn) => f.write_str("TMO"),
            TimeOfDay::Part(part) => write!(f, "T{part}"),
            TimeOfDay::Clock { hour, minute, .. } => write!(f, "T{hour:02}:{minute:02}"),
        }
    }
}

fn partial(
    f: &mut fmt::Formatter<'_>,
    month: Option<u8>,
    day: Option<u8>,
    weekday: Option<Weekday>,
    time: Option<TimeOfDay>,
) -> fmt::Result {
    match (month, day, weekday) {
        (Some(m), Some(d), _) => write!(f, "XXXX-{m:02}-{d:02}")?,
        (Some(m), None, _) => write!(f, "XXXX-{m:02}")?,
        (None, Some(d), _) => write!(f, "XXXX-XX-{d:02}")?,
        (None, None, Some(w)) => write!(f, "XXXX-WXX-{}", w.number())?,
        (None, None, None) => write!(f, "XXXX-XX-XX")?,
    }
    time.map_or(Ok(()), |t| write!(f, "{}", T(t)))
}

fn unanchored(f: &mut fmt::Formatter<'_>, unit: Unit, time: Option<TimeOfDay>) -> fmt::Result {
    f.write_str(match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        _ => "XXXX-XX-XX",
    })?;
    time.map_or(Ok(()), |t| write!(f, "{}", T(t)))
}

/// The letter of a unit, whether it stands behind `T`, and how many of it a unit makes.
fn letter(unit: Unit) -> (&'static str, char, u64) {
    match unit {
        Unit::Second => ("PT", 'S', 1),
        Unit::Minute => ("PT", 'M', 1),
        Unit::Hour => ("PT", 'H', 1),
        Unit::Night | Unit::Day => ("P", 'D', 1),
        Unit::Weekend => ("P", 'D', 2),
        Unit::Week => ("P", 'W', 1),
        Unit::Fortnight => ("P", 'W', 2),
        Unit::Month => ("P", 'M', 1),
        Unit::Quarter => ("P", 'Q', 1),
        Unit::Year => ("P", 'Y', 1),
        Unit::Decade => ("P", 'Y', 10),
        Unit::Century => ("P", 'Y', 100),
        Unit::Millennium => ("P", 'Y', 1000),
    }
}

fn duration(f: &mut fmt::Formatter<'_>, amount: Amount) -> fmt::Result {
    let (prefix, symbol, times) = letter(amount.unit);
    let Count::Halves(halves) = amount.count else {
        return write!(f, "{prefix}X{}", vague_symbol(amount.unit));
    };
    let halves = u64::from(halves) * times;
    let whole = halves / 2;
    if halves % 2 == 0 {
        return write!(f, "{prefix}{whole}{symbol}");
    }
    match amount.unit {
        Unit::Year if whole == 0 => f.write_str("P6M"),
        Unit::Year => write!(f, "P{whole}Y6M"),
        Unit::Hour if whole == 0 => f.write_str("PT30M"),
        Unit::Hour => write!(f, "PT{whole}H30M"),
        Unit::Minute if whole == 0 => f.write_str("PT30S"),
        Unit::Minute => write!(f, "PT{whole}M30S"),
        Unit::Day if whole == 0 => f.write_str("PT12H"),
        Unit::Day => write!(f, "P{whole}DT12H"),
        _ => write!(f, "{prefix}{whole}.5{symbol}"),
    }
}

fn vague_symbol(unit: Unit) -> &'static str {
    match unit {
        Unit::Decade => "E",
        Unit::Century => "C",
        Unit::Millennium => "L",
        Unit::Fortnight | Unit::Week => "W",
        Unit::Second => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Hour => "H",
        Unit::Quarter => "Q",
        Unit::Year => "Y",
        Unit::Night | Unit::Day | Unit::Weekend => "D",
    }
}

fn set(f: &mut fmt::Formatter<'_>, recurrence: Recurrence, time: Option<TimeOfDay>) -> fmt::Result {
    match recurrence {
        Recurrence::Each(amount) => duration(f, amount),
        Recurrence::Weekday(w) => write!(f, "XXXX-WXX-{}", w.number()),
        Recurrence::Month(m) => write!(f, "XXXX-{m:02}"),
        Recurrence::Season(s) => write!(f, "XXXX-{s}"),
        Recurrence::Weekend => f.write_str("XXXX-WXX-WE"),
        Recurrence::Part => f.write_str("XXXX-XX-XX"),
    }?;
    time.map_or(Ok(()), |t| write!(f, "{}", T(t)))
}
