//! From a path or an address to connections, with what each kind of database wants to be told first.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor as _};

use super::error::LedgerError;
use super::sql::Dialect;

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

    /// Opens connections.
    pub async fn connect(&self, access: Access) -> Result<AnyPool, LedgerError> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(install_default_drivers);
        let opened = match self {
            Self::File(path) => self.open_file(path, access).await?,
            Self::Postgres(url) => pool(POSTGRES, url).await,
        };
        opened.map_err(|error| LedgerError::of(&self.shown(), error))
    }

    async fn open_file(
        &self,
        path: &Path,
        access: Access,
    ) -> Result<Result<AnyPool, sqlx::Error>, LedgerError> {
        if access != Access::Create && !path.exists() {
            return Err(LedgerError::Missing { at: self.shown() });
        }
        if !is_database(path) {
            return Err(LedgerError::Foreign { at: self.shown() });
        }
        if access != Access::Read {
            let mode = if access == Access::Create { "rwc" } else { "rw" };
            return Ok(pool(SQLITE_WRITE, &file_url(path, &format!("mode={mode}"))).await);
        }
        let opened = pool(SQLITE_READ, &file_url(path, "mode=ro")).await;
        match opened {
            // A reader wants to lay a lock file beside the ledger; where it may not, nobody writes there either.
            Err(_) if !has_log(path) => Ok(pool(SQLITE_READ, &file_url(path, "mode=ro&immutable=1")).await),
            opened => Ok(opened),
        }
    }
}

/// The file is whole after a crash of the machine; writers wait for each other; readers and the writer do not.
const SQLITE_WRITE: &str = "PRAGMA busy_timeout = 15000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY; \
     PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 134217728; PRAGMA mmap_size = 4294967296;";
const SQLITE_READ: &str = "PRAGMA busy_timeout = 15000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; \
     PRAGMA mmap_size = 4294967296;";
const POSTGRES: &str = "SET lock_timeout = '15s'; SET client_min_messages = warning;";

/// Connections that begin with these statements. One is tried by itself first: a pool tries again until its patience ends, and then
/// no longer knows why.
async fn pool(first: &'static str, url: &str) -> Result<AnyPool, sqlx::Error> {
    let mut connection = AnyConnection::connect(url).await?;
    connection.execute(first).await?;
    connection.close().await?;
    let pool = AnyPoolOptions::new().max_connections(4).acquire_timeout(PATIENCE * 2);
    let prepared = pool.after_connect(move |connection, _| {
        Box::pin(async move { connection.execute(first).await.map(|_| ()) })
    });
    prepared.connect(url).await
}

/// Whether a file is empty, absent or begins as SQLite's do.
fn is_database(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read(&mut head));
    read.is_err() || read.is_ok_and(|length| length == 0 || head == *b"SQLite format 3\0")
}

/// Whether a log of what is not yet in the file lies beside it.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
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
