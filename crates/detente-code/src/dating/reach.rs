//! How a time expression reaches an act: through the act's own clause, its noun phrase, or a clause around it.

use detente_english::{Annotated, Dep, Pos, Tag, Token};
use detente_model::{Days, WhenBasis};
use detente_time::expression::Reference;
use detente_time::{Timex, TimexKind, Value};
use jiff::civil::Date;

use super::aspect::verb_above;
use super::spell::{Spell, token_at};
use crate::clause::is_verbal;

/// A time that reaches an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reached {
    pub basis: WhenBasis,
    /// The time only begins it: "talks, which began on Monday", "since the war broke out in May".
    begins: bool,
}

impl Reached {
    /// The spell from its beginning to the report, where the time only begins it.
    pub(super) fn apply(self, spell: Spell, published: Option<Date>) -> Spell {
        match published.filter(|published| self.begins && spell.days.from <= *published) {
            Some(to) => Spell { days: Days { to, ..spell.days }, lasting: true },
            None => spell,
        }
    }
}

/// How a time expression reaches an act, if it does.
pub(super) fn reach(text: &Annotated<'_>, timex: &Timex, act: Token<'_>) -> Option<Reached> {
    let time = text.token_ending(timex.span).map(|i| text.token(i))?;
    if act.dominates(time) && !is_verb(act) {
        return within_noun(time, act);
    }
    if is_of_another_time(timex, time) {
        return None;
    }
    let (of_time, of_act) = (verb_above(time)?, verb_above(act)?);
    if opens_since(of_time) && of_time.head() == of_act {
        return Some(Reached { basis: WhenBasis::Clause, begins: true });
    }
    let basis =
        match of_time == of_act || is_open_complement(of_time, of_act) || is_open_complement(of_act, of_time)
        {
            true => WhenBasis::Clause,
            false if of_time.dominates(of_act) && !is_parted(of_act, of_time) => WhenBasis::Sentence,
            false => return None,
        };
    Some(Reached { basis, begins: false })
}

/// "After a difficult period in early April they talk": a longer time dates what came before or after the act, not the act. A single day,
/// "after talks on Monday", is mostly that of both.
fn is_of_another_time(timex: &Timex, time: Token<'_>) -> bool {
    let long = timex.days.is_some_and(|days| days.from != days.to);
    let apart = |token: Token<'_>| {
        let offset =
            token.dep() == Dep::Pobj && matches!(token.head().lower(), "after" | "before" | "following");
        offset && !timex.span.contains(token.span())
    };
    long && time.ancestors().take_while(|token| !is_verb(*token)).any(apart)
}

/// "condemned Monday's attack", "violated a 2021 truce": a time that says which thing a verb's words are about.
pub(super) fn is_of_a_thing(text: &Annotated<'_>, timex: &Timex, verb: Token<'_>) -> bool {
    let Some(last) = text.token_ending(timex.span).map(|i| text.token(i)) else { return false };
    let inside = |t: &Token<'_>| timex.span.contains(t.span());
    let top = std::iter::successors(Some(last), |t| Some(t.head()).filter(|h| h != t && inside(h))).last();
    let before = |t: Token<'_>| {
        matches!(t.dep(), Dep::Poss | Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Nummod)
            && t.head().i() > t.i()
            && t.head().pos() == Pos::Noun
    };
    // "the accord of 1968".
    let of =
        |t: Token<'_>| t.dep() == Dep::Pobj && t.head().lower() == "of" && t.head().head().pos() == Pos::Noun;
    is_verb(verb) && top.is_some_and(|t| before(t) || of(t))
}

/// A time in the act's own noun phrase, or in the clause that says of the noun when it was: "the deal struck on Monday".
fn within_noun(time: Token<'_>, noun: Token<'_>) -> Option<Reached> {
    let between: Vec<Token<'_>> =
        time.ancestors().take_while(|t| *t != noun).filter(|t| is_verb(*t) && t.dep() != Dep::Aux).collect();
    match between[..] {
        [] => Some(Reached { basis: WhenBasis::Clause, begins: false }),
        [verb] if verb.head() == noun && tells_of(verb) => {
            Some(Reached { basis: WhenBasis::Clause, begins: begins(verb) })
        }
        _ => None,
    }
}

/// A relative clause or participle about the noun, not an infinitive: "talks held on Monday", not "a refusal to leave on Monday".
fn tells_of(verb: Token<'_>) -> bool {
    matches!(verb.dep(), Dep::Relcl | Dep::Acl) && verb.tag() != Tag::Vb
}

/// "talks, which began in May": they go on; "the attack, which began at dawn" is over with the day, which comes to the same.
fn begins(verb: Token<'_>) -> bool {
    verb.dep() == Dep::Relcl && matches!(verb.lemma(), "begin" | "start" | "open" | "resume")
}

