//! Dictionaries from anywhere: tables, TOML records, PETRARCH and TABARI files. No input may panic, and every entry that is
//! taken can be looked up again.
#![no_main]

use detente_lexicon::{Lexicon, folder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for file in ["actors.tsv", "a.toml", "x.actors.txt", "titles.tsv", "states.tsv", "persons/x.tsv"] {
        let mut lexicon = Lexicon::default();
        folder::read_text(&mut lexicon, file, &text);
        for subject in lexicon.subjects() {
            let _ = subject.role_on(None);
            let words: Vec<&str> = subject.name().split_whitespace().collect();
            let _ = lexicon.lookup(&words, 0);
            let _ = lexicon.find(subject.name(), None);
        }
    }
});
