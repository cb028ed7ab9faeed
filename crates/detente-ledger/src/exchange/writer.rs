//! Writes reports in any format, one after the other.

use std::io::{self, Write};

use detente_model::Report;

use super::dyad::{self, LeftOut};
use super::geography::{Geography, Site};
use super::party::Coded;
use super::row::{self, Row};
use super::{Coverage, Format, gdelt, icews, phoenix, plover, polecat};

/// Writes reports as rows of a format.
pub struct Writer<'g, W> {
    format: Format,
    out: W,
    geography: &'g dyn Geography,
    summary: Summary,
    line: String,
}

/// What became of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Rows written.
    pub rows: u64,
    /// Reports of acts that were called off, denied or merely supposed, and not written.
    pub not_done: u64,
    /// Reports of which neither the act nor the article has a known day, and not written.
    pub undated: u64,
}

impl<'g, W: Write> Writer<'g, W> {
    /// Begins a file, with its header where the format has one.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn new(format: Format, out: W, geography: &'g dyn Geography) -> io::Result<Self> {
        let mut writer = Self { format, out, geography, summary: Summary::default(), line: String::new() };
        if format.has_header() {
            let names: Vec<&str> = format.columns().iter().map(|column| column.name).collect();
            writeln!(writer.out, "{}", names.join("\t"))?;
        }
        Ok(writer)
    }

    /// Writes a report: a row for each pair of its parties, or one for all.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn write(&mut self, report: &Report, coverage: Coverage) -> io::Result<()> {
        if self.format == Format::PloverJsonl {
            self.summary.rows += 1;
            return plover::write(&mut self.out, report);
        }
        match dyad::day(report) {
            Ok(day) if self.format == Format::Polecat => self.event(report, day),
            Ok(day) => self.dyads(report, day, coverage),
            Err(LeftOut::NotDone) => {
                self.summary.not_done += 1;
                Ok(())
            }
            Err(LeftOut::Undated) => {
                self.summary.undated += 1;
                Ok(())
            }
        }
    }

    /// Ends the file and tells what became of the reports.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn finish(mut self) -> io::Result<Summary> {
        self.out.flush()?;
        Ok(self.summary)
    }

    fn event(&mut self, report: &Report, day: jiff::civil::Date) -> io::Result<()> {
        let site = report.event.place.as_ref().map(|place| Site::new(place, self.geography));
        self.row(|column, line| polecat::cell(report, day, site.as_ref(), column, line))
    }

    fn dyads(&mut self, report: &Report, day: jiff::civil::Date, coverage: Coverage) -> io::Result<()> {
        let code = row::code(report);
        for (number, dyad) in dyad::dyads(&report.event).into_iter().enumerate() {
            let row = Row {
                report,
                actor: dyad.actor.map(Coded::new),
                recipient: dyad.recipient.map(Coded::new),
                day,
                code,
                site: report.event.place.as_ref().map(|place| Site::new(place, self.geography)),
                coverage,
                dyad: number,
                number: self.summary.rows + 1,
            };
            let format = self.format;
            self.row(|column, line| cell(format, &row, column, line))?;
        }
        Ok(())
    }

    fn row(&mut self, cell: impl Fn(&str, &mut String)) -> io::Result<()> {
        self.line.clear();
        for (number, column) in self.format.columns().iter().enumerate() {
            if number > 0 {
                self.line.push('\t');
            }
            if column.empty.is_none() {
                cell(column.name, &mut self.line);
            }
        }
        self.line.push('\n');
        self.summary.rows += 1;
        self.out.write_all(self.line.as_bytes())
    }
}

fn cell(format: Format, row: &Row<'_>, column: &str, out: &mut String) {
    match format {
        Format::Gdelt1 | Format::Gdelt2 if column == "DATEADDED" => {
            gdelt::date_added(row, format == Format::Gdelt2, out);
        }
        Format::Gdelt1 | Format::Gdelt2 => gdelt::cell(row, column, out),
        Format::Icews => icews::cell(row, column, out),
        Format::Phoenix => phoenix::cell(row, column, out),
        Format::Polecat | Format::PloverJsonl => {}
    }
}
