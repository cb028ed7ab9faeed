//! How a command ends: everything handled, some input not readable, or not run at all.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use detente::assess::forms;
use detente::ledger::store::LedgerError;
use detente::model::ActorCode;
use thiserror::Error;

use crate::paint;

/// What to do about a name that is like no other.
const NO_NAME: &str =
    "`detente types` lists the names; event and rule ids stand in `detente read --format jsonl`";

/// So many names of a folder are compared with one that is not there.
const MOST_NAMES: usize = 5_000;

/// How like a name must be to be offered, in 0..=1.
const LIKE: f64 = 0.88;

/// What a file of documents looks like.
pub const DOCS_SHAPE: &str =
    r#"wanted: [{"id": "a", "published": "2017-05-02", "title": "…", "text": "…"}, …]"#;

/// How a command that ran ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every input was handled.
    Complete,
    /// Some input could not be read; each was named on standard error.
    Partial,
}

impl Outcome {
    /// How two pieces of work ended together.
    pub fn and(self, other: Outcome) -> Outcome {
        match (self, other) {
            (Outcome::Complete, Outcome::Complete) => Outcome::Complete,
            _ => Outcome::Partial,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Complete => ExitCode::SUCCESS,
            Outcome::Partial => ExitCode::from(1),
        }
    }
}

