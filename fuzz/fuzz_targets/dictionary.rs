//! Dictionaries from anywhere. What must hold stands in `checks`.
//!
//! `cargo +nightly fuzz run dictionary -- -max_len=4096`

#![no_main]

#[path = "../checks/mod.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| checks::dictionary(input));
