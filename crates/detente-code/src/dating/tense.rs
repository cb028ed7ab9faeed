//! The tense of the verb that governs a time expression, for those who resolve times by words alone.

use detente_english::{Annotated, Dep, Tag, Token};
use detente_model::Span;
use detente_time::Tense;

use super::aspect::verb_above;

/// The tense that the parse tells of a time expression; `Unknown` where the words know better.
pub fn tense_at(text: &Annotated<'_>, span: Span) -> Tense {
    let Some(time) = text.token_ending(span).map(|i| text.token(i)) else { return Tense::Unknown };
    match verb_above(time) {
        Some(verb) if is_long_past(verb) || is_past(verb) && opens(time, verb) => Tense::Over,
        Some(verb) if is_past(verb) => Tense::Past,
        _ => Tense::Unknown,
    }
}

/// "In August, they met": before the subject, and hanging on the verb itself.
fn opens(time: Token<'_>, verb: Token<'_>) -> bool {
    let beside = time.dep() == Dep::Pobj && time.head().lower() == "in" && time.head().head() == verb;
    let subject = |c: Token<'_>| matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass) && c.i() > time.i();
    beside && verb.children().any(subject)
}

/// "met", not "was due to meet" nor "had been planned".
fn is_past(verb: Token<'_>) -> bool {
    let auxiliary = verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass));
    verb.tag() == Tag::Vbd && verb.lemma() != "be" && !auxiliary
}

/// "had met", not "had planned a visit", which may yet come.
fn is_long_past(verb: Token<'_>) -> bool {
    const PLANNING: &[&str] = &[
        "agree", "announce", "arrange", "book", "call", "expect", "fix", "hope", "intend", "invite",
        "pencil", "plan", "pledge", "postpone", "promise", "propose", "schedule", "set", "slate", "vow",
        "want",
    ];
    let had = verb.children_with(Dep::Aux).any(|aux| aux.lower() == "had");
    verb.tag() == Tag::Vbn && had && !PLANNING.contains(&verb.lemma())
}
