//! Acts: which words name one, who stands where, how real it is, who says so.

mod clause;
mod coder;
mod construction;
mod fold;
mod party;
mod role;
mod speaker;
mod standing;
mod trigger;
mod words;

pub use coder::{Act, SentenceCoder};
pub use words::Words;
