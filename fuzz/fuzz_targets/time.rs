//! Any text, anchored or not. What must hold stands in `checks`.
//!
//! `cargo +nightly fuzz run time -- -max_len=4096`

#![no_main]

#[path = "../checks/mod.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| checks::time(input));
