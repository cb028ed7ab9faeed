//! What the user names to be read: files, folders, addresses, standard input, or a file of documents.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::Args;
use detente::flow;
use detente_ingest::{Binary, Document, Documents, InputError, Options, Problem, Reader, Source};
use detente_model::{Article, DateBasis, Days, Diagnostic, Published, Severity};
use jiff::civil::Date;

use crate::failure::{self, Failure, Outcome};
use crate::limits::LimitOptions;
use crate::records::RecordsOption;
use crate::{paint, progress};

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
    pub records: RecordsOption,
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

    /// The documents of every input in order, with what could not be taken out between them.
    pub fn documents<'r>(&'r self, reader: &'r Reader) -> Documents<'r> {
        match &self.docs {
            Some(path) => reader.documents(Source::named(&path.to_string_lossy())),
            None => Box::new(self.inputs.iter().flat_map(|input| reader.documents(source(input)))),
        }
    }

    /// Reads every document and makes something of its article on all threads, and takes it in the order of the input; what could not be read is named in
    /// its place.
    pub fn each<T: Send>(
        &self,
        make: impl Fn(Article) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let reader = self.reader();
        let mut outcome = Outcome::Complete;
        progress::in_order(
            self.threads(),
            || self.documents(&reader),
            |found| Made::reading(&reader, found, &make),
            |made| made.told(&mut outcome).map_or(Ok(()), &mut take),
        )?;
        Ok(outcome)
    }
}

/// What was made of an article, or why there was none, with what is to be said when its turn comes.
pub struct Made<T> {
    lacks: (String, Vec<Diagnostic>),
    made: Result<T, InputError>,
}

impl<T> Made<T> {
    /// Reads a document and makes something of its article.
    pub fn reading(
        reader: &Reader,
        found: Result<Document, InputError>,
        make: impl FnOnce(Article) -> T,
    ) -> Self {
        Self::of(found.and_then(|document| reader.article(document)), make)
    }

    /// Makes something of an article that was read.
    pub fn of(read: Result<Article, InputError>, make: impl FnOnce(Article) -> T) -> Self {
        let lacks = read.as_ref().map(lacks_of).unwrap_or_default();
        Self { lacks, made: read.map(make) }
    }

    /// Says on standard error what was lacking, and gives what was made.
    pub fn told(self, outcome: &mut Outcome) -> Option<T> {
        remark(&self.lacks.0, &self.lacks.1);
        match self.made {
            Ok(made) => Some(made),
            Err(error) => {
                *outcome = outcome.and(report(&error));
                None
            }
        }
    }
}

/// What an argument means; whoever is about to type into the terminal is told so.
fn source(input: &str) -> Source {
    let source = Source::named(input);
    if source == Source::Stdin && io::stdin().is_terminal() {
        eprintln!("detente: type or paste a report; Ctrl-D on a line of its own ends it");
    }
    source
}

/// Names on standard error what could not be read, and what to do about it.
pub fn report(error: &InputError) -> Outcome {
    eprintln!("detente: {}", paint::one_line(&error.to_string()));
    if let Some(hint) = hint(error) {
        hint_once(&hint);
    }
    match error.problem.severity() {
        Severity::Error => Outcome::Partial,
        _ => Outcome::Complete,
    }
}

/// What an article that was read lacks: no text found in a page, or only its beginning read.
fn lacks_of(article: &Article) -> (String, Vec<Diagnostic>) {
    let lacks = article.diagnostics.iter().filter(|found| found.severity != Severity::Note);
    (article.id.clone(), lacks.cloned().collect())
}

/// Says on standard error what was found wanting in an article.
pub fn remark<'d>(article: &str, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) {
    for found in diagnostics {
        eprintln!("detente: {}: {} [{}]", paint::one_line(article), found.message, found.code);
        if let Some(hint) = &found.hint {
            hint_once(hint);
        }
    }
}

/// A thousand files with one fault need its hint once.
pub fn hint_once(hint: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.insert(hint.to_owned()) {
        eprintln!("hint: {hint}");
    }
}

fn hint(error: &InputError) -> Option<Cow<'static, str>> {
    let hint = match &error.problem {
        Problem::Io(fault) => return failure::unreadable_hint(Path::new(&error.source_name), fault.kind()),
        Problem::Binary(kind) => binary_hint(*kind),
        Problem::Damaged(_) | Problem::Warc(_) | Problem::Feed(_) => "fetch or copy it again",
        Problem::Bomb(_) | Problem::TooLarge(_) => {
            "if it is meant to be so large, say so with --max-size MIB"
        }
        Problem::Empty => "look whether it was saved whole",
        Problem::EmptyFolder => "hidden files and links to folders are passed over; check the path",
        Problem::NoArticle => {
            "look whether it is the right file: it is well-formed, but lists nothing to read"
        }
        Problem::Json(_) => failure::DOCS_SHAPE,
        Problem::Csv(_) => "wanted: a first row that names the columns id, published, title, text",
        Problem::NoText(_) => "give the field of the text one of these names",
        Problem::Language(_) => "only English is read; other languages are never coded as English",
        Problem::TooDeep(_) => "name the folders inside it one by one",
        Problem::Fetch(_) => "look whether a browser opens it; or save the page and name the file",
        Problem::NoFetcher => "save the page and name the file",
        _ => return None,
    };
    Some(hint.into())
}

/// How to get at the text of a file that holds none as it is.
pub fn binary_hint(kind: Binary) -> &'static str {
    match kind {
        Binary::Pdf => "turn it into text first: pdftotext -layout FILE.pdf - | detente read -",
        Binary::Zip => "unpack it and name the folder; a document: save it as text or HTML",
        Binary::Office => "save it as text or HTML first",
        Binary::Picture | Binary::Sound => "only text is read: type out what it says",
        Binary::Database => "a ledger is asked, not read: detente events --ledger FILE",
        Binary::Bzip2 => "unpack it: bzip2 -dc FILE | detente read -",
        Binary::Xz => "unpack it: xz -dc FILE | detente read -",
        _ => "read are texts, Markdown, pages, feeds, JSON Lines, CSV and WARC; .gz and .zst too",
    }
}
