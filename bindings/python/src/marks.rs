//! What stands where in texts, as tables: tokens, time expressions, names of places.
//!
//! A text is taken as it is: no page is read, nothing is left out. What the rows say is told by [`detente::rows`].

use std::num::NonZeroUsize;
use std::sync::Arc;

use arrow_array::types::{ArrowPrimitiveType, Date32Type, Float32Type, Int64Type};
use arrow_array::{ArrayRef, BooleanArray, PrimitiveArray, RecordBatch, RecordBatchReader, StringArray};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use detente::english::English;
use detente::flow;
use detente::rows::{self, PlaceRow, TimeRow, TokenRow};
use detente_ingest::Record;
use jiff::civil::{Date, date};

use crate::problems;
use crate::reports::{self, Had};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Tokens, tags, parse and entities.
    Token,
    /// Time expressions.
    Time,
    /// Names of places.
    Place,
}

impl Mark {
    /// What its tables look like.
    pub fn schema(self) -> Result<SchemaRef, ArrowError> {
        // Columns that may be empty have to be told from those that happen to be.
        let none = self.table(&Record::default())?;
        let fields = none
            .schema()
            .fields()
            .iter()
            .map(|field| field.as_ref().clone().with_nullable(true))
            .collect::<Vec<_>>();
        Ok(Arc::new(Schema::new(fields)))
    }

    /// The rows of all reports, a batch for each, in their order; `pause` is called after every report.
    pub fn all<E: From<ArrowError>>(
        self,
        reports: Box<dyn RecordBatchReader + Send>,
        threads: NonZeroUsize,
        mut pause: impl FnMut() -> Result<(), E>,
    ) -> Result<Vec<RecordBatch>, E> {
        let schema = self.schema()?;
        let mut tables = Vec::new();
        let look = |report: Had<Record>| report.map(|report| report.map(|record| self.table(&record)));
        flow::in_order(
            threads,
            || reports::rows(reports),
            look,
            |found| {
                match found? {
                    Ok(table) => tables.push(table?.with_schema(Arc::clone(&schema))?),
                    Err(error) => problems::tell(&error),
                }
                pause()
            },
        )?;
        Ok(tables)
    }

    fn table(self, report: &Record) -> Result<RecordBatch, ArrowError> {
        let Record { id, text, published, .. } = report;
        RecordBatch::try_from_iter(match self {
            Self::Token => tokens(id, &rows::tokens(&English::load().annotate(text))),
            Self::Time => times(id, &rows::times(text, *published)),
            Self::Place => places(id, &rows::places(&English::load().annotate(text))),
        })
    }
}

/// A column's name and values.
type Column = (&'static str, ArrayRef);

fn tokens(doc: &str, rows: &[TokenRow<'_>]) -> Vec<Column> {
    vec![
        ("doc", texts(rows, |_| Some(doc))),
        ("sentence", numbers::<Int64Type, _>(rows, |row| Some(row.sentence as i64))),
        ("i", numbers::<Int64Type, _>(rows, |row| Some(row.i as i64))),
        ("start", numbers::<Int64Type, _>(rows, |row| Some(row.start as i64))),
        ("text", texts(rows, |row| Some(row.text))),
        ("lemma", texts(rows, |row| Some(row.lemma))),
        ("tag", texts(rows, |row| Some(row.tag))),
        ("pos", texts(rows, |row| Some(row.pos))),
        ("dep", texts(rows, |row| Some(row.dep))),
        ("head", numbers::<Int64Type, _>(rows, |row| Some(row.head as i64))),
        ("ent_iob", texts(rows, |row| Some(row.ent_iob))),
        ("ent_type", texts(rows, |row| Some(row.ent_type).filter(|kind| !kind.is_empty()))),
        ("sent_start", truths(rows, |row| row.sent_start)),
    ]
}

fn times(doc: &str, rows: &[TimeRow<'_>]) -> Vec<Column> {
    vec![
        ("doc", texts(rows, |_| Some(doc))),
        ("start", numbers::<Int64Type, _>(rows, |row| Some(row.start as i64))),
        ("end", numbers::<Int64Type, _>(rows, |row| Some(row.end as i64))),
        ("text", texts(rows, |row| Some(row.text))),
        ("type", texts(rows, |row| Some(row.r#type))),
        ("value", texts(rows, |row| Some(&row.value))),
        ("from", numbers::<Date32Type, _>(rows, |row| row.from.map(day_number))),
        ("to", numbers::<Date32Type, _>(rows, |row| row.to.map(day_number))),
        ("mod", texts(rows, |row| row.r#mod)),
        ("basis", texts(rows, |row| Some(row.basis))),
    ]
}

fn places(doc: &str, rows: &[PlaceRow<'_>]) -> Vec<Column> {
    vec![
        ("doc", texts(rows, |_| Some(doc))),
        ("start", numbers::<Int64Type, _>(rows, |row| Some(row.start as i64))),
        ("end", numbers::<Int64Type, _>(rows, |row| Some(row.end as i64))),
        ("name", texts(rows, |row| Some(row.name))),
        ("place", texts(rows, |row| row.place.as_deref())),
        ("geonameid", numbers::<Int64Type, _>(rows, |row| row.geonameid.map(i64::from))),
        ("lat", numbers::<Float32Type, _>(rows, |row| row.lat)),
        ("lon", numbers::<Float32Type, _>(rows, |row| row.lon)),
        ("country", texts(rows, |row| row.country.as_deref())),
        ("kind", texts(rows, |row| row.kind)),
        ("form", texts(rows, |row| Some(row.form))),
        ("nearby", truths(rows, |row| row.nearby)),
        ("certainty", numbers::<Float32Type, _>(rows, |row| Some(row.certainty))),
    ]
}

fn texts<'r, R>(rows: &'r [R], value: impl Fn(&'r R) -> Option<&'r str>) -> ArrayRef {
    Arc::new(rows.iter().map(value).collect::<StringArray>())
}

fn numbers<T: ArrowPrimitiveType, R>(rows: &[R], value: impl Fn(&R) -> Option<T::Native>) -> ArrayRef {
    Arc::new(PrimitiveArray::<T>::from_iter(rows.iter().map(value)))
}

fn truths<R>(rows: &[R], value: impl Fn(&R) -> bool) -> ArrayRef {
    Arc::new(rows.iter().map(|row| Some(value(row))).collect::<BooleanArray>())
}

/// Arrow counts days from the first of 1970.
fn day_number(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |since| since.get_days())
}
