//! `detente watch`: new events of a ledger as they are kept.

use std::io::Write;
use std::time::Duration;

use clap::{Args, ValueEnum};
use detente::ledger::store::{Access, Filter};
use detente::model::Report;

use crate::commands::events::Wanted;
use crate::failure::{Failure, Outcome};
use crate::ledger::{LedgerOption, Opened};
use crate::output;
use crate::paint::{self, ColourOption};
use crate::table::Table;

/// Print new events of a ledger as they are kept, until Ctrl-C
#[derive(Debug, Args)]
pub struct Watch {
    #[command(flatten)]
    ledger: LedgerOption,
    #[command(flatten)]
    wanted: Wanted,
    /// Begin after this report instead of now; 0 begins with the first
    #[arg(long, value_name = "NUMBER")]
    since: Option<i64>,
    /// End when there is nothing new, and say after which report to go on
    #[arg(long)]
    once: bool,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    colour: ColourOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Table,
    /// Reports as they are kept, a JSON object a line
    Jsonl,
}

/// Reports that are looked at in one go.
const BATCH: usize = 500;

impl Watch {
    /// Prints what is new, again and again.
    pub fn run(self) -> Result<Outcome, Failure> {
        let filter = self.wanted.filter()?;
        let opened = self.ledger.open(Access::Read)?;
        let mut last = match self.since {
            Some(number) => number,
            None => opened.kept.wait(opened.kept.ledger().tide())?.report,
        };
        loop {
            last = self.print_new(&opened, &filter, last)?;
            if self.once {
                eprintln!("detente: go on with --since {last}");
                return Ok(Outcome::Complete);
            }
            std::thread::sleep(Duration::from_secs(self.every));
        }
    }

    /// Prints all that is new, and gives the number of the last report.
    fn print_new(&self, opened: &Opened, filter: &Filter, mut last: i64) -> Result<i64, Failure> {
        loop {
            let new = opened.kept.wait(opened.kept.ledger().reports_since(filter, last, BATCH))?;
            let Some((number, _)) = new.last() else { return Ok(last) };
            last = *number;
            let reports: Vec<Report> = new.into_iter().map(|(_, report)| report).collect();
            let mut out = output::stdout();
            match self.format {
                Format::Jsonl => reports.iter().try_for_each(|report| output::json_line(&mut out, report))?,
                Format::Table => self.table().reports(&mut out, &reports)?,
            }
            out.flush()?;
        }
    }

    fn table(&self) -> Table {
        Table { columns: paint::columns(), paint: self.colour.paint() }
    }
}
