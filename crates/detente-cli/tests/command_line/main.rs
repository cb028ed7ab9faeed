//! The built command, from outside.

mod column;
mod console;
mod contract;
mod docs;
mod hostile;
mod ingest;
mod kept;
mod seed;
mod snapshots;
