//! The time a text speaks of as it goes on.

use detente_model::Span;
use jiff::civil::Date;

use super::calendar;
use crate::expression::{Amount, Count, Expression, Meaning, Origin, Partial, Unit, YearOf};
use crate::timex::{Timex, TimexKind};
use crate::value::Value;

/// The last times mentioned, by what they can answer.
#[derive(Debug, Default)]
pub(super) struct Narrative {
    last: Option<(Value, Span)>,
    day: Option<(Date, Span)>,
    quarter: Option<(i16, u8)>,
    /// Where results of several quarters were last told: "the nine months".
    months: Option<Span>,
    year: Option<i16>,
}

/// How far back, in bytes, `that day` and `the next morning` reach for the day they mean.
const NEAR: usize = 400;

impl Narrative {
    /// Takes in the next timex of the text. A quarter that is not over does not take the place of one that is: results are told of the latter.
    pub(super) fn hear(&mut self, timex: &Timex, e: &Expression, report: Option<Date>) {
        if is_of_quarters(timex.value) {
            self.months = Some(timex.span);
        }
        let (TimexKind::Date | TimexKind::Time, Some(days)) = (timex.kind, timex.days) else { return };
        let forecast = self.quarter.is_some()
            && matches!(timex.value, Value::Quarter(..))
            && report.is_some_and(|r| days.to >= r);
        if self.is_comparison(e) || forecast || self.closes_quarter(timex, e) {
            return;
        }
        self.last = Some((timex.value, timex.span));
        self.year = Some(days.from.year());
        match timex.value {
            Value::Day(day) | Value::Time(day, _) => self.day = Some((day, timex.span)),
            Value::Days(_, last) => self.day = Some((last, timex.span)),
            Value::Quarter(y, q) => (self.quarter, self.months) = (Some((y, q)), None),
            _ => {}
        }
    }

    /// What is only compared with does not become what the text speaks of; nor does `the 1988 period` in a report of a later quarter.
    fn is_comparison(&self, e: &Expression) -> bool {
        match e.meaning {
            Meaning::Period(YearOf::Given(year)) => self.quarter.is_some_and(|(now, _)| year < now),
            Meaning::Quarter(_, YearOf::Narrative(by)) | Meaning::Period(YearOf::Narrative(by)) => by != 0,
            Meaning::Quarter(_, YearOf::Report(by)) => by < 0,
            Meaning::Offset { amount: Amount { unit: Unit::Year, .. }, .. } => true,
            _ => false,
        }
    }

    /// `the quarter ended Sept. 30` goes on about the quarter.
    fn closes_quarter(&self, timex: &Timex, e: &Expression) -> bool {
        const ENDED: usize = " ended ".len();
        let ended = matches!(e.meaning, Meaning::Calendar(Partial { year: YearOf::Last, day: Some(_), .. }));
        let beside = |(value, span): (Value, Span)| {
            matches!(value, Value::Quarter(..)) && timex.span.start.saturating_sub(span.end) <= ENDED
        };
        ended && self.last.is_some_and(beside)
    }

    /// The day last spoken of, if that was near.
    pub(super) fn day_near(&self, at: Span) -> Option<Date> {
        self.day.filter(|(_, span)| at.start.saturating_sub(span.end) <= NEAR).map(|(day, _)| day)
    }

    /// The day last spoken of, however far back.
    pub(super) fn day(&self) -> Option<Date> {
        self.day.map(|(day, _)| day)
    }

    /// The time last spoken of, if that was near.
    pub(super) fn near(&self, at: Span) -> Option<Value> {
        self.last.filter(|(_, span)| at.start.saturating_sub(span.end) <= NEAR / 2).map(|(value, _)| value)
    }

    /// A day in the month, week or year last spoken of, if it was as precise as `unit`.
    pub(super) fn day_for(&self, unit: Unit) -> Option<Date> {
        let (value, _) = self.last?;
        (value.precision() <= unit || value.precision() == Unit::Quarter)
            .then(|| value.days().map(|d| d.to))
            .flatten()
    }

    /// The year last spoken of.
    pub(super) fn year(&self) -> Option<i16> {
        self.year
    }

    /// Results of several quarters were told just before: what is compared is a year's, and no quarter.
    pub(super) fn tells_of_months(&self, at: Span) -> bool {
        self.months.is_some_and(|span| at.start.saturating_sub(span.end) <= NEAR / 2)
    }

    /// The quarter last spoken of, comparisons apart.
    pub(super) fn quarter(&self) -> Option<(i16, u8)> {
        self.quarter
    }

    /// `a year ago`, `two years earlier` beside a quarter or month: the same quarter or month of that year.
    pub(super) fn year_apart(
        &self,
        amount: Amount,
        back: bool,
        from: Origin,
        report: Option<Date>,
        at: Span,
    ) -> Option<Value> {
        let Amount { count: Count::Halves(halves), unit: Unit::Year } = amount else { return None };
        let by = i16::try_from(halves / 2).ok()?;
        let by = if back { by.checked_neg()? } else { by };
        if let Some((year, _)) = self.quarter.filter(|_| self.tells_of_months(at)) {
            return Some(Value::Year(year.checked_add(by)?));
        }
        let (last, _) = self.last?;
        match last {
            Value::Quarter(y, q)
                if report.is_none_or(|r| from == Origin::Narrative || (r.year() - y).abs() <= 1) =>
            {
                let y = self.quarter.map_or(y, |(y, _)| y);
                Some(Value::Quarter(y.checked_add(by)?, q))
            }
            Value::Month(y, m) if from == Origin::Narrative && by.abs() == 1 => {
                Some(Value::Month(y.checked_add(by)?, m))
            }
            Value::Year(y) if from == Origin::Narrative => Some(Value::Year(y.checked_add(by)?)),
            Value::Day(d) if from == Origin::Narrative => {
                calendar::add(d, Unit::Year, i32::from(by)).map(|d| Value::Year(d.year()))
            }
            _ => None,
        }
    }
}

/// Six or nine months, of which a business reports beside its quarter.
fn is_of_quarters(value: Value) -> bool {
    matches!(value, Value::Duration(Amount { count: Count::Halves(12 | 18), unit: Unit::Month }))
}
