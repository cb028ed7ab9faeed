//! A record batch holds what the Parquet file holds.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use detente_tables::{COLUMNS, EventsArrow, Kind, schema};

use super::{full, sparse};

fn batch() -> RecordBatch {
    let mut events = EventsArrow::default();
    events.push(&[full(), sparse()]);
    events.finish().unwrap()
}

#[test]
fn a_batch_holds_what_the_records_say() {
    let batch = batch();
    let column = |name: &str| batch.column_by_name(name).unwrap();
    assert_eq!(batch.num_rows(), 2);
    let mode = column("mode").as_string::<i32>();
    assert_eq!((mode.value(0), mode.is_null(1)), ("visit", true));
    let start = column("start").as_primitive::<Date32Type>();
    assert_eq!((start.value(0), start.is_null(1)), (-1, true));
    assert_eq!(column("span_end").as_primitive::<Int64Type>().values(), &[36, 36]);
    assert_eq!(column("score").as_primitive::<Float32Type>().values(), &[1.5, 1.5]);
    let contexts = column("contexts").as_list::<i32>();
    assert_eq!(
        contexts.value(0).as_string::<i32>().iter().flatten().collect::<Vec<_>>(),
        ["military", "legal"]
    );
    assert_eq!((contexts.value_length(1), contexts.null_count()), (0, 0));
    let recipients = column("recipients").as_list::<i32>();
    assert_eq!((recipients.value_length(0), recipients.value_length(1)), (0, 1));
    let party = recipients.value(1);
    let party = party.as_struct();
    assert_eq!(party.column_by_name("code").unwrap().as_string::<i32>().value(0), "USA");
    assert!(party.column_by_name("elsewhere").unwrap().as_boolean().value(0));
}

#[test]
fn the_columns_of_a_batch_are_the_columns() {
    let schema = schema();
    for (field, column) in schema.fields().iter().zip(COLUMNS) {
        let is_list = matches!(field.data_type(), DataType::List(_));
        assert_eq!(field.name(), column.name);
        assert_eq!(is_list, matches!(column.kind(), Kind::Texts | Kind::Parties));
        assert_eq!(field.is_nullable(), !is_list);
    }
    assert_eq!(schema.fields().len(), COLUMNS.len());
}

#[test]
fn a_finished_batch_begins_anew() {
    let mut events = EventsArrow::default();
    events.push(&[full()]);
    assert_eq!(events.finish().unwrap().num_rows(), 1);
    assert!(events.is_empty());
    events.push(&[sparse()]);
    assert_eq!(events.finish().unwrap().slice(0, 1), batch().slice(1, 1));
}
