//! English in pure Rust: tokens, lemmas, tags, a dependency parse and named entities from raw text.

mod analysis;
mod annotated;
mod labels;
mod network;
mod transition;

pub use annotated::{Annotated, Entity, Sentence, Token, TokenRecord};
pub use labels::{Dep, EntityType, Pos, Tag};
