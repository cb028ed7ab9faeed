//! CSV and TSV with a row of names.

use std::io::BufRead;

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::{Document, Documents, Reader, one, packed};
use crate::charset::{Hint, decode};
use crate::date::written;
use crate::{InputError, Problem, Record};

/// The rows as documents; a broken row is an error of its own.
pub(super) fn read<'r>(
    reader: &'r Reader,
    name: String,
    stream: Box<dyn BufRead>,
    separator: u8,
) -> Documents<'r> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).flexible(true).trim(Trim::Headers).double_quote(true);
    let mut rows =
        builder.from_reader(Limited { inner: stream, limit: reader.options.limits.document_bytes, since: 0 });
    let columns = match rows.byte_headers() {
        Ok(names) => Columns::of(names, reader),
        Err(error) => return one(Err(problem(error).of(name))),
    };
    if columns.text.is_none() {
        return one(Err(Problem::NoText(reader.options.fields.text.join(", ")).of(name)));
    }
    let mut number = 1;
    let mut over = false;
    Box::new(std::iter::from_fn(move || {
        let mut row = ByteRecord::new();
        if over {
            return None;
        }
        rows.get_mut().since = 0;
        number += 1;
        match rows.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(columns.record(&row, &format!("{name}:{number}"), reader).map(Document::from)),
            Err(error) => {
                over = true;
                Some(Err(problem(error).of(format!("{name}:{number}"))))
            }
        }
    }))
}

fn problem(error: csv::Error) -> Problem {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<RowTooLarge>()) => {
            Problem::Csv(error.to_string())
        }
        csv::ErrorKind::Io(error) => packed::problem(error),
        other => Problem::Csv(format!("{other:?}")),
    }
}

/// Which column holds what.
struct Columns {
    id: Option<usize>,
    url: Option<usize>,
    title: Option<usize>,
    text: Option<usize>,
    published: Option<usize>,
    author: Option<usize>,
}

impl Columns {
    fn of(names: &ByteRecord, reader: &Reader) -> Self {
        let fields = &reader.options.fields;
        let place = |wanted: &[String]| {
            let have = |want: &String| {
                names.iter().position(|name| {
                    name.trim_ascii().trim_ascii_start().eq_ignore_ascii_case(want.as_bytes())
                })
            };
            wanted.iter().find_map(have)
        };
        Self {
            id: place(&fields.id),
            url: place(&fields.url),
            title: place(&fields.title),
            text: place(&fields.text),
            published: place(&fields.published),
            author: place(&fields.author),
        }
    }

    fn record(&self, row: &ByteRecord, place: &str, reader: &Reader) -> Result<Record, InputError> {
        let field = |column: Option<usize>| {
            let bytes = row.get(column?)?;
            (!bytes.trim_ascii().is_empty()).then(|| decode(bytes, Hint::None).text)
        };
        let text = field(self.text)
            .ok_or_else(|| Problem::NoText(reader.options.fields.text.join(", ")).of(place))?;
        Ok(Record {
            id: field(self.id).unwrap_or_else(|| place.to_owned()),
            url: field(self.url),
            title: field(self.title).unwrap_or_default(),
            published: field(self.published).and_then(|day| written::first_day(&day)),
            author: field(self.author),
            text,
        })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a row is larger than {0} bytes, perhaps for want of a closing quotation mark")]
struct RowTooLarge(usize);

/// Stops at a row that never ends.
struct Limited {
    inner: Box<dyn BufRead>,
    limit: usize,
    since: usize,
}

impl std::io::Read for Limited {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.since > self.limit {
            return Err(std::io::Error::other(RowTooLarge(self.limit)));
        }
        let read = std::io::Read::read(&mut self.inner, into)?;
        self.since += read;
        Ok(read)
    }
}
