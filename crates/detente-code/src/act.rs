//! Acts: which words name one, who stands where, how real it is, who says so.

mod coder;
mod construction;
mod echo;
mod fold;
mod other_side;
mod party;
mod prose;
mod relation;
mod role;
mod speaker;
mod standing;
mod trigger;
mod words;

pub use coder::{Act, Draft, Reference, SentenceCoder, Telling};
pub use echo::settle;
pub use prose::{is_endless, is_prose};
pub use relation::{Candidate, Fit, candidates};
pub use standing::Standing;
pub use words::Words;
