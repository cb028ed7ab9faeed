//! When an act lies: the time expression that governs it, or the day of the report where the act is its news.
//!
//! A speech is dated to the speaking, a plan to the day it is planned for; what the text gives no way to date stays undated. A time
//! governs an act when both hang on the same verb, or when it stands inside the act's own noun phrase; a time in a clause of its own
//! governs that clause alone. A perfect tense without a time tells no day, except where it opens the report.

mod aspect;
mod reach;
mod spell;
mod tense;

use detente_english::{Annotated, Dep, EntityType, Pos, Token};
use detente_model::{Days, EventType, QuadClass, Status, When, WhenBasis};
use detente_time::{Times, Timex};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::act::{Act, Telling};
use aspect::Aspect;
use spell::Spell;
pub use tense::tense_at;

/// What dates the acts of one article.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    text: &'a Annotated<'a>,
    times: &'a Times,
    published: Option<Date>,
    news: Option<Date>,
}

/// The days that reach an act, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Told {
    spell: Spell,
    basis: WhenBasis,
}

impl<'a> Calendar<'a> {
    /// A calendar of the times that a text names, seen from the day of its report.
    pub fn new(text: &'a Annotated<'a>, times: &'a Times, published: Option<Date>) -> Self {
        Self { text, times, published, news: published.map(|day| day_of_news(times, day)) }
    }

    /// When an act lies, as far as the text says.
    pub fn date(&self, act: &Act, length: Option<i32>) -> Option<When> {
        let told = self.told(act);
        let when = match act.status {
            _ if act.kind == EventType::Threaten => self.occurred(act, told),
            Status::Scheduled | Status::Proposed | Status::Cancelled => {
                told.filter(|told| self.may_lie_ahead(told.spell.days)).map(closed)
            }
            Status::Ongoing => self.ongoing(act, told),
            _ => self.occurred(act, told),
        };
        when.map(|when| lengthened(when, length))
    }

    /// Whether a time in the act's own clause puts it after the day of the report.
    pub fn lies_ahead(&self, act: &Act) -> bool {
        let Some(published) = self.published else { return false };
        self.told(act).is_some_and(|told| told.basis == WhenBasis::Clause && told.spell.days.from > published)
    }

    /// Whether an act told as done goes on: "have fought since May", "on the fourth day of the truce", "talks, which began on Monday".
    pub fn goes_on(&self, act: &Act) -> bool {
        let token = self.text.token(act.token);
        let lasting =
            self.told(act).is_some_and(|told| told.basis == WhenBasis::Clause && told.spell.lasting);
        lasting && Aspect::of(token) != Aspect::PastPerfect
    }

