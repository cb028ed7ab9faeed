//! `detente import`: files of other event data sets as reports.

use std::io::Write;

use clap::Args;

use crate::exchange::each_report;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Read files of GDELT, POLECAT or JSON Lines as reports
#[derive(Debug, Args)]
pub struct Import {
    /// GDELT 1 or 2 events, POLECAT, plover-jsonl; - for standard input; .gz too
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

impl Import {
    /// Prints the reports as plover-jsonl, in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let mut out = output::stdout();
        let outcome = each_report(&self.files, |report| Ok(output::json_line(&mut out, &report)?))?;
        out.flush()?;
        Ok(outcome)
    }
}
