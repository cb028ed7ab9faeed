//! What the user names to be read: files, folders, addresses, standard input, or a file of documents.

use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use detente::flow;
use detente_ingest::{Articles, InputError, Options, Problem, Reader, Source};
use detente_model::{DateBasis, Days, Published, Severity};
use jiff::civil::Date;

use crate::failure::{self, Outcome};
use crate::limits::LimitOptions;

/// The arguments of every command that reads articles.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files, folders, http(s) addresses, or - for standard input: pages, texts, feeds, JSON Lines, CSV, WARC; .gz and .zst too
    #[arg(value_name = "INPUT", required_unless_present = "docs")]
    inputs: Vec<String>,
    /// A JSON list of {id, published, title, text}
    #[arg(long, value_name = "DOCS.json", conflicts_with = "inputs")]
    docs: Option<PathBuf>,
    /// The day of the reports; it comes before what the input says
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// Code on so many threads; without it, on all cores
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Inputs {
    /// A reader with the user's options.
    pub fn reader(&self) -> Reader {
        let given = |day| Published { days: Days::on(day), basis: DateBasis::Given, reasons: Vec::new() };
        self.limits.reader(Options { published: self.published.map(given), ..Options::default() })
    }

    /// How many threads code.
    pub fn threads(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(flow::all_cores)
    }

    /// The articles of every input in order, with what could not be read between them.
    pub fn articles<'r>(&'r self, reader: &'r Reader) -> Articles<'r> {
        match &self.docs {
            Some(path) => reader.read(Source::named(&path.to_string_lossy())),
            None => Box::new(self.inputs.iter().flat_map(|input| reader.read(Source::named(input)))),
        }
    }
}

/// Names on standard error what could not be read, and what to do about it.
pub fn report(error: &InputError) -> Outcome {
    eprintln!("detente: {error}");
    if let Some(hint) = hint(&error.problem) {
        eprintln!("hint: {hint}");
    }
    match error.problem.severity() {
        Severity::Error => Outcome::Partial,
        _ => Outcome::Complete,
    }
}

fn hint(problem: &Problem) -> Option<&'static str> {
    match problem {
        Problem::Io(error) if error.kind() == io::ErrorKind::NotFound => Some(failure::NOT_FOUND),
        Problem::Binary(_) => Some("save it as text or HTML first"),
        Problem::Damaged(_) | Problem::Warc(_) => Some("fetch or copy it again"),
        Problem::Empty => Some("look whether it was saved whole"),
        Problem::Json(_) => Some(failure::DOCS_SHAPE),
        Problem::Csv(_) => Some("wanted: a first row that names the columns id, published, title, text"),
        Problem::Language(_) => Some("only English is read; other languages are never coded as English"),
        Problem::NoFetcher => Some("save the page and name the file"),
        _ => None,
    }
}
