//! The desk's own file: accounts, suggestions, subscriptions.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;

/// The options that name it.
#[derive(Debug, Args)]
pub struct DeskOption {
    /// The ledger that the desk shows; its own file lies beside it, with `.desk` at the end
    #[arg(long, value_name = "LEDGER", required_unless_present = "desk")]
    ledger: Option<String>,
    /// The desk's own file, where it lies elsewhere
    #[arg(long, value_name = "FILE")]
    desk: Option<PathBuf>,
}

impl DeskOption {
    /// Where it lies.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        match (&self.desk, &self.ledger) {
            (Some(path), _) => Ok(path.clone()),
            (None, Some(ledger)) => beside(ledger),
            (None, None) => Err(Failure::NoDesk),
        }
    }
}

/// The desk's own file beside a ledger; a ledger on a server has no place for one.
pub fn beside(ledger: &str) -> Result<PathBuf, Failure> {
    match ledger.contains("://") && !ledger.starts_with("sqlite://") {
        true => Err(Failure::NoDesk),
        false => Ok(format!("{}.desk", ledger.trim_start_matches("sqlite://")).into()),
    }
}
