//! English in pure Rust: tokens, lemmas, tags, a dependency parse and named entities from raw text.

mod annotated;
mod characters;
mod chunks;
mod labels;
mod lemmatizer;
mod lexeme;
#[cfg(test)]
mod reference;
mod ruler;
mod table;
mod tokenizer;

pub use annotated::{Annotated, Entity, Sentence, Token, TokenRecord};
pub use labels::{Dep, EntityType, Pos, Tag};
pub use table::TableError;
