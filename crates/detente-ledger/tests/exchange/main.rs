//! What goes out and comes in: snapshots of every format, what the docs say of them, round trips, and files of any bytes.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p detente-ledger --test exchange` writes the snapshots and the tables of `docs/exports.md` anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod docs;
mod peers;
mod properties;
mod read;
mod round_trip;
mod sample;
mod snapshots;
