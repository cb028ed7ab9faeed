//! Acts: which words name one, who stands where, how real it is, who says so.

mod clause;
mod fold;
mod role;
mod speaker;
mod standing;
mod trigger;
mod words;
