//! The ledger that a command works on.

use clap::Args;
use detente::ledger::store::{Access, Ledger};
use detente::{Kept, flow};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio::runtime::Runtime;

use crate::failure::Failure;

/// The option that names a ledger.
#[derive(Debug, Args)]
pub struct LedgerOption {
    /// The ledger: a file such as news.db, or postgres://user@host/database
    #[arg(long, value_name = "LEDGER")]
    ledger: String,
}

/// An open ledger with the threads it is waited for on.
pub struct Opened {
    /// The ledger.
    pub kept: Kept,
    _runtime: Runtime,
}

impl LedgerOption {
    /// The address as typed.
    #[cfg(any(feature = "serve", feature = "fetch"))]
    pub fn address(&self) -> &str {
        &self.ledger
    }

    /// Opens it for what will be done with it.
    pub fn open(&self, access: Access) -> Result<Opened, Failure> {
        open(&self.ledger, access)
    }
}

/// Threads that wait for the ledger, and make the pages of a desk.
const MOST_WORKERS: usize = 8;

/// Opens the ledger at an address.
pub fn open(address: &str, access: Access) -> Result<Opened, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(flow::all_cores().get().min(MOST_WORKERS))
        .enable_all()
        .build()?;
    let ledger = runtime.block_on(Ledger::open_for(address, access))?;
    Ok(Opened { kept: Kept::new(ledger, runtime.handle().clone()), _runtime: runtime })
}

/// The day that new rows are noted under.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
