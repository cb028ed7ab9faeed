//! The tense around an expression, as far as the word forms tell: a stand-in for a parser's answer.
//!
//! The nearest verb before the expression in its sentence decides, else the first one after it. No claim is made where there is none.

use crate::expression::Tense;
use crate::lexicon::{self, Lex};
use crate::token::{Kind, Tokens};

/// What a word form says about tense; `data/tense.tsv` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    Past,
    Present,
    Perfect,
    Future,
    /// A participle of planning: `scheduled`, `due`.
    Planned,
    /// A past form that tells of a plan before `to` or `for`: `set to meet`.
    PlannedTo,
    Conditional,
    /// A verb of saying in the past.
    Report,
}

/// A verb of saying governs only what stands this close to it, in tokens: `said on Friday`; further on the verb
/// before it has the better claim.
const BESIDE: usize = 3;

/// How far to look on either side, in tokens: this bounds the work on any text.
const REACH: usize = 24;

/// The tense that governs the tokens `first..next`.
pub(crate) fn guess(t: Tokens, first: usize, next: usize) -> Tense {
    if first > 0 && t.lex(first - 1) == Lex::Until {
        return until(t, first - 1, next);
    }
    let behind = || after(t, next).map(|tense| opened_by(t, first, tense));
    let told = before(t, first).or_else(behind).or_else(|| purpose(t, first)).unwrap_or_default();
    // What a day has, as in "Thursday's close", has been.
    let owns = t.after_possessive(next) > next;
    if owns && told == Tense::Present { Tense::Past } else { told }
}

/// `Until Thursday they had refused` looks back; any other `until` looks ahead.
fn until(t: Tokens, at: usize, next: usize) -> Tense {
    let opens = at.checked_sub(1).is_none_or(|before| ends_sentence(t, before));
    match after(t, next) {
        Some(Tense::Past) if opens => Tense::Past,
        _ => Tense::Future,
    }
}

/// "In August, they met": no plan is told like that. "August talks failed" may have been planned for August.
fn opened_by(t: Tokens, first: usize, tense: Tense) -> Tense {
    let opens = |at: usize| at.checked_sub(1).is_none_or(|before| ends_sentence(t, before));
    let within = first.checked_sub(1).is_some_and(|at| t.is(at, "in") && opens(at));
    if tense == Tense::Past && within { Tense::Over } else { tense }
}

/// With no other verb, as in a headline, an infinitive tells: `Leaders to meet Friday`.
fn purpose(t: Tokens, first: usize) -> Option<Tense> {
    let floor = first.saturating_sub(REACH);
    let mut sentence = (floor..first).rev().take_while(|&i| !ends_sentence(t, i));
    sentence.any(|i| t.lex(i) == Lex::To && infinitive(t, i)).then_some(Tense::Future)
}

fn before(t: Tokens, first: usize) -> Option<Tense> {
    let floor = first.saturating_sub(REACH);
    let sentence = (floor..first).rev().take_while(|&i| !ends_sentence(t, i));
    let mut verbs = sentence.filter_map(|i| Some((i, tense_at(t, i)?)));
    let (nearest, tense) = verbs.next()?;
    if is_saying(t, nearest) && first - nearest > BESIDE {
        return verbs.map(|(_, tense)| tense).next().or(Some(tense));
    }
    Some(tense)
}

fn after(t: Tokens, next: usize) -> Option<Tense> {
    (next..next + REACH)
        .take_while(|&i| t.get(i).is_some() && !ends_sentence(t, i))
        .find_map(|i| tense_at(t, i))
}

/// Whether the sentence ends at token `i`.
pub(crate) fn ends_sentence(t: Tokens, i: usize) -> bool {
    match t.kind(i) {
        Kind::Break => true,
        Kind::Mark(b'!' | b'?') => true,
        Kind::Mark(b'.') => !is_abbreviation(t, i) && t.get(i + 1).is_none_or(|n| n.spaced),
        _ => false,
    }
}

