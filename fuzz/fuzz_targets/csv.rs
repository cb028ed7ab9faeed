//! A table. What must hold stands in `checks/input.rs`.
//!
//! `cargo +nightly fuzz run csv -- -max_len=8192`

#![no_main]

#[path = "../checks/input.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| checks::csv(bytes));
