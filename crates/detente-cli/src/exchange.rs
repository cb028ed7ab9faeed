//! Files of other data sets as the user names them, and the gazetteer lent to their formats.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use detente_gazetteer::{Gazetteer, Kind};
use detente_ledger::exchange::{Fault, Geography, Reader, Setting, SettingKind};
use detente_model::Report;

use crate::counted::counted;
use crate::failure::{Failure, Outcome, unreadable_hint};
use crate::paint;

/// How many faults of one file are told; the rest is counted.
const TOLD: usize = 20;

/// Hands every report of the files to `take`, and tells on standard error what could not be read.
pub fn each_report(
    files: &[String],
    mut take: impl FnMut(Report) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Complete;
    for name in files {
        match open(name).and_then(|input| Reader::new(input, name)) {
            Ok(reader) => outcome = outcome.and(drain(reader, name, &mut take)?),
            Err(error) => {
                eprintln!("detente: cannot read {name}: {error}");
                if let Some(hint) = unreadable_hint(Path::new(name), error.kind()) {
                    eprintln!("hint: {hint}");
                }
                outcome = Outcome::Partial;
            }
        }
    }
    Ok(outcome)
}

fn open(name: &str) -> io::Result<Box<dyn Read>> {
    Ok(match name {
        "-" => Box::new(io::stdin()),
        path => Box::new(File::open(path)?),
    })
}

fn drain(
    mut reader: Reader,
    name: &str,
    take: &mut impl FnMut(Report) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut faults = 0;
    for result in reader.by_ref() {
        match result {
            Ok(report) => take(report)?,
            Err(fault) => {
                faults += 1;
                if faults <= TOLD {
                    tell(&fault);
                }
            }
        }
    }
    if faults > TOLD {
        let more = counted(faults - TOLD, "more row", "more rows");
        eprintln!("detente: {name}: {more} could not be read");
    }
    if reader.statements() > 0 {
        let statements = counted(reader.statements(), "public statement", "public statements");
        eprintln!("detente: {name}: left out {statements} (CAMEO 01), which no PLOVER type is for");
    }
    Ok(if faults == 0 { Outcome::Complete } else { Outcome::Partial })
}

fn tell(fault: &Fault) {
    eprintln!("detente: {} [{}]", paint::one_line(&fault.to_string()), fault.kind.code());
    if fault.kind.code() == "import/unknown-form" {
        eprintln!(
            "hint: wanted: GDELT events (57, 58 or 61 columns), POLECAT with its header, or plover-jsonl; .gz too"
        );
    }
}

/// The embedded gazetteer.
pub struct Embedded(&'static Gazetteer);

impl Embedded {
    /// Opens it.
    pub fn new() -> Self {
        Self(Gazetteer::embedded())
    }
}

impl Geography for Embedded {
    fn setting(&self, geonameid: u32) -> Option<Setting> {
        let id = self.0.find(geonameid)?;
        let kind = match self.0.place(id).kind {
            Kind::Country => SettingKind::Country,
            Kind::Admin1 => SettingKind::Division,
            _ => SettingKind::Town,
        };
        let division = self.0.division(id, Kind::Admin1).map(|id| self.0.place(id));
        Some(Setting { kind, division: division.map(|place| (place.name.to_owned(), place.geonameid)) })
    }
}
