//! On which day was this written? The day of a report without a date, solved from its own time words.
//!
//! Every expression that ties the report to the calendar becomes a clue: a test that the day of the report must pass, with a weight and a
//! reason in words. The days of the years that the text names are tried; the first run of days that satisfies the heaviest set of clues is
//! the answer. Of equal runs in different years the one nearest to the latest year named wins, since news speaks of its own time.
//!
//! Without a single year in the text there is no answer, nor where the clues leave more than a year open.

use detente_model::{Days, Span};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::expression::*;
use crate::resolve::{content_words, monday, shared};
use crate::value::{Value, months};
use crate::window;

/// The day or days of a report, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportDay {
    /// The days that fit; one where the text tells it to the day.
    pub days: Days,
    /// What each clue that fits says, a sentence each, heaviest first.
    pub reasons: Vec<String>,
}

/// The day on which a text was written, as far as its own words tell.
///
/// `expressions` are those of [`crate::recognise`] for the same text.
pub fn report_day(text: &str, expressions: &[Expression]) -> Option<ReportDay> {
    let mut report =
        Report { text, expressions: &expressions[..expressions.len().min(MOST)], clues: Vec::new() };
    report.gather();
    solve(&report.clues, report.years()?)
}

/// How many expressions of a text are taken as clues: the head of a report dates it, and the work stays linear.
const MOST: usize = 200;
/// How far a date without a year may lie from the report, in days.
const HALF_YEAR: i32 = 183;
/// The longest answer worth giving, in days.
const WIDEST: i32 = 366;

/// A test of the day of the report.
struct Clue {
    test: Test,
    weight: i32,
    reason: String,
}

/// What a clue asks of a day.
#[derive(Clone, Copy)]
enum Test {
    /// Not before it.
    From(Date),
    /// Not after it.
    Until(Date),
    /// On it, in whatever year; `by` days before it.
    On(YearlessDays, i32),
    /// At most half a year after the date began.
    After(YearlessDays),
    /// At most half a year before the date.
    Before(YearlessDays),
    /// Within half a year of a date that falls on this day of the week.
    Weekday(YearlessDays, Weekday),
    /// The week so many weeks away holds the date.
    Week(YearlessDays, i32),
    /// The month so many months away holds the date.
    Month(YearlessDays, i32),
    /// It is this day of the week.
    IsWeekday(Weekday, i32),
}

/// Days given by month and day, in a year that may or may not be known.
#[derive(Clone, Copy)]
struct YearlessDays {
    year: Option<i16>,
    from: (u8, u8),
    to: (u8, u8),
}

impl YearlessDays {
    fn of(e: &Expression) -> Option<Self> {
        let (from, to) = match e.meaning {
            Meaning::Calendar(p) => (p, p),
            Meaning::Range(from, to) => (from, to),
            _ => return None,
        };
        let year = match from.year {
            YearOf::Given(y) => Some(y),
            YearOf::Open => None,
            _ => return None,
        };
        let last = if to.day.is_some() { to.day? } else { 28 };
        Some(Self { year, from: (from.month?, from.day.unwrap_or(1)), to: (to.month?, last) })
    }

    /// The days in the year in which they lie nearest to `day`.
    fn near(self, day: Date) -> Option<Days> {
        let years = match self.year {
            Some(y) => y..=y,
            None => day.year() - 1..=day.year() + 1,
        };
        years.filter_map(|y| self.in_year(y)).min_by_key(|d| (d.from - day).get_days().abs())
    }

    fn in_year(self, year: i16) -> Option<Days> {
        let date = |(m, d): (u8, u8)| Date::new(year, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok();
        Some(Days::between(date(self.from)?, date(self.to)?))
    }
}

impl Test {
    fn holds(self, day: Date) -> bool {
        self.try_holds(day).unwrap_or(false)
    }

