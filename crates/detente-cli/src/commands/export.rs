//! `detente export`: reports in the formats of other event data sets.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use detente_ledger::exchange::{Coverage, Format, Summary, Writer};

use crate::exchange::{Embedded, each_report};
use crate::failure::{Failure, Outcome};
use crate::output;

/// Write reports as GDELT, ICEWS, POLECAT, Phoenix or JSON Lines
#[derive(Debug, Args)]
pub struct Export {
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = formats())]
    format: Format,
    /// Reports as plover-jsonl, GDELT or POLECAT; - for standard input; .gz too
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

impl Export {
    /// Prints the rows, in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let geography = Embedded::new();
        let mut writer = Writer::new(self.format, output::stdout(), &geography)?;
        let outcome = each_report(&self.files, |report| Ok(writer.write(&report, Coverage::ONCE)?))?;
        tell(writer.finish()?);
        Ok(outcome)
    }
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.as_str())).try_map(|name| name.parse())
}

fn tell(summary: Summary) {
    if summary.not_done > 0 {
        eprintln!("detente: left out {} reports of acts called off, denied or supposed", summary.not_done);
    }
    if summary.undated > 0 {
        eprintln!("detente: left out {} reports without a day", summary.undated);
    }
}