    /// Whether the text puts an act on the day it speaks of, without saying which: "earlier that afternoon".
    pub fn is_of_that_day(&self, act: &Act) -> bool {
        let token = self.text.token(act.token);
        let points = |timex: &&'a Timex| {
            let said = self.text.text().get(timex.span.range()).unwrap_or_default();
            timex.days.is_none() && said.split_whitespace().any(|word| word.eq_ignore_ascii_case("that"))
        };
        let reaches = |timex: &'a Timex| {
            reach::reach(self.text, timex, token).is_some_and(|r| r.basis == WhenBasis::Clause)
        };
        self.of_sentence(act.sentence).filter(points).any(reaches)
    }

    /// Whether days run on after the report: a two-day visit that has begun.
    pub fn is_not_over(&self, when: Option<When>) -> bool {
        let (end, published) = (when.and_then(|when| when.end), self.published);
        end.zip(published).is_some_and(|(end, published)| end > published)
    }

    /// The nearest time that governs the act's clause, else one that hangs on a clause around it.
    fn told(&self, act: &Act) -> Option<Told> {
        let token = self.text.token(act.token);
        self.counted(token)
            .or_else(|| self.explained(act, token))
            .or_else(|| self.governing(act, token, WhenBasis::Clause))
            .or_else(|| self.since_then(token))
            .or_else(|| self.offset_from_main(act, token))
            .or_else(|| self.governing(act, token, WhenBasis::Sentence))
    }

    fn governing(&self, act: &Act, token: Token<'a>, wanted: WhenBasis) -> Option<Told> {
        let at = token.span().start;
        let perfect = Aspect::of(token) == Aspect::Perfect;
        let of_words = is_about_a_thing(act.plain.0);
        let told = |timex: &'a Timex| {
            if of_words && reach::is_of_a_thing(self.text, timex, token) {
                return None;
            }
            let reached = reach::reach(self.text, timex, token).filter(|reached| reached.basis == wanted)?;
            let spell = spell::spell(self.text, timex, self.published, perfect)?;
            Some((self.joined(timex, reached.apply(spell, self.published)), distance(timex, at)))
        };
        let nearest = self.of_sentence(act.sentence).filter_map(told).min_by_key(|(_, distance)| *distance);
        nearest.map(|(spell, _)| Told { spell, basis: wanted })
    }

    /// "from May 3 to May 5", "between Monday and Friday": two times with nothing but a joint between them.
    fn joined(&self, timex: &Timex, spell: Spell) -> Spell {
        let next = self.times.timexes.partition_point(|t| t.span.start < timex.span.end);
        let Some(end) = self.times.timexes.get(next).filter(|_| !spell.lasting) else { return spell };
        let joint = self.text.text().get(timex.span.end..end.span.start).map(str::trim);
        let opened = spell::token_at(self.text, timex.span.start).and_then(Token::previous);
        let joins = match opened.map_or("", Token::lower) {
            "from" => matches!(joint, Some("to" | "until" | "till" | "through")),
            "between" => joint == Some("and"),
            _ => false,
        };
        match end.days.filter(|days| joins && days.to >= spell.days.from) {
            Some(last) => Spell { days: Days { to: last.to, ..spell.days }, ..spell },
            None => spell,
        }
    }

    /// "on the fourth day of the truce": it began three days before.
    fn counted(&self, token: Token<'a>) -> Option<Told> {
        let (published, nth) = (self.published?, reach::day_of(token)?);
        let from = published.checked_sub((nth - 1).days()).ok()?;
        Some(Told {
            spell: Spell { days: Days { from, to: published }, lasting: true },
            basis: WhenBasis::Clause,
        })
    }

    /// "since 1974, when it drove them out": what a time is explained by lies in it.
    fn explained(&self, act: &Act, token: Token<'a>) -> Option<Told> {
        let verb = aspect::verb_above(token).filter(|verb| verb.dep() == Dep::Relcl)?;
        let when = verb.children_with(Dep::Advmod).any(|c| c.lower() == "when");
        let time = |timex: &&Timex| timex.span.contains(verb.head().span());
        let days =
            self.of_sentence(act.sentence).filter(|t| reach::is_date(t)).find(time).filter(|_| when)?.days?;
        Some(Told { spell: Spell { days, lasting: false }, basis: WhenBasis::Clause })
    }

    /// "since then", "ever since": from what the text spoke of last.
    fn since_then(&self, token: Token<'a>) -> Option<Told> {
        let verb = aspect::verb_above(token)?;
        let since = verb.children().find(|c| spell::since_then(*c))?;
        let before =
            self.times.timexes.partition_point(|t| t.span.end <= verb.sentence().span().start.max(1));
        let said = self.times.timexes[..before].iter().rev().find_map(|t| t.days);
        let within =
            self.of_sentence(verb.sentence().number()).take_while(|t| t.span.end <= since.span().start);
        let from = within.filter_map(|t| t.days).last().or(said)?.from;
        let days = Days { from, to: self.published.filter(|published| from <= *published)? };
        Some(Told { spell: Spell { days, lasting: true }, basis: WhenBasis::Clause })
    }

    /// "on Monday, a day after rebels seized the town": the clause lies so far from the one it hangs on.
    fn offset_from_main(&self, act: &Act, token: Token<'a>) -> Option<Told> {
        let clause = reach::OffsetClause::around(token)?;
        let before = clause.mark.span().start;
        let amount = self.times.timexes.iter().rfind(|t| t.span.end < before && before - t.span.end <= 1)?;
        let main = self.of_clause(act.sentence, clause.main).or_else(|| self.report_day())?;
        let day = if clause.after { main.from } else { main.to };
        let day = spell::shifted(day, amount.value, clause.after)?;
        let days = Days { from: day, to: day };
        Some(Told { spell: Spell { days, lasting: false }, basis: WhenBasis::Clause })
    }

    fn of_clause(&self, sentence: usize, verb: Token<'a>) -> Option<Days> {
        let own = |timex: &&'a Timex| {
            reach::reach(self.text, timex, verb).is_some_and(|reached| reached.basis == WhenBasis::Clause)
        };
        self.of_sentence(sentence).filter(|t| reach::is_date(t)).find(own).and_then(|timex| timex.days)
    }

    fn report_day(&self) -> Option<Days> {
        self.news.map(|day| Days { from: day, to: day })
    }

    fn of_sentence(&self, sentence: usize) -> impl Iterator<Item = &'a Timex> {
        let span = self.text.sentence(sentence).span();
        let first = self.times.timexes.partition_point(|t| t.span.start < span.start);
        let own = self.times.timexes[first..].iter().take_while(move |t| t.span.end <= span.end);
        own.filter(|timex| !self.is_name(timex))
    }

    /// "Taha Ramadan", "Theresa May": no time at all.
    fn is_name(&self, timex: &Timex) -> bool {
        let last = self.text.token_ending(timex.span).map(|i| self.text.token(i));
        last.is_some_and(|token| token.entity_type() == Some(EntityType::Person) || ends_name(token))
    }

    fn may_lie_ahead(&self, days: Days) -> bool {
        self.published.is_none_or(|published| days.to >= published)
    }

    fn has_begun(&self, days: Days) -> bool {
        self.published.is_none_or(|published| days.from <= published)
    }

    fn occurred(&self, act: &Act, told: Option<Told>) -> Option<When> {
        let past = told.filter(|told| self.has_begun(told.spell.days));
        past.map(|told| self.begun(told)).or_else(|| self.as_news(act, told.is_some()))
    }

    /// The day of the report, where an act without a time is its news.
    fn as_news(&self, act: &Act, ahead: bool) -> Option<When> {
        let token = self.text.token(act.token);
        let told_before = Aspect::of(token) != Aspect::Plain && act.sentence > LEAD;
        if told_before || is_testimony(token) || self.is_vaguely_past(act, token) {
            return None;
        }
        let silent = !ahead && !self.of_sentence(act.sentence).any(reach::is_date);
        let news =
            act.telling == Telling::News || is_speech(act.kind) || (silent && is_contact_or_deed(act.kind));
        if news { self.on_report() } else { None }
    }

    /// "recently", "his recent visit": past, and no more is said.
    fn is_vaguely_past(&self, act: &Act, token: Token<'a>) -> bool {
        let vague = |timex: &'a Timex| {
            reach::is_vague_past(timex)
                && reach::reach(self.text, timex, token).is_some_and(|r| r.basis == WhenBasis::Clause)
        };
        reach::is_called_past(token) || self.of_sentence(act.sentence).any(vague)
    }

    /// What goes on is under way on the day of the report; a standing position has no day.
    fn ongoing(&self, act: &Act, told: Option<Told>) -> Option<When> {
        match told.filter(|told| self.has_begun(told.spell.days)) {
            Some(told) => Some(self.begun(told)),
            None if is_speech(act.kind) => None,
            None => self.on_report(),
        }
    }

    /// What has begun is over, or still goes on, on the day of the report.
    fn begun(&self, told: Told) -> When {
        let when = closed(told);
        When { end: when.end.map(|end| self.published.map_or(end, |published| end.min(published))), ..when }
    }

    /// How many days a meeting takes by its own words: "a two-day visit".
    pub fn length(&self, act: &Act) -> Option<i32> {
        if act.plain.0 != EventType::Consult {
            return None;
        }
        let token = self.text.token(act.token);
        let mut lengths = self.of_sentence(act.sentence).filter(|t| reach::describes(self.text, t, token));
        lengths.find_map(|t| spell::length_in_days(self.text, t))
    }

    fn on_report(&self) -> Option<When> {
        self.news.map(|day| When { start: Some(day), end: Some(day), basis: WhenBasis::Report })
    }
}

