//! Files of other data sets as the user names them, and the gazetteer lent to their formats.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use detente_gazetteer::{Gazetteer, Kind};
use detente_ledger::exchange::{Fault, Geography, Reader, Setting, SettingKind};
use detente_model::Report;

use crate::counted::counted;
use crate::failure::{Failure, Outcome, unreadable_hint};
use crate::paint;

/// How many faults of one file are told; the rest is counted.
const TOLD: usize = 20;

/// Hands every report of the files, and of the Parquet files in folders, to `take`, and tells on standard error what could not be read.
pub fn each_report(
    files: &[String],
    mut take: impl FnMut(Report) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Complete;
    for name in files.iter().flat_map(|name| named(name)) {
        match Input::open(&name) {
            Ok(input) => outcome = outcome.and(input.drain(&name, &mut take)?),
            Err(error) => {
                eprintln!("detente: cannot read {name}: {error}");
                if let Some(hint) = unreadable_hint(Path::new(&name), error.kind()) {
                    eprintln!("hint: {hint}");
                }
                outcome = Outcome::Partial;
            }
        }
    }
    Ok(outcome)
}

/// The file of this name; of a folder every Parquet file in it and below, in the order of their names.
fn named(name: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(name) else { return vec![name.to_owned()] };
    let mut below: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    below.sort();
    let is_meant = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|kind| kind == "parquet");
    below.iter().filter(|path| is_meant(path)).flat_map(|path| named(&path.to_string_lossy())).collect()
}

/// A file of reports.
enum Input {
    Lines(Reader),
    #[cfg(feature = "parquet")]
    Table(detente_tables::ParquetReports),
}

impl Input {
    fn open(name: &str) -> io::Result<Self> {
        if name == "-" {
            return Reader::new(io::stdin(), name).map(Self::Lines);
        }
        let file = File::open(name)?;
        #[cfg(feature = "parquet")]
        if is_parquet(&file) {
            return detente_tables::ParquetReports::new(file).map(Self::Table).map_err(io::Error::other);
        }
        Reader::new(file, name).map(Self::Lines)
    }

    fn drain(
        self,
        name: &str,
        take: &mut impl FnMut(Report) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        match self {
            Self::Lines(mut reader) => {
                let outcome = drain(reader.by_ref(), name, tell, take)?;
                tell_statements(name, reader.statements());
                Ok(outcome)
            }
            #[cfg(feature = "parquet")]
            Self::Table(rows) => {
                drain(rows, name, |fault| eprintln!("detente: {name}: {fault} [import/row]"), take)
            }
        }
    }
}

#[cfg(feature = "parquet")]
fn is_parquet(mut file: &File) -> bool {
    use std::io::{Read, Seek};
    let mut head = [0; 4];
    let (read, back) = (file.read_exact(&mut head), file.rewind());
    read.is_ok() && back.is_ok() && &head == b"PAR1"
}

fn drain<E>(
    reports: impl Iterator<Item = Result<Report, E>>,
    name: &str,
    tell: impl Fn(&E),
    take: &mut impl FnMut(Report) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut faults = 0;
    for result in reports {
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
    Ok(if faults == 0 { Outcome::Complete } else { Outcome::Partial })
}

fn tell_statements(name: &str, statements: u64) {
    if statements > 0 {
        let statements = counted(statements, "public statement", "public statements");
        eprintln!("detente: {name}: left out {statements} (CAMEO 01), which no PLOVER type is for");
    }
}

fn tell(fault: &Fault) {
    eprintln!("detente: {} [{}]", paint::one_line(&fault.to_string()), fault.kind.code());
    if fault.kind.code() == "import/unknown-form" {
        eprintln!(
            "hint: wanted: GDELT events (57, 58 or 61 columns), POLECAT with its header, plover-jsonl (.gz too), or Parquet of `detente read`"
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
