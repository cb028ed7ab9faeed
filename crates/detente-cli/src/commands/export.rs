//! `detente export`: reports in the formats of other event data sets.

use std::io::Write;

use clap::Args;
use detente::ledger::store::Access;
use detente_ledger::exchange::{Coverage, Format, Summary, Writer};

use super::events::Wanted;
use crate::args::named;
use crate::counted::counted;
use crate::exchange::{Embedded, each_report};
use crate::failure::{Failure, Outcome};
use crate::ledger::open;
use crate::output;
use crate::progress::counter;

/// Write reports as GDELT, ICEWS, POLECAT, Phoenix or JSON Lines
#[derive(Debug, Args)]
pub struct Export {
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = named(Format::ALL))]
    format: Format,
    /// The ledger whose reports are written: a file such as news.db, or postgres://user@host/database
    #[arg(long, value_name = "LEDGER", conflicts_with = "files")]
    ledger: Option<String>,
    #[command(flatten)]
    wanted: Wanted,
    /// Instead of a ledger, reports as plover-jsonl, GDELT or POLECAT; - for standard input; .gz too
    #[arg(value_name = "FILE", required_unless_present = "ledger")]
    files: Vec<String>,
}

impl Export {
    /// Prints the rows: of a ledger in the order of keeping, of files in that of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let geography = Embedded::new();
        let mut writer = Writer::new(self.format, output::stdout(), &geography)?;
        let outcome = match &self.ledger {
            Some(address) => self.of_ledger(address, &mut writer)?,
            None => each_report(&self.files, |report| Ok(writer.write(&report, Coverage::ONCE)?))?,
        };
        tell(writer.finish()?);
        Ok(outcome)
    }

    /// Each report with the coverage of its cluster.
    fn of_ledger(&self, address: &str, writer: &mut Writer<'_, impl Write>) -> Result<Outcome, Failure> {
        let filter = self.wanted.filter()?;
        let opened = open(address, Access::Read)?;
        let (kept, ledger) = (&opened.kept, opened.kept.ledger());
        let bar = counter("reports written");
        let mut batches = ledger.reports(filter);
        loop {
            let reports = kept.wait(batches.next())?;
            if reports.is_empty() {
                break;
            }
            let keys: Vec<&str> = reports.iter().map(|report| report.key()).collect();
            let coverage = kept.wait(ledger.coverage(&keys))?;
            for report in &reports {
                writer.write(report, coverage.get(report.key()).copied().unwrap_or(Coverage::ONCE))?;
            }
            bar.inc(reports.len() as u64);
        }
        bar.finish_and_clear();
        Ok(Outcome::Complete)
    }
}

fn tell(summary: Summary) {
    if summary.not_done > 0 {
        let reports = counted(summary.not_done, "report", "reports");
        eprintln!("detente: left out {reports} of acts called off, denied or supposed");
    }
    if summary.undated > 0 {
        eprintln!("detente: left out {} without a day", counted(summary.undated, "report", "reports"));
    }
}
