//! What can go wrong with a ledger, in words a person can act on.

use thiserror::Error;

/// Why a ledger could not be opened, read or written. Nothing committed is ever lost by any of them.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// There is nothing at the address.
    #[error("there is no ledger at {at}")]
    Missing {
        /// The path or address.
        at: String,
    },
    /// There is something else at the address.
    #[error("{at} is no ledger")]
    Foreign {
        /// The path or address.
        at: String,
    },
    /// The ledger was written by a later version of detente.
    #[error("{at} has format {found}; this version knows formats up to {known}")]
    Newer {
        /// The path or address.
        at: String,
        /// Its format.
        found: i64,
        /// The latest format that is known here.
        known: i64,
    },
    /// The ledger has an earlier format and was opened to be read only.
    #[error("{at} has format {found} and must be brought to {known} before it can be read")]
    Older {
        /// The path or address.
        at: String,
        /// Its format.
        found: i64,
        /// The format that is wanted.
        known: i64,
    },
    /// The file is cut short, or a page or a row of it makes no sense.
    #[error("{at} is damaged: {reason}")]
    Damaged {
        /// The path or address.
        at: String,
        /// What was found.
        reason: String,
    },
    /// No room is left to write.
    #[error("the disk that holds {at} is full")]
    DiskFull {
        /// The path or address.
        at: String,
    },
    /// Somebody else is writing.
    #[error("{at} is being written by another process")]
    Busy {
        /// The path or address.
        at: String,
    },
    /// The file, its folder or the database may not be written.
    #[error("{at} may not be written")]
    ReadOnly {
        /// The path or address.
        at: String,
    },
    /// The file cannot be opened or the server not reached.
    #[error("cannot open {at}: {reason}")]
    Unreachable {
        /// The path or address.
        at: String,
        /// The system's reason.
        reason: String,
    },
    /// The ledger that should be filled holds something already.
    #[error("{at} is not empty")]
    Occupied {
        /// The path or address.
        at: String,
    },
    /// A text that was given to a query means nothing to it.
    #[error("`{given}` is no place in the list: it comes from the end of an earlier page")]
    Cursor {
        /// What was given.
        given: String,
    },
    /// Anything else that the database says.
    #[error("{at}: {source}")]
    Database {
        /// The path or address.
        at: String,
        /// What it says.
        source: sqlx::Error,
    },
}

impl LedgerError {
    /// A stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "ledger/missing",
            Self::Foreign { .. } => "ledger/foreign",
            Self::Newer { .. } => "ledger/newer",
            Self::Older { .. } => "ledger/older",
            Self::Damaged { .. } => "ledger/damaged",
            Self::DiskFull { .. } => "ledger/disk-full",
            Self::Busy { .. } => "ledger/busy",
            Self::ReadOnly { .. } => "ledger/read-only",
            Self::Unreachable { .. } => "ledger/unreachable",
            Self::Occupied { .. } => "ledger/occupied",
            Self::Cursor { .. } => "ledger/cursor",
            Self::Database { .. } => "ledger/database",
        }
    }

    /// What to do about it.
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing { .. } => "check the path, or make one with `detente ingest --ledger PATH INPUT`",
            Self::Foreign { .. } => "name another file, or an empty database; this one was left as it is",
            Self::Newer { .. } => "install a later version of detente; the ledger was left as it is",
            Self::Older { .. } => "run `detente ledger info` on it where it may be written",
            Self::Damaged { .. } => {
                "keep the file, copy it from a backup, or save what is whole with `sqlite3 OLD .recover | sqlite3 NEW`"
            }
            Self::DiskFull { .. } => {
                "make room and run the same command again: it goes on after the last batch"
            }
            Self::Busy { .. } => "wait until the other process has finished, then run the same command again",
            Self::ReadOnly { .. } => {
                "copy it to a folder that you may write, or ask for the right to write there"
            }
            Self::Unreachable { .. } => "check the path or address, and the rights on its folder",
            Self::Occupied { .. } => "name a new file or an empty database",
            Self::Cursor { .. } => "leave it out to begin with the first page",
            Self::Database { .. } => return None,
        })
    }

    pub(super) fn damaged(at: &str, reason: impl ToString) -> Self {
        Self::Damaged { at: at.to_owned(), reason: reason.to_string() }
    }

    /// The error that a database reported, by its own code.
    pub(super) fn of(at: &str, source: sqlx::Error) -> Self {
        let at = at.to_owned();
        match Cause::of(&source) {
            Cause::Busy => Self::Busy { at },
            Cause::Full => Self::DiskFull { at },
            Cause::ReadOnly => Self::ReadOnly { at },
            Cause::Foreign => Self::Foreign { at },
            Cause::Damaged => Self::Damaged { at, reason: source.to_string() },
            Cause::Unreachable => Self::Unreachable { at, reason: source.to_string() },
            Cause::Other => Self::Database { at, source },
        }
    }
}

/// The causes that call for different advice.
enum Cause {
    Busy,
    Full,
    ReadOnly,
    Foreign,
    Damaged,
    Unreachable,
    Other,
}

impl Cause {
    fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Configuration(_) => Self::Unreachable,
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(error) => match error.code() {
                Some(code) if code.len() == 5 => Self::of_sqlstate(&code),
                Some(code) => code.parse().map_or(Self::Other, Self::of_sqlite),
                None => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// SQLite's primary result codes: <https://sqlite.org/rescode.html>.
    const fn of_sqlite(code: u32) -> Self {
        match code & 0xff {
            5 | 6 => Self::Busy,
            8 | 3 => Self::ReadOnly,
            11 => Self::Damaged,
            10 => Self::Damaged,
            13 => Self::Full,
            14 => Self::Unreachable,
            26 => Self::Foreign,
            _ => Self::Other,
        }
    }

    /// SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn of_sqlstate(code: &str) -> Self {
        match code {
            "55P03" | "40001" | "40P01" => Self::Busy,
            "53100" => Self::Full,
            "25006" | "42501" => Self::ReadOnly,
            "XX001" | "XX002" => Self::Damaged,
            "3D000" | "28000" | "28P01" | "53300" | "57P01" | "57P02" | "57P03" => Self::Unreachable,
            code if code.starts_with("08") => Self::Unreachable,
            _ => Self::Other,
        }
    }
}
