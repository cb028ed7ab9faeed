//! Reads files of GDELT 1 and 2, of POLECAT, and our own lines, as they stream by.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::sync::Arc;

use detente_model::{Diagnostic, Report};
use flate2::read::MultiGzDecoder;
use thiserror::Error;

use super::lines::{self, Fields, Line};
use super::{Format, gdelt, plover, polecat};

/// The first bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

type Input = Box<dyn BufRead>;
type Sniffed<R> = Chain<Cursor<Vec<u8>>, R>;

/// The reports of a file, one a row, with what is wrong with other rows between them.
///
/// The form of the file is seen from its first line: a JSON object, a header of POLECAT, or 57, 58 or 61 columns of GDELT. gzip is
/// taken off. A faulty row costs that row; after a fault of the input itself nothing follows. Rows of public statements (CAMEO 01),
/// which have no PLOVER type, are passed over and counted.
///
/// Imported rows have no sentence and no evidence, the status `occurred`, a confidence of 0.5, and name their origin in `rule`.
pub struct Reader {
    input: Input,
    origin: Arc<str>,
    line: u64,
    form: Option<Form>,
    first: Option<String>,
    statements: u64,
    ended: bool,
}

/// What the rows of a file are.
enum Form {
    Gdelt { columns: Vec<String>, rule: &'static str },
    Polecat { columns: Vec<String> },
    Plover,
}

/// What is wrong, in which line of which file.
#[derive(Debug, Error)]
#[error("{origin}:{line}: {kind}")]
pub struct Fault {
    /// The file, as the caller called it.
    pub origin: Arc<str>,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a row or a file.
#[derive(Debug, Error)]
pub enum FaultKind {
    /// The input cannot be read further.
    #[error("cannot be read further: {0}")]
    Io(#[from] io::Error),
    /// The first line is of no known form.
    #[error("this is no file of GDELT, POLECAT or plover-jsonl: {found} columns")]
    UnknownForm {
        /// Tab-separated columns of the first line.
        found: usize,
    },
    /// A row is too short or too long.
    #[error("{wanted} columns wanted, {found} found")]
    Columns {
        /// Columns of the form.
        wanted: usize,
        /// Columns of the row.
        found: usize,
    },
    /// A cell without which there is no event is not what it should be.
    #[error("{column} is `{found}`, wanted {wanted}")]
    Cell {
        /// The column.
        column: &'static str,
        /// What it should hold.
        wanted: &'static str,
        /// What it holds, cut short.
        found: String,
    },
    /// A line of JSON is no report.
    #[error("no report: {0}")]
    Json(String),
    /// A line is longer than any row.
    #[error("the line is longer than 4 MiB")]
    TooLong,
}

impl FaultKind {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "import/io",
            Self::UnknownForm { .. } => "import/unknown-form",
            Self::Columns { .. } => "import/columns",
            Self::Cell { .. } => "import/cell",
            Self::Json(_) => "import/json",
            Self::TooLong => "import/too-long",
        }
    }

    /// Whether nothing of the file can be read after it.
    pub fn ends_file(&self) -> bool {
        matches!(self, Self::Io(_) | Self::UnknownForm { .. })
    }
}

impl Fault {
    /// The fault as a diagnostic: an error where it ends the file, else a warning.
    pub fn diagnostic(&self) -> Diagnostic {
        match self.kind.ends_file() {
            true => Diagnostic::error(self.kind.code(), self.to_string()),
            false => Diagnostic::warning(self.kind.code(), self.to_string()),
        }
    }
}

impl Reader {
    /// Reads an input that the caller calls `origin`.
    ///
    /// # Errors
    /// Where not even its first bytes can be read.
    pub fn new(input: impl Read + 'static, origin: &str) -> io::Result<Self> {
        let (input, is_gzip) = sniff(input)?;
        let input: Input = match is_gzip {
            true => Box::new(BufReader::new(MultiGzDecoder::new(input))),
            false => Box::new(BufReader::new(input)),
        };
        Ok(Self {
            input,
            origin: origin.into(),
            line: 0,
            form: None,
            first: None,
            statements: 0,
            ended: false,
        })
    }

    /// Rows passed over so far as mere statements.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    fn next_report(&mut self) -> Result<Option<Report>, FaultKind> {
        loop {
            let Some(line) = self.next_line()? else { return Ok(None) };
            if line.trim().is_empty() {
                continue;
            }
            match self.form.as_ref() {
                None => self.begin(line)?,
                Some(form) => match form.read(&line)? {
                    Some(report) => return Ok(Some(report)),
                    None => self.statements += 1,
                },
            }
        }
    }

    fn next_line(&mut self) -> Result<Option<String>, FaultKind> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        self.line += 1;
        match lines::next(&mut self.input)? {
            None => Ok(None),
            Some(Line::TooLong) => Err(FaultKind::TooLong),
            Some(Line::Text(text)) => Ok(Some(text)),
        }
    }

    /// Sees the form from the first line; one that names no columns is read as a row again.
    fn begin(&mut self, line: String) -> Result<(), FaultKind> {
        let line = line.trim_start_matches('\u{feff}').to_owned();
        let (form, is_header) = Form::of(&line)?;
        self.form = Some(form);
        self.first = (!is_header).then_some(line);
        Ok(())
    }
}

impl Iterator for Reader {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let result = self.next_report().transpose()?;
        Some(result.map_err(|kind| {
            self.ended = kind.ends_file();
            Fault { origin: self.origin.clone(), line: self.line, kind }
        }))
    }
}

impl Form {
    fn of(line: &str) -> Result<(Self, bool), FaultKind> {
        if line.trim_start().starts_with('{') {
            return Ok((Self::Plover, false));
        }
        let cells: Vec<String> =
            line.split('\t').map(|cell| cell.trim().trim_matches('"').to_owned()).collect();
        if cells.first().is_some_and(|cell| cell == "Event ID")
            && cells.iter().any(|cell| cell == "Event Type")
        {
            return Ok((Self::Polecat { columns: polecat_columns(cells) }, true));
        }
        let (format, rule) = match cells.len() {
            57 | 58 => (Format::Gdelt1, "import/gdelt1"),
            61 => (Format::Gdelt2, "import/gdelt2"),
            found => return Err(FaultKind::UnknownForm { found }),
        };
        let names = format.columns().iter().take(cells.len()).map(|column| column.name.to_owned());
        let is_header = cells[0].eq_ignore_ascii_case("GLOBALEVENTID");
        Ok((Self::Gdelt { columns: names.collect(), rule }, is_header))
    }

    fn read(&self, line: &str) -> Result<Option<Report>, FaultKind> {
        match self {
            Self::Gdelt { columns, rule } => gdelt::read(&Fields::new(columns, line)?, rule),
            Self::Polecat { columns } => polecat::read(&Fields::new(columns, line)?).map(Some),
            Self::Plover => plover::read(line).map(Some),
        }
    }
}

/// The columns as the header names them. Some weeks of POLECAT name columns at the end that their rows do not have.
fn polecat_columns(mut cells: Vec<String>) -> Vec<String> {
    cells.truncate(Format::Polecat.columns().len());
    cells
}

fn sniff<R: Read>(mut input: R) -> io::Result<(Sniffed<R>, bool)> {
    let mut head = Vec::new();
    input.by_ref().take(2).read_to_end(&mut head)?;
    let is_gzip = head == GZIP;
    Ok((Cursor::new(head).chain(input), is_gzip))
}
