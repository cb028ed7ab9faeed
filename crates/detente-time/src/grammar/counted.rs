//! Counted units and sets: `two years`, `three days ago`, `the last two weeks`, `a day prior to the talks`, `10-year`, `daily`, `each July`.

use super::{Match, count};
use crate::expression::{
    Amount, Count, Meaning, Modifier, Origin, Recurrence, TimeOfDay, Unit, Weekday, Which,
};
use crate::lexicon::{self, Lex};
use crate::token::{Kind, Tokens};
use detente_model::Span;

/// A number of units, with what says from where they count.
pub(super) fn counted(t: Tokens, i: usize) -> Option<Match> {
    if let Some(found) = ahead(t, i).or_else(|| long(t, i)) {
        return Some(found);
    }
    let lead = lead(t, i)?;
    let (amount, next) = amount(t, lead.next, lead.open)?;
    let adjective = t.glued(next.saturating_sub(1)) && t.mark(next.saturating_sub(2), b'-')
        || (t.lex(next - 1) == Lex::Unit(amount.unit) && matches!(amount.count, Count::Halves(n) if n > 2));
    // A hyphen or a singular makes an adjective of it, and the article belongs to the noun: "the two-week crisis", "the two day rally".
    if (adjective && lead.next > i && lead.which == Which::Any)
        || is_age(t, next)
        || (matches!(amount.unit, Unit::Quarter) && is_fraction(t, i, lead.next))
    {
        return None;
    }
    let found = match lead.which {
        Which::Any => anchored(t, i, amount, next),
        Which::First => Some(Match::new(next, Meaning::Duration(amount))),
        Which::Last | Which::Past | Which::Previous | Which::Recent | Which::Latest | Which::Prior => {
            stretch(amount, true, next)
        }
        _ => stretch(amount, false, next),
    }?;
    Some(or_so(t, found))
}

/// `the weeks ahead`, `the months to come`.
fn ahead(t: Tokens, i: usize) -> Option<Match> {
    let Lex::Units(unit) = t.lex(i + 1) else { return None };
    let next = match t.lex(i + 2) {
        Lex::To if t.is(i + 3, "come") => i + 4,
        Lex::None if t.is(i + 2, "ahead") && t.lex(i + 3) != Lex::Of => i + 3,
        _ => return None,
    };
    (t.lex(i) == Lex::The && unit >= Unit::Day)
        .then(|| stretch(Amount { count: Count::Vague, unit }, false, next))?
}

/// `week-long`, `month-long`, without the article of the noun behind it.
fn long(t: Tokens, i: usize) -> Option<Match> {
    let Lex::Unit(unit) = t.lex(i) else { return None };
    let hyphen = t.mark(i + 1, b'-') && t.glued(i + 1) && t.glued(i + 2);
    (hyphen && t.is(i + 2, "long") && !t.capital(i))
        .then(|| Match::new(i + 3, Meaning::Duration(Amount { count: Count::whole(1), unit })))
}

/// `62-year-old`, `37 years old`, `years of age`: how old somebody is, which is no time of anything reported.
fn is_age(t: Tokens, next: usize) -> bool {
    t.is(t.after_hyphen(next), "old")
        || t.is(t.after_hyphen(next), "olds")
        || (t.lex(next) == Lex::Of && t.is(next + 1, "age"))
}

/// `three-quarters of its food`, `more than a quarter`: a part, not a time.
fn is_fraction(t: Tokens, first: usize, at: usize) -> bool {
    let article = matches!(t.lex(at), Lex::A) || t.lex(first) == Lex::A;
    let hyphen = count::count(t, at).is_some_and(|(_, next)| t.mark(next, b'-'));
    article || hyphen
}

fn stretch(amount: Amount, back: bool, next: usize) -> Option<Match> {
    Some(Match::new(next, Meaning::Stretch { amount, back }))
}

/// What stands before the number: `the last`, `the`, `another`.
struct Lead {
    which: Which,
    next: usize,
    /// Something before the number or unit makes a bare plural a length of time of its own.
    open: bool,
}

fn lead(t: Tokens, i: usize) -> Option<Lead> {
    let the = t.after_the(i);
    let article = the > i;
    let each = t.lex(i) == Lex::Every && t.lex(i + 1) == Lex::Of;
    let start = if each { t.after_the(i + 2) } else { the };
    let (which, next) = match t.lex(start) {
        Lex::Which(
            w @ (Which::Last
            | Which::Past
            | Which::Next
            | Which::Coming
            | Which::Previous
            | Which::Prior
            | Which::Following
            | Which::Recent
            | Which::Latest
            | Which::Future),
        ) => (w, start + 1),
        Lex::Ordinal(1) if article => (Which::First, start + 1),
        _ => (Which::Any, start),
    };
    Some(Lead { which, next, open: !article || which != Which::Any })
}

