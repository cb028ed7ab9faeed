//! Any bytes, any label: text comes out, and valid UTF-8 without a label comes out as it was.
//!
//! `cargo +nightly fuzz run charset -- -max_len=4096`

#![no_main]

use detente_ingest::{Hint, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (label, bytes) = input;
    let _ = decode(bytes, Hint::Label(label));
    let _ = decode(bytes, Hint::Html);
    let decoded = decode(bytes, Hint::None);
    if let Ok(text) = std::str::from_utf8(bytes).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text)) {
        assert!(text.contains('\0') || bytes.starts_with(b"\xfe\xff") || decoded.text == text);
    }
});
