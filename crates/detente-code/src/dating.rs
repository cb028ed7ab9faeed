//! When an act lies: the time expression that governs it, or the day of the report where the act is its news.
//!
//! A speech is dated to the speaking, a plan to the day it is planned for; what the text gives no way to date stays undated. A time
//! governs an act when both hang on the same verb, or when it stands inside the act's own noun phrase; a time in a clause of its own
//! governs that clause alone.

use detente_english::{Annotated, Dep, Pos, Token};
use detente_model::{Days, EventType, QuadClass, Status, When, WhenBasis};
use detente_time::{Times, Timex, TimexKind};
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
            _ if act.kind == EventType::Threaten => self.occurred(act, governing),
            Status::Scheduled | Status::Proposed | Status::Cancelled => {
                governing.filter(|(days, _)| self.may_lie_ahead(*days)).map(closed)
            }
            Status::Ongoing => self.ongoing(act, governing),
            _ => self.occurred(act, governing),
        }
    }

    /// Whether a time in the act's own clause puts it after the day of the report.
    pub fn lies_ahead(&self, act: &Act) -> bool {
        let Some(published) = self.published else { return false };
        self.governing(act).is_some_and(|(days, basis)| basis == WhenBasis::Clause && days.from > published)
    }

    /// The nearest time that governs the act's clause, else one that governs a clause around it.
    fn governing(&self, act: &Act) -> Option<(Days, WhenBasis)> {
        let token = self.text.token(act.token);
        let at = token.span().start;
        let reach = |timex: &Timex| Some((self.reach(timex, token)?, timex.days?, distance(timex, at)));
        self.of_sentence(act.sentence)
            .filter_map(reach)
            .min_by_key(|(basis, _, distance)| (*basis, *distance))
            .map(|(basis, days, _)| (days, basis))
    }

    fn of_sentence(&self, sentence: usize) -> impl Iterator<Item = &'a Timex> {
        let span = self.text.sentence(sentence).span();
        let first = self.times.timexes.partition_point(|t| t.span.start < span.start);
        self.times.timexes[first..]
            .iter()
            .take_while(move |t| t.span.end <= span.end)
            .filter(|t| t.days.is_some() && matches!(t.kind, TimexKind::Date | TimexKind::Time))
    }

    /// How a time expression reaches an act, if it does.
    fn reach(&self, timex: &Timex, act: Token<'a>) -> Option<WhenBasis> {
        let time = self.text.token_ending(timex.span).map(|i| self.text.token(i))?;
        if act.dominates(time) && !is_verb(act) {
            return Some(WhenBasis::Clause);
        }
        let (of_time, of_act) = (verb_above(time)?, verb_above(act)?);
        if of_time == of_act || is_open_complement(of_time, of_act) || is_open_complement(of_act, of_time) {
            return Some(WhenBasis::Clause);
        }
        of_time.dominates(of_act).then_some(WhenBasis::Sentence)
    }

    fn may_lie_ahead(&self, days: Days) -> bool {
        self.published.is_none_or(|published| days.to >= published)
    }

    fn has_begun(&self, days: Days) -> bool {
        self.published.is_none_or(|published| days.from <= published)
    }

    fn occurred(&self, act: &Act, governing: Option<(Days, WhenBasis)>) -> Option<When> {
        let past = governing.filter(|(days, _)| self.has_begun(*days));
        let undated = governing.is_none() && self.of_sentence(act.sentence).next().is_none();
        let news = act.telling == Telling::News || is_speech(act.kind) || (undated && is_contact_or_deed(act.kind));
        past.map(closed).or_else(|| if news { self.on_report() } else { None })
    }

    /// What goes on is under way on the day of the report; a standing position has no day.
    fn ongoing(&self, act: &Act, governing: Option<(Days, WhenBasis)>) -> Option<When> {
        let past = governing.filter(|(days, basis)| self.has_begun(*days) && *basis == WhenBasis::Clause);
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

/// Meetings and violence that a report brings up without a date are mostly those of its day.
fn is_contact_or_deed(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Assault | EventType::Coerce | EventType::Protest)
}

fn is_speech(kind: EventType) -> bool {
    kind.quad() == QuadClass::VerbalConflict || matches!(kind, EventType::Support)
}

fn is_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Verb | Pos::Aux)
}

fn verb_above(token: Token<'_>) -> Option<Token<'_>> {
    std::iter::once(token).chain(token.ancestors()).find(|t| is_verb(*t) && t.dep() != Dep::Aux)
}

/// "was confirmed to be held on May 10": the time of an open complement is the time of what it says.
fn is_open_complement(inner: Token<'_>, outer: Token<'_>) -> bool {
    matches!(inner.dep(), Dep::Xcomp | Dep::Conj)
        && inner.head() == outer
        && !inner.children().any(|c| c.dep() == Dep::Nsubj)
}

fn distance(timex: &Timex, at: usize) -> usize {
    if timex.span.end <= at { (at - timex.span.end) * 3 / 2 + 1 } else { timex.span.start.saturating_sub(at) }
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
