//! One file a command: its arguments, the call, the shape of its answer.

#[cfg(feature = "serve")]
pub mod account;
pub mod actors;
pub mod agenda;
pub mod annotate;
pub mod ask;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod events;
pub mod explain;
pub mod export;
pub mod extract;
pub mod import;
pub mod ingest;
pub mod ledger;
pub mod places;
pub mod read;
pub mod relation;
pub mod relations;
pub mod review;
#[cfg(feature = "serve")]
pub mod serve;
pub mod times;
pub mod types;
pub mod watch;
