//! Records to Arrow record batches.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use detente_model::{EventRecord, PartyRecord};
use jiff::civil::{Date, date};

use crate::column::{COLUMNS, Column, Kind, VERSION, Values};

/// Arrow counts the days of `Date32` from here.
const EPOCH: Date = date(1970, 1, 1);

/// The schema of a table of events: the meaning of a column stands in its metadata under `doc`.
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let metadata = HashMap::from([
            ("detente.table".to_owned(), "events".to_owned()),
            ("detente.version".to_owned(), VERSION.to_owned()),
        ]);
        let fields = COLUMNS.iter().map(field).collect::<Fields>();
        Arc::new(Schema::new_with_metadata(fields, metadata))
    });
    Arc::clone(&SCHEMA)
}

/// One batch of events, a row each.
pub fn batch(events: &[EventRecord<'_>]) -> RecordBatch {
    let columns = COLUMNS.iter().map(|column| array(column, events)).collect();
    // Both sides come from the same list of columns, and every array has a value an event.
    RecordBatch::try_new(schema(), columns).unwrap_or_else(|_| RecordBatch::new_empty(schema()))
}

fn field(column: &Column) -> Field {
    let doc = HashMap::from([("doc".to_owned(), column.doc.to_owned())]);
    Field::new(column.name, data_type(column.kind()), true).with_metadata(doc)
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Day => DataType::Date32,
        Kind::Whole => DataType::Int64,
        Kind::Real => DataType::Float32,
        Kind::Texts => list(DataType::Utf8),
        Kind::Parties => list(DataType::Struct(party_fields())),
    }
}

fn list(of: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(of, true)))
}

fn party_fields() -> Fields {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let flag = |name: &str| Field::new(name, DataType::Boolean, true);
    Fields::from(vec![text("text"), text("code"), text("sector"), text("name"), flag("elsewhere")])
}

fn array(column: &Column, events: &[EventRecord<'_>]) -> ArrayRef {
    match column.values {
        Values::Text(value) => {
            let mut builder = StringBuilder::new();
            events.iter().for_each(|event| builder.append_option(value(event)));
            Arc::new(builder.finish())
        }
        Values::Day(value) => {
            let mut builder = Date32Builder::with_capacity(events.len());
            events.iter().for_each(|event| builder.append_option(value(event).map(day_number)));
            Arc::new(builder.finish())
        }
        Values::Whole(value) => {
            let mut builder = Int64Builder::with_capacity(events.len());
            let number = |event| value(event).and_then(|number| i64::try_from(number).ok());
            events.iter().for_each(|event| builder.append_option(number(event)));
            Arc::new(builder.finish())
        }
        Values::Real(value) => {
            let mut builder = Float32Builder::with_capacity(events.len());
            events.iter().for_each(|event| builder.append_value(value(event)));
            Arc::new(builder.finish())
        }
        Values::Texts(value) => texts(events.iter().map(value)),
        Values::Parties(value) => parties(events.iter().map(value)),
    }
}

fn day_number(day: Date) -> i32 {
    day.since(EPOCH).map_or(0, |span| span.get_days())
}

fn texts<'r>(lists: impl Iterator<Item = &'r [&'static str]>) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for list in lists {
        list.iter().for_each(|text| builder.values().append_value(text));
        builder.append(true);
    }
    Arc::new(builder.finish())
}

fn parties<'r, 'a: 'r>(lists: impl Iterator<Item = &'r [PartyRecord<'a>]>) -> ArrayRef {
    let mut builder = ListBuilder::new(StructBuilder::from_fields(party_fields(), 0));
    for list in lists {
        list.iter().for_each(|party| append(builder.values(), party));
        builder.append(true);
    }
    Arc::new(builder.finish())
}

/// Appends a party, its fields in the order of [`party_fields`].
fn append(builder: &mut StructBuilder, party: &PartyRecord<'_>) {
    let texts = [Some(party.text), party.code.as_deref(), party.sector, party.name];
    for (at, text) in texts.into_iter().enumerate() {
        if let Some(builder) = builder.field_builder::<StringBuilder>(at) {
            builder.append_option(text);
        }
    }
    if let Some(builder) = builder.field_builder::<BooleanBuilder>(texts.len()) {
        builder.append_value(party.elsewhere);
    }
    builder.append(true);
}
