//! The built command, from outside.

mod console;
mod contract;
mod ingest;
mod seed;
mod snapshots;
