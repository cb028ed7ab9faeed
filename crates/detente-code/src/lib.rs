//! From an annotated report to events.
//!
//! Stages, each in a module of its own that knows no sibling: `resolve` (mentions to actors), `place` (names to
//! places), `act` (triggers and frames to acts, with status and speaker).
pub mod act;
mod reading;
mod resolved;

pub use reading::Reading;
pub use resolved::{Mention, MentionKind, Resolved};