    fn try_holds(self, day: Date) -> Option<bool> {
        Some(match self {
            Test::From(d) => day >= d,
            Test::Until(d) => day <= d,
            Test::On(d, by) => d.near(day)?.from == day.checked_add(by.days()).ok()?,
            Test::After(d) => (0..=HALF_YEAR).contains(&(day - d.near(day)?.from).get_days()),
            Test::Before(d) => (0..=HALF_YEAR).contains(&(d.near(day)?.from - day).get_days()),
            Test::Weekday(d, w) => number(d.near(day)?.from) == w.number(),
            Test::Week(d, by) => {
                let first = monday(day, by)?;
                Days { from: first, to: first.checked_add(6.days()).ok()? }.contains(d.near(first)?.from)
            }
            Test::Month(d, by) => {
                let month = day.first_of_month().checked_add(by.months()).ok()?;
                months(month.year(), month.month(), 1)?.contains(d.near(month)?.from)
            }
            Test::IsWeekday(w, by) => number(day.checked_add(by.days()).ok()?) == w.number(),
        })
    }
}

fn number(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// The text under question and the clues found in it.
struct Report<'a> {
    text: &'a str,
    expressions: &'a [Expression],
    clues: Vec<Clue>,
}

impl Report<'_> {
    fn gather(&mut self) {
        for (i, e) in self.expressions.iter().enumerate() {
            self.dateline(e);
            self.placed(e);
            self.apposed(i, e);
            self.running(e);
            self.event(e);
        }
    }

    fn clue(&mut self, test: Test, weight: i32, reason: String) {
        self.clues.push(Clue { test, weight, reason });
    }

    fn words(&self, e: &Expression) -> &str {
        self.text.get(e.span.range()).unwrap_or_default()
    }

    /// `GENEVA, April 8 (AFP) -`: the day of the report or, at night, the one before.
    fn dateline(&mut self, e: &Expression) {
        let Some(days) = YearlessDays::of(e).filter(|_| has_day(e) && self.is_dateline(e)) else { return };
        let reason = format!("the dateline says {}", self.words(e));
        self.clue(Test::On(days, 0), 8, reason);
    }

    fn is_dateline(&self, e: &Expression) -> bool {
        let line = self.text[..e.span.start].rfind('\n').map_or(0, |at| at + 1);
        let place = self.text[line..e.span.start].trim();
        let after = self.text[e.span.end..].trim_start();
        let capitals =
            place.split(',').next().is_some_and(|p| p.len() > 2 && !p.chars().any(char::is_lowercase));
        e.span.start < 400
            && capitals
            && place.len() < 60
            && after.starts_with(['(', '-', '–', '—', ':', '/'])
    }

    /// A date told as past or to come bounds the report on one side.
    fn placed(&mut self, e: &Expression) {
        if let Meaning::Calendar(Partial { year: YearOf::Given(y), month: None, .. }) = e.meaning {
            if let Some(year) = months(y, 1, 12).filter(|_| e.tense != Tense::Future) {
                let reason = format!("it speaks of {y}: written in that year or after");
                self.clue(Test::From(year.from), 2, reason);
            }
            return;
        }
        let Some(days) = YearlessDays::of(e) else { return };
        match days.year.and_then(|y| bent_days(e, days, y)) {
            Some(known) => self.known(e, known),
            None => self.yearless(e, days),
        }
        self.named_weekday(e, days);
    }

    fn known(&mut self, e: &Expression, days: Days) {
        let words = self.words(e).to_owned();
        match e.tense {
            Tense::Future => self.clue(
                Test::Until(days.to),
                4,
                format!("\"{words}\" is still to come: written on or before {}", days.to),
            ),
            _ => self.clue(
                Test::From(days.from),
                4,
                format!("\"{words}\" is past: written on or after {}", days.from),
            ),
        }
    }

    fn yearless(&mut self, e: &Expression, days: YearlessDays) {
        let weight = if has_day(e) { 3 } else { 1 };
        let words = self.words(e).to_owned();
        match e.tense {
            Tense::Future => self.clue(Test::Before(days), weight, format!("\"{words}\" is still to come")),
            Tense::Past | Tense::Over => self.clue(Test::After(days), weight, format!("\"{words}\" is past")),
            _ => {}
        }
    }

    /// `Friday, April 7` picks out the years in which the date falls so.
    fn named_weekday(&mut self, e: &Expression, days: YearlessDays) {
        let Meaning::Calendar(Partial { weekday: Some(weekday), .. }) = e.meaning else { return };
        let reason = format!("\"{}\" fixes the year by the day of the week", self.words(e));
        self.clue(Test::Weekday(days, weekday), 5, reason);
    }

