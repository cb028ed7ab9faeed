//! Where the ledger lies: one SQLite file, or a PostgreSQL database, behind one interface.
//!
//! * [`Ledger::open`] makes, opens or brings a ledger up to date.
//! * [`Ledger::append`] keeps articles with the events read in them; [`Ledger::append_reports`] keeps reports from elsewhere; with
//!   [`Ledger::append_soon`] the next batch is written while the disk takes the one before.
//! * [`Ledger::page`], [`Ledger::reports`], [`Ledger::timeline`], [`Ledger::agenda`], [`Ledger::cluster`] find them again.
//! * [`Ledger::derive`] makes clusters and contacts of what is new, [`Ledger::rebuild`] of everything, to the same result.
//! * [`Ledger::copy_to`] takes everything to another place.
//! * [`Ledger::coded_articles`] gives what two ledgers are compared by.
//! * [`Ledger::check`] proves that everything is as it was written.
//!
//! It promises that a batch is kept whole or not at all, that what was committed stays, whatever kills the process, and that a past
//! row is superseded, never changed. It reads no clock: the day on which something is kept comes from outside.

mod act_rows;
mod acts;
mod agenda;
mod append;
mod article_rows;
mod batch;
mod browse;
mod check;
mod coded;
mod connect;
mod contact_rows;
mod copy;
mod cores;
mod derived;
mod digest;
mod error;
mod filter;
mod info;
mod known;
mod lead;
mod log;
mod months;
mod query;
mod report_rows;
mod review;
mod schema;
mod sql;
mod supersede;
mod texts;
mod timeline;

use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Transaction};

pub use self::agenda::Agenda;
pub use self::append::{Appended, Entry, Versions};
pub use self::browse::{Facets, Headline, PairSum, PlaceSum, Publication, Tide};
pub use self::check::{Finding, Finished};
pub use self::coded::CodedArticle;
pub use self::connect::Access;
pub use self::error::LedgerError;
pub use self::filter::{Cursor, Direction, Filter, Pair};
pub use self::info::Info;
pub use self::log::OnDisk;
pub use self::query::{Page, Reports};
pub use self::review::{Correction, Review, Verdict};
pub use self::schema::FORMAT;
pub use self::texts::Text;
pub use self::timeline::{DyadDay, DyadMonth};

use self::connect::Address;
use self::log::Log;
use self::schema::Found as Standing;
use self::sql::{Dialect, Outcome, Sql, Trouble};

/// An open ledger. Cheap to clone; all clones share its connections.
#[derive(Debug, Clone)]
pub struct Ledger {
    pool: AnyPool,
    dialect: Dialect,
    at: String,
    log: Option<Arc<Log>>,
}

impl Ledger {
    /// Opens the ledger at a path (`news.db`) or address (`postgres://user@host/database`) to read and write; makes it where there
    /// is none, and brings it to the present format.
    pub async fn open(address: &str) -> Result<Self, LedgerError> {
        Self::open_for(address, Access::Create).await
    }

    /// Opens a ledger for what will be done with it.
    pub async fn open_for(address: &str, access: Access) -> Result<Self, LedgerError> {
        let address = Address::parse(address);
        let pool = address.connect(access).await?;
        let log = address.file().map(|file| Arc::new(Log::of(file)));
        let ledger = Self { pool, dialect: address.dialect(), at: address.shown(), log };
        ledger.bring_up_to_date(access).await?;
        Ok(ledger)
    }

    /// Where it lies, without a password.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Closes its connections. What was committed is then in the one file, unless somebody else still reads it: until then, and where
    /// this is never called, the log beside the file holds a part of it.
    pub async fn close(self) {
        self.empty_log().await;
        self.pool.close().await;
    }

    async fn bring_up_to_date(&self, access: Access) -> Result<(), LedgerError> {
        let at = self.at.clone();
        let found = self.told(schema::look(&mut *self.connection().await?, self.dialect).await)?;
        match found {
            Standing::Ledger(FORMAT) => Ok(()),
            Standing::Ledger(found) if found > FORMAT => Err(LedgerError::Newer { at, found, known: FORMAT }),
            Standing::Foreign => Err(LedgerError::Foreign { at }),
            Standing::Nothing if access != Access::Create => Err(LedgerError::Missing { at }),
            Standing::Ledger(found) if access == Access::Read => {
                Err(LedgerError::Older { at, found, known: FORMAT })
            }
            Standing::Ledger(_) | Standing::Nothing => {
                self.told(connect::keep_log(&mut *self.connection().await?, self.dialect).await)?;
                self.migrate().await
            }
        }
    }

    /// Looks again once nobody else can write, and takes what is missing from there.
    async fn migrate(&self) -> Result<(), LedgerError> {
        let mut transaction = self.begin().await?;
        let done = async {
            match schema::look(&mut transaction, self.dialect).await? {
                Standing::Nothing => schema::migrate(&mut transaction, self.dialect, 0).await,
                Standing::Ledger(found) if found < FORMAT => {
                    schema::migrate(&mut transaction, self.dialect, found).await
                }
                _ => Ok(()),
            }
        };
        self.told(done.await)?;
        self.commit(transaction).await
    }

    async fn connection(&self) -> Result<PoolConnection<Any>, LedgerError> {
        match self.pool.acquire().await {
            Err(sqlx::Error::PoolTimedOut) => Err(self.why_none().await),
            acquired => self.told(acquired.map_err(Trouble::from)),
        }
    }

    /// Why there is no connection to be had: the pool tried again and again, and says only that it took too long.
    async fn why_none(&self) -> LedgerError {
        match self.connection_of_its_own().await {
            Ok(_) => LedgerError::Busy { at: self.at.clone() },
            Err(error) => error,
        }
    }

    /// A new connection. One that was open while others wrote remembers a full-text index as it was, and takes the new one for damaged.
    async fn connection_of_its_own(&self) -> Result<AnyConnection, LedgerError> {
        let options = self.pool.connect_options();
        self.told(AnyConnection::connect_with(&options).await.map_err(Trouble::from))
    }

    /// Begins to write: from here to the commit nobody else does.
    async fn begin(&self) -> Result<Transaction<'static, Any>, LedgerError> {
        let begun = async {
            match self.dialect {
                Dialect::Sqlite => Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?),
                Dialect::Postgres => {
                    let mut transaction = self.pool.begin().await?;
                    Sql::new(WRITER).run(&mut transaction).await?;
                    Ok(transaction)
                }
            }
        };
        match begun.await {
            Err(Trouble::Sql(sqlx::Error::PoolTimedOut)) => Err(self.why_none().await),
            begun => self.told(begun),
        }
    }

    /// Says where the trouble was.
    fn told<T>(&self, outcome: Outcome<T>) -> Result<T, LedgerError> {
        outcome.map_err(|trouble| match trouble {
            Trouble::Sql(error) => LedgerError::of(&self.at, error),
            Trouble::Row(reason) => LedgerError::damaged(&self.at, reason),
        })
    }
}

/// One writer at a time: a lock that PostgreSQL lets go with the transaction. The number only has to be ours.
const WRITER: &str = "SELECT pg_advisory_xact_lock(7233182114)";

/// The number after the highest of a table.
async fn next_number(connection: &mut AnyConnection, column: &str, table: &str) -> Outcome<i64> {
    Ok(Sql::new(&format!("SELECT max({column}) FROM {table}")).number(connection).await? + 1)
}
