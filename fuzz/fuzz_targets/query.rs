//! Any words, places and cursors asked of a ledger. What must hold stands in `checks`.
//!
//! `cargo +nightly fuzz run query -- -max_len=4096`

#![no_main]

#[path = "../checks/mod.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| checks::query(input));