/// "… were killed by these mines, the court heard": what is heard is recalled.
fn is_testimony(token: Token<'_>) -> bool {
    let recalled = |t: Token<'_>| t.dep() == Dep::Ccomp && t.head().lemma() == "hear";
    std::iter::once(token).chain(token.ancestors()).any(recalled)
}

/// "Taha Yassin Ramadan", whatever the model takes it for: the words before it are names below it, and no days.
fn ends_name(token: Token<'_>) -> bool {
    let dated = |t: Token<'_>| matches!(t.entity_type(), Some(EntityType::Date | EntityType::Time));
    let name =
        |t: &Token<'_>| t.dep() == Dep::Compound && t.head() == token && t.pos() == Pos::Propn && !dated(*t);
    !dated(token) && token.previous().is_some_and(|before| name(&before))
}

/// "a two-day visit" that begins on one day ends on the next.
fn lengthened(when: When, length: Option<i32>) -> When {
    let start = when.start.filter(|_| when.start == when.end);
    let end = start.zip(length).and_then(|(start, length)| start.checked_add((length - 1).days()).ok());
    end.map_or(when, |end| When { end: Some(end), ..when })
}

/// The headline and the sentence after it open a report: a perfect tense there is its news.
const LEAD: usize = 1;

/// Words about what others did or do, which have a time of their own.
fn is_about_a_thing(kind: EventType) -> bool {
    use EventType::{Accuse, Concede, Reject, Request, Support, Threaten};
    matches!(kind, Accuse | Concede | Reject | Request | Support | Threaten)
}

fn closed(told: Told) -> When {
    When { start: Some(told.spell.days.from), end: Some(told.spell.days.to), basis: told.basis }
}

/// Meetings and violence that a report brings up without a date are mostly those of its day.
fn is_contact_or_deed(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Assault | EventType::Coerce | EventType::Protest)
}

/// Acts of words about others.
pub(crate) fn is_speech(kind: EventType) -> bool {
    kind.quad() == QuadClass::VerbalConflict || matches!(kind, EventType::Support)
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
