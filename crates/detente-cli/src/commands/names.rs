//! `detente names`: names, and what they name.

use std::io::Write;

use clap::Args;
use detente::english::English;
use detente::flow;
use detente::rows::{self, NameRow};
use serde::Serialize;

use crate::docs::{Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Print names of persons, organisations, places and peoples
#[derive(Debug, Args)]
pub struct Names {
    #[command(flatten)]
    docs: DocsOption,
}

impl Names {
    /// Reads every document on all cores and prints a line a name.
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
    for row in rows::names(&english.annotate(&doc.text), doc.published) {
        // Writing to memory cannot fail.
        let _ = output::json_line(&mut out, &Row { doc: &doc.id, row });
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    doc: &'a str,
    #[serde(flatten)]
    row: NameRow<'a>,
}
