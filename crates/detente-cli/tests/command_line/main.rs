//! The built command, from outside.

mod column;
mod console;
mod contract;
mod docs;
#[cfg(feature = "fetch")]
mod follow;
mod hostile;
mod ingest;
mod kept;
mod seed;
#[cfg(feature = "serve")]
mod serve;
mod snapshots;
