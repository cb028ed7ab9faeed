//! What pages and machines see: the nouns of the model with names, addresses and words for people.

mod article;
mod contact;
mod event;
mod party;
mod sentence;
mod verdict;

pub use article::{ArticleRecord, Paragraph};
pub use contact::{ContactRecord, month_in_words};
pub use event::{EventRecord, PlaceRecord};
pub use party::{PairRecord, PartyRecord};
pub use sentence::{MarkRecord, Piece, explained};
pub use verdict::{SectionRecord, VerdictRecord};