fn is_abbreviation(t: Tokens, stop: usize) -> bool {
    let Some(before) = stop.checked_sub(1) else { return false };
    let word = t.str(before);
    let title =
        ["Mr", "Mrs", "Ms", "Dr", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "St", "Inc", "Corp", "Co", "Ltd"];
    t.kind(before) == Kind::Word
        && (word.len() == 1 || title.contains(&word) || matches!(t.lex(before), Lex::MonthAbbr(_)))
        && t.get(stop + 1).is_some()
}

fn tense_at(t: Tokens, i: usize) -> Option<Tense> {
    if t.kind(i) != Kind::Word || (t.capital(i) && i > 0 && t.kind(i - 1) == Kind::Word) {
        return None;
    }
    let word = t.str(i);
    match lexicon::tense_cue(word) {
        Some(Cue::Planned) if is_bygone(t, i) => Some(Tense::Present),
        Some(Cue::Future | Cue::Planned | Cue::Conditional) => Some(Tense::Future),
        Some(Cue::Past) if t.is(i, "won") && t.mark(i + 1, b'\'') => Some(Tense::Future),
        // "is to resume" tells of a plan.
        Some(Cue::Present) if t.lex(i + 1) == Lex::To => Some(Tense::Future),
        Some(Cue::Present) => Some(Tense::Present),
        Some(Cue::PlannedTo) if matches!(t.lex(i + 1), Lex::To | Lex::For) => Some(Tense::Future),
        Some(Cue::PlannedTo | Cue::Report | Cue::Perfect) => Some(Tense::Past),
        Some(Cue::Past) => Some(participle(t, i)),
        None if is_ed_form(word) => Some(participle(t, i)),
        None if word == "ll" => Some(Tense::Future),
        None => None,
    }
}

/// A plan told as past, whose day may lie close on either side: `had been due`, `had previously been scheduled`, `as previously planned`.
fn is_bygone(t: Tokens, i: usize) -> bool {
    let before = |k: usize, words: &[&str]| i >= k && words.iter().any(|word| t.is(i - k, word));
    before(1, &["previously", "originally"])
        || before(1, &["been"]) && (before(2, &["had"]) || before(3, &["had"]))
}

fn is_saying(t: Tokens, i: usize) -> bool {
    lexicon::tense_cue(t.str(i)) == Some(Cue::Report)
}

/// `to meet`, not `to the capital`, `to 30`, `according to`.
fn infinitive(t: Tokens, to: usize) -> bool {
    let bound = to.checked_sub(1).is_some_and(|b| {
        ["according", "due", "up", "prior", "thanks", "related", "close"].iter().any(|w| t.is(b, w))
            || t.kind(b) != Kind::Word
    });
    let verb = t.str(to + 1);
    let determiner =
        ["his", "her", "its", "their", "our", "my", "your", "more", "all", "other", "those", "these"];
    !bound
        && t.kind(to + 1) == Kind::Word
        && !t.capital(to + 1)
        && t.lex(to + 1) == Lex::None
        && !determiner.contains(&verb)
        && !verb.ends_with("ing")
}

/// A past form, unless words before it make it `will be held` or `to be held`; `could not be found` is no plan.
fn participle(t: Tokens, i: usize) -> Tense {
    let planned =
        |at: usize| ["to", "will", "would", "shall", "should", "may"].iter().any(|word| t.is(at, word));
    let is_planned =
        i > 1 && t.is(i - 1, "be") && (planned(i - 2) || (i > 2 && t.is(i - 2, "not") && planned(i - 3)));
    if is_planned { Tense::Future } else { Tense::Past }
}

fn is_ed_form(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && !["hundred", "united", "armed", "alleged", "limited"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise;

    #[test]
    fn the_nearest_verb_tells() {
        for (text, wanted) in [
            ("The ministers will meet Friday in Geneva.", Tense::Future),
            ("Rebels shelled the town on Friday.", Tense::Past),
            ("He said Friday that talks would go on.", Tense::Past),
            ("On Friday, the envoy will fly to Cairo.", Tense::Future),
            ("The vote, to be held on Friday, is close.", Tense::Future),
            ("The two are in talks. Friday", Tense::Unknown),
        ] {
            assert_eq!(recognise(text)[0].tense, wanted, "{text}");
        }
    }
}
