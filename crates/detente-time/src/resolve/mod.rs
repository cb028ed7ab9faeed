//! From expressions to values: anchoring to the report, the narrative and events.

mod calendar;
mod event;
mod narrative;

use detente_model::{Days, Diagnostic, Span};
use jiff::civil::Date;

use crate::expression::*;
use crate::holiday;
use crate::lexicon::HOLIDAYS;
use crate::timex::{Basis, Times, Timex, TimexKind};
use crate::value::{self, Value};
pub(crate) use calendar::monday;
pub(crate) use event::{content_words, shared};
use narrative::Narrative;

/// Who can say on which days the event lies that a phrase names.
pub type EventDays<'a> = &'a dyn Fn(&str) -> Option<Days>;

/// What the expressions of a text hang on.
#[derive(Clone, Copy, Default)]
pub struct Anchor<'a> {
    /// The day of the report.
    pub published: Option<Date>,
    /// The tense of the verb that governs an expression, from whoever has a parse; `Unknown` leaves it to the words.
    pub tense: Option<&'a dyn Fn(Span) -> Tense>,
    /// The days of the event that a phrase names, from whoever can date it.
    pub events: Option<EventDays<'a>>,
}

impl Anchor<'_> {
    /// Only the day of the report is known.
    pub const fn published(day: Date) -> Self {
        Self { published: Some(day), tense: None, events: None }
    }
}

/// Recognises and resolves the time expressions of a text.
pub fn read(text: &str, anchor: &Anchor) -> Times {
    resolve(text, &crate::recognise(text), anchor)
}

/// Resolves the expressions that [`crate::recognise`] found in `text`.
///
/// An expression that names no day of the calendar gives a diagnostic `time/no-such-day` instead of a timex.
pub fn resolve(text: &str, expressions: &[Expression], anchor: &Anchor) -> Times {
    let mut resolver = Resolver { anchor, narrative: Narrative::default(), times: Times::default() };
    for expression in expressions {
        resolver.take(text, expression);
    }
    event::date_offsets(text, expressions, anchor, &mut resolver.times.timexes);
    resolver.times
}

/// A value and what it rests on.
type Placed = (Value, Basis);

struct Resolver<'a> {
    anchor: &'a Anchor<'a>,
    narrative: Narrative,
    times: Times,
}

