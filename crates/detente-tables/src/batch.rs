//! Records to Arrow record batches, column by column in memory.
//!
//! The schema is what Arrow's readers make of the Parquet file that [`crate::EventsParquet`] writes, down to the names inside lists
//! and what may be null, so that tables of both origins are equal and can be put together.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float32Builder, Int64Builder, ListBuilder, StringBuilder,
    StructBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use detente_model::{EventRecord, PartyRecord};

use crate::column::{COLUMNS, Column, Kind, PARTY_TEXTS, VERSION, Values, day_number};

pub use arrow_schema::ArrowError;

/// So many rows make a batch full.
const ROWS: usize = 64 * 1024;

/// So many bytes of sentences make a batch full: offsets into a column of texts have 31 bits.
const BYTES: usize = 1 << 29;

/// What every batch looks like.
pub fn schema() -> SchemaRef {
    let fields: Fields = COLUMNS.iter().map(field).collect();
    let about = [("detente.table", "events"), ("detente.version", VERSION)];
    let about = about.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Arc::new(Schema::new_with_metadata(fields, about.into()))
}

/// A batch of events in the making.
pub struct EventsArrow {
    cells: Vec<Cells>,
    rows: usize,
    bytes: usize,
}

impl Default for EventsArrow {
    fn default() -> Self {
        Self { cells: COLUMNS.iter().map(Cells::of).collect(), rows: 0, bytes: 0 }
    }
}

impl EventsArrow {
    /// Adds events, a row each.
    pub fn push(&mut self, events: &[EventRecord<'_>]) {
        for event in events {
            COLUMNS.iter().zip(&mut self.cells).for_each(|(column, cells)| cells.push(column, event));
            self.bytes += event.sentence.len();
        }
        self.rows += events.len();
    }

    /// Whether the batch should be finished before more is added.
    pub fn is_full(&self) -> bool {
        self.rows >= ROWS || self.bytes >= BYTES
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The batch; the next one begins empty.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let columns = self.cells.iter_mut().map(Cells::finish).collect();
        (self.rows, self.bytes) = (0, 0);
        RecordBatch::try_new(schema(), columns)
    }
}

fn field(column: &Column) -> Field {
    let list = |element: Field| Field::new(column.name, DataType::List(Arc::new(element)), false);
    match column.kind() {
        Kind::Text => Field::new(column.name, DataType::Utf8, true),
        Kind::Day => Field::new(column.name, DataType::Date32, true),
        Kind::Whole => Field::new(column.name, DataType::Int64, true),
        Kind::Real => Field::new(column.name, DataType::Float32, true),
        Kind::Texts => list(text_element()),
        Kind::Parties => list(party_element()),
    }
}

fn text_element() -> Field {
    Field::new("element", DataType::Utf8, false)
}

fn party_element() -> Field {
    Field::new("element", DataType::Struct(party_fields()), false)
}

fn party_fields() -> Fields {
    let texts = PARTY_TEXTS.iter().map(|part| Field::new(part.name, DataType::Utf8, true));
    texts.chain([Field::new("elsewhere", DataType::Boolean, false)]).collect()
}

/// The values of one column.
enum Cells {
    Text(StringBuilder),
    Day(Date32Builder),
    Whole(Int64Builder),
    Real(Float32Builder),
    Texts(ListBuilder<StringBuilder>),
    Parties(ListBuilder<StructBuilder>),
}

impl Cells {
    fn of(column: &Column) -> Self {
        match column.kind() {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Day => Self::Day(Date32Builder::new()),
            Kind::Whole => Self::Whole(Int64Builder::new()),
            Kind::Real => Self::Real(Float32Builder::new()),
            Kind::Texts => Self::Texts(ListBuilder::new(StringBuilder::new()).with_field(text_element())),
            Kind::Parties => Self::Parties(ListBuilder::new(parties()).with_field(party_element())),
        }
    }

    fn push(&mut self, column: &Column, event: &EventRecord<'_>) {
        match (column.values, self) {
            (Values::Text(value), Self::Text(cells)) => cells.append_option(value(event)),
            (Values::Day(value), Self::Day(cells)) => cells.append_option(value(event).map(day_number)),
            (Values::Whole(value), Self::Whole(cells)) => {
                cells.append_option(value(event).and_then(|number| i64::try_from(number).ok()));
            }
            (Values::Real(value), Self::Real(cells)) => cells.append_value(value(event)),
            (Values::Texts(value), Self::Texts(cells)) => cells.append_value(value(event).iter().map(Some)),
            (Values::Parties(value), Self::Parties(cells)) => {
                value(event).iter().for_each(|party| push_party(cells.values(), party));
                cells.append(true);
            }
            // The cells are made from the same columns.
            _ => {}
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(cells) => Arc::new(cells.finish()),
            Self::Day(cells) => Arc::new(cells.finish()),
            Self::Whole(cells) => Arc::new(cells.finish()),
            Self::Real(cells) => Arc::new(cells.finish()),
            Self::Texts(cells) => Arc::new(cells.finish()),
            Self::Parties(cells) => Arc::new(cells.finish()),
        }
    }
}

fn parties() -> StructBuilder {
    let texts = PARTY_TEXTS.iter().map(|_| Box::new(StringBuilder::new()) as Box<dyn ArrayBuilder>);
    StructBuilder::new(party_fields(), texts.chain([Box::new(BooleanBuilder::new()) as _]).collect())
}

fn push_party(cells: &mut StructBuilder, party: &PartyRecord<'_>) {
    for (at, part) in PARTY_TEXTS.iter().enumerate() {
        if let Some(texts) = cells.field_builder::<StringBuilder>(at) {
            texts.append_option((part.value)(party));
        }
    }
    if let Some(flags) = cells.field_builder::<BooleanBuilder>(PARTY_TEXTS.len()) {
        flags.append_value(party.elsewhere);
    }
    cells.append(true);
}
