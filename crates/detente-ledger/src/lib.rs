//! The ledger: reports, events and contacts, kept and found again.
//!
//! `derive` makes clusters and contacts of reports, `compare` says how two codings differ, `exchange` writes and reads the formats of other event data sets, `store`
//! keeps all of it in SQLite or PostgreSQL (feature `store`). It knows no lexicon and no parse, and reads no clock: days come in from outside.

pub mod compare;
pub mod derive;
pub mod exchange;
#[cfg(feature = "store")]
pub mod store;
