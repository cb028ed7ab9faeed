//! One file a command: its arguments, the call, the shape of its answer.

pub mod annotate;
pub mod read;
pub mod relations;
pub mod places;
pub mod types;
