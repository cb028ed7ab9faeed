//! Any bytes as a page: no panic, blocks in order that cover every byte that is not white space once.
//!
//! `cargo +nightly fuzz run html -- -max_len=8192`

#![no_main]

use detente_ingest::{Hint, LanguageGate, Options, article_from_html, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { gate: LanguageGate::Pass, ..Options::default() };
    let article = article_from_html("a", &decode(bytes, Hint::Html).text, &options);
    let mut end = 0;
    for block in &article.blocks {
        assert!(article.text[end..block.span.start].trim().is_empty());
        assert!(block.span.start < block.span.end);
        end = block.span.end;
    }
    assert!(article.text[end..].trim().is_empty());
});
