//! English in pure Rust: tokens, lemmas, tags, a dependency parse and named entities from raw text.

mod annotated;
mod labels;

pub use annotated::{Annotated, Entity, Sentence, Token, TokenRecord};
pub use labels::{Dep, EntityType, Pos, Tag};
