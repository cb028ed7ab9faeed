//! The other side of an act, where its own words leave it out and its clause names just one.
//!
//! "During the meeting, Clinton assured the spiritual leader …": the two met. Where the clause names two or more that it could be,
//! it stays open: no guess is dressed as a fact. Acts that need no other side (deeds, demands, judgements on events) are left alone.

use detente_english::{Annotated, Dep, Token};
use detente_model::{EventType, Mode, Party};

use crate::clause::is_verbal;
use super::party::Parties;

/// Whether an act of this kind is hardly told without its other side.
pub fn is_wanted(kind: EventType, mode: Option<Mode>) -> bool {
    let directed = matches!(kind, EventType::Sanction | EventType::Reject | EventType::Threaten);
    directed || (kind.is_mutual() && mode != Some(Mode::Visit))
}

/// The one party that the clauses around `act` name whose state or organisation is not among those of `known`.
///
/// Those who meet stand there themselves: a mutual act is not completed by what only modifies a noun ("UN sanctions").
pub fn sole(
    text: &Annotated<'_>,
    parties: &Parties<'_>,
    (act, kind): (usize, EventType),
    known: &[Party],
) -> Option<Party> {
    let act = text.token(act);
    let around: Vec<usize> = act.ancestors().chain([act]).filter(|t| is_verbal(*t)).map(Token::i).collect();
    let near = |head: usize| {
        let verb = text.token(head).ancestors().find(|t| is_verbal(*t));
        let stands = !kind.is_mutual() || !is_modifier(text.token(head));
        stands && verb.is_none_or(|verb| around.contains(&verb.i()))
    };
    let sentence = act.sentence().range();
    let mut others = parties.within(sentence, near).filter(|other| !is_among(other, known));
    let first = others.next()?;
    others.all(|other| other.actor.code == first.actor.code).then_some(first)
}

fn is_modifier(token: Token<'_>) -> bool {
    matches!(token.dep(), Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss)
}

fn is_among(other: &Party, known: &[Party]) -> bool {
    known.iter().any(|party| party.actor.code == other.actor.code)
}
