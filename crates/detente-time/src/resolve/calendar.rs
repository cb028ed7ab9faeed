//! Choosing the year, week or day that an open expression means, by tense and nearness to the report.

use detente_model::Days;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::expression::{Tense, Unit, Weekday, YearOf};
use crate::value::Value;

/// The year of the value that `make` builds, among the years about `report`.
pub(super) fn year_near(
    report: Date,
    year: YearOf,
    tense: Tense,
    make: impl Fn(i16) -> Option<Days>,
) -> Option<i16> {
    let near = (-2..=2).filter_map(|k| report.year().checked_add(k));
    nearest(report, year, tense, near.filter_map(|y| Some((y, make(y)?)))).map(|(y, _)| y)
}

/// Of things that recur, in the order of time, the one an expression means.
pub(super) fn nearest<K>(
    report: Date,
    year: YearOf,
    tense: Tense,
    mut candidates: impl Iterator<Item = (K, Days)>,
) -> Option<(K, Days)> {
    match year {
        YearOf::Last => candidates.filter(|(_, d)| is_last(*d, report)).last(),
        YearOf::Next => candidates.find(|(_, d)| d.from > report),
        _ => candidates.min_by_key(|(_, d)| distance(*d, report, year, tense)),
    }
}

/// The month just over is `last month`, so that `last February` on 1 March means the one before.
fn is_last(days: Days, report: Date) -> bool {
    let month = days.to > days.from;
    days.to < if month { report.saturating_sub(7.days()) } else { report }
}

/// How far days lie from the report, in days, with those on the wrong side for the tense set back.
///
/// A past verb a month before the date it governs is more often a report of a plan than a memory of the year before.
fn distance(days: Days, report: Date, year: YearOf, tense: Tense) -> i32 {
    let gap = if days.contains(report) {
        0
    } else if days.to < report {
        (report - days.to).get_days()
    } else {
        (days.from - report).get_days()
    };
    match tense {
        _ if year == YearOf::This => gap,
        Tense::Over if days.from > report => gap + NEVER,
        Tense::Past if days.from > report => gap + WRONG_SIDE,
        Tense::Future if days.to < report => gap + WRONG_SIDE,
        Tense::Unknown if days.from > report => gap + UNTOLD,
        _ => gap,
    }
}

/// What a date ahead is set back by where no verb tells its side: news speaks more of the past. In days.
const UNTOLD: i32 = 60;

/// What a date on the wrong side for its tense is set back by, in days.
const WRONG_SIDE: i32 = 170;

/// What a date is set back by that cannot lie ahead, in days: more than the years looked at.
const NEVER: i32 = 4000;

/// The day of the week before, on or after the report as the tense says; the one closest to it with a present tense.
pub(super) fn weekday_near(report: Date, weekday: Weekday, tense: Tense) -> Option<Date> {
    let (behind, ahead) = (weekday_until(report, weekday, 0), weekday_from(report, weekday, 0));
    match (tense, behind, ahead) {
        (Tense::Future, ..) => ahead,
        (Tense::Present, Some(last), Some(next))
            if (next - report).get_days() < (report - last).get_days() =>
        {
            ahead
        }
        _ => behind,
    }
}

/// The first such day not before `day` plus `skip`.
pub(super) fn weekday_from(day: Date, weekday: Weekday, skip: i32) -> Option<Date> {
    let start = day.checked_add(skip.days()).ok()?;
    let ahead = (weekday.number() - number(start)).rem_euclid(7);
    start.checked_add(ahead.days()).ok()
}

/// The last such day not after `day` minus `skip`.
pub(super) fn weekday_until(day: Date, weekday: Weekday, skip: i32) -> Option<Date> {
    let start = day.checked_sub(skip.days()).ok()?;
    let back = (number(start) - weekday.number()).rem_euclid(7);
    start.checked_sub(back.days()).ok()
}

fn number(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// The Monday of the week of `day`, so many weeks away.
pub(crate) fn monday(day: Date, weeks: i32) -> Option<Date> {
    weekday_until(day, Weekday::Monday, 0)?.checked_add(weeks.checked_mul(7)?.days()).ok()
}

/// The whole unit that lies `by` units from the one that holds `day`.
pub(super) fn unit_at(day: Date, unit: Unit, by: i32) -> Option<Value> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Night | Unit::Day => {
            add(day, Unit::Day, by).map(Value::Day)
        }
        Unit::Weekend => week_value(monday(day, by)?).map(|(y, w)| Value::Weekend(y, w)),
        Unit::Week => week_value(monday(day, by)?).map(|(y, w)| Value::Week(y, w)),
        Unit::Fortnight => week_value(monday(day, by.checked_mul(2)?)?).map(|(y, w)| Value::Week(y, w)),
        Unit::Month => add(day.first_of_month(), unit, by).map(|d| Value::Month(d.year(), d.month())),
        Unit::Quarter => add(day.first_of_month(), unit, by).map(quarter_of),
        Unit::Year => add(day.first_of_month(), unit, by).map(|d| Value::Year(d.year())),
        Unit::Decade => add(day.first_of_month(), unit, by).map(|d| Value::Decade(d.year().div_euclid(10))),
        Unit::Century => {
            add(day.first_of_month(), unit, by).map(|d| Value::Century(d.year().div_euclid(100)))
        }
        Unit::Millennium => None,
    }
}

/// The quarter that holds a day.
pub(super) fn quarter_of(day: Date) -> Value {
    Value::Quarter(day.year(), u8::try_from((day.month() - 1) / 3 + 1).unwrap_or(1))
}

pub(super) fn week_value(day: Date) -> Option<(i16, i8)> {
    let iso = day.iso_week_date();
    Some((iso.year(), iso.week()))
}

/// A day so many units away; `None` beyond the calendar.
pub(super) fn add(day: Date, unit: Unit, by: i32) -> Option<Date> {
    let (days, months, years) = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => (0, 0, 0),
        Unit::Night | Unit::Day => (by, 0, 0),
        Unit::Week | Unit::Weekend => (by.checked_mul(7)?, 0, 0),
        Unit::Fortnight => (by.checked_mul(14)?, 0, 0),
        Unit::Month => (0, by, 0),
        Unit::Quarter => (0, by.checked_mul(3)?, 0),
        Unit::Year => (0, 0, by),
        Unit::Decade => (0, 0, by.checked_mul(10)?),
        Unit::Century => (0, 0, by.checked_mul(100)?),
        Unit::Millennium => (0, 0, by.checked_mul(1000)?),
    };
    if days.abs() > 4_000_000 || months.abs() > 120_000 || years.abs() > 9_000 {
        return None;
    }
    day.checked_add(days.days().months(months).years(years)).ok()
}
