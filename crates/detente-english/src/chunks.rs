//! Base noun phrases: a noun with all that stands before it and hangs on it.

use std::ops::Range;

use crate::annotated::{Annotated, Token};
use crate::labels::{Dep, Pos};

impl Annotated<'_> {
    /// The base noun phrases in order, as ranges of token numbers; they do not overlap.
    ///
    /// A phrase ends in its noun, proper noun or pronoun: what follows it, as relative clauses and `of` phrases, is
    /// left out. Follows spaCy's `noun_chunks` for English.
    pub fn noun_chunks(&self) -> impl Iterator<Item = Range<usize>> {
        let mut free = 0;
        self.tokens().filter_map(move |token| {
            let start = token.subtree().start;
            if start < free || !is_nominal(token.pos()) || !heads_phrase(token) {
                return None;
            }
            free = token.i() + 1;
            Some(start..free)
        })
    }
}

fn is_nominal(pos: Pos) -> bool {
    matches!(pos, Pos::Noun | Pos::Propn | Pos::Pron)
}

/// Whether a noun fills a place of its own in the sentence, or stands beside one that does.
fn heads_phrase(token: Token<'_>) -> bool {
    match token.dep() {
        Dep::Conj => is_phrase_relation(first_conjunct(token.head()).dep()),
        dep => is_phrase_relation(dep),
    }
}

/// Goes back from conjunct to conjunct as long as each stands after the one before.
fn first_conjunct(token: Token<'_>) -> Token<'_> {
    let mut head = token;
    while head.dep() == Dep::Conj && head.head().i() < head.i() {
        head = head.head();
    }
    head
}

fn is_phrase_relation(dep: Dep) -> bool {
    matches!(
        dep,
        Dep::Oprd
            | Dep::Nsubj
            | Dep::Dobj
            | Dep::Nsubjpass
            | Dep::Pcomp
            | Dep::Pobj
            | Dep::Dative
            | Dep::Appos
            | Dep::Attr
            | Dep::Root
    )
}

#[cfg(test)]
mod tests {
    use detente_model::Span;

    use crate::annotated::TokenRecord;

    use super::*;

    /// Reads the chunk fixtures: a text a block, a token a line, `start end tag pos dep head`, then the chunks.
    #[test]
    fn chunks_are_as_spacy_finds_them() {
        let mut texts = 0;
        for line in include_str!("../tests/fixtures/chunks.jsonl").lines() {
            let fixture: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = fixture["text"].as_str().unwrap();
            let number = |v: &serde_json::Value| v.as_u64().unwrap() as usize;
            let records = fixture["tokens"].as_array().unwrap().iter().map(|t| TokenRecord {
                span: Span::new(number(&t[0]), number(&t[1])),
                lemma: "",
                tag: t[2].as_str().unwrap().parse().unwrap(),
                pos: t[3].as_str().unwrap().parse().unwrap(),
                dep: t[4].as_str().unwrap().parse().unwrap(),
                head: number(&t[5]),
                sent_start: t[6].as_bool().unwrap(),
            });
            let doc = Annotated::new(text, records, Vec::new());
            let found: Vec<_> = doc.noun_chunks().map(|r| doc.text_of(r)).collect();
            let expected: Vec<_> =
                fixture["chunks"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
            assert_eq!(found, expected, "{text}");
            texts += 1;
        }
        assert!(texts > 5);
    }
}
