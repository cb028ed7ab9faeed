//! Any bytes as JSON Lines or a JSON list: every line or item is an article or an error.
//!
//! `cargo +nightly fuzz run jsonl -- -max_len=8192`

#![no_main]

use detente_ingest::{LanguageGate, Limits, Options, Reader, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 16, ..Limits::default() };
    let options = Options { gate: LanguageGate::Pass, limits, ..Options::default() };
    let reader = Reader::new(options);
    let head: &[u8] = if bytes.starts_with(b"[") { b"" } else { b"{\"text\":\"a\"}\n" };
    let source = Source::Bytes("a.jsonl".to_owned(), [head, bytes].concat());
    for article in reader.read(source).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            assert!(end <= block.span.start && block.span.start < block.span.end);
            assert!(article.text.get(block.span.range()).is_some());
            end = block.span.end;
        }
    }
});