/// A count and a unit: `two years`, `two-year`, `a day`, `another week`, `days`, `20 more years`.
fn amount(t: Tokens, i: usize, open: bool) -> Option<(Amount, usize)> {
    if let Some((count, next)) = count::count(t, i) {
        let at = skip_more(t, second_count(t, next));
        let at = if t.lex(i) == Lex::Half { at } else { t.after_hyphen(at) };
        let (unit, next) = unit(t, at)?;
        return Some(half_more(t, Amount { count, unit }, next));
    }
    if t.lex(i) == Lex::A && long(t, i + 1).is_some() {
        return None;
    }
    if t.lex(i) == Lex::A || t.is(i, "another") {
        let at =
            i + 1 + usize::from(t.is(i + 1, "additional") || t.is(i + 1, "full") || t.is(i + 1, "whole"));
        let (unit, next) = unit(t, at)?;
        return Some(half_more(t, Amount { count: Count::whole(1), unit }, next))
            .filter(|_| t.lex(at) == Lex::Unit(unit));
    }
    let Lex::Units(unit) = t.lex(i) else { return None };
    let bare = unit >= Unit::Day
        && open
        && !matches!(unit, Unit::Weekend)
        && (unit != Unit::Quarter || follows_which(t, i))
        && !(i > 0 && t.lex(i - 1) == Lex::On)
        && !t.capital(i);
    bare.then_some((Amount { count: Count::Vague, unit }, another_unit(t, i + 1)))
}

/// One past `or months` behind `weeks`: the first unit stands for both.
fn another_unit(t: Tokens, i: usize) -> usize {
    let joint = matches!(t.lex(i), Lex::And | Lex::Or) && matches!(t.lex(i + 1), Lex::Units(_));
    if joint { i + 2 } else { i }
}

fn follows_which(t: Tokens, i: usize) -> bool {
    i > 0 && matches!(t.lex(i - 1), Lex::Which(_))
}

/// `12 to 18 months`, `two or three days`: the first number stands for both.
fn second_count(t: Tokens, i: usize) -> usize {
    let joint = matches!(t.lex(i), Lex::To | Lex::Or) || (t.mark(i, b'-') && t.number(i + 1).is_some());
    match count::whole(t, i + 1) {
        Some((_, next)) if joint => next,
        _ => i,
    }
}

fn skip_more(t: Tokens, i: usize) -> usize {
    let more = t.lex(i) == Lex::More
        || [
            "additional",
            "full",
            "consecutive",
            "straight",
            "trading",
            "business",
            "working",
            "successive",
            "long",
            "whole",
        ]
        .iter()
        .any(|w| t.is(i, w));
    i + usize::from(more && matches!(t.lex(i + 1), Lex::Unit(_) | Lex::Units(_)))
}

/// ` and a half` behind a unit.
fn half_more(t: Tokens, amount: Amount, next: usize) -> (Amount, usize) {
    match (amount.count, count::and_a_half(t, next)) {
        (Count::Halves(n), Some(next)) => {
            (Amount { count: Count::Halves(n.saturating_add(1)), ..amount }, next)
        }
        _ => (amount, next),
    }
}

/// A unit; a singular one after a number other than one hangs on it as an adjective: `two-year`, `three hour`.
fn unit(t: Tokens, i: usize) -> Option<(Unit, usize)> {
    match t.lex(i) {
        // Capitals make a name of it: "60 Minutes".
        Lex::Unit(_) | Lex::Units(_) if t.capital(i) => None,
        Lex::Unit(Unit::Second) if !t.glued(i) => None,
        Lex::Unit(unit) | Lex::Units(unit) => Some((unit, i + 1)),
        _ => None,
    }
}

/// ` ago`, ` earlier`, ` later`, ` from now`, ` before the vote`, or nothing behind an amount.
fn anchored(t: Tokens, first: usize, amount: Amount, i: usize) -> Option<Match> {
    let offset = |next, back, from| Some(Match::new(next, Meaning::Offset { amount, back, from }));
    let i = if t.lex(i) == Lex::Or && t.is(i + 1, "so") && t.lex(i + 2) == Lex::Ago { i + 2 } else { i };
    match t.lex(i) {
        Lex::Ago => offset(i + 1, true, Origin::Report),
        Lex::Hence => offset(i + 1, false, Origin::Report),
        Lex::From if t.is(i + 1, "now") || matches!(t.lex(i + 1), Lex::Deictic(0)) => {
            offset(i + 2, false, Origin::Report)
        }
        Lex::Earlier => offset(past_word(i, amount), true, Origin::Narrative),
        Lex::Later => offset(past_word(i, amount), false, Origin::Narrative),
        Lex::Before | Lex::After | Lex::Which(Which::Prior) => beside_event(t, first, amount, i),
        _ => length(t, first, amount, i),
    }
}

