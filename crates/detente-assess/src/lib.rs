//! What the acts between two parties add up to.
//!
//! From [`Observation`](detente_model::Observation)s, contacts and a count of what was read, this room makes a [`Series`] by day,
//! week or month, a [`Verdict`] (thaw, steady, freeze, mixed, or too little to say) with two flags and turning points, an [`Answer`]
//! in words whose every clause cites reports, and pictures. [`Question`] understands what is asked.
//!
//! It promises the same verdict for the same rows in any order, and reads nothing that was not known on the day asked about. It
//! does no input or output, knows no ledger and no lexicon, and never guesses: thin evidence is called thin. The method with its
//! limits and references stands in `docs/verdict.md`.

mod answer;
mod clause;
mod flag;
mod history;
mod index;
mod listing;
mod picture;
mod question;
mod series;
mod strand;
mod turning;
mod verdict;

pub use answer::{Answer, in_short};
pub use clause::{Clause, Section};
pub use flag::Flag;
pub use history::History;
pub use index::{Change, Volumes};
pub use picture::{Picture, figure, lanes, spark, svg};
pub use question::{Asked, Kind, Names, Question, forms};
pub use series::{Bin, Grain, Series};
pub use strand::Strand;
pub use turning::TurningPoint;
pub use verdict::{Direction, Evidence, Options, Outlook, Verdict, assess};
