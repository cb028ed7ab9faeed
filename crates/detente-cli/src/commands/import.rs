//! `detente import`: files of other event data sets as reports.

use std::io::Write;

use clap::Args;
use detente::ledger::store::{Access, Appended, OnDisk};
use detente::model::Report;
use jiff::civil::Date;

use crate::counted::counted;
use crate::exchange::each_report;
use crate::failure::{Failure, Outcome};
use crate::ledger::{open, today};
use crate::output;
use crate::progress::counter;

/// Read files of GDELT, POLECAT, JSON Lines or Parquet as reports, into a ledger or to standard output
#[derive(Debug, Args)]
pub struct Import {
    /// The ledger that keeps them; without it they are printed as plover-jsonl
    #[arg(long, value_name = "LEDGER")]
    ledger: Option<String>,
    /// The day that is noted as the day of keeping; without it, today
    #[arg(long, value_name = "YYYY-MM-DD", requires = "ledger")]
    kept_on: Option<Date>,
    /// GDELT 1 or 2 events, POLECAT, plover-jsonl (.gz too), Parquet of `read` or a folder of it; - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

/// Reports that are kept or not together.
const BATCH: usize = 50_000;

impl Import {
    /// Keeps or prints the reports, in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        match &self.ledger {
            Some(address) => self.keep(address),
            None => self.print(),
        }
    }

    fn print(&self) -> Result<Outcome, Failure> {
        let mut out = output::stdout();
        let outcome = each_report(&self.files, |report| Ok(output::json_line(&mut out, &report)?))?;
        out.flush()?;
        Ok(outcome)
    }

    fn keep(&self, address: &str) -> Result<Outcome, Failure> {
        let opened = open(address, Access::Create)?;
        let on = self.kept_on.unwrap_or_else(today);
        let bar = counter("reports kept");
        let (mut batch, mut sum) = (Vec::with_capacity(BATCH), Appended::default());
        let mut before: Option<OnDisk> = None;
        let mut flush = |batch: &mut Vec<Report>| -> Result<(), Failure> {
            let (appended, now) = opened.kept.wait(opened.kept.ledger().append_reports_soon(batch, on))?;
            opened.kept.wait(now.follow(&mut before))?;
            sum = sum.and(appended);
            bar.inc(batch.len() as u64);
            batch.clear();
            Ok(())
        };
        let outcome = each_report(&self.files, |report| {
            batch.push(report);
            if batch.len() < BATCH { Ok(()) } else { flush(&mut batch) }
        })?;
        flush(&mut batch)?;
        if let Some(last) = before {
            opened.kept.wait(last.reached())?;
        }
        opened.kept.wait(opened.kept.ledger().derive(|_| ()))?;
        bar.finish_and_clear();
        eprintln!(
            "detente: {} kept in {}, {} there already",
            counted(sum.reports, "report", "reports"),
            opened.kept.ledger().at(),
            sum.unchanged
        );
        Ok(outcome)
    }
}
