//! Any bytes, read as text: the pipeline gives a result that holds together.
//!
//! `cargo +nightly fuzz run annotate -- -max_len=4096`

#![no_main]

use detente_english::{English, picture};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let doc = English::load().annotate(&text);
    let mut end = 0;
    for token in doc.tokens() {
        assert!(end <= token.span().start && token.span().start < token.span().end);
        assert!(token.sentence().range().contains(&token.head().i()));
        end = token.span().end;
    }
    for sentence in doc.sentences() {
        assert_eq!(picture::tree(sentence).lines().count(), sentence.range().len());
        assert!(picture::svg(sentence).ends_with("</svg>\n"));
    }
});
