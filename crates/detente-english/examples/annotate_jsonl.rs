//! Annotates `DOCS.json` (a list of `{id, text, …}`) and writes a line of JSON a document:
//! `{id, tokens: [[idx, text, lemma, tag, pos, dep, head, ent_iob, ent_type, sent_start], …]}`.
//!
//! ```sh
//! cargo run --release -p detente-english --example annotate_jsonl -- DOCS.json > out.jsonl
//! ```
//!
//! With `--time` it writes figures instead: seconds to the first token and for all documents, and tokens.

use std::error::Error;
use std::io::{BufWriter, Write};
use std::time::Instant;

use detente_english::{Annotated, English, Token};
use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [time, path] = match &arguments[..] {
        [path] => ["", path],
        [flag, path] if flag == "--time" => ["--time", path],
        _ => return Err("usage: annotate_jsonl [--time] DOCS.json".into()),
    };
    let documents: Vec<Document> = serde_json::from_slice(&std::fs::read(path)?)?;
    let out = &mut BufWriter::new(std::io::stdout().lock());
    if time.is_empty() { write_all(&documents, out) } else { write_figures(&documents, out) }
}

fn write_all(documents: &[Document], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    for document in documents {
        let doc = English::load().annotate(&document.text);
        let line = serde_json::json!({"id": document.id, "tokens": rows(&doc)});
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn write_figures(documents: &[Document], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    English::load().annotate("First.");
    let first = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let tokens: usize = documents.iter().map(|d| English::load().annotate(&d.text).len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    let line = serde_json::json!({"first": first, "seconds": seconds, "tokens": tokens});
    writeln!(out, "{line}")?;
    Ok(())
}

fn rows(doc: &Annotated<'_>) -> Vec<serde_json::Value> {
    let (mut bytes, mut characters) = (0, 0);
    doc.tokens()
        .map(|token| {
            let start = token.span().start;
            characters += doc.text()[bytes..start].chars().count();
            bytes = start;
            row(token, characters)
        })
        .collect()
}

fn row(token: Token<'_>, offset: usize) -> serde_json::Value {
    let kind = token.entity_type().map_or("", |kind| kind.as_str());
    serde_json::json!([
        offset,
        token.text(),
        token.lemma(),
        token.tag(),
        token.pos(),
        token.dep(),
        token.head().i(),
        token.ent_iob(),
        kind,
        token.is_sent_start()
    ])
}