/// One past `later` at `i`, which belongs to a date (`two days later`) but not to a mere length of time (`a few days`, `ten minutes`).
fn past_word(i: usize, amount: Amount) -> usize {
    let length = amount.count == Count::Vague || amount.unit < Unit::Night;
    i + usize::from(!length)
}

/// `a day prior to the resumption of the talks`, `two days after the vote`, `a week before`.
fn beside_event(t: Tokens, first: usize, amount: Amount, i: usize) -> Option<Match> {
    let back = t.lex(i) != Lex::After;
    let prior = t.lex(i) == Lex::Which(Which::Prior);
    let at = i + 1 + usize::from(prior && t.lex(i + 1) == Lex::To);
    if nothing_follows(t, at) {
        return Some(Match::new(i + 1, Meaning::Offset { amount, back, from: Origin::Narrative }));
    }
    match event(t, at) {
        Some(span) if amount.count != Count::Vague => {
            Some(Match::new(i, Meaning::Offset { amount, back, from: Origin::Event(span) }))
        }
        _ => length(t, first, amount, i),
    }
}

/// Nothing that could be an event follows: the clause is over, or its verb comes.
pub(super) fn nothing_follows(t: Tokens, i: usize) -> bool {
    match t.kind(i) {
        Kind::Mark(b'\'') => true,
        Kind::Mark(_) | Kind::Break => true,
        Kind::Number(_) => false,
        Kind::Word => {
            matches!(
                t.lex(i),
                Lex::In | Lex::At | Lex::And | Lex::By | Lex::To | Lex::For | Lex::On | Lex::Or
            ) || (!t.capital(i) && lexicon::tense_cue(t.str(i)).is_some())
        }
    }
}

/// The words that name an event, up to a mark or a verb.
fn event(t: Tokens, i: usize) -> Option<Span> {
    const LONGEST: usize = 14;
    let stop = (i..i + LONGEST)
        .find(|&k| {
            !matches!(t.kind(k), Kind::Word | Kind::Number(_) | Kind::Mark(b'-' | b'\''))
                || (k > i && !t.capital(k) && lexicon::tense_cue(t.str(k)).is_some())
        })
        .unwrap_or(i + LONGEST)
        .min(t.all.len());
    (stop > i).then(|| t.all[i].span.join(t.all[stop - 1].span))
}

/// An amount by itself. Ages and rates are lengths or sets by the words beside them.
fn length(t: Tokens, first: usize, amount: Amount, next: usize) -> Option<Match> {
    if is_rate(t, first)
        || (t.lex(first) == Lex::A
            && t.lex(next.max(1) - 1) == Lex::Unit(amount.unit)
            && is_year_ago(t, next))
    {
        return None;
    }
    if each_unit(t, next) {
        return None;
    }
    let long = t.after_hyphen(next);
    let next = if long > next && t.glued(long) && (t.is(long, "long")) { long + 1 } else { next };
    Some(Match::new(next, Meaning::Duration(amount)))
}

/// `24 hours a day`, `six days a week`: a habit.
fn each_unit(t: Tokens, i: usize) -> bool {
    matches!(t.lex(i), Lex::A | Lex::Per)
        && matches!(t.lex(i + 1), Lex::Unit(_))
        && !matches!(t.lex(i + 2), Lex::Ago | Lex::Earlier | Lex::Later | Lex::Before | Lex::After)
}

/// `a year-earlier loss`: the article belongs to the loss.
fn is_year_ago(t: Tokens, i: usize) -> bool {
    t.mark(i, b'-') && matches!(t.lex(i + 1), Lex::Ago | Lex::Earlier)
}

/// `$500 million a year`, `two cents a day`: the article means `each` and the whole is a rate.
pub(super) fn is_rate(t: Tokens, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let number =
        matches!(t.kind(before), Kind::Number(_)) || t.is(before, "million") || t.is(before, "billion");
    let word = t.str(before);
    let things = t.kind(before) == Kind::Word
        && t.lex(before) == Lex::None
        && word.len() > 4
        && word.ends_with('s')
        && !t.capital(before);
    let verb = word.ends_with("ss")
        || matches!(
            word,
            "takes" | "lasts" | "spends" | "comes" | "across" | "besides" | "towards" | "perhaps"
        );
    t.lex(i) == Lex::A
        && (number
            || (things && !verb)
            || matches!(t.lex(before), Lex::Times(_))
            || matches!(t.lex(before), Lex::Units(_)))
}

