//! `detente places`: place names, and which places they are.

use std::io::Write;

use clap::Args;
use detente::english::English;
use detente::flow;
use detente::rows::{self, PlaceRow};
use serde::Serialize;

use crate::docs::{Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Print place names with GeoNames id, coordinates and country
#[derive(Debug, Args)]
pub struct Places {
    #[command(flatten)]
    docs: DocsOption,
}

impl Places {
    /// Resolves every document on all cores and prints a line a place name.
    pub fn run(self) -> Result<Outcome, Failure> {
        let docs = self.docs.read()?;
        let english = English::load();
        let mut out = output::stdout();
        progress::in_order(
            flow::all_cores(),
            || &docs,
            |doc| render(english, doc),
            |lines| out.write_all(&lines),
        )?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn render(english: &English, doc: &Doc) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows::places(&english.annotate(&doc.text)) {
        // Writing to memory cannot fail.
        let _ = output::json_line(&mut out, &Row { doc: &doc.id, row });
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    doc: &'a str,
    #[serde(flatten)]
    row: PlaceRow<'a>,
}