impl Resolver<'_> {
    fn take(&mut self, text: &str, e: &Expression) {
        let tense = self.tense(e);
        match self.place(e, tense) {
            Some(placed) => {
                let timex = self.timex(e, placed, tense);
                self.narrative.hear(&timex, e, self.anchor.published);
                self.times.timexes.push(timex);
            }
            None => self.times.diagnostics.push(no_such_day(text, e.span)),
        }
    }

    fn tense(&self, e: &Expression) -> Tense {
        match self.anchor.tense.map(|of| of(e.span)) {
            None | Some(Tense::Unknown) => e.tense,
            Some(told) => told,
        }
    }

    fn timex(&self, e: &Expression, (value, basis): Placed, tense: Tense) -> Timex {
        let value = with_time(value, e.time);
        let kind = kind_of(value);
        Timex {
            span: e.span,
            kind,
            value,
            modifier: e.modifier,
            days: self.days(e, value, tense),
            precision: value.precision(),
            basis,
        }
    }

    /// The value of an expression; `None` where the calendar has no such day.
    fn place(&self, e: &Expression, tense: Tense) -> Option<Placed> {
        match e.meaning {
            Meaning::Calendar(p) => self.calendar(p, tense, e.time),
            Meaning::Range(from, to) => self.range(from, to, tense),
            Meaning::Weekday(day, which) => self.weekday(day, which, tense, e),
            Meaning::WeekdayOf(day, week) => self.weekday_of(day, week),
            Meaning::WeekOf(p, weekend) => self.week_of(p, weekend, tense),
            Meaning::Weekend(which) => self.weekend(which, tense),
            Meaning::Shift { unit, by, from } => self.shift(unit, by, from, e),
            Meaning::Offset { amount, back, from } => self.offset(amount, back, from, e),
            Meaning::Season(s, year) => self.yearly(year, tense, move |y| Value::Season(y, s), Unit::Year),
            Meaning::Quarter(q, year) => self.quarter(q, year, tense),
            Meaning::Half(h, year) => self.yearly(year, tense, move |y| Value::Half(y, h), Unit::Year),
            Meaning::Period(year) => self.period(year, tense, e.span),
            Meaning::Decade(d) => explicit(Value::Decade(d)),
            Meaning::Century(c) => explicit(Value::Century(c)),
            Meaning::BeforeEra(y) => explicit(Value::BeforeEra(y)),
            Meaning::Fiscal(year) => self.yearly(year, tense, Value::Fiscal, Unit::Year),
            Meaning::Holiday(index, year) => self.holiday(index, year, tense),
            Meaning::Duration(amount) | Meaning::Stretch { amount, .. } => unplaced(Value::Duration(amount)),
            Meaning::Set(recurrence) => unplaced(Value::Set(recurrence, None)),
            Meaning::Vague(reference) => unplaced(Value::Vague(reference)),
        }
    }

    fn calendar(&self, p: Partial, tense: Tense, time: Option<TimeOfDay>) -> Option<Placed> {
        check_day(p)?;
        if let (None, None, YearOf::Given(y)) = (p.month, p.day, p.year) {
            return (y > 0).then_some((Value::Year(y), Basis::Explicit));
        }
        let make = move |year| calendar_value(p, year);
        match self.year(p.year, tense, &|y| make(y).and_then(Value::days)) {
            Some((year, basis)) => Some((make(year)?, basis)),
            None => unplaced(Value::Partial { month: p.month, day: p.day, weekday: p.weekday, time }),
        }
    }

    fn week_of(&self, p: Partial, weekend: bool, tense: Tense) -> Option<Placed> {
        match self.calendar(p, tense, None)? {
            (Value::Day(day), basis) => {
                calendar::unit_at(day, if weekend { Unit::Weekend } else { Unit::Week }, 0)
                    .map(|v| (v, basis))
            }
            other => Some(other),
        }
    }

    /// The year an expression means; `None` when nothing tells, never when the year lacks the day.
    fn year(&self, year: YearOf, tense: Tense, days: &dyn Fn(i16) -> Option<Days>) -> Option<(i16, Basis)> {
        let report = self.anchor.published;
        match year {
            YearOf::Given(y) => Some((y, Basis::Explicit)),
            YearOf::This => Some((report?.year(), Basis::Report)),
            YearOf::Report(by) => Some((report?.year().checked_add(i16::from(by))?, Basis::Report)),
            YearOf::Narrative(by) => {
                let (y, basis) = self
                    .narrative
                    .year()
                    .map(|y| (y, Basis::Narrative))
                    .or(report.map(|r| (r.year(), Basis::Report)))?;
                Some((y.checked_add(i16::from(by))?, basis))
            }
            _ => calendar::year_near(report?, year, tense, days).map(|y| (y, Basis::Report)),
        }
    }

    fn range(&self, from: Partial, to: Partial, tense: Tense) -> Option<Placed> {
        if let (YearOf::Given(a), YearOf::Given(b), None) = (from.year, to.year, from.month) {
            return explicit(Value::Years(a, b));
        }
        check_day(from)?;
        check_day(to)?;
        let days = move |year| {
            let (a, b) = (day_of(from, year)?, day_of(to, year)?);
            let b = if b < a { day_of(to, year.checked_add(1)?)? } else { b };
            Some(Days::between(a, b))
        };
        match self.year(from.year, tense, &days) {
            Some((year, basis)) => days(year).map(|d| (Value::Days(d.from, d.to), basis)),
            None => unplaced(Value::Partial { month: from.month, day: from.day, weekday: None, time: None }),
        }
    }

    fn weekday(&self, day: Weekday, which: Which, tense: Tense, e: &Expression) -> Option<Placed> {
        let unknown = Value::Partial { month: None, day: None, weekday: Some(day), time: e.time };
        let focus = self.narrative.day_near(e.span);
        let Some(report) = self.anchor.published else { return unplaced(unknown) };
        let found = match (which, focus) {
            (Which::Last | Which::Past, _) => calendar::weekday_until(report, day, 1),
            (Which::Next, _) => monday(report, 1).and_then(|m| calendar::weekday_from(m, day, 0)),
            (Which::This | Which::Coming, _) => calendar::weekday_from(report, day, 0),
            (Which::Previous | Which::Prior, _) => {
                calendar::weekday_until(self.narrative.day().unwrap_or(report), day, 1)
            }
            (Which::Following, focus) => calendar::weekday_from(focus.unwrap_or(report), day, 1),
            (Which::That | Which::Same, Some(focus)) => calendar::weekday_until(focus, day, 0),
            _ => calendar::weekday_near(report, day, tense),
        };
        Some((Value::Day(found?), Basis::Report))
    }

    fn weekday_of(&self, day: Weekday, week: i32) -> Option<Placed> {
        let Some(report) = self.anchor.published else {
            return unplaced(Value::Partial { month: None, day: None, weekday: Some(day), time: None });
        };
        let found = calendar::weekday_from(monday(report, week)?, day, 0)?;
        Some((Value::Day(found), Basis::Report))
    }

    fn weekend(&self, which: Which, tense: Tense) -> Option<Placed> {
        let Some(report) = self.anchor.published else {
            return unplaced(Value::Unanchored(Unit::Weekend, None));
        };
        let at_weekend = report.weekday().to_monday_one_offset() >= 6;
        let by = match which {
            Which::Next => 1,
            Which::Last | Which::Past | Which::Previous => -1,
            Which::This | Which::Coming | Which::Following => 0,
            _ if at_weekend || tense == Tense::Future => 0,
            _ => -1,
        };
        calendar::unit_at(report, Unit::Weekend, by).map(|v| (v, Basis::Report))
    }

    fn shift(&self, unit: Unit, by: i32, from: Origin, e: &Expression) -> Option<Placed> {
        let (day, basis) = match from {
            Origin::Report => (self.anchor.published, Basis::Report),
            Origin::Narrative | Origin::Event(_) => self.narrative_day(unit, by, e),
        };
        match day {
            Some(day) => calendar::unit_at(day, unit, by).map(|v| (v, basis)),
            None => unplaced(Value::Unanchored(unit, e.time)),
        }
    }

    /// The day that a whole unit counts from in the narrative; a bare clock time or part of the day may fall back on the report.
    fn narrative_day(&self, unit: Unit, by: i32, e: &Expression) -> (Option<Date>, Basis) {
        let running = by == 0 && !matches!(e.meaning, Meaning::Shift { unit: Unit::Day, .. });
        let focus = match unit {
            _ if unit <= Unit::Day => self.narrative.day_near(e.span),
            _ if running => self.narrative.near(e.span).and(self.narrative.day_for(unit)),
            _ => self.narrative.day_for(unit),
        };
        match focus {
            Some(day) => (Some(day), Basis::Narrative),
            None if e.time.is_some() && (by != 0 || !tells_day(e)) => (None, Basis::Unanchored),
            None => (self.anchor.published, Basis::Report),
        }
    }

    fn offset(&self, amount: Amount, back: bool, from: Origin, e: &Expression) -> Option<Placed> {
        let reference = if back { Reference::Past } else { Reference::Future };
        let Count::Halves(halves) = amount.count else {
            let told = from == Origin::Report;
            return unplaced(if told { Value::Vague(reference) } else { Value::Duration(amount) });
        };
        if matches!(from, Origin::Event(_)) || (from == Origin::Narrative && amount.unit < Unit::Night) {
            return unplaced(Value::Duration(amount));
        }
        if let Some(compared) = self.narrative.year_apart(amount, back, from, self.anchor.published, e.span) {
            return Some((compared, Basis::Narrative));
        }
        let (start, basis) = self.offset_start(amount.unit, from, e);
        let Some(start) = start else { return unplaced(Value::Vague(reference)) };
        let halves = i32::try_from(halves).ok()?;
        // Beyond the calendar, as sixty million years ago, only the direction is left.
        let value = offset_value(start, amount.unit, if back { -halves } else { halves });
        value.map(|v| (v, basis)).or_else(|| unplaced(Value::Vague(reference)))
    }

    fn offset_start(&self, unit: Unit, from: Origin, e: &Expression) -> (Option<Date>, Basis) {
        let focus = match from {
            Origin::Narrative if unit <= Unit::Week => self.narrative.day_near(e.span),
            Origin::Narrative => self.narrative.day_for(unit),
            _ => None,
        };
        match focus {
            Some(day) => (Some(day), Basis::Narrative),
            None => (self.anchor.published, Basis::Report),
        }
    }

    fn quarter(&self, q: Option<u8>, year: YearOf, tense: Tense) -> Option<Placed> {
        let Some(q) = q else { return self.same_quarter(year) };
        if let (YearOf::Narrative(by), Some(last)) = (year, self.narrative.quarter()) {
            return Some((Value::Quarter(last.0.checked_add(i16::from(by))?, q), Basis::Narrative));
        }
        self.yearly(year, tense, move |y| Value::Quarter(y, q), Unit::Quarter)
    }

    /// `the quarter`, `the year-ago quarter`: the one last spoken of, else the last that was over when the report was written.
    fn same_quarter(&self, year: YearOf) -> Option<Placed> {
        let by = if let YearOf::Narrative(by) = year { i16::from(by) } else { 0 };
        if let Some((y, q)) = self.narrative.quarter() {
            return Some((Value::Quarter(y.checked_add(by)?, q), Basis::Narrative));
        }
        let Some(report) = self.anchor.published else {
            return unplaced(Value::Unanchored(Unit::Quarter, None));
        };
        match calendar::unit_at(report, Unit::Quarter, -1)? {
            Value::Quarter(y, q) => Some((Value::Quarter(y.checked_add(by)?, q), Basis::Report)),
            _ => None,
        }
    }

    /// The period a business report compares: the quarter it speaks of, in the year that is named; with months of several quarters, the year.
    fn period(&self, year: YearOf, tense: Tense, at: Span) -> Option<Placed> {
        match (self.narrative.quarter(), year) {
            (Some(_), _) if self.narrative.tells_of_months(at) => {
                self.yearly(year, tense, Value::Year, Unit::Year)
            }
            (Some((_, q)), YearOf::Given(_) | YearOf::Report(_)) => self.quarter(Some(q), year, tense),
            (Some(_), _) => self.same_quarter(year),
            (None, _) => self.yearly(year, tense, Value::Year, Unit::Year),
        }
    }

    /// A value that comes once a year.
    fn yearly(&self, year: YearOf, tense: Tense, make: impl Fn(i16) -> Value, unit: Unit) -> Option<Placed> {
        match self.year(year, tense, &|y| make(y).days()) {
            Some((y, basis)) => Some((make(y), basis)),
            None => unplaced(Value::Unanchored(unit, None)),
        }
    }

    fn holiday(&self, index: usize, year: YearOf, tense: Tense) -> Option<Placed> {
        let rule = HOLIDAYS.get(index)?.1;
        if let (YearOf::Open | YearOf::Last | YearOf::Next, Some(report)) = (year, self.anchor.published) {
            let feasts = holiday::about(rule, report.year()).into_iter().map(|d| ((), d));
            return calendar::nearest(report, year, tense, feasts)
                .map(|(_, d)| (days_value(d), Basis::Report));
        }
        match self.year(year, tense, &|y| holiday::days(rule, y)) {
            Some((y, basis)) => holiday::days(rule, y).map(|d| (days_value(d), basis)),
            None => unplaced(Value::Unanchored(Unit::Day, None)),
        }
    }

    fn days(&self, e: &Expression, value: Value, tense: Tense) -> Option<Days> {
        let report = self.anchor.published;
        match (e.meaning, report) {
            (Meaning::Stretch { amount, back }, Some(report)) => stretch_days(amount, back, report),
            (
                Meaning::Offset {
                    amount: Amount { count: Count::Vague, unit: Unit::Day }, back: true, ..
                },
                Some(report),
            ) => Some(Days {
                from: calendar::add(report, Unit::Day, -7)?,
                to: calendar::add(report, Unit::Day, -1)?,
            }),
            (_, Some(report)) => value.days_bent(e.modifier).map(|d| self.clip(e, d, report, tense)),
            (_, None) => value.days_bent(e.modifier),
        }
    }

    /// Of a running week the part that is over, or with a future verb the part to come; the same for `earlier` and `later this month`.
    fn clip(&self, e: &Expression, days: Days, report: Date, tense: Tense) -> Days {
        let this_week = matches!(e.meaning, Meaning::Shift { unit: Unit::Week, by: 0, from: Origin::Report })
            && e.modifier.is_none();
        let (over, ahead) = (Days { to: report, ..days }, Days { from: report, ..days });
        match e.modifier {
            _ if !days.contains(report) => days,
            Some(Modifier::Before) => over,
            Some(Modifier::After) => ahead,
            _ if this_week && tense == Tense::Future => ahead,
            _ if this_week => over,
            _ => days,
        }
    }
}