/// ` or so` behind a time.
pub(super) fn or_so(t: Tokens, m: Match) -> Match {
    if t.lex(m.next) == Lex::Or && t.is(m.next + 1, "so") {
        return m.to(m.next + 2).bent(Some(Modifier::Approx));
    }
    m
}

/// Anything that happens again and again.
pub(super) fn set(t: Tokens, i: usize) -> Option<Match> {
    frequency(t, i).or_else(|| every(t, i)).or_else(|| plural(t, i)).or_else(|| times(t, i))
}

fn each(next: usize, count: Count, unit: Unit) -> Match {
    Match::new(next, Meaning::Set(Recurrence::Each(Amount { count, unit })))
}

fn frequency(t: Tokens, i: usize) -> Option<Match> {
    let Lex::Frequency(n, unit) = t.lex(i) else { return None };
    // The names of papers and shows are no frequencies: "the Daily Mail".
    let name = t.capital(i) && i > 0;
    (!name && !is_rated(t, i)).then(|| each(i + 1, Count::whole(n), unit))
}

/// `by 20% annually`, `10,000 units annually`: a rate, as `$3 million a year` is.
fn is_rated(t: Tokens, i: usize) -> bool {
    let number = |k: usize| {
        i >= k
            && (matches!(t.kind(i - k), Kind::Number(_))
                || matches!(t.lex(i - k), Lex::Multiplier(_))
                || t.mark(i - k, b'%'))
    };
    number(1) || (number(2) && t.kind(i - 1) == Kind::Word && t.str(i - 1).ends_with('s'))
}

/// `every day`, `each July`, `every two weeks`, `every Friday`, `every other day`.
fn every(t: Tokens, i: usize) -> Option<Match> {
    if t.lex(i) != Lex::Every {
        return None;
    }
    let other = t.is(i + 1, "other");
    let at = i + 1 + usize::from(other || t.is(i + 1, "single"));
    match t.lex(at) {
        Lex::Unit(Unit::Weekend) => Some(Match::new(at + 1, Meaning::Set(Recurrence::Weekend))),
        Lex::Unit(unit) => Some(each(at + 1, Count::whole(if other { 2 } else { 1 }), unit)),
        Lex::Weekday(n) => {
            Weekday::from_number(n).map(|d| part(t, Match::new(at + 1, Meaning::Set(Recurrence::Weekday(d)))))
        }
        Lex::Month(m) => Some(Match::new(at + 1, Meaning::Set(Recurrence::Month(m)))),
        Lex::Season(s) => Some(Match::new(at + 1, Meaning::Set(Recurrence::Season(s)))),
        Lex::Part(p) => Some(Match::new(at + 1, Meaning::Set(Recurrence::Part)).at(Some(TimeOfDay::Part(p)))),
        _ => {
            let (count, next) = count::count(t, at)?;
            let (unit, next) = unit(t, next)?;
            Some(each(next, count, unit))
        }
    }
}

fn part(t: Tokens, m: Match) -> Match {
    match t.lex(m.next) {
        Lex::Part(p) | Lex::Parts(p) => m.to(m.next + 1).at(Some(TimeOfDay::Part(p))),
        _ => m,
    }
}

/// `Fridays`, `Tuesday nights`, `the past three summers`.
fn plural(t: Tokens, i: usize) -> Option<Match> {
    match (t.lex(i), t.lex(i + 1)) {
        (Lex::Weekdays(n), _) => {
            Weekday::from_number(n).map(|d| part(t, Match::new(i + 1, Meaning::Set(Recurrence::Weekday(d)))))
        }
        (Lex::Weekday(n), Lex::Parts(_)) => {
            Weekday::from_number(n).map(|d| part(t, Match::new(i + 1, Meaning::Set(Recurrence::Weekday(d)))))
        }
        (Lex::The, Lex::Which(Which::Last | Which::Past)) => {
            let (_, next) = count::count(t, i + 2)?;
            let Lex::Seasons(s) = t.lex(next) else { return None };
            Some(Match::new(next + 1, Meaning::Set(Recurrence::Season(s))))
        }
        _ => None,
    }
}

/// `once a week`, `twice a year`, `three times a day`.
fn times(t: Tokens, i: usize) -> Option<Match> {
    let next = match t.lex(i) {
        Lex::Times(_) => i + 1,
        _ => count::whole(t, i).map(|(_, n)| n).filter(|&n| t.is(n, "times"))? + 1,
    };
    let Lex::Unit(unit) = t.lex(next + 1) else { return None };
    matches!(t.lex(next), Lex::A | Lex::Per | Lex::Every).then(|| each(next + 2, Count::whole(1), unit))
}
