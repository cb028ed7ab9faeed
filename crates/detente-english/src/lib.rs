//! English in pure Rust: tokens, lemmas, tags, a dependency parse and named entities from raw text.

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