    /// `today, May 2`, `tomorrow (April 9)`, `yesterday, Monday`: a relative day and its date side by side.
    fn apposed(&mut self, i: usize, e: &Expression) {
        let Some(by) = relative_day(e) else { return };
        let Some(next) = self.expressions.get(i + 1) else { return };
        let gap = self.text.get(e.span.end..next.span.start).unwrap_or("-");
        if !gap.chars().all(|c| c == ',' || c == '(' || c == '-' || c.is_whitespace()) || gap.len() > 4 {
            return;
        }
        let reason = format!("\"{}\" is {}", self.words(e), self.words(next));
        match (YearlessDays::of(next), next.meaning) {
            (Some(days), _) if has_day(next) => self.clue(Test::On(days, by), 8, reason),
            (_, Meaning::Weekday(weekday, Which::Any)) => self.clue(Test::IsWeekday(weekday, by), 4, reason),
            _ => {}
        }
    }

    /// `next week`, `tomorrow`, `last month`: the text often gives the date of the same thing elsewhere.
    fn running(&mut self, e: &Expression) {
        let Meaning::Shift { unit, by, from: Origin::Report } = e.meaning else { return };
        if by == 0 || e.time.is_some() {
            return;
        }
        let Some((other, weight)) = self.same_thing(e, by) else { return };
        let Some(days) = YearlessDays::of(other) else { return };
        let reason =
            format!("\"{}\" is {}, of which it speaks in the same words", self.words(e), self.words(other));
        match unit {
            Unit::Day => self.clue(Test::On(days, by), weight, reason),
            Unit::Week => self.clue(Test::Week(days, by), weight, reason),
            Unit::Month => self.clue(Test::Month(days, by), weight, reason),
            _ => {}
        }
    }

    /// The date, on the same side of the report, whose sentence names the same thing as that of `e`.
    fn same_thing(&self, e: &Expression, by: i32) -> Option<(&Expression, i32)> {
        let side = if by > 0 { Tense::Future } else { Tense::Past };
        let sentence = self.sentence(e.span);
        let words = content_words(&self.text[sentence.range()]);
        let dated = self
            .expressions
            .iter()
            .filter(|o| YearlessDays::of(o).is_some() && has_day(o) && o.tense == side);
        dated
            .map(|o| (o, shared(&words, self.before_in_sentence(o.span))))
            .filter(|(_, n)| *n >= 1)
            .max_by_key(|(_, n)| *n)
            .map(|(o, n)| (o, if n >= 2 { 3 } else { 2 }))
    }

    /// `A day prior to the talks … have held a phone call`, `today's phone call`, `the talks … on May 3-4`.
    fn event(&mut self, e: &Expression) {
        let Meaning::Offset { amount, back, from: Origin::Event(event) } = e.meaning else { return };
        let (Unit::Day | Unit::Week, Count::Halves(halves)) = (amount.unit, amount.count) else { return };
        let Some(dated) = self.date_of(event) else { return };
        let Some(days) = YearlessDays::of(dated) else { return };
        let count = i32::try_from(halves / 2).unwrap_or(0).saturating_mul(if amount.unit == Unit::Week {
            7
        } else {
            1
        });
        let by = if back { count } else { -count };
        let thing = self.text.get(event.range()).unwrap_or_default();
        let reason = format!(
            "it speaks of \"{} … {thing}\", and those are dated {}",
            self.words(e),
            self.words(dated)
        );
        let weight = if self.is_of_today(e) { 6 } else { 3 };
        if count <= 60 && (weight == 6 || e.tense != Tense::Future) {
            self.clue(Test::On(days, by), weight, reason);
        }
    }

    /// The date beside which the words of an event stand again.
    fn date_of(&self, event: Span) -> Option<&Expression> {
        let wanted = content_words(self.text.get(event.range())?);
        let needed = wanted.len().clamp(1, 2);
        let dated = self.expressions.iter().filter(|o| YearlessDays::of(o).is_some() && has_day(o));
        dated
            .map(|o| (o, shared(&wanted, self.before_in_sentence(o.span))))
            .filter(|(_, n)| *n >= needed)
            .max_by_key(|(o, n)| (*n, std::cmp::Reverse(o.span.start)))
            .map(|(o, _)| o)
    }