/// Why a command could not run or go on.
#[derive(Debug, Error)]
pub enum Failure {
    /// A file that was named cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file as typed.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file is not what its option wants.
    #[error("{path}: {reason}")]
    Malformed {
        /// The file as typed.
        path: PathBuf,
        /// What is wrong and where.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// A party that no record names.
    #[error("`{0}` is no party that is known")]
    UnknownParty(String),
    /// A pair of one.
    #[error("{0} and itself are no pair")]
    SameParty(ActorCode),
    /// A question outside the grammar.
    #[error("this question is not understood")]
    NotUnderstood,
    /// No report has a day, and none was typed.
    #[error("no report says its day, so it is not known which day is asked about")]
    NoDay,
    /// A word names no event, rule or type.
    #[error("`{word}` is no event, rule, type, mode, context or status")]
    UnknownName {
        /// The word as typed.
        word: String,
        /// Names like it, the likest first.
        near: Vec<&'static str>,
    },
    /// An article has no event of this number.
    #[error("{doc} has no event {number}: it has {events}")]
    NoSuchEvent {
        /// The article.
        doc: String,
        /// The number asked for.
        number: usize,
        /// How many events it has.
        events: usize,
    },
    /// An input has no document of this name.
    #[error("no document {doc} in {input}")]
    NoSuchDocument {
        /// The document asked for.
        doc: String,
        /// The input.
        input: String,
    },
    /// A ledger has no cluster, contact or report of this id.
    #[error("no cluster, contact or report {id} in {ledger}")]
    NoSuchGroup {
        /// The id asked for.
        id: String,
        /// The ledger.
        ledger: String,
    },
    /// What is wrong has been said already.
    #[error("cannot go on")]
    Named,
    /// A file of bytes would go to a terminal.
    #[cfg(feature = "parquet")]
    #[error("a Parquet file is not for a terminal")]
    Terminal,
    /// A Parquet file cannot be written.
    #[cfg(feature = "parquet")]
    #[error("cannot write: {0}")]
    Parquet(#[from] detente_tables::ParquetError),
    /// The ledger cannot be opened, read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The desk cannot be opened.
    #[cfg(feature = "serve")]
    #[error(transparent)]
    Serve(#[from] detente_serve::ServeError),
    /// The desk's own file cannot be used.
    #[cfg(feature = "serve")]
    #[error(transparent)]
    Own(#[from] detente_serve::OwnError),
    /// Nobody said where the desk's own file lies.
    #[cfg(feature = "serve")]
    #[error("it is not known where the desk keeps its own file")]
    NoDesk,
    /// Letters cannot be sent this way.
    #[cfg(feature = "mail")]
    #[error("no letters can be sent: {0}")]
    Mail(String),
    /// Nobody said where it is remembered how feeds stand.
    #[cfg(feature = "fetch")]
    #[error("it is not known where to remember how the feeds stand")]
    NoState,
    /// Standard output or a file cannot be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl Failure {
    /// Says on standard error what is wrong and what to do, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        if self.is_closed_pipe() {
            return ExitCode::SUCCESS;
        }
        if matches!(self, Failure::Named) {
            return Outcome::Partial.into();
        }
        eprintln!("detente: {}", paint::one_line(&self.to_string()));
        if let Some(hint) = self.hint() {
            eprintln!("hint: {hint}");
        }
        if let Failure::NotUnderstood = self {
            forms().for_each(|(_, example)| eprintln!("  {example}"));
        }
        Outcome::Partial.into()
    }

    /// `detente … | head` closes our output early; that is not a failure.
    fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Failure::Unreadable { path, source } => {
                return unreadable_hint(path, source.kind()).map(Cow::into_owned);
            }
            Failure::Malformed { hint, .. } => hint,
            Failure::UnknownName { near, .. } if near.is_empty() => NO_NAME,
            Failure::UnknownName { near, .. } => return Some(format!("did you mean {}?", near.join(", "))),
            Failure::NoSuchEvent { .. } => "`detente read` lists them in this order, from 1",
            Failure::NoSuchDocument { .. } => "an event's `doc` names it",
            Failure::NoSuchGroup { .. } => "`detente agenda` and `detente events --format jsonl` name them",
            Failure::UnknownParty(_) => {
                "name a state, an organisation or an office-holder, or a code such as RUS"
            }
            Failure::SameParty(_) => "name two parties",
            #[cfg(feature = "parquet")]
            Failure::Terminal => "send it to a file: detente read … --format parquet > events.parquet",
            Failure::NotUnderstood => "name the parties, and ask in one of these ways:",
            Failure::NoDay => "say it with --on YYYY-MM-DD",
            #[cfg(feature = "serve")]
            Failure::Serve(_) => "name another address with --bind, such as 127.0.0.1:8081",
            #[cfg(feature = "serve")]
            Failure::Own(error) => return error.hint().map(str::to_owned),
            #[cfg(feature = "serve")]
            Failure::NoDesk => "name it with --desk FILE; a ledger on a server has no file beside it",
            #[cfg(feature = "mail")]
            Failure::Mail(_) => {
                "wanted: --smtp smtp://USER@mail.example.org --mail-from desk@example.org --public-address https://desk.example.org"
            }
            #[cfg(feature = "fetch")]
            Failure::NoState => "name it with --state FILE; a ledger on a server has no file beside it",
            Failure::Ledger(error) => return error.hint().map(str::to_owned),
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// What to do about a file that the system does not give us.
pub fn unreadable_hint(path: &Path, why: io::ErrorKind) -> Option<Cow<'static, str>> {
    Some(match why {
        io::ErrorKind::NotFound => {
            near_path(path).map_or("check the path, or use - to read standard input".into(), Cow::Owned)
        }
        io::ErrorKind::PermissionDenied => "look who may read it: ls -l".into(),
        io::ErrorKind::IsADirectory => "name a file in it".into(),
        _ => return None,
    })
}

/// What a path that leads nowhere may have meant: a name like it in the same folder, or that the folder itself is not there.
fn near_path(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let listed = std::fs::read_dir(folder.unwrap_or(Path::new(".")));
    let Ok(listed) = listed else {
        return folder.map(|folder| format!("there is no folder {}", folder.display()));
    };
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let names = listed.take(MOST_NAMES).filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let likeness = |name: &String| strsim::jaro_winkler(&name.to_lowercase(), &wanted);
    let nearest = names.max_by(|x, y| likeness(x).total_cmp(&likeness(y)).then(y.cmp(x)))?;
    let offered = folder.map_or_else(|| PathBuf::from(&nearest), |folder| folder.join(&nearest));
    (likeness(&nearest) >= LIKE).then(|| format!("did you mean {}?", offered.display()))
}
