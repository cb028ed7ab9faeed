//! Any bytes as a WARC archive: it ends, and what it gives holds together.
//!
//! `cargo +nightly fuzz run warc -- -max_len=8192`

#![no_main]

use detente_ingest::{LanguageGate, Limits, Options, Reader, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 16, ..Limits::default() };
    let options = Options { gate: LanguageGate::Pass, limits, ..Options::default() };
    let reader = Reader::new(options);
    let source = Source::Bytes("a.warc".to_owned(), [b"WARC/1.0\r\n", bytes].concat());
    for article in reader.read(source).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            assert!(end <= block.span.start && block.span.start < block.span.end);
            assert!(article.text.get(block.span.range()).is_some());
            end = block.span.end;
        }
    }
});
