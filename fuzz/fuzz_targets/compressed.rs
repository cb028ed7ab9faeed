//! Any bytes as packed data, gzip and Zstandard: it ends within its limits.
//!
//! `cargo +nightly fuzz run compressed -- -max_len=4096`

#![no_main]

use detente_ingest::{LanguageGate, Limits, Options, Reader, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 16, ..Limits::default() };
    let options = Options { gate: LanguageGate::Pass, limits, ..Options::default() };
    let reader = Reader::new(options);
    let source = Source::Bytes("a.txt.gz".to_owned(), match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => [b"\x1f\x8b\x08", rest].concat(),
        Some((_, rest)) => [b"\x28\xb5\x2f\xfd", rest].concat(),
        None => Vec::new(),
    });
    for article in reader.read(source).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            assert!(end <= block.span.start && block.span.start < block.span.end);
            assert!(article.text.get(block.span.range()).is_some());
            end = block.span.end;
        }
    }
});
