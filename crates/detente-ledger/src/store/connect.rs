//! From a path or an address to connections, with what each kind of database wants to be told first.

use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor as _};

use super::error::LedgerError;
use super::log::Log;
use super::sql::{Dialect, Outcome};

/// How long one process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(15);

/// What will be done with a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read and written; made where there is none.
    Create,
    /// Read and written; it must be there.
    Write,
    /// Read only; the folder may be one that cannot be written.
    Read,
}

/// Where a ledger lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    File(PathBuf),
    Postgres(String),
}

impl Address {
    pub fn parse(text: &str) -> Self {
        let is_url = text.starts_with("postgres://") || text.starts_with("postgresql://");
        match (is_url, text.strip_prefix("sqlite://")) {
            (true, _) => Self::Postgres(text.to_owned()),
            (false, Some(path)) => Self::File(path.into()),
            (false, None) => Self::File(text.into()),
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self {
            Self::File(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// As it is named in messages: an address without its password.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Postgres(url) => without_password(url),
        }
    }

    /// The file, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }

    /// Opens connections.
    pub async fn connect(&self, access: Access) -> Result<AnyPool, LedgerError> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(install_default_drivers);
        if let (Self::File(path), Access::Read | Access::Write) = (self, access)
            && !path.exists()
        {
            return Err(LedgerError::Missing { at: self.shown() });
        }
        self.opened(access).await.map_err(|error| match LedgerError::of(&self.shown(), error) {
            LedgerError::Unreachable { at, .. } if self.can_be_read() => LedgerError::ReadOnly { at },
            error => error,
        })
    }

    fn can_be_read(&self) -> bool {
        matches!(self, Self::File(path) if path.is_file() && std::fs::File::open(path).is_ok())
    }

    async fn opened(&self, access: Access) -> Result<AnyPool, sqlx::Error> {
        match (self, access) {
            (Self::Postgres(url), _) => pool(url, POSTGRES).await,
            (Self::File(path), Access::Create) => pool(&file_url(path, "mode=rwc"), SQLITE_WRITE).await,
            (Self::File(path), Access::Write) => pool(&file_url(path, "mode=rw"), SQLITE_WRITE).await,
            (Self::File(path), Access::Read) => match pool(&file_url(path, "mode=ro"), SQLITE_READ).await {
                // A reader wants to lay a lock file beside the ledger; where it may not, nobody writes there either.
                Err(_) if !Log::of(path).is_there() => {
                    pool(&file_url(path, "mode=ro&immutable=1"), SQLITE_READ).await
                }
                opened => opened,
            },
        }
    }
}

/// Connections that begin with these statements. One is tried first: a pool would try again and again, and say only that it took too long.
async fn pool(url: &str, first: &'static str) -> Result<AnyPool, sqlx::Error> {
    let mut tried = AnyConnection::connect(url).await?;
    tried.execute(first).await?;
    tried.close().await?;
    options(first).connect(url).await
}

/// What a writer tells SQLite first. The last statement is the first to read: it shows whether there is something that can be. Writers wait for
/// each other. The file is whole after a crash of the machine (`NORMAL`), and what was kept is in it, since whoever commits sees to it that the
/// disk has the log (`log.rs`). The log beside the file may grow to a gigabyte: a page that is written again and again reaches the file once.
macro_rules! writer {
    (foreign_keys: $on:literal) => {
        concat!(
            "PRAGMA busy_timeout = 15000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ",
            $on,
            "; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 262144; \
             PRAGMA journal_size_limit = 1073741824; PRAGMA mmap_size = 1099511627776; \
             SELECT count(*) FROM sqlite_schema;"
        )
    };
}

/// Tests have every reference looked up as it is written. That takes a quarter of the time that appending takes, so a release leaves it to
/// `ledger check`, which looks up all of them.
const SQLITE_WRITE: &str =
    if cfg!(debug_assertions) { writer!(foreign_keys: "ON") } else { writer!(foreign_keys: "OFF") };

/// A reader reads a few pages of a file that may be larger than the memory: taking them one by one is faster than mapping them all.
const SQLITE_READ: &str = "PRAGMA busy_timeout = 15000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; \
     SELECT count(*) FROM sqlite_schema;";
pub(super) const POSTGRES: &str = "SET lock_timeout = '15s'; SET client_min_messages = warning;";

/// Has a file keep a log beside it, so that readers and the writer do not wait for each other. It stays so; a file that is no ledger
/// is never asked to.
pub(super) async fn keep_log(connection: &mut AnyConnection, dialect: Dialect) -> Outcome<()> {
    if dialect == Dialect::Sqlite {
        connection.execute("PRAGMA journal_mode = WAL").await?;
    }
    Ok(())
}

fn options(first: &'static str) -> AnyPoolOptions {
    let pool = AnyPoolOptions::new().max_connections(4).acquire_timeout(PATIENCE * 2);
    pool.after_connect(move |connection, _| {
        Box::pin(async move { connection.execute(first).await.map(|_| ()) })
    })
}

fn file_url(path: &Path, options: &str) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let escaped: String = whole.to_string_lossy().chars().map(escape).collect();
    format!("sqlite://{escaped}?{options}")
}

fn escape(c: char) -> String {
    match c {
        '%' | '?' | '#' => format!("%{:02X}", u32::from(c)),
        _ => c.to_string(),
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((user, place)) = rest.rsplit_once('@') else { return url.to_owned() };
    let name = user.split_once(':').map_or(user, |(name, _)| name);
    format!("{scheme}://{name}@{place}")
}
