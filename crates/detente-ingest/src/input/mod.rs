//! Sources of any format to documents and these to articles, one after the other, in constant memory.
//!
//! What a source is is decided by its first bytes, and by its name where bytes cannot tell (CSV, Markdown). Packed
//! sources are unpacked on the way. Something that cannot be read is an [`InputError`] in its place; the rest goes on.

mod csv;
mod document;
mod feed;
mod folder;
mod json;
mod packed;
mod sniff;
mod warc;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use detente_model::{Article, Severity};

pub use self::document::Document;
use self::document::{Page, Text, Unread};
pub use self::feed::Entry;
use self::sniff::Format;
pub use self::sniff::binary;
use crate::fetch::{Fetch, Fetched};
use crate::language::{Language, of_article};
use crate::{InputError, LanguageGate, Options, Problem, cut_short};

/// Articles in the order of their source, with what could not be read in its place.
pub type Articles<'r> = Box<dyn Iterator<Item = Result<Article, InputError>> + 'r>;

/// Documents in the order of their source, not read yet, with what could not be taken out in its place.
pub type Documents<'r> = Box<dyn Iterator<Item = Result<Document, InputError>> + 'r>;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder with everything in it.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes in memory, with a name for messages.
    Bytes(String, Vec<u8>),
    /// An address; needs a fetcher.
    Url(String),
}

impl Source {
    /// What an argument of a command line means: `-`, an address, or a path.
    pub fn named(argument: &str) -> Self {
        match argument {
            "-" => Self::Stdin,
            _ if argument.starts_with("http://") || argument.starts_with("https://") => {
                Self::Url(argument.to_owned())
            }
            _ => Self::Path(PathBuf::from(argument)),
        }
    }
}

/// Reads sources.
#[derive(Default)]
pub struct Reader {
    options: Options,
    fetcher: Option<Box<dyn Fetch>>,
}

impl Reader {
    /// A reader of files and streams; addresses are refused until it has a fetcher.
    pub fn new(options: Options) -> Self {
        Self { options, fetcher: None }
    }

    /// The same with a way to fetch addresses.
    pub fn with_fetcher(self, fetcher: Box<dyn Fetch>) -> Self {
        Self { fetcher: Some(fetcher), ..self }
    }

