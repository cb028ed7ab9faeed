//! One file a command: its arguments, the call, the shape of its answer.

pub mod annotate;
pub mod extract;
pub mod read;
pub mod places;
pub mod relations;
pub mod actors;
pub mod times;
pub mod types;
