//! The built command, from outside.

mod console;
mod contract;
mod snapshots;
