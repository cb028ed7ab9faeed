//! Both forms of a table hold the same records, and `docs/tables.md` tells their columns.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[cfg(feature = "arrow")]
mod arrow;

use std::fs;

use detente_model::{EventRecord, PartyRecord};
use detente_tables::{COLUMNS, EventsParquet, Kind, ParquetReports, VERSION, csv_header, csv_rows};
use jiff::civil::date;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

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
        published: Some(date(2024, 3, 1)),
        url: Some("https://news.example/a"),
        title: Some("Oman hosts Chad"),
        publisher: Some("news.example"),
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
        published: None,
        url: None,
        title: None,
        publisher: None,
        ..full()
    }
}

/// A file written in these portions.
fn parquet(portions: &[&[EventRecord<'_>]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut file = EventsParquet::new(&mut bytes).unwrap();
    portions.iter().for_each(|events| file.write(events).unwrap());
    file.finish().unwrap();
    bytes
}

fn reader(bytes: Vec<u8>) -> SerializedFileReader<bytes::Bytes> {
    SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap()
}

fn rows(bytes: Vec<u8>) -> Vec<Row> {
    reader(bytes).get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

fn cell<'r>(row: &'r Row, name: &str) -> &'r Field {
    row.get_column_iter().find(|(is, _)| *is == name).unwrap().1
}

fn party_of(field: &Field, at: usize) -> Vec<(String, Field)> {
    let Field::ListInternal(list) = field else { panic!("{field} is no list") };
    let Field::Group(party) = &list.elements()[at] else { panic!("{field} holds no parties") };
    party.get_column_iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn text(text: &str) -> Field {
    Field::Str(text.to_owned())
}

fn length(field: &Field) -> usize {
    let Field::ListInternal(list) = field else { panic!("{field} is no list") };
    list.len()
}

#[test]
fn a_parquet_file_holds_what_the_records_say() {
    let rows = rows(parquet(&[&[full(), sparse()]]));
    let both = |name: &str| [cell(&rows[0], name).clone(), cell(&rows[1], name).clone()];
    assert_eq!(rows.len(), 2);
    assert_eq!(both("sentence"), [text(full().sentence), text(full().sentence)]);
    assert_eq!(both("mode"), [text("visit"), Field::Null]);
    assert_eq!(both("start"), [Field::Date(-1), Field::Null]);
    assert_eq!(cell(&rows[0], "end"), &Field::Date(19_782));
    assert_eq!(both("span_end"), [Field::Long(36), Field::Long(36)]);
    assert_eq!(cell(&rows[0], "score"), &Field::Float(1.5));
    assert_eq!(cell(&rows[0], "contexts").to_string(), r#"["military", "legal"]"#);
    assert_eq!(both("actors").map(|list| length(&list)), [2, 0]);
    assert_eq!(both("recipients").map(|list| length(&list)), [0, 1]);
    let second = party_of(cell(&rows[0], "actors"), 1);
    assert_eq!(second[0], ("text".to_owned(), text("Chad | Mali")));
    assert_eq!(second[1..3], [("code".to_owned(), Field::Null), ("sector".to_owned(), text("GOV"))]);
    let elsewhere = ("elsewhere".to_owned(), Field::Bool(true));
    assert_eq!(party_of(cell(&rows[1], "recipients"), 0)[4], elsewhere);
}

#[test]
fn the_columns_of_a_parquet_file_are_the_columns() {
    let file = reader(parquet(&[]));
    let about = file.metadata().file_metadata();
    let names: Vec<&str> = about.schema().get_fields().iter().map(|field| field.name()).collect();
    assert_eq!(names, COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>());
    let version = about.key_value_metadata().unwrap().iter().find(|pair| pair.key == "detente.version");
    assert_eq!(version.unwrap().value.as_deref(), Some(VERSION));
    assert_eq!(about.num_rows(), 0);
}

#[test]
fn the_same_events_give_the_same_bytes_however_they_are_parted() {
    let all = parquet(&[&[full(), sparse(), full()]]);
    assert_eq!(parquet(&[&[full()], &[], &[sparse(), full()]]), all);
}

#[test]
fn many_events_take_several_row_groups_and_keep_their_order() {
    let ids: Vec<String> = (0..70_000).map(|number| format!("a#{number}")).collect();
    let events: Vec<EventRecord<'_>> = ids.iter().map(|id| EventRecord { id, ..sparse() }).collect();
    let bytes = parquet(&[&events]);
    assert_eq!(reader(bytes.clone()).num_row_groups(), 2);
    let read = rows(bytes);
    assert_eq!(read.len(), ids.len());
    assert!(read.iter().zip(&ids).all(|(row, id)| *cell(row, "id") == text(id)));
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
fn the_docs_tell_the_columns() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");
    let docs = fs::read_to_string(path).unwrap();
    let (before, _) = docs.split_once("| column |").unwrap();
    let told = format!("{before}{}", columns());
    match std::env::var_os("UPDATE_SNAPSHOTS") {
        Some(_) => fs::write(path, told).unwrap(),
        None => assert!(docs == told, "UPDATE_SNAPSHOTS=1 takes\n{told}"),
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

#[test]
fn a_parquet_file_is_read_back_as_reports() {
    let path = std::env::temp_dir().join(format!("detente-tables-{}.parquet", std::process::id()));
    fs::write(&path, parquet(&[&[full(), sparse()]])).unwrap();
    let reports: Result<Vec<_>, _> = ParquetReports::new(fs::File::open(&path).unwrap()).unwrap().collect();
    fs::remove_file(&path).unwrap();
    let reports = reports.unwrap();
    let [first, second] = &reports[..] else { panic!("{} reports", reports.len()) };
    let full = full();
    assert_eq!((first.key(), &*first.source.article), (full.id, full.doc));
    assert_eq!((&*first.sentence, &*first.trigger), (full.sentence, full.trigger));
    assert_eq!(first.source.published, full.published);
    assert_eq!(first.source.publisher.as_deref(), full.publisher);
    let event = &first.event;
    assert_eq!((event.kind.as_str(), event.mode.map(|mode| mode.as_str())), (full.kind, full.mode));
    assert_eq!(event.when.map(|when| (when.start, when.end)), Some((full.start, full.end)));
    assert_eq!(event.actors.len(), 2);
    assert_eq!(event.actors[0].actor.code.map(|code| code.to_string()), full.actors[0].code);
    assert_eq!(event.place.as_ref().and_then(|place| place.geonameid), full.geonameid);
    assert_eq!((event.evidence.sentence.start, event.evidence.trigger.end), (3, 24));
    assert_eq!((second.event.when, second.source.title.as_str()), (None, ""));
    assert!(second.event.recipients[0].elsewhere);
}
