//! What can keep an input from being read, each with a stable code.

use std::fmt;

use detente_model::{Diagnostic, Severity};

/// An input, or a piece of one, that gave no article.
#[derive(Debug, thiserror::Error)]
#[error("{source_name}: {problem} [{}]", problem.code())]
pub struct InputError {
    /// The file, address or record.
    pub source_name: String,
    /// What kept it from being read.
    pub problem: Problem,
}

/// What kept an input from being read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The system could not open or read it.
    #[error("cannot be read: {0}")]
    Io(std::io::Error),
    /// The bytes are a picture, a PDF, an office file or the like.
    #[error("is {0}, not text")]
    Binary(Binary),
    /// The gzip or Zstandard data is damaged or ends early.
    #[error("packed data is damaged: {0}")]
    Damaged(std::io::Error),
    /// The packed data grows beyond all measure.
    #[error("unpacks to more than {0} times its size")]
    Bomb(u64),
    /// A WARC ends inside a record, or a record's head makes no sense.
    #[error("WARC record is broken: {0}")]
    Warc(String),
    /// A feed is not well-formed.
    #[error("feed is broken: {0}")]
    Feed(String),
    /// A JSON document or line is not what was expected.
    #[error("JSON is broken: {0}")]
    Json(String),
    /// A CSV row is broken, or a column is missing.
    #[error("CSV is broken: {0}")]
    Csv(String),
    /// A record lacks its text.
    #[error("has no text in any of the fields {0}")]
    NoText(String),
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// Neither a folder nor those in it hold a file.
    #[error("holds no file")]
    EmptyFolder,
    /// A feed, an archive or a list is well-formed and has nothing in it that could be an article.
    #[error("holds no article")]
    NoArticle,
    /// It is not English; the ISO 639-3 code of what it is.
    #[error("is in {} and is skipped", language_name(.0))]
    Language(String),
    /// One document is larger than the limit and was left out.
    #[error("is larger than {0} bytes and is skipped")]
    TooLarge(usize),
    /// Folders lie too deep or in a circle.
    #[error("folders lie more than {0} deep")]
    TooDeep(usize),
    /// A page could not be fetched.
    #[error("cannot be fetched: {0}")]
    Fetch(String),
    /// Addresses are read only by a reader that was given a fetcher.
    #[error("is an address, and this reader has no fetcher")]
    NoFetcher,
}

/// What kind of file it is that holds no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Binary {
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// Sound or a film.
    Sound,
    /// A ZIP file, or an office file packed as one.
    Zip,
    /// An office file of another kind.
    Office,
    /// A program.
    Program,
    /// A SQLite database; a ledger is one.
    Database,
    /// A Parquet file.
    Parquet,
    /// A bzip2 file.
    Bzip2,
    /// An xz file.
    Xz,
    /// Anything else with many zeros or control signs.
    Data,
}

impl fmt::Display for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "a PDF",
            Self::Picture => "a picture",
            Self::Sound => "sound or a film",
            Self::Zip => "a ZIP or office file",
            Self::Office => "an office file",
            Self::Program => "a program",
            Self::Database => "a database",
            Self::Parquet => "a Parquet file",
            Self::Bzip2 => "a bzip2 file",
            Self::Xz => "an xz file",
            Self::Data => "binary data",
        })
    }
}

/// "German (deu)", or the code alone where its name is not known.
fn language_name(code: &str) -> String {
    match whatlang::Lang::from_code(code) {
        Some(language) => format!("{} ({code})", language.eng_name()),
        None => code.to_owned(),
    }
}

impl Problem {
    /// The stable name of the problem.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "ingest/io",
            Self::Binary(_) => "ingest/binary",
            Self::Damaged(_) => "ingest/damaged",
            Self::Bomb(_) => "ingest/bomb",
            Self::Warc(_) => "ingest/warc",
            Self::Feed(_) => "ingest/feed",
            Self::Json(_) => "ingest/json",
            Self::Csv(_) => "ingest/csv",
            Self::NoText(_) => "ingest/no-text",
            Self::Empty => "ingest/empty",
            Self::EmptyFolder => "ingest/empty-folder",
            Self::NoArticle => "ingest/nothing-inside",
            Self::Language(_) => "ingest/language",
            Self::TooLarge(_) => "ingest/too-large",
            Self::TooDeep(_) => "ingest/too-deep",
            Self::Fetch(_) => "ingest/fetch",
            Self::NoFetcher => "ingest/no-fetcher",
        }
    }

    /// A skipped language and a list without entries are no faults of the input; everything else is an error.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Language(_) | Self::NoArticle => Severity::Note,
            _ => Severity::Error,
        }
    }

    /// The same with the name of the input.
    pub fn of(self, source_name: impl Into<String>) -> InputError {
        InputError { source_name: source_name.into(), problem: self }
    }
}

impl InputError {
    /// As a diagnostic, for those who list them beside results.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = format!("{}: {}", self.source_name, self.problem);
        match self.problem.severity() {
            Severity::Note => Diagnostic::note(self.problem.code(), message),
            Severity::Warning => Diagnostic::warning(self.problem.code(), message),
            Severity::Error => Diagnostic::error(self.problem.code(), message),
        }
    }
}
