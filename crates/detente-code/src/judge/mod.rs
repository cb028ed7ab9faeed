//! What one marked party does to another in a sentence: who decides, and by what.
//!
//! A judge is shown a [`Case`]: the text, the two parties marked in it, and every act that the rules find there. [`Rules`] takes the act whose
//! sides fit the parties best; [`Learned`] weighs that answer together with the words around the parties, by weights that were learned from
//! labelled pairs (`data/MODEL.md`). Both give a type as the crosswalk from CAMEO has it, or none.
//!
//! Changes no event: what an article's acts are is `act`'s work.

mod features;
mod learned;

use detente_english::{Annotated, Token};
use detente_model::{EventType, Span};

use crate::act::{self, Candidate, SentenceCoder};

pub use features::{Feature, features};
pub use learned::Learned;

/// Two marked parties in a text, and the acts that may bind them.
#[derive(Debug)]
pub struct Case<'a> {
    text: &'a Annotated<'a>,
    source: Vec<usize>,
    target: Vec<usize>,
    candidates: Vec<Candidate>,
}

/// An answer, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// What the source does to the target.
    pub kind: EventType,
    /// How sure the judge is, in 0..=1.
    pub confidence: f32,
}

/// Whoever says what a marked source does to a marked target.
pub trait Judge: Sync {
    /// The type of the act; `None` where the text tells of none.
    fn judge(&self, case: &Case<'_>) -> Option<Verdict>;
}

/// Goes by the act that fits best among those the rules find.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules;

impl Judge for Rules {
    fn judge(&self, case: &Case<'_>) -> Option<Verdict> {
        let best = case.candidates.first()?;
        Some(Verdict { kind: best.kind, confidence: best.draft.weight })
    }
}

impl<'a> Case<'a> {
    /// The case of a source and a target, each given by the spans of its mentions.
    pub fn new(text: &'a Annotated<'a>, coder: &SentenceCoder<'_>, source: &[Span], target: &[Span]) -> Self {
        let candidates = act::candidates(text, coder, source, target);
        Self { text, source: tokens_in(text, source), target: tokens_in(text, target), candidates }
    }

    /// The acts that the text names, the one that speaks most for itself first.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }
}

fn tokens_in(text: &Annotated<'_>, spans: &[Span]) -> Vec<usize> {
    text.tokens().filter(|t| spans.iter().any(|span| span.overlaps(t.span()))).map(Token::i).collect()
}