    /// The sentence tells what the text elsewhere calls `today's`.
    fn is_of_today(&self, e: &Expression) -> bool {
        let words = content_words(&self.text[self.sentence(e.span).range()]);
        let todays = self.expressions.iter().filter(|o| relative_day(o) == Some(0));
        todays.map(|o| self.sentence(o.span)).filter(|s| !s.contains(e.span)).any(|s| {
            let end = window::ceiling(self.text, s.start + 60).min(s.end);
            shared(&words, &self.text[s.start..end]) > 0
        })
    }

    fn sentence(&self, span: Span) -> Span {
        window::sentence(self.text, span, REACH)
    }

    fn before_in_sentence(&self, span: Span) -> &str {
        &self.text[self.sentence(span).start..span.start]
    }

    /// The years worth trying: from the latest that is told as past to two after it.
    fn years(&self) -> Option<std::ops::RangeInclusive<i16>> {
        let given = |future: bool| {
            self.expressions
                .iter()
                .filter(move |e| (e.tense == Tense::Future) == future)
                .filter_map(given_year)
                .max()
        };
        let latest = given(false).or_else(|| given(true).map(|y| y - 1))?;
        (1000..9000).contains(&latest).then(|| latest..=latest + 2)
    }
}

/// How far a sentence is followed on either side of an expression, in bytes.
const REACH: usize = 400;

fn given_year(e: &Expression) -> Option<i16> {
    match e.meaning {
        Meaning::Calendar(Partial { year: YearOf::Given(y), .. }) | Meaning::Season(_, YearOf::Given(y)) => {
            Some(y)
        }
        Meaning::Range(_, Partial { year: YearOf::Given(y), .. }) | Meaning::Quarter(_, YearOf::Given(y)) => {
            Some(y)
        }
        Meaning::Holiday(_, YearOf::Given(y)) => Some(y),
        _ => None,
    }
}

fn has_day(e: &Expression) -> bool {
    matches!(
        e.meaning,
        Meaning::Calendar(Partial { day: Some(_), .. }) | Meaning::Range(Partial { day: Some(_), .. }, _)
    )
}

fn relative_day(e: &Expression) -> Option<i32> {
    match e.meaning {
        Meaning::Shift { unit: Unit::Day, by, from: Origin::Report } => Some(by),
        _ => None,
    }
}

/// The days of a date with its year, as `early` or `late` bends them.
fn bent_days(e: &Expression, days: YearlessDays, year: i16) -> Option<Days> {
    match e.meaning {
        Meaning::Calendar(Partial { month: Some(m), day: None, .. }) => {
            Value::Month(year, i8::try_from(m).ok()?).days_bent(e.modifier)
        }
        _ => days.in_year(year),
    }
}

/// The first run of days with the heaviest set of clues.
fn solve(clues: &[Clue], years: std::ops::RangeInclusive<i16>) -> Option<ReportDay> {
    let first = Date::new(*years.start(), 1, 1).ok()?;
    let last = Date::new(*years.end(), 12, 31).ok()?;
    let score = |day: Date| clues.iter().filter(|c| c.test.holds(day)).map(|c| c.weight).sum::<i32>();
    let scored: Vec<(Date, i32)> =
        first.series(1.day()).take_while(|d| *d <= last).map(|d| (d, score(d))).collect();
    let best = scored.iter().map(|(_, s)| *s).max().filter(|s| *s > 0)?;
    let mut run =
        scored.iter().skip_while(|(_, s)| *s < best).take_while(|(_, s)| *s == best).map(|(d, _)| *d);
    let from = run.next()?;
    let days = Days { from, to: run.last().unwrap_or(from) };
    ((days.to - days.from).get_days() <= WIDEST)
        .then(|| ReportDay { days, reasons: reasons(clues, days.from) })
}

fn reasons(clues: &[Clue], day: Date) -> Vec<String> {
    let mut fitting: Vec<&Clue> = clues.iter().filter(|c| c.test.holds(day)).collect();
    fitting.sort_by_key(|c| std::cmp::Reverse(c.weight));
    let mut reasons: Vec<String> = Vec::new();
    for clue in fitting {
        if !reasons.contains(&clue.reason) {
            reasons.push(clue.reason.clone());
        }
    }
    reasons
}
