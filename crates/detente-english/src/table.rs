//! Reading the model's text tables: one record a line, fields parted by tabs.

use thiserror::Error;

/// A table of the model that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("english-table: {table}.txt, line {line}: {problem}")]
pub struct TableError {
    /// Which table, by its file name in `model/`.
    pub table: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// One line of a table.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    table: &'static str,
    number: usize,
    text: &'static str,
}

impl Line {
    /// The whole line.
    pub(crate) fn text(self) -> &'static str {
        self.text
    }

    /// Its fields, which must be just `N`.
    pub(crate) fn fields<const N: usize>(self) -> Result<[&'static str; N], TableError> {
        let mut fields = self.text.split('\t');
        let mut found = [""; N];
        for field in &mut found {
            *field = fields.next().ok_or(self.error("too few fields"))?;
        }
        match fields.next() {
            None => Ok(found),
            Some(_) => Err(self.error("too many fields")),
        }
    }

    /// An error at this line.
    pub(crate) fn error(self, problem: &'static str) -> TableError {
        TableError { table: self.table, line: self.number, problem }
    }
}

/// The lines of a table.
pub(crate) fn lines(table: &'static str, text: &'static str) -> impl Iterator<Item = Line> {
    text.lines().enumerate().map(move |(i, text)| Line { table, number: i + 1, text })
}
