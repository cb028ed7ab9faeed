//! Lines of a file, and the cells of a line.

use std::io::{self, BufRead};

use super::reader::FaultKind;

/// The longest line that is read, in bytes.
pub(super) const LONGEST: u64 = 4 << 20;

/// What stands in the next line.
pub(super) enum Line {
    /// Its text, without the line end; bytes that are not UTF-8 are replaced.
    Text(String),
    /// It is longer than [`LONGEST`] and was passed over.
    TooLong,
}

/// Reads the next line; `None` at the end.
pub(super) fn next(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    if io::Read::take(&mut *input, LONGEST).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && bytes.len() as u64 == LONGEST {
        skip_line(input)?;
        return Ok(Some(Line::TooLong));
    }
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(Line::Text(String::from_utf8_lossy(&bytes).into_owned())))
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let held = input.fill_buf()?;
        let (end, used) = match held.iter().position(|b| *b == b'\n') {
            Some(at) => (true, at + 1),
            None => (held.is_empty(), held.len()),
        };
        input.consume(used);
        if end {
            return Ok(());
        }
    }
}

/// The cells of a line by the names of their columns.
pub(super) struct Fields<'a> {
    columns: &'a [String],
    cells: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    /// The cells of a tab-separated line; quotes around a whole cell fall away.
    ///
    /// Empty cells at the end of a line that has too many are passed over.
    pub fn new(columns: &'a [String], line: &'a str) -> Result<Self, FaultKind> {
        let mut cells: Vec<&str> = line.split('\t').map(unquoted).collect();
        while cells.len() > columns.len() && cells.last() == Some(&"") {
            cells.pop();
        }
        if cells.len() != columns.len() {
            return Err(FaultKind::Columns { wanted: columns.len(), found: cells.len() });
        }
        Ok(Self { columns, cells })
    }

    /// The cell of a column; empty where the file has none such.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.map_or("", |at| self.cells[at])
    }

    /// Says that a cell is not what it should be.
    pub fn fault(&self, column: &'static str, wanted: &'static str) -> FaultKind {
        FaultKind::Cell { column, wanted, found: self.get(column).chars().take(40).collect() }
    }
}

fn unquoted(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}

/// The host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}
