//! English in pure Rust: tokens, lemmas, tags, a dependency parse and named entities from raw text.
//!
//! ```
//! use detente_english::English;
//!
//! let doc = English::load().annotate("Norway has recalled its envoy. Oslo gave no reason.");
//! for sentence in doc.sentences() {
//!     let verb = sentence.root().map(|root| root.lemma());
//!     assert!(matches!(verb, Some("recall" | "give")));
//! }
//! ```
//!
//! The crate runs the pipeline of spaCy 3.8 with the weights and tables of its model `en_core_web_sm` 3.8.0, which it
//! carries (`model/README.md` tells their origin and licence). It needs no file, no network and no other language's
//! runtime. What it promises is to agree with spaCy, token by token; it has no model of its own and trains none.
//!
//! ```text
//! text ─► tokenizer ─► lexeme ─► network ─► transition ─► ruler ─► lemmatizer ─► Annotated
//!         tokens       hashed    vectors    trees and     parts    base forms    to walk
//!                      features  and tags   entities      of speech              and draw
//! ```
//!
//! [`English`] is the pipeline, [`Annotated`] its result; [`picture`] draws a sentence.

mod analysis;
mod annotated;
mod characters;
mod chunks;
mod engine;
mod labels;
mod lemmatizer;
mod lexeme;
mod network;
pub mod picture;
mod pieces;
#[cfg(test)]
mod reference;
mod ruler;
mod table;
mod tokenizer;
mod transition;

pub use annotated::{Annotated, Entity, Iob, Sentence, Token, TokenRecord};
pub use engine::English;
pub use labels::{Dep, EntityType, Pos, Tag};
