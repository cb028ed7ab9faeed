//! detente: from a report to dated, attributed events.
//!
//! The facade over the rooms. [`Pipeline`] holds what is loaded once and shared by all threads; its steps read like the way of
//! the data: article, reading, annotated, resolved, acts, events. A [`Shelf`] keeps reports, in memory ([`Dossier`]) or in a
//! ledger; [`relation`] and [`answer`] ask it. Nothing here prints, reads arguments, or knows the time.

pub mod codebook;
mod dossier;
pub mod episodes;
mod explain;
pub mod flow;
#[cfg(feature = "store")]
mod kept;
mod parties;
mod pipeline;
pub mod rows;
mod shelf;

pub use detente_model::{EventRecord, PartyRecord};
pub use dossier::Dossier;
pub use explain::{Explanation, Folding, Mark, Played};
#[cfg(feature = "store")]
pub use kept::Kept;
pub use parties::Parties;
pub use pipeline::{Coded, Pipeline};
pub use shelf::{Answered, Pair, Shelf, Wish, answer, relation};

pub use detente_acts as acts;
pub use detente_assess as assess;
pub use detente_code as code;
pub use detente_english as english;
pub use detente_gazetteer as gazetteer;
pub use detente_ledger as ledger;
pub use detente_lexicon as lexicon;
pub use detente_model as model;
