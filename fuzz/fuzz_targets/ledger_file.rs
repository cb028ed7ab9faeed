//! A ledger with damaged bytes. What must hold stands in `checks`.
//!
//! `cargo +nightly fuzz run ledger_file -- -max_len=4096`

#![no_main]

#[path = "../checks/mod.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| checks::ledger_file(input));
