//! The other side of an act, where its own words leave it out and its clause names just one.
//!
//! "During the meeting, Clinton assured the spiritual leader …": the two met. Where the clause names two or more that it could be,
//! it stays open: no guess is dressed as a fact. Acts that need no other side (deeds, demands, judgements on events) are left alone.

use detente_english::{Annotated, Dep, EntityType, Token};
use detente_model::{EventType, Mode, Party, Sector};

use super::party::Parties;
use crate::clause::is_verbal;

/// An act that was told from one side only.
#[derive(Debug, Clone, Copy)]
pub struct OneSided {
    /// The token that names it.
    pub token: usize,
    /// Its type.
    pub kind: EventType,
    /// Its mode.
    pub mode: Option<Mode>,
}

impl OneSided {
    /// Whether an act of this kind is hardly told without its other side.
    pub fn wants_other(self) -> bool {
        let directed = matches!(self.kind, EventType::Sanction | EventType::Reject | EventType::Threaten);
        directed || self.kind.is_mutual()
    }

    /// The verbs that it stands below; a visitor is where his own clause says.
    fn verbs(self, text: &Annotated<'_>) -> Vec<usize> {
        let act = text.token(self.token);
        let above = act.ancestors().filter(|t| is_verbal(*t)).map(Token::i);
        match self.mode {
            Some(Mode::Visit) => above.take(1).collect(),
            _ => above.chain(is_verbal(act).then_some(self.token)).collect(),
        }
    }
}

/// The one party that the clauses around an act name whose state or organisation is not among those of `known`.
///
/// Those who meet or are refused stand there themselves: their act is not completed by what only modifies a noun ("UN sanctions").
pub fn sole(text: &Annotated<'_>, parties: &Parties<'_>, act: OneSided, known: &[Party]) -> Option<Party> {
    let around = act.verbs(text);
    let near = |head: usize| {
        let verb = text.token(head).ancestors().find(|t| is_verbal(*t));
        let stands = act.kind == EventType::Sanction || !is_modifier(text.token(head));
        let stands = stands && !is_gloss(text.token(head)) && !is_location(text.token(head));
        stands && verb.is_none_or(|verb| around.contains(&verb.i()))
    };
    let sentence = text.token(act.token).sentence().range();
    let fits = |other: &Party| !(is_among(other, known) || act.kind.is_mutual() && is_private(other));
    let mut others = parties.within(sentence, near).filter(fits);
    let first = others.next()?;
    others.all(|other| other.actor.code == first.actor.code).then_some(first)
}

/// "Fairbanks (US)": it says where the town is.
fn is_gloss(token: Token<'_>) -> bool {
    let place = |t: Token<'_>| matches!(t.entity_type(), Some(EntityType::Gpe | EntityType::Loc));
    token.dep() == Dep::Appos && place(token.head())
}

/// "talks in Nairobi": it says where.
fn is_location(token: Token<'_>) -> bool {
    let place = matches!(token.entity_type(), Some(EntityType::Gpe | EntityType::Loc | EntityType::Fac));
    place && token.dep() == Dep::Pobj && matches!(token.head().lower(), "in" | "at" | "near" | "from")
}

/// "deported convicts after talks": nobody holds talks with them.
fn is_private(party: &Party) -> bool {
    use Sector::{Crm, Cvl, Edu, Jrn, Lab, Med, Ref};
    matches!(party.actor.sector, Some(Crm | Cvl | Edu | Jrn | Lab | Med | Ref))
}

fn is_modifier(token: Token<'_>) -> bool {
    matches!(token.dep(), Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss)
}

fn is_among(other: &Party, known: &[Party]) -> bool {
    let rebels = |party: &Party| party.actor.sector == Some(Sector::Reb);
    known.iter().any(|party| party.actor.code == other.actor.code && rebels(party) == rebels(other))
}