    /// The articles of one source; a source that holds none says so.
    pub fn read(&self, source: Source) -> Articles<'_> {
        Box::new(self.documents(source).map(|found| found.and_then(|document| self.article(document))))
    }

    /// The documents of one source, to be read by [`Reader::article`] on any thread; a source that holds none says so.
    pub fn documents(&self, source: Source) -> Documents<'_> {
        let nothing = nothing_in(&source);
        let mut documents = self.found(source).peekable();
        match documents.peek() {
            Some(_) => Box::new(documents),
            None => one(Err(nothing)),
        }
    }

    fn found(&self, source: Source) -> Documents<'_> {
        match source {
            Source::Path(path) => self.path(path, 0),
            Source::Stdin => self.stream("-".to_owned(), Box::new(BufReader::new(io::stdin()))),
            Source::Bytes(name, bytes) => self.stream(name, Box::new(Cursor::new(bytes))),
            Source::Url(url) => self.url(&url),
        }
    }

    /// The entries of a feed that the caller holds, as far as it is well-formed, and what is wrong with the rest.
    pub fn entries(&self, feed: &[u8]) -> (Vec<Entry>, Option<Problem>) {
        feed::entries(&feed[..feed.len().min(self.options.limits.document_bytes)])
    }

    /// The article of an entry of a feed of this name: from its page where that was fetched, else from the feed's own text.
    pub fn entry(&self, feed: &str, entry: &Entry, page: Option<&Fetched>) -> Result<Article, InputError> {
        self.article(feed::document(feed, entry, page)?)
    }

    fn gate(&self, article: Article) -> Result<Article, InputError> {
        match of_article(&article) {
            Language::Other(code) if self.options.gate == LanguageGate::Skip && has_report(&article) => {
                Err(Problem::Language(code.to_owned()).of(article.id))
            }
            _ => Ok(article),
        }
    }

    fn path(&self, path: PathBuf, depth: usize) -> Documents<'_> {
        if path.is_dir() {
            return folder::read(self, &path, depth);
        }
        let name = path.display().to_string();
        match File::open(&path) {
            Ok(file) => self.stream(name, Box::new(BufReader::with_capacity(1 << 16, file))),
            Err(error) => one(Err(Problem::Io(error).of(name))),
        }
    }

    fn url(&self, url: &str) -> Documents<'_> {
        let Some(fetcher) = &self.fetcher else { return one(Err(Problem::NoFetcher.of(url))) };
        match fetcher.get(url) {
            Ok(fetched) => self.fetched(fetched),
            Err(error) => one(Err(Problem::Fetch(error).of(url))),
        }
    }

    fn fetched(&self, fetched: Fetched) -> Documents<'_> {
        let head = &fetched.body[..fetched.body.len().min(sniff::HEAD)];
        match sniff::format(head, Path::new("")) {
            Ok(Format::Html) => one(Ok(Page::from(fetched).into())),
            _ => self.stream(fetched.url, Box::new(Cursor::new(fetched.body))),
        }
    }

    /// Any stream: unpacked, sniffed, read.
    fn stream(&self, name: String, stream: Box<dyn BufRead>) -> Documents<'_> {
        let unpacked = packed::open(stream, &self.options.limits);
        let (head, stream) = match unpacked.and_then(sniff::peek) {
            Ok(found) => found,
            Err(error) => return one(Err(packed::problem(error).of(name))),
        };
        let format = match sniff::format(&head, &packed::inner_name(Path::new(&name))) {
            Ok(format) => format,
            Err(problem) => return one(Err(problem.of(name))),
        };
        match format {
            Format::Warc => warc::read(self, name, stream),
            Format::JsonLines => json::lines(self, name, stream),
            Format::Json => json::items(self, name, stream),
            Format::Csv(separator) => csv::read(self, name, stream, separator),
            Format::Feed | Format::Html | Format::Markdown | Format::Text => {
                self.whole(&name, stream, format)
            }
        }
    }

    /// The formats that are read as one text.
    fn whole(&self, name: &str, stream: Box<dyn BufRead>, format: Format) -> Documents<'_> {
        let (bytes, cut) = match self.take(stream) {
            Ok(taken) => taken,
            Err(error) => return one(Err(packed::problem(error).of(name))),
        };
        if format == Format::Feed {
            return feed::read(self, name.to_owned(), &bytes);
        }
        let id = name.to_owned();
        one(Ok(match format {
            Format::Html => Page { id, body: bytes, cut, ..Page::default() }.into(),
            _ => Document(Unread::Text(Text { id, bytes, markdown: format == Format::Markdown, cut })),
        }))
    }

    /// Says once that only the beginning of an article's input was read.
    fn say_cut_short(&self, article: &mut Article) {
        let diagnostic = cut_short(self.options.limits.document_bytes);
        if article.diagnostics.iter().all(|found| found.code != diagnostic.code) {
            article.diagnostics.push(diagnostic);
        }
    }

    /// The bytes of one document, as far as the limit goes, and whether there were more.
    fn take(&self, stream: Box<dyn BufRead>) -> io::Result<(Vec<u8>, bool)> {
        let limit = self.options.limits.document_bytes;
        let mut bytes = Vec::new();
        stream.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        let cut = bytes.len() > limit;
        bytes.truncate(limit);
        Ok((bytes, cut))
    }
}

/// What is said of a source in which nothing is found.
fn nothing_in(source: &Source) -> InputError {
    match source {
        Source::Path(path) if path.is_dir() => Problem::EmptyFolder.of(path.display().to_string()),
        Source::Path(path) => Problem::NoArticle.of(path.display().to_string()),
        Source::Stdin => Problem::NoArticle.of("-"),
        Source::Bytes(name, _) | Source::Url(name) => Problem::NoArticle.of(name.as_str()),
    }
}

/// Whether anything was found that could be read; where not, its diagnostics say so.
fn has_report(article: &Article) -> bool {
    article.diagnostics.iter().all(|found| found.severity != Severity::Error)
}

fn one<'r>(result: Result<Document, InputError>) -> Documents<'r> {
    Box::new(std::iter::once(result))
}
