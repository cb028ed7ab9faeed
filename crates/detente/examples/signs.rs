//! What speaks for and against the events of documents: `signs DOCS.json`.
//!
//! Prints a line an event, as `train/certainty` reads it: its record as `detente read --format jsonl` writes it, with `signs` besides.

use std::io::{self, Write};

use detente::{EventRecord, Explanation, Pipeline};
use detente_ingest::{Options, Reader, Source};

fn main() -> io::Result<()> {
    let (pipeline, reader) = (Pipeline::builtin(), Reader::new(Options::default()));
    let mut out = io::stdout().lock();
    for name in std::env::args().skip(1) {
        for article in reader.read(Source::named(&name)) {
            let Ok(article) = article else { continue };
            for Explanation { event, signs, .. } in pipeline.explain_all(&article) {
                let mut line = serde_json::to_value(EventRecord::all(&article, &[event]).pop())?;
                line["signs"] = signs.iter().map(|shown| (shown.sign.as_str(), shown.value)).collect();
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}
