//! `detente read`: who did what to whom, when, where, says who.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente::model::Article;
use detente::{Coded, EventRecord, Pipeline};
use jiff::civil::Date;

use crate::docs::{Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{inputs, output, progress, table};

/// Read reports and print their events
#[derive(Debug, Args)]
pub struct Read {
    /// Text files, folders, or - for standard input
    #[arg(value_name = "FILE", required_unless_present = "docs")]
    files: Vec<PathBuf>,
    /// A JSON list of {id, published, title, text}
    #[arg(long, value_name = "DOCS.json", conflicts_with = "files")]
    docs: Option<PathBuf>,
    /// The day of the report, where it does not say so itself
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Leave out events that the coder is less sure of
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    min_confidence: f32,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// A line of JSON an event
    Jsonl,
}

impl Read {
    /// Codes every report on all cores and prints in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let (docs, outcome) = match &self.docs {
            Some(path) => (DocsOption { docs: path.clone() }.read()?, Outcome::Complete),
            None => inputs::texts(&self.files),
        };
        let pipeline = Pipeline::builtin();
        let mut out = output::stdout();
        progress::in_order(&docs, |doc| self.code(&pipeline, doc), |text| out.write_all(&text))?;
        out.flush()?;
        Ok(outcome)
    }

    fn code(&self, pipeline: &Pipeline, doc: &Doc) -> Vec<u8> {
        let article = Article::of_text(&doc.id, &doc.title, &doc.text);
        let article = match doc.published.or(self.published) {
            Some(day) => article.published_on(day),
            None => article,
        };
        let mut coded = pipeline.read(&article);
        coded.events.retain(|event| event.confidence >= self.min_confidence);
        let mut out = Vec::new();
        // Writing to memory cannot fail.
        let _ = match self.format {
            Format::Jsonl => jsonl(&mut out, &article, &coded),
            Format::Table => table::events(&mut out, &article, &coded),
        };
        out
    }
}

fn jsonl(out: &mut impl Write, article: &Article, coded: &Coded) -> io::Result<()> {
    coded.events.iter().try_for_each(|event| output::json_line(out, &EventRecord::new(article, event)))
}
