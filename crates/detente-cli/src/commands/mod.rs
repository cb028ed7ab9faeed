//! One file a command: its arguments, the call, the shape of its answer.

pub mod places;
pub mod types;
