//! One file a command: its arguments, the call, the shape of its answer.

pub mod actors;
pub mod annotate;
pub mod ask;
pub mod explain;
pub mod extract;
pub mod places;
pub mod read;
pub mod relation;
pub mod relations;
pub mod times;
pub mod types;
