//! Any report, from text to events. What must hold stands in `checks`.
//!
//! `cargo +nightly fuzz run coder -- -max_len=4096`

#![no_main]

#[path = "../checks/mod.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| checks::coder(input));
