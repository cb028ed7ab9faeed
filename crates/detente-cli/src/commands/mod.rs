//! One file a command: its arguments, the call, the shape of its answer.

pub mod actors;
pub mod annotate;
pub mod export;
pub mod extract;
pub mod import;
pub mod places;
pub mod read;
pub mod relations;
pub mod times;
pub mod types;
