//! The seeds of the fuzz targets, and every input that one of them found: whatever comes out holds together.

use std::path::{Path, PathBuf};

use detente_ingest::{Hint, LanguageGate, Options, Reader, Source, decode};
use detente_model::Article;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds");

/// What the targets put before their input, and the name under which it is read.
const TARGETS: [(&str, &str, &[u8]); 6] = [
    ("html", "a.html", b""),
    ("warc", "a.warc", b"WARC/1.0\r\n"),
    ("feed", "a.xml", b""),
    ("jsonl", "a.jsonl", b""),
    ("csv", "a.csv", b""),
    ("compressed", "a.txt.gz", b""),
];

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(SEEDS).join(folder)).expect("a folder of seeds");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no seeds in {folder}");
    files
}

fn packed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let magic: &[u8] = if bytes.remove(0).is_multiple_of(2) { b"\x1f\x8b\x08" } else { b"\x28\xb5\x2f\xfd" };
    [magic, &bytes].concat()
}

fn holds_together(article: &Article, path: &Path) {
    let mut end = 0;
    for block in &article.blocks {
        assert!(end <= block.span.start && block.span.start < block.span.end, "{}", path.display());
        assert!(article.text.get(block.span.range()).is_some(), "{}", path.display());
        end = block.span.end;
    }
}

#[test]
fn every_seed_is_read() {
    let reader = Reader::new(Options { gate: LanguageGate::Pass, ..Options::default() });
    for (folder, name, head) in TARGETS {
        for path in files(folder) {
            let bytes = std::fs::read(&path).expect("a seed");
            let bytes = if folder == "compressed" { packed(bytes) } else { bytes };
            let source = Source::Bytes(name.to_owned(), [head, &bytes].concat());
            reader.read(source).flatten().for_each(|article| holds_together(&article, &path));
        }
    }
    for path in files("charset") {
        let bytes = std::fs::read(&path).expect("a seed");
        for hint in [Hint::None, Hint::Html, Hint::Label("shift_jis"), Hint::Label("utf-16")] {
            let _ = decode(&bytes, hint);
        }
    }
}
