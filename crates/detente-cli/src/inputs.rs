//! What the user names to be read: files, folders, addresses, standard input, or a file of documents.

use std::path::PathBuf;

use clap::Args;
use detente::ingest::{HttpFetcher, HttpOptions, InputError, Options, Reader, Source};
use detente::model::{Article, DateBasis, Days, Published};
use jiff::civil::Date;

use crate::failure::Failure;

/// The arguments of every command that reads articles.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files, folders, http(s) addresses, or - for standard input: HTML, text, Markdown, feeds, JSON Lines, CSV, WARC, also .gz and .zst
    #[arg(value_name = "INPUT", required_unless_present = "docs")]
    inputs: Vec<String>,
    /// A JSON list of {id, published, title, text}
    #[arg(long, value_name = "DOCS.json", conflicts_with = "inputs")]
    docs: Option<PathBuf>,
    /// The day of the report, where the input does not say so itself
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// Let addresses lead to private networks
    #[arg(long)]
    allow_private: bool,
}

/// The articles of all inputs, one after the other, with what could not be read between them.
pub type Articles<'r> = Box<dyn Iterator<Item = Result<Article, InputError>> + 'r>;

impl Inputs {
    /// A reader with the user's options.
    pub fn reader(&self) -> Reader {
        let published = self.published.map(|day| Published { days: Days::on(day), basis: DateBasis::Given, reasons: Vec::new() });
        let reader = Reader::new(Options { published, ..Options::default() });
        let http = HttpOptions { allow_private: self.allow_private, ..HttpOptions::default() };
        reader.with_fetcher(Box::new(HttpFetcher::new(http)))
    }

    /// The articles of every input in order.
    pub fn articles<'r>(&'r self, reader: &'r Reader) -> Result<Articles<'r>, Failure> {
        if let Some(path) = &self.docs {
            return Ok(Box::new(reader.read(Source::named(&path.to_string_lossy()))));
        }
        Ok(Box::new(self.inputs.iter().flat_map(|input| reader.read(Source::named(input)))))
    }
}
