//! The desk, asked in process: over a ledger of the project's own episodes and examples.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on fails")]

#[path = "desk/hostile.rs"]
mod hostile;
#[path = "desk/interface.rs"]
mod interface;
#[path = "desk/letters.rs"]
mod letters;
#[path = "desk/made.rs"]
mod made;
#[path = "desk/newsroom.rs"]
mod newsroom;
#[path = "desk/pages.rs"]
mod pages;
#[path = "desk/running.rs"]
mod running;
#[path = "desk/shapes.rs"]
mod shapes;
#[path = "desk/subscribers.rs"]
mod subscribers;
