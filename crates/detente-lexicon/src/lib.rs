//! Who is who: states, organisations, armed groups, peoples, titles and persons, each with what they are on which day.
//!
//! A [`Subject`] is whoever can be named; its [`Role`]s say what it is and when (whose state, which part of society, which
//! office); a [`Form`] is a phrase that names it. The records are small text tables under `data/`, described in
//! `data/README.md`, checked and packed when the crate is built, and taken in once at the start ([`Lexicon::builtin`]).
//!
//! This room promises that a look-up gives what the records say for the day asked, and that a fault in a user's file is
//! told with file and line while its good entries are used. It does not read texts: which mention in an article means whom
//! is for the resolver of `detente-code`.

mod builtin;
mod distance;
pub mod folder;
mod lexicon;
mod names;
mod normal;
mod pack;
mod period;
mod plural;
mod record;
mod search;
pub mod source;

pub use distance::{bound as slips_allowed, within as distance_within};
pub use lexicon::{Holding, Lexicon, Match, Standing, Subject};
pub use normal::{Case, key_of};
pub use period::{BadPeriod, Period};
pub use record::{Form, Kind, Office, OfficeRecord, Role, SubjectId, Word};
