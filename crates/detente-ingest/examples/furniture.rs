//! Prints what is taken for furniture in documents that should have next to none, for reading.
//!
//!     furniture DOCS.json

#![allow(clippy::print_stdout, reason = "what is measured is printed")]

use detente_ingest::{Options, Reader, Source};
use detente_model::{BlockKind, Furniture};

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: furniture DOCS.json");
        std::process::exit(2);
    };
    let (mut all, mut aside) = (0, 0);
    for article in Reader::new(Options::default())
        .read(Source::named(&path))
        .filter_map(|result| result.map_err(|error| eprintln!("{error}")).ok())
    {
        for block in &article.blocks {
            let line = &article.text[block.span.range()];
            all += line.len();
            if let BlockKind::Furniture(kind) = block.kind {
                aside += line.len();
                println!("{}\t{}\t{}", article.id, Furniture::as_str(kind), line.replace('\n', " "));
            }
        }
    }
    eprintln!(
        "{aside} of {all} bytes set aside: {:.3} %",
        100.0 * f64::from(aside as u32) / f64::from(all.max(1) as u32)
    );
}