fn explicit(value: Value) -> Option<Placed> {
    Some((value, Basis::Explicit))
}

fn unplaced(value: Value) -> Option<Placed> {
    Some((value, Basis::Unanchored))
}

/// `10 a.m.` and `by mid-afternoon` mean the day of the report, where no other was named; `that afternoon` does not.
fn tells_day(e: &Expression) -> bool {
    let clock = matches!(e.time, Some(TimeOfDay::Clock { .. }));
    clock || matches!(e.modifier, Some(Modifier::Start | Modifier::Mid | Modifier::End))
}

/// A day that no month has is no date, whatever the year.
fn check_day(p: Partial) -> Option<()> {
    let longest = match p.month {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    p.day.is_none_or(|d| (1..=longest).contains(&d)).then_some(())
}

fn calendar_value(p: Partial, year: i16) -> Option<Value> {
    let month = i8::try_from(p.month?).ok()?;
    match p.day {
        Some(_) => day_of(p, year).map(Value::Day),
        None => (year > 0).then_some(Value::Month(year, month)),
    }
}

fn day_of(p: Partial, year: i16) -> Option<Date> {
    (year > 0)
        .then(|| Date::new(year, i8::try_from(p.month?).ok()?, i8::try_from(p.day?).ok()?).ok())
        .flatten()
}

fn days_value(days: Days) -> Value {
    match calendar::week_value(days.from) {
        _ if days.from == days.to => Value::Day(days.from),
        Some((y, w)) if value::week(y, w) == Some(days) => Value::Week(y, w),
        _ => Value::Days(days.from, days.to),
    }
}

/// So many units away, as precise as the unit: days to the day, weeks to the day up to two, months to the month, longer ones to the year.
fn offset_value(start: Date, unit: Unit, halves: i32) -> Option<Value> {
    let (by, half) = (halves / 2, halves % 2 != 0);
    match unit {
        Unit::Year if half => calendar::unit_at(start, Unit::Month, halves.checked_mul(6)?),
        Unit::Decade if half => calendar::unit_at(start, Unit::Year, halves.checked_mul(5)?),
        Unit::Century if half => calendar::unit_at(start, Unit::Year, halves.checked_mul(50)?),
        Unit::Week | Unit::Fortnight if by.abs() <= 2 => calendar::add(start, unit, by).map(Value::Day),
        Unit::Decade | Unit::Century | Unit::Millennium => {
            calendar::add(start, unit, by).map(|d| Value::Year(d.year()))
        }
        _ => calendar::unit_at(start, unit, by),
    }
}

/// The days of `the last two years` or `the next three weeks`.
fn stretch_days(amount: Amount, back: bool, report: Date) -> Option<Days> {
    let Count::Halves(halves) = amount.count else { return None };
    let by = i32::try_from(halves / 2).ok()?;
    let far = calendar::add(report, amount.unit, if back { -by } else { by })?;
    Some(Days::between(far, report))
}

fn with_time(value: Value, time: Option<TimeOfDay>) -> Value {
    match (value, time) {
        (Value::Day(d), Some(time)) => Value::Time(d, time),
        (Value::Set(r, _), time) => Value::Set(r, time),
        _ => value,
    }
}

fn kind_of(value: Value) -> TimexKind {
    match value {
        Value::Time(..) | Value::Unanchored(_, Some(_)) | Value::Partial { time: Some(_), .. } => {
            TimexKind::Time
        }
        Value::Duration(_) => TimexKind::Duration,
        Value::Set(..) => TimexKind::Set,
        _ => TimexKind::Date,
    }
}

fn no_such_day(text: &str, span: Span) -> Diagnostic {
    let words = text.get(span.range()).unwrap_or_default();
    Diagnostic::note("time/no-such-day", format!("`{words}` names no day of the calendar"))
        .at(span)
        .hint("the expression is left out of the times of the text")
}
