//! What the desk keeps for itself, in a file beside the ledger: who may do what, what readers wrote, who wants to be told.
//!
//! A ledger can be given away; this file holds accounts and stays. Passwords are kept as Argon2 hashes, sessions and tokens by the digest
//! of their secret, so that nobody who reads the file can use them.

mod accounts;
mod digests;
mod notes;
mod secrets;
mod sessions;
mod subscriptions;
mod suggestions;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use thiserror::Error;

pub use accounts::{Account, GUEST, Role};
pub use digests::{Gathered, Rhythm};
pub use notes::{About, Note, NoteKind};
pub use secrets::same;
pub use sessions::{LASTS, Token};
pub use subscriptions::{Addressed, Delivered, Due, Matter, News, Standing, Subscription, Wish};
pub use suggestions::{Decision, Proposal, Suggestion};

/// The desk's own file. Cheap to clone; all clones share its connections.
#[derive(Debug, Clone)]
pub struct Own {
    pool: SqlitePool,
}

/// Why the desk's own file could not be used.
#[derive(Debug, Error)]
pub enum OwnError {
    /// The database refused.
    #[error("the desk's own file cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// The file was written by a later version.
    #[error("the desk's own file has format {0}; this version knows formats up to {FORMAT}")]
    Newer(i64),
    /// There is an account of this name.
    #[error("there is an account `{0}` already")]
    Taken(String),
    /// There is no account of this name.
    #[error("there is no account `{0}`")]
    NoAccount(String),
    /// A name that cannot be one.
    #[error("`{0}` is no name for an account: 2 to 40 letters, digits, dots, dashes and underscores are")]
    BadName(String),
    /// A password that is too easy.
    #[error("a password has at least {LEAST_PASSWORD} characters and at most {MOST_PASSWORD} bytes")]
    BadPassword,
    /// No random numbers are to be had.
    #[error("this system gives no random numbers")]
    NoRandom,
}

/// The fewest characters of a password.
const LEAST_PASSWORD: usize = 10;
/// The most bytes of one.
const MOST_PASSWORD: usize = 1024;
/// The format that this version writes.
const FORMAT: i64 = 2;
/// What takes the file from one format to the next.
const SCHEMAS: [&str; 2] = [include_str!("schema-1.sql"), include_str!("schema-2.sql")];
const PATIENCE: Duration = Duration::from_secs(10);

impl OwnError {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "serve/own",
            Self::Newer(_) => "serve/own-newer",
            Self::Taken(_) => "serve/account-taken",
            Self::NoAccount(_) => "serve/no-account",
            Self::BadName(_) => "serve/account-name",
            Self::BadPassword => "serve/password",
            Self::NoRandom => "serve/random",
        }
    }
}

impl OwnError {
    /// What to do about it.
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Newer(_) => "install a later version of detente; the file was left as it is",
            Self::Taken(_) => "choose another name, or take that account away with `detente account remove`",
            Self::NoAccount(_) => "`detente account list` names those that are there",
            Self::BadName(_) => "`guest` is what those without an account are called",
            Self::BadPassword => "choose a longer one, and send it on standard input",
            Self::Database(_) => "check the path, and the rights on its folder",
            Self::NoRandom => return None,
        })
    }
}

impl Own {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// Where it cannot be opened, or a later version wrote it.
    pub async fn open(path: &Path) -> Result<Self, OwnError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(PATIENCE)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        let format: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&pool).await?;
        let done = usize::try_from(format).unwrap_or_default();
        if format > FORMAT {
            return Err(OwnError::Newer(format));
        }
        for schema in SCHEMAS.iter().skip(done) {
            sqlx::raw_sql(schema).execute(&pool).await?;
        }
        Ok(Self { pool })
    }
}

/// Now, in seconds of the epoch: the desk is where the clock is read.
pub fn now() -> i64 {
    Timestamp::now().as_second()
}

/// A second of the epoch as people and machines read it.
pub fn told(second: i64) -> String {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
