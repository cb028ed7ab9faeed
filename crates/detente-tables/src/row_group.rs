//! Records to one Parquet file, by the levels of Dremel: a definition level says how much of a value's path is there, a
//! repetition level whether the value goes on a list (1) or begins a row (0).
//!
//! Written by `parquet`'s column writers and not by way of Arrow, which would take four times as long to build.

use std::io::Write;
use std::sync::Arc;

use detente_model::{EventRecord, PartyRecord};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, FloatType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use crate::column::{COLUMNS, Column, Kind, PARTY_TEXTS, VERSION, Values, day_number};

pub use parquet::errors::ParquetError;

/// So many rows are held in memory before they are written.
const ROWS_IN_MEMORY: usize = 64 * 1024;

/// A Parquet file of events in the making, compressed by Snappy, which every reader of Parquet knows.
///
/// The same events give the same bytes, however they are parted.
pub struct EventsParquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    leaves: Vec<Leaf>,
    rows: usize,
}

impl<W: Write + Send> EventsParquet<W> {
    /// Begins a file.
    pub fn new(out: W) -> Result<Self, ParquetError> {
        let schema = Arc::new(parse_message_type(&schema())?);
        let about = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("detente ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(vec![
                about("detente.table", "events"),
                about("detente.version", VERSION),
            ]))
            .build();
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
        Ok(Self { writer, leaves: leaves(), rows: 0 })
    }

    /// Adds events, a row each.
    pub fn write(&mut self, events: &[EventRecord<'_>]) -> Result<(), ParquetError> {
        for event in events {
            let mut leaves = self.leaves.iter_mut();
            COLUMNS.iter().for_each(|column| shred(column, event, &mut leaves));
            self.rows += 1;
            if self.rows == ROWS_IN_MEMORY {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Ends the file: without this call it cannot be read.
    pub fn finish(mut self) -> Result<(), ParquetError> {
        if self.rows > 0 {
            self.flush()?;
        }
        self.writer.into_inner()?.flush()?;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for leaf in std::mem::replace(&mut self.leaves, leaves()) {
            let Some(mut column) = group.next_column()? else { break };
            leaf.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

/// The schema in Parquet's own words. Lists are never null, and empty where there is nothing.
fn schema() -> String {
    let columns: String = COLUMNS.iter().map(field).collect();
    format!("message events {{\n{columns}}}")
}

fn field(column: &Column) -> String {
    let name = column.name;
    match column.kind() {
        Kind::Text => format!("  optional binary {name} (STRING);\n"),
        Kind::Day => format!("  optional int32 {name} (DATE);\n"),
        Kind::Whole => format!("  optional int64 {name};\n"),
        Kind::Real => format!("  optional float {name};\n"),
        Kind::Texts => list(name, "binary element (STRING);"),
        Kind::Parties => list(name, &format!("group element {{ {}}}", party_fields())),
    }
}

fn party_fields() -> String {
    let texts = PARTY_TEXTS.iter().map(|part| format!("optional binary {} (STRING); ", part.name));
    texts.chain(["required boolean elsewhere; ".to_owned()]).collect()
}

fn list(name: &str, element: &str) -> String {
    format!("  required group {name} (LIST) {{ repeated group list {{ required {element} }} }}\n")
}

/// The values of one leaf of the schema, of the rows that wait to be written.
enum Leaf {
    Text(Cells<ByteArrayType>),
    Day(Cells<Int32Type>),
    Whole(Cells<Int64Type>),
    Real(Cells<FloatType>),
    Flag(Cells<BoolType>),
}

struct Cells<T: DataType> {
    values: Vec<T::T>,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

/// The empty leaves of all columns, in the order of the schema.
fn leaves() -> Vec<Leaf> {
    let of = |column: &Column| match column.kind() {
        Kind::Text | Kind::Texts => vec![Leaf::Text(Cells::new())],
        Kind::Day => vec![Leaf::Day(Cells::new())],
        Kind::Whole => vec![Leaf::Whole(Cells::new())],
        Kind::Real => vec![Leaf::Real(Cells::new())],
        Kind::Parties => {
            let texts = PARTY_TEXTS.iter().map(|_| Leaf::Text(Cells::new()));
            texts.chain([Leaf::Flag(Cells::new())]).collect()
        }
    };
    COLUMNS.iter().flat_map(of).collect()
}

impl Leaf {
    fn write(self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        match self {
            Leaf::Text(cells) => cells.write(column),
            Leaf::Day(cells) => cells.write(column),
            Leaf::Whole(cells) => cells.write(column),
            Leaf::Real(cells) => cells.write(column),
            Leaf::Flag(cells) => cells.write(column),
        }
    }
}

impl<T: DataType> Cells<T> {
    fn new() -> Self {
        Self { values: Vec::new(), definition: Vec::new(), repetition: Vec::new() }
    }

    fn push(&mut self, value: Option<T::T>, definition: i16, repetition: i16) {
        self.values.extend(value);
        self.definition.push(definition);
        self.repetition.push(repetition);
    }

    /// The value of a column that may be null.
    fn push_optional(&mut self, value: Option<T::T>) {
        let definition = i16::from(value.is_some());
        self.push(value, definition, 0);
    }

    fn write(&self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = (Some(&*self.definition), Some(&*self.repetition));
        column.typed::<T>().write_batch(&self.values, levels.0, levels.1)?;
        Ok(())
    }
}

/// Parts one column of an event into its leaves.
fn shred<'l>(column: &Column, event: &EventRecord<'_>, leaves: &mut impl Iterator<Item = &'l mut Leaf>) {
    match (column.values, leaves.next()) {
        (Values::Text(value), Some(Leaf::Text(cells))) => cells.push_optional(value(event).map(bytes)),
        (Values::Day(value), Some(Leaf::Day(cells))) => cells.push_optional(value(event).map(day_number)),
        (Values::Whole(value), Some(Leaf::Whole(cells))) => {
            cells.push_optional(value(event).and_then(|number| i64::try_from(number).ok()));
        }
        (Values::Real(value), Some(Leaf::Real(cells))) => cells.push_optional(Some(value(event))),
        (Values::Texts(value), Some(Leaf::Text(cells))) => {
            shred_list(cells, value(event), |text| Some(bytes(text)), 1);
        }
        (Values::Parties(value), Some(first)) => shred_parties(value(event), first, leaves),
        // The leaves are made from the same columns.
        _ => {}
    }
}

fn shred_parties<'l>(
    parties: &[PartyRecord<'_>],
    first: &'l mut Leaf,
    leaves: &mut impl Iterator<Item = &'l mut Leaf>,
) {
    let mut leaves = std::iter::once(first).chain(leaves);
    for (part, leaf) in PARTY_TEXTS.iter().zip(&mut leaves) {
        let Leaf::Text(cells) = leaf else { continue };
        shred_list(cells, parties, |party| (part.value)(party).map(bytes), 2);
    }
    if let Some(Leaf::Flag(cells)) = leaves.next() {
        shred_list(cells, parties, |party| Some(party.elsewhere), 1);
    }
}

/// Parts a list of which each value has this definition level where it is there, and one less where it is null.
fn shred_list<T: DataType, V>(
    cells: &mut Cells<T>,
    list: &[V],
    value: impl Fn(&V) -> Option<T::T>,
    depth: i16,
) {
    if list.is_empty() {
        cells.push(None, 0, 0);
    }
    for (at, item) in list.iter().enumerate() {
        let value = value(item);
        let definition = if value.is_some() { depth } else { depth - 1 };
        cells.push(value, definition, i16::from(at > 0));
    }
}

fn bytes(text: &str) -> ByteArray {
    ByteArray::from(text)
}
