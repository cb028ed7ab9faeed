//! `speed DOCS.json`: words a second of this step alone, one thread, best of five rounds.

#![allow(clippy::print_stdout, reason = "the figure is the output")]

use std::time::Instant;

use detente_time::{Anchor, read};
use jiff::civil::Date;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: speed DOCS.json")?;
    let docs: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let docs: Vec<(&str, Option<Date>)> = docs.iter().map(document).collect();
    let words: usize = docs.iter().map(|(text, _)| text.split_whitespace().count()).sum();
    let best = (0..5).map(|_| round(&docs)).fold(f64::INFINITY, f64::min);
    println!("{words} words in {:.3} s: {:.0} words/s", best, words as f64 / best);
    Ok(())
}

fn document(doc: &Value) -> (&str, Option<Date>) {
    (doc["text"].as_str().unwrap_or_default(), doc["published"].as_str().and_then(|d| d.parse().ok()))
}

/// Seconds for all documents.
fn round(docs: &[(&str, Option<Date>)]) -> f64 {
    let start = Instant::now();
    let mut found = 0;
    for &(text, published) in docs {
        found += read(text, &Anchor { published, ..Anchor::default() }).timexes.len();
    }
    std::hint::black_box(found);
    start.elapsed().as_secs_f64()
}
