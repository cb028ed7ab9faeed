//! Any bytes as an RSS or Atom feed: it ends, and what it gives holds together.
//!
//! `cargo +nightly fuzz run feed -- -max_len=8192`

#![no_main]

use detente_ingest::{LanguageGate, Limits, Options, Reader, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { document_bytes: 1 << 16, ..Limits::default() };
    let options = Options { gate: LanguageGate::Pass, limits, ..Options::default() };
    let reader = Reader::new(options);
    let whole = bytes.starts_with(b"<") || bytes.starts_with(b"{");
    let head: &[u8] = if whole { b"" } else { b"<?xml version='1.0'?><rss><channel>" };
    let source = Source::Bytes("a.xml".to_owned(), [head, bytes].concat());
    for article in reader.read(source).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            assert!(end <= block.span.start && block.span.start < block.span.end);
            assert!(article.text.get(block.span.range()).is_some());
            end = block.span.end;
        }
    }
});
