//! From an annotated report to events.
//!
//! Stages, each in a module of its own that knows no sibling: `name` (names and what they name), `resolve` (mentions to
//! actors), `place` (names to places), `act` (triggers and frames to acts, with status and speaker). Beside them stand `judge`, which says
//! what one marked party does to another, and what grammar alone tells: `clause` (subjects and objects) `quotation` (who speaks between quotation marks) and `headline` (title case read as a sentence).
pub mod act;
pub mod assemble;
pub mod certainty;
mod clause;
mod contact;
mod dating;
pub mod headline;
pub mod judge;
pub mod name;
pub mod place;
mod quotation;
mod reading;
mod resolve;
mod resolved;

pub use dating::{Calendar, tense_at};
pub use reading::Reading;
pub use resolve::resolve;
pub use resolved::{Mention, MentionKind, Resolved};
