//! A report on its way into a cluster, and what ties two of them.

use detente_model::{Days, Part, Report, WhenBasis};
use jiff::Span;
use jiff::civil::Date;

use super::super::joined::{Fact, JoinRule};
use super::all_codes;
use super::likeness::{Likeness, Look};

/// How well a report knows the day of its act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footing {
    /// The text names one day.
    Exact,
    /// One day, taken from the day of the report or from elsewhere in the article.
    Assumed,
    /// A span of days.
    Span,
    /// No day.
    None,
}

impl Footing {
    fn of(report: &Report) -> Self {
        let Some(when) = report.event.when else { return Self::None };
        match (when.start, when.end) {
            (Some(start), Some(end)) if start == end => match when.basis {
                WhenBasis::Clause | WhenBasis::Sentence => Self::Exact,
                WhenBasis::Context | WhenBasis::Report => Self::Assumed,
            },
            (None, None) => Self::None,
            _ => Self::Span,
        }
    }

    /// Whether it is one day.
    pub fn is_one_day(self) -> bool {
        matches!(self, Self::Exact | Self::Assumed)
    }
}

/// A report on its way into a group.
pub struct Member<'a> {
    pub report: &'a Report,
    /// The first day of the act, else the day of the report.
    pub day: Date,
    pub footing: Footing,
    /// Whether it is the headline of another member, which knows the days better.
    pub is_headline: bool,
    look: Look<'a>,
}

/// The longest span that is searched for the act it tells of, in days.
const LONGEST: i32 = 31;
/// Reports without any day look so many days back.
pub const BACK: i64 = 7;

impl<'a> Member<'a> {
    pub fn of(report: &'a Report, day: Date) -> Self {
        Self { report, day, footing: Footing::of(report), is_headline: false, look: Look::of(report) }
    }

    /// The member as the headline of another.
    pub fn into_headline(self) -> Self {
        Self { is_headline: true, ..self }
    }

    /// Whether it stands in a headline.
    pub fn is_title(&self) -> bool {
        self.report.event.evidence.part == Part::Title
    }

    /// Whether it may be the headline of what the text of its article tells: nothing sets them apart. A headline's day is mostly
    /// that of the article, which says nothing.
    pub fn is_head_of(&self, other: &Self) -> bool {
        let same_article = self.report.event.doc == other.report.event.doc;
        let days_agree = self.footing != Footing::Exact || self.day == other.day;
        let alike = || self.look.likeness(&other.look).is_some_and(|likeness| likeness.kind);
        same_article && self.is_title() && !other.is_title() && days_agree && alike()
    }

    /// What orders reports: when they were published, then their key.
    pub fn first(&self) -> (Option<Date>, &'a str) {
        (self.report.source.published, self.report.key())
    }

    /// On which days an act may lie that this report could tell of again, and by what rule; `None` where it is looked for on no day.
    pub fn hangs_on(&self) -> Option<(Days, JoinRule)> {
        let back = |days: i64| self.day.saturating_sub(Span::new().days(days));
        match self.footing {
            Footing::Exact => None,
            Footing::Assumed => Some((Days::on(self.day.yesterday().ok()?), JoinRule::DayAfter)),
            Footing::Span => Some((short_span(self.report)?, JoinRule::Span)),
            Footing::None => Some((Days { from: back(BACK), to: self.day }, JoinRule::Undated)),
        }
    }

    /// Whether two reports of one day tell of one act.
    pub fn is_one_act(&self, other: &Self) -> bool {
        let alike = self.look.likeness(&other.look);
        alike.is_some_and(|likeness| likeness.is_one_act(&self.report.event))
    }

    /// Whether one of the two, vague about the day, tells of the act of the other.
    pub fn is_told_again(&self, other: &Self) -> bool {
        self.look.likeness(&other.look).is_some_and(Likeness::is_told_again)
    }

    /// Whether two reports that are vague about the day are so in the same way and tell of one act.
    pub fn is_equally_vague(&self, other: &Self) -> bool {
        self.footing == other.footing
            && self.report.event.when == other.report.event.when
            && (self.day - other.day).get_days().abs() <= BACK as i32
            && self.is_told_again(other)
    }

    /// Why the two are one act; `None` where nothing ties them directly.
    pub fn tie(&self, other: &Self) -> Option<(JoinRule, Vec<Fact>)> {
        let (rule, time) = match (self.footing.is_one_day(), other.footing.is_one_day()) {
            _ if self.is_head_of(other) || other.is_head_of(self) => (JoinRule::Headline, None),
            (true, true) if self.day == other.day && self.is_one_act(other) => {
                (JoinRule::SameDay, Some(Fact::Day(self.day)))
            }
            (false, false) if self.is_equally_vague(other) => {
                (JoinRule::SameWords, self.report.days().map(Fact::Days))
            }
            _ => self.hung(other).or_else(|| other.hung(self))?,
        };
        Some((rule, time.into_iter().chain(self.alike(other)).collect()))
    }

    fn hung(&self, other: &Self) -> Option<(JoinRule, Option<Fact>)> {
        let (days, rule) = self.hangs_on()?;
        let found = other.footing.is_one_day() && days.contains(other.day) && self.is_told_again(other);
        found.then_some((rule, Some(Fact::Day(other.day))))
    }

    /// In what the two are alike besides the time.
    fn alike(&self, other: &Self) -> Vec<Fact> {
        let parties = all_codes(&self.report.event);
        let (act, words) = (self.look.shared_trigger(&other.look), self.look.shared_words(&other.look));
        let city = self.look.city().filter(|_| self.look.city() == other.look.city());
        [
            (!parties.is_empty()).then_some(Fact::Parties(parties)),
            city.map(|city| Fact::Town(city.to_owned())),
            (!act.is_empty()).then_some(Fact::Act(act)),
            (!words.is_empty()).then_some(Fact::Words(words)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn short_span(report: &Report) -> Option<Days> {
    let days = report.days()?;
    (days.from.until(days.to).ok()?.get_days() <= LONGEST).then_some(days)
}