/// "since the war began in May": the clause that gives the beginning.
fn opens_since(verb: Token<'_>) -> bool {
    let mark = |c: Token<'_>| c.lower() == "since" && matches!(c.dep(), Dep::Mark | Dep::Prep);
    verb.dep() == Dep::Advcl && verb.children().any(mark)
}

/// "was confirmed to be held on May 10": the time of an open complement is the time of what it says.
fn is_open_complement(inner: Token<'_>, outer: Token<'_>) -> bool {
    matches!(inner.dep(), Dep::Xcomp | Dep::Conj)
        && inner.head() == outer
        && !has_own_time(inner)
        && !inner.children().any(|c| c.dep() == Dep::Nsubj)
}

/// "opened in May but has threatened to close": what is told in another tense has a time of its own.
fn has_own_time(verb: Token<'_>) -> bool {
    let now = |aux: Token<'_>| matches!(aux.lower(), "has" | "have" | "will" | "'ll" | "is" | "are");
    verb.dep() == Dep::Conj && verb.head().tag() == Tag::Vbd && verb.children_with(Dep::Aux).any(now)
}

/// Whether a verb with a time of its own stands between an act and the clause around it.
fn is_parted(act: Token<'_>, around: Token<'_>) -> bool {
    std::iter::once(act).chain(act.ancestors()).take_while(|t| *t != around).any(has_own_time)
}

/// A clause that lies so much time after or before the one it hangs on.
pub(super) struct OffsetClause<'a> {
    /// "after", "before".
    pub mark: Token<'a>,
    /// The verb of the clause around it.
    pub main: Token<'a>,
    /// The main clause lies after it.
    pub after: bool,
}

impl<'a> OffsetClause<'a> {
    /// The first such clause around a token.
    pub(super) fn around(token: Token<'a>) -> Option<Self> {
        std::iter::once(token).chain(token.ancestors()).filter(|t| is_verb(*t)).find_map(Self::of)
    }

    fn of(verb: Token<'a>) -> Option<Self> {
        let marked = verb.children_with(Dep::Mark).find(|c| matches!(c.lower(), "after" | "before"));
        let governed = Some(verb.head())
            .filter(|head| verb.dep() == Dep::Pcomp && matches!(head.lower(), "after" | "before"));
        let mark = marked.or(governed)?;
        let main = verb.ancestors().find(|t| is_verb(*t))?;
        Some(Self { mark, main, after: mark.lower() == "after" })
    }
}

/// The number of the day that a noun's event is in: "on the fourth day of the truce".
pub(super) fn day_of(noun: Token<'_>) -> Option<i32> {
    const ORDINALS: &[&str] =
        &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let of = Some(noun.head()).filter(|of| noun.dep() == Dep::Pobj && of.lower() == "of")?;
    let day = Some(of.head()).filter(|day| day.lower() == "day")?;
    let place = |c: Token<'_>| ORDINALS.iter().position(|ordinal| *ordinal == c.lower());
    day.children().find_map(place).and_then(|at| i32::try_from(at + 1).ok())
}

/// Whether a length of time describes the event that a token names, or the one it carries: "a two-day visit".
pub(super) fn describes(text: &Annotated<'_>, length: &Timex, act: Token<'_>) -> bool {
    let Some(time) = token_at(text, length.span.start) else { return false };
    let noun = std::iter::once(time)
        .chain(time.ancestors())
        .find(|t| t.pos() == Pos::Noun && t.i() >= time.i() && !length.span.contains(t.span()));
    noun.is_some_and(|noun| noun == act || is_carried_by(noun, act))
}

/// "paid a two-day visit", "arrived for a two-day visit", not "met during a two-day visit".
fn is_carried_by(noun: Token<'_>, verb: Token<'_>) -> bool {
    let carried = match noun.dep() {
        Dep::Dobj | Dep::Attr => true,
        Dep::Pobj => matches!(noun.head().lower(), "for" | "on" | "to"),
        _ => false,
    };
    carried && is_verb(verb) && verb_above(noun) == Some(verb)
}

/// A date or time that lies on the calendar.
pub(super) fn is_date(timex: &Timex) -> bool {
    timex.days.is_some() && matches!(timex.kind, TimexKind::Date | TimexKind::Time)
}

/// "recently", "in the past".
pub(super) fn is_vague_past(timex: &Timex) -> bool {
    timex.value == Value::Vague(Reference::Past)
}

/// "his recent visit", "previous attacks".
pub(super) fn is_called_past(token: Token<'_>) -> bool {
    let past = |c: Token<'_>| {
        matches!(
            c.lower(),
            "recent" | "previous" | "past" | "earlier" | "recently" | "previously" | "repeatedly"
        )
    };
    token.children().any(|c| matches!(c.dep(), Dep::Amod | Dep::Advmod) && past(c))
}

fn is_verb(token: Token<'_>) -> bool {
    is_verbal(token)
}
