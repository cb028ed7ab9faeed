//! The log beside a file of SQLite, on its way to the disk.
//!
//! What is committed stands in the log first: there for every reader, and safe from a killed process. That the disk has it, so that it outlives a
//! machine whose power goes off, is seen to here and not by SQLite, so that whoever keeps many batches writes the next one meanwhile
//! ([`Ledger::append_soon`]). A long log is brought into the file beside the writing, too.
//!
//! PostgreSQL does both by itself: a batch is on its disk when it is committed.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use sqlx::{Any, Transaction};
use tokio::sync::Mutex;
use tokio::task::{JoinHandle, spawn_blocking};

use super::sql::{Sql, Trouble};
use super::{Ledger, LedgerError};

/// A log of so many bytes is brought into the file. At twice as many the writer itself would do it (`wal_autocheckpoint`), and start it anew.
const LONG: u64 = 512 << 20;

/// The log of a ledger that is a file.
#[derive(Debug)]
pub(super) struct Log {
    at: PathBuf,
    /// Held while it is brought into the file.
    emptying: Mutex<()>,
}

/// What was committed and may still be on its way to the disk.
#[derive(Debug)]
#[must_use = "what was kept is safe from a failing machine once the disk has it"]
pub struct OnDisk {
    at: String,
    synced: Option<JoinHandle<io::Result<()>>>,
}

impl OnDisk {
    /// Waits until the disk has it.
    pub async fn reached(self) -> Result<(), LedgerError> {
        let Some(synced) = self.synced else { return Ok(()) };
        let synced = synced.await.unwrap_or_else(|failed| Err(io::Error::other(failed)));
        synced.map_err(|error| LedgerError::of(&self.at, error.into()))
    }

    /// Takes the place of the one before, and waits until the disk has that.
    pub async fn follow(self, before: &mut Option<Self>) -> Result<(), LedgerError> {
        match before.replace(self) {
            Some(before) => before.reached().await,
            None => Ok(()),
        }
    }
}

impl Log {
    /// The log of the file at this path.
    pub fn of(file: &Path) -> Self {
        let mut at = file.as_os_str().to_owned();
        at.push("-wal");
        Self { at: at.into(), emptying: Mutex::default() }
    }

    /// Whether it holds something that is not yet in the file.
    pub fn is_there(&self) -> bool {
        self.length() > 0
    }

    fn length(&self) -> u64 {
        std::fs::metadata(&self.at).map_or(0, |log| log.len())
    }

    /// Waits until the disk has it. Where there is none, all is in the file.
    fn sync(&self) -> io::Result<()> {
        match OpenOptions::new().write(true).open(&self.at) {
            Ok(log) => log.sync_data(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl Ledger {
    /// Commits, and waits until the disk has it.
    pub(super) async fn commit(&self, transaction: Transaction<'static, Any>) -> Result<(), LedgerError> {
        self.commit_soon(transaction).await?.reached().await
    }

    /// Commits, and does not wait for the disk.
    pub(super) async fn commit_soon(
        &self,
        transaction: Transaction<'static, Any>,
    ) -> Result<OnDisk, LedgerError> {
        self.told(transaction.commit().await.map_err(Trouble::from))?;
        let synced = self.log.clone().map(|log| spawn_blocking(move || log.sync()));
        if self.log.as_ref().is_some_and(|log| log.length() >= LONG) {
            tokio::spawn(shorten(self.clone()));
        }
        Ok(OnDisk { at: self.at.clone(), synced })
    }

    /// Brings all that the log holds into the file, unless somebody else still reads it, or the file may only be read.
    pub(super) async fn empty_log(&self) {
        let Some(log) = &self.log else { return };
        let _nobody_else = log.emptying.lock().await;
        if let Ok(mut connection) = self.connection().await {
            let _ = Sql::new("PRAGMA wal_checkpoint(TRUNCATE)").run(&mut connection).await;
        }
    }
}

/// Brings what a long log holds into the file while others read and write; what fails is tried again after the next commit.
async fn shorten(ledger: Ledger) {
    let Some(log) = ledger.log.clone() else { return };
    let Ok(_nobody_else) = log.emptying.try_lock() else { return };
    if let Ok(mut connection) = ledger.connection().await {
        let _ = Sql::new("PRAGMA wal_checkpoint(PASSIVE)").run(&mut connection).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Review, Verdict};

    /// A machine that fails after the log was shortened has the file alone.
    #[test]
    fn a_log_that_was_shortened_stands_in_the_file() {
        let folder = std::env::temp_dir().join(format!("detente-log-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (file, alone) = (folder.join("news.db"), folder.join("alone.db"));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        runtime.unwrap().block_on(async {
            let ledger = Ledger::open(file.to_str().unwrap()).await.unwrap();
            ledger.review(&review()).await.unwrap();
            assert!(Log::of(&file).is_there(), "what was kept stands in the log");
            shorten(ledger.clone()).await;
            std::fs::copy(&file, &alone).unwrap();
            let copy = Ledger::open(alone.to_str().unwrap()).await.unwrap();
            assert_eq!(copy.reviews("a#1").await.unwrap(), [review()]);
            copy.close().await;
            ledger.close().await;
            assert!(!Log::of(&file).is_there(), "whoever closes leaves one file");
        });
        std::fs::remove_dir_all(folder).unwrap();
    }

    fn review() -> Review {
        Review {
            report: "a#1".to_owned(),
            verdict: Verdict::Right,
            correction: None,
            note: None,
            reviewer: "reader".to_owned(),
            on: "2026-11-30".parse().unwrap(),
        }
    }
}
