//! How the verb above an act places it: told in a perfect tense, or plainly.
//!
//! A perfect tense tells what is so by now and not on which day it came about: "has deployed rockets" gives no day, "deployed rockets" is the
//! news of the day.

use detente_english::{Dep, Tag, Token};

use crate::clause::is_verbal;

/// The aspect of the clause an act is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aspect {
    /// No perfect.
    Plain,
    /// "has met".
    Perfect,
    /// "had met".
    PastPerfect,
}

impl Aspect {
    /// The aspect of the clause that a token stands in.
    pub(super) fn of(token: Token<'_>) -> Self {
        verb_above(token).map_or(Self::Plain, Self::of_verb)
    }

    fn of_verb(verb: Token<'_>) -> Self {
        let have = verb.children_with(Dep::Aux).find(|aux| matches!(aux.lemma(), "have" | "'ve" | "’ve"));
        match have {
            Some(have) if matches!(have.tag(), Tag::Vbd | Tag::Vbn) => Self::PastPerfect,
            Some(_) if verb.children_with(Dep::Aux).any(|aux| aux.tag() == Tag::Md) => Self::Plain,
            Some(_) => Self::Perfect,
            None if shares_perfect(verb) => Self::of_verb(verb.head()),
            None => Self::Plain,
        }
    }
}

/// The verb that a token hangs on, itself included, auxiliaries apart.
pub(super) fn verb_above(token: Token<'_>) -> Option<Token<'_>> {
    std::iter::once(token).chain(token.ancestors()).find(|t| is_verbal(*t) && t.dep() != Dep::Aux)
}

/// "has blocked the road and deported the workers": the auxiliary is told once.
fn shares_perfect(verb: Token<'_>) -> bool {
    let bare =
        !verb.children().any(|c| matches!(c.dep(), Dep::Aux | Dep::Auxpass | Dep::Nsubj | Dep::Nsubjpass));
    bare && verb.dep() == Dep::Conj && matches!(verb.tag(), Tag::Vbn | Tag::Vbd) && is_verbal(verb.head())
}
