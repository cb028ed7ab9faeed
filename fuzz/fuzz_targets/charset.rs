//! Any bytes with any label of their charset. What must hold stands in `checks/input.rs`.
//!
//! `cargo +nightly fuzz run charset -- -max_len=4096`

#![no_main]

#[path = "../checks/input.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| checks::charset(input.0, input.1));
