//! `detente times`: time expressions, with their TIMEX3 values and civil days.

use std::io::Write;

use clap::Args;
use detente::flow;
use detente::rows::{self, TimeRow};
use serde::Serialize;

use crate::docs::{Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Print time expressions with their TIMEX3 value and the civil days they cover
#[derive(Debug, Args)]
pub struct Times {
    #[command(flatten)]
    docs: DocsOption,
}

impl Times {
    /// Resolves every document on all cores and prints a line a time expression.
    pub fn run(self) -> Result<Outcome, Failure> {
        let docs = self.docs.read()?;
        let mut out = output::stdout();
        progress::in_order(flow::all_cores(), || &docs, render, |lines| out.write_all(&lines))?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn render(doc: &Doc) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows::times(&doc.text, doc.published) {
        // Writing to memory cannot fail.
        let _ = output::json_line(&mut out, &Row { doc: &doc.id, row });
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    doc: &'a str,
    #[serde(flatten)]
    row: TimeRow<'a>,
}
