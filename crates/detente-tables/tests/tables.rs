//! The three forms of a table hold the same records, and the README tells their columns.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Int64Type};
use detente_model::{EventRecord, PartyRecord};
use detente_tables::{COLUMNS, EventsParquet, Kind, RecordBatch, batch, csv_header, csv_rows, schema};
use jiff::civil::date;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

fn party(text: &'static str, code: Option<&str>) -> PartyRecord<'static> {
    let code = code.map(str::to_owned);
    PartyRecord { text, code, sector: Some("GOV"), name: None, elsewhere: false }
}

fn full() -> EventRecord<'static> {
    EventRecord {
        id: "a#1",
        doc: "a",
        sentence: "Oman, \"the host\",\nmet Chad | Mali.",
        trigger: "met",
        kind: "CONSULT",
        mode: Some("visit"),
        plain_type: "CONSULT",
        plain_mode: Some("visit"),
        occasion: Some("muscat talk"),
        actors: vec![party("Oman", Some("OMN")), party("Chad | Mali", None)],
        recipients: vec![],
        status: "occurred",
        start: Some(date(1969, 12, 31)),
        end: Some(date(2024, 2, 29)),
        time_basis: Some("clause"),
        place: Some("Muscat, Oman"),
        geonameid: Some(287_286),
        speaker: Some("she"),
        part: "text",
        span: (3, 36),
        trigger_span: (21, 24),
        contexts: vec!["military", "legal"],
        quad: "verbal-cooperation",
        score: 1.5,
        cameo: "040",
        rule: "consult/meet.v",
        confidence: 0.8,
        genre: "report",
    }
}

fn sparse() -> EventRecord<'static> {
    EventRecord {
        id: "b#1",
        mode: None,
        plain_mode: None,
        occasion: None,
        actors: vec![],
        recipients: vec![PartyRecord { elsewhere: true, ..party("it", Some("USA")) }],
        start: None,
        end: None,
        time_basis: None,
        place: None,
        geonameid: None,
        speaker: None,
        contexts: vec![],
        ..full()
    }
}

fn parquet(batches: &[RecordBatch]) -> Vec<u8> {
    let file = tempfile();
    let mut writer = EventsParquet::new(fs::File::create(&file).unwrap()).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.finish().unwrap();
    let bytes = fs::read(&file).unwrap();
    fs::remove_file(file).unwrap();
    bytes
}

fn tempfile() -> std::path::PathBuf {
    let thread = format!("{:?}", std::thread::current().id());
    std::env::temp_dir().join(format!("detente-tables-{}-{thread}.parquet", std::process::id()))
}

#[test]
fn a_parquet_file_gives_back_the_batch() {
    let written = batch(&[full(), sparse()]);
    let file = tempfile();
    fs::write(&file, parquet(&[written.clone(), batch(&[])])).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(&file).unwrap()).unwrap();
    assert_eq!(reader.schema(), &schema());
    let read: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    fs::remove_file(file).unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].columns(), written.columns());
}

#[test]
fn the_same_batches_give_the_same_bytes() {
    let batches = [batch(&[full()]), batch(&[sparse()])];
    assert_eq!(parquet(&batches), parquet(&batches));
}

#[test]
fn a_batch_holds_what_the_records_say() {
    let batch = batch(&[full(), sparse()]);
    let column = |name: &str| batch.column_by_name(name).unwrap();
    assert_eq!(column("type").as_string::<i32>().value(0), "CONSULT");
    assert_eq!(column("mode").null_count(), 1);
    let starts = column("start").as_primitive::<Date32Type>();
    assert_eq!((starts.value(0), starts.null_count()), (-1, 1));
    assert_eq!(column("end").as_primitive::<Date32Type>().value(0), 19_782);
    assert_eq!(column("span_end").as_primitive::<Int64Type>().value(1), 36);
    assert_eq!(column("score").as_primitive::<Float32Type>().value(0), 1.5);
    let actors = column("actors").as_list::<i32>();
    assert_eq!((actors.value_length(0), actors.value_length(1), actors.null_count()), (2, 0, 0));
    let parties = actors.value(0);
    let codes = parties.as_struct().column_by_name("code").unwrap().as_string::<i32>().clone();
    assert_eq!(codes.iter().collect::<Vec<_>>(), [Some("OMN"), None]);
    let recipients = column("recipients").as_list::<i32>().value(1);
    assert!(recipients.as_struct().column_by_name("elsewhere").unwrap().as_boolean().value(0));
}

#[test]
fn csv_holds_the_same_flat() {
    let bytes = [csv_header(), csv_rows(&[full(), sparse()])].concat();
    let mut reader = csv::Reader::from_reader(&*bytes);
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell =
        |row: usize, name: &str| rows[row][header.iter().position(|is| is == name).unwrap()].to_owned();
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(0, "sentence"), full().sentence);
    assert_eq!(cell(0, "actors"), r"Oman|Chad \| Mali");
    assert_eq!((cell(0, "actor_codes"), cell(0, "actor_sectors")), ("OMN|".into(), "GOV|GOV".into()));
    assert_eq!((cell(0, "start"), cell(1, "start")), ("1969-12-31".into(), String::new()));
    assert_eq!((cell(0, "contexts"), cell(1, "recipient_codes")), ("military|legal".into(), "USA".into()));
    assert_eq!(csv_rows(&[]), b"");
}

#[test]
fn every_field_of_a_record_is_in_the_table() {
    let json = serde_json::to_value(full()).unwrap();
    for field in json.as_object().unwrap().keys() {
        let mut parts = COLUMNS.iter().filter(|column| match field.as_str() {
            "span" | "trigger_span" => column.name == format!("{}_start", field.trim_end_matches("_span")),
            field => column.name == field,
        });
        assert!(parts.next().is_some(), "no column {field}");
    }
}

#[test]
fn the_readme_tells_the_columns() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let (before, _) = readme.split_once("| column |").unwrap();
    let told = format!("{before}{}", columns());
    match std::env::var_os("UPDATE_SNAPSHOTS") {
        Some(_) => fs::write(path, told).unwrap(),
        None => assert!(readme == told, "UPDATE_SNAPSHOTS=1 takes\n{told}"),
    }
}

fn columns() -> String {
    let kind = |kind: Kind| match kind {
        Kind::Text => "text",
        Kind::Day => "day",
        Kind::Whole => "whole number",
        Kind::Real => "number",
        Kind::Texts => "list of texts",
        Kind::Parties => "list of parties",
    };
    let rows = COLUMNS.iter().map(|c| format!("| `{}` | {} | {} |\n", c.name, kind(c.kind()), c.doc));
    format!("| column | kind | what it says |\n|---|---|---|\n{}", rows.collect::<String>())
}
