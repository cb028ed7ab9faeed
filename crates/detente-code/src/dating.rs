//! When an act lies: the time expression that governs it, or the day of the report where the act is its news.
//!
//! A speech is dated to the speaking, a plan to the day it is planned for; what the text gives no way to date stays undated.

use detente_english::Annotated;
use detente_model::{Days, EventType, QuadClass, Status, When, WhenBasis};
use detente_time::{Times, Timex};
use jiff::civil::Date;

use crate::act::{Act, Telling};

/// What dates the acts of one article.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    text: &'a Annotated<'a>,
    times: &'a Times,
    published: Option<Date>,
    news: Option<Date>,
}

impl<'a> Calendar<'a> {
    /// A calendar of the times that a text names, seen from the day of its report.
    pub fn new(text: &'a Annotated<'a>, times: &'a Times, published: Option<Date>) -> Self {
        Self { text, times, published, news: published.map(|day| day_of_news(times, day)) }
    }

    /// When an act lies, as far as the text says.
    pub fn date(&self, act: &Act) -> Option<When> {
        let governing = self.governing(act);
        match act.status {
            Status::Scheduled | Status::Proposed | Status::Cancelled if act.kind != EventType::Threaten => {
                governing.filter(|(days, _)| self.may_lie_ahead(*days)).map(closed)
            }
            Status::Ongoing => self.ongoing(act, governing),
            _ => self.occurred(act, governing),
        }
    }

    fn governing(&self, act: &Act) -> Option<(Days, WhenBasis)> {
        let trigger = self.text.token(act.token).span().start;
        let clause = self.text.span_of(act.clause.clone());
        let sentence = self.text.sentence(act.sentence).span();
        let (timex, basis) = self.times.governing(trigger, clause, sentence)?;
        timex.days.map(|days| (days, basis))
    }

    fn may_lie_ahead(&self, days: Days) -> bool {
        self.published.is_none_or(|published| days.to >= published)
    }

    fn has_begun(&self, days: Days) -> bool {
        self.published.is_none_or(|published| days.from <= published)
    }

    fn occurred(&self, act: &Act, governing: Option<(Days, WhenBasis)>) -> Option<When> {
        let past = governing.filter(|(days, _)| self.has_begun(*days));
        let news = act.telling == Telling::News || is_speech(act.kind);
        past.map(closed).or_else(|| if news { self.on_report() } else { None })
    }

    /// What goes on is under way on the day of the report; a standing position has no day.
    fn ongoing(&self, act: &Act, governing: Option<(Days, WhenBasis)>) -> Option<When> {
        let past = governing.filter(|(days, _)| self.has_begun(*days));
        match past {
            Some((days, basis)) if self.published.is_some_and(|p| days.to < p) => {
                Some(When { start: Some(days.from), end: self.published, basis })
            }
            Some(found) => Some(closed(found)),
            None if is_speech(act.kind) => None,
            None => self.on_report(),
        }
    }

    fn on_report(&self) -> Option<When> {
        self.news.map(|day| When { start: Some(day), end: Some(day), basis: WhenBasis::Report })
    }
}

fn closed((days, basis): (Days, WhenBasis)) -> When {
    When { start: Some(days.from), end: Some(days.to), basis }
}

fn is_speech(kind: EventType) -> bool {
    kind.quad() == QuadClass::VerbalConflict || matches!(kind, EventType::Support)
}

/// The day the report tells of: the first single day it names that lies at most two days back, else its own.
fn day_of_news(times: &Times, published: Date) -> Date {
    let recent = |timex: &Timex| {
        let days = timex.days?;
        let back = days.from.until(published).ok()?.get_days();
        (days.from == days.to && (0..=2).contains(&back)).then_some(days.from)
    };
    times.timexes.iter().find_map(recent).unwrap_or(published)
}
