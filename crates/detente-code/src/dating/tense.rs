//! The tense of the verb that governs a time expression, for those who resolve times by words alone.

use detente_english::{Annotated, Dep, Tag, Token};
use detente_model::Span;
use detente_time::Tense;

use super::aspect::verb_above;

/// The tense that the parse tells of a time expression; `Unknown` where the words know better.
pub fn tense_at(text: &Annotated<'_>, span: Span) -> Tense {
    let verb = text.token_ending(span).and_then(|i| verb_above(text.token(i)));
    match verb.is_some_and(is_past) {
        true => Tense::Past,
        false => Tense::Unknown,
    }
}

/// "met", not "was due to meet" nor "had been planned".
fn is_past(verb: Token<'_>) -> bool {
    let auxiliary = verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass));
    verb.tag() == Tag::Vbd && verb.lemma() != "be" && !auxiliary
}
