//! The built command, from outside.

mod column;
mod console;
mod contract;
mod ingest;
mod seed;
mod snapshots;
