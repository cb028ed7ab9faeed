//! `detente events` writes what `detente read` writes, from a ledger.

use std::path::{Path, PathBuf};

use crate::console;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
const REPORTS: [&str; 3] = ["embassies.txt", "panmunjom.txt", "salisbury.txt"];

fn run(arguments: &[&str]) -> Vec<u8> {
    let output = console::detente(Path::new(EXAMPLES), arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A ledger of the example reports, made anew.
fn ledger(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    let path = path.display().to_string();
    run(&[&["ingest", "--ledger", &path], &REPORTS[..]].concat());
    path
}

/// The header, then the rows in an order of their own.
fn rows(table: &[u8]) -> Vec<String> {
    let table = String::from_utf8(table.to_vec()).expect("UTF-8");
    let mut rows: Vec<String> = table.lines().map(str::to_owned).collect();
    rows[1..].sort();
    rows
}

#[test]
fn rows_of_a_ledger_are_those_of_reading() {
    let ledger = ledger("kept-rows.db");
    let read = rows(&run(&[&["read", "--format", "csv"], &REPORTS[..]].concat()));
    let kept = rows(&run(&["events", "--ledger", &ledger, "--format", "csv"]));
    assert!(read.len() > 20);
    assert_eq!(kept, read);
    // As many as are asked for, and a header where nothing fits.
    let three = run(&["events", "--ledger", &ledger, "--format", "csv", "--limit", "3"]);
    assert_eq!(rows(&three).len(), 4);
    let none = run(&["events", "--ledger", &ledger, "--format", "csv", "--from", "2030-01-01"]);
    assert_eq!(rows(&none), read[..1]);
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_of_a_ledger_is_whole() {
    let ledger = ledger("kept-parquet.db");
    let file = run(&["events", "--ledger", &ledger, "--format", "parquet"]);
    let read = run(&[&["read", "--format", "parquet"], &REPORTS[..]].concat());
    assert!(file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    let near = |a: usize, b: usize| a.abs_diff(b) * 10 < b;
    assert!(near(file.len(), read.len()), "{} bytes against {}", file.len(), read.len());
}
