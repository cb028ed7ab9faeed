//! The seeds of the fuzz targets of this room, and every input that one of them found: whatever comes out holds together.

use std::path::{Path, PathBuf};

#[path = "../../../fuzz/checks/input.rs"]
mod checks;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds");

/// A target that takes bytes alone, and what must hold for them.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 6] = [
    ("html", checks::html),
    ("warc", checks::warc),
    ("feed", checks::feed),
    ("jsonl", checks::jsonl),
    ("csv", checks::csv),
    ("compressed", checks::compressed),
];

fn seeds(target: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(SEEDS).join(target)).expect("a folder of seeds");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no seeds in {target}");
    files
}

#[test]
fn what_must_hold_holds_for_every_seed() {
    for (target, check) in TARGETS {
        seeds(target).iter().for_each(|seed| check(&std::fs::read(seed).expect("a seed")));
    }
    for seed in seeds("charset") {
        let bytes = std::fs::read(seed).expect("a seed");
        ["", "shift_jis", "utf-16", "windows-1252"]
            .into_iter()
            .for_each(|label| checks::charset(label, &bytes));
    }
}
