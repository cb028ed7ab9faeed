//! Record batches of reports to records: the columns that `python/detente/_reports.py` makes of whatever it is given.

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use detente_ingest::{InputError, Problem, Record};

/// What a row or file holds, as far as it could be had.
pub type Had<T> = Result<Result<T, InputError>, ArrowError>;

/// The records of all batches, numbered through.
pub fn rows(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> impl Iterator<Item = Had<Record>> {
    let mut before = 0;
    batches.flat_map(move |batch| match batch {
        Ok(batch) => {
            let first = before;
            before += batch.num_rows();
            records(&batch, first).into_iter().map(Ok).collect::<Vec<_>>()
        }
        Err(error) => vec![Err(error)],
    })
}

/// The columns of a report, each of texts; those that are missing are null.
struct Columns<'b> {
    id: Option<&'b StringArray>,
    url: Option<&'b StringArray>,
    title: Option<&'b StringArray>,
    text: Option<&'b StringArray>,
    published: Option<&'b StringArray>,
    author: Option<&'b StringArray>,
}

impl<'b> Columns<'b> {
    fn of(batch: &'b RecordBatch) -> Self {
        let column = |name: &str| batch.column_by_name(name).and_then(|column| column.as_string_opt());
        Self {
            id: column("id"),
            url: column("url"),
            title: column("title"),
            text: column("text"),
            published: column("published"),
            author: column("author"),
        }
    }

    /// The record of a row; `number` names it where it has no name of its own.
    fn record(&self, row: usize, number: usize) -> Result<Record, InputError> {
        let cell = |column: Option<&StringArray>| {
            column.filter(|column| column.is_valid(row)).map(|column| column.value(row).to_owned())
        };
        let id = cell(self.id).unwrap_or_else(|| number.to_string());
        let Some(text) = cell(self.text) else {
            return Err(InputError { source_name: id, problem: Problem::NoText("text".to_owned()) });
        };
        Ok(Record {
            id,
            url: cell(self.url),
            title: cell(self.title).unwrap_or_default(),
            published: cell(self.published).and_then(|day| Record::day(&day)),
            author: cell(self.author),
            text,
        })
    }
}

/// The records of a batch whose first row has this number.
fn records(batch: &RecordBatch, first: usize) -> Vec<Result<Record, InputError>> {
    let columns = Columns::of(batch);
    (0..batch.num_rows()).map(|row| columns.record(row, first + row)).collect()
}
