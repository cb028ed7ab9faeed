//! The facade in a few lines: files of articles in, a line of JSON for each event out.
//!
//! ```sh
//! cargo run -p detente --example events -- report.txt DOCS.json
//! ```

use std::io::{self, Write};

use detente::{EventRecord, Pipeline};
use detente_ingest::{Options, Reader, Source};

fn main() -> io::Result<()> {
    let (pipeline, reader) = (Pipeline::builtin(), Reader::new(Options::default()));
    let mut out = io::stdout().lock();
    for name in std::env::args().skip(1) {
        for article in reader.read(Source::named(&name)) {
            let Ok(article) = article else { continue };
            let coded = pipeline.read(&article);
            for record in EventRecord::all(&article, &coded.events) {
                serde_json::to_writer(&mut out, &record)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}
