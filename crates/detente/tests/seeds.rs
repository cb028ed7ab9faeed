//! The seeds of the fuzz targets of the rooms behind the coder, and every input that one of them found.

#![cfg(feature = "store")]

use std::path::{Path, PathBuf};

#[path = "../../../fuzz/checks/mod.rs"]
mod checks;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds");

fn seeds(target: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(SEEDS).join(target)).expect("a folder of seeds");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no seeds in {target}");
    files
}

fn bytes(target: &str, check: fn(&[u8])) {
    for seed in seeds(target) {
        check(&std::fs::read(seed).expect("a seed"));
    }
}

/// A target that takes text is not given anything else.
fn text(target: &str, check: fn(&str)) {
    for seed in seeds(target) {
        if let Ok(text) = std::fs::read_to_string(seed) {
            check(&text);
        }
    }
}

#[test]
fn what_must_hold_holds_for_every_seed() {
    bytes("annotate", checks::annotate);
    text("time", checks::time);
    text("coder", checks::coder);
    text("question", checks::question);
    bytes("dictionary", checks::dictionary);
    bytes("exchange", checks::exchange);
    text("query", checks::query);
    bytes("ledger_file", checks::ledger_file);
}
