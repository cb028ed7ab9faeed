//! One file a command: its arguments, the call, the shape of its answer.

pub mod actors;
pub mod types;
