//! The shapes that scorers and scripts rely on, whatever the words and rules are.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use crate::console;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
const DOCS: &str = "inputs/docs.json";

/// Standard output of a call that must succeed.
fn output(arguments: &[&str]) -> String {
    String::from_utf8(bytes(arguments)).expect("output is UTF-8")
}

fn bytes(arguments: &[&str]) -> Vec<u8> {
    let output = console::detente(Path::new(HERE), arguments).output().expect("the command starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn records(arguments: &[&str]) -> Vec<Value> {
    let records: Vec<Value> =
        output(arguments).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert!(!records.is_empty(), "{arguments:?}: no records");
    records
}

/// A field of each of our documents, by id.
fn originals(field: &str) -> HashMap<String, Vec<char>> {
    let json = std::fs::read_to_string(Path::new(HERE).join(DOCS)).expect("the documents");
    let docs: Vec<Value> = serde_json::from_str(&json).expect("a list of documents");
    let own = |doc: &Value, field: &str| doc[field].as_str().unwrap_or_default().to_owned();
    docs.iter().map(|doc| (own(doc, "id"), own(doc, field).chars().collect())).collect()
}

fn cut(text: &[char], start: &Value, end: &Value) -> String {
    let at = |number: &Value| usize::try_from(number.as_u64().expect("an offset")).expect("a small offset");
    text[at(start)..at(end)].iter().collect()
}

fn assert_fields(record: &Value, fields: &[&str]) {
    for field in fields {
        assert!(record.get(field).is_some(), "no {field} in {record}");
    }
}

#[test]
fn events_have_every_field_and_stand_in_the_original() {
    let (titles, texts) = (originals("title"), originals("text"));
    for event in records(&["read", "--docs", DOCS, "--format", "jsonl"]) {
        assert_fields(
            &event,
            &[
                "doc",
                "sentence",
                "trigger",
                "type",
                "mode",
                "actors",
                "recipients",
                "status",
                "start",
                "end",
                "place",
                "speaker",
                "id",
                "span",
                "trigger_span",
                "contexts",
                "score",
                "cameo",
                "rule",
                "confidence",
            ],
        );
        let part = if event["part"] == "title" { &titles } else { &texts };
        let original = &part[event["doc"].as_str().expect("a document")];
        assert_eq!(cut(original, &event["span"][0], &event["span"][1]), event["sentence"]);
        assert_eq!(cut(original, &event["trigger_span"][0], &event["trigger_span"][1]), event["trigger"]);
        for party in event["actors"].as_array().into_iter().chain(event["recipients"].as_array()).flatten() {
            assert_fields(party, &["text", "code", "sector"]);
        }
    }
}

#[test]
fn tokens_stand_in_the_original() {
    let texts = originals("text");
    let documents = records(&["annotate", "--docs", DOCS, "--format", "jsonl"]);
    assert_eq!(documents.len(), texts.len());
    for document in documents {
        let original = &texts[document["id"].as_str().expect("an id")];
        let tokens = document["tokens"].as_array().expect("tokens");
        for token in tokens {
            let token = token.as_array().expect("a row");
            let word: Vec<char> = token[1].as_str().expect("a word").chars().collect();
            let start = token[0].as_u64().expect("an offset") as usize;
            assert_eq!(token.len(), 10);
            assert_eq!(original[start..start + word.len()], word);
            assert!((token[6].as_u64().expect("a head") as usize) < tokens.len());
        }
    }
}

#[test]
fn times_stand_in_the_original() {
    let texts = originals("text");
    for time in records(&["times", "--docs", DOCS]) {
        assert_fields(&time, &["doc", "start", "end", "text", "type", "value", "from", "to"]);
        let original = &texts[time["doc"].as_str().expect("a document")];
        assert_eq!(cut(original, &time["start"], &time["end"]), time["text"]);
    }
}

#[test]
fn names_stand_in_the_original() {
    let texts = originals("text");
    for name in records(&["names", "--docs", DOCS]) {
        assert_fields(&name, &["doc", "start", "end", "name", "kind"]);
        let original = &texts[name["doc"].as_str().expect("a document")];
        assert_eq!(cut(original, &name["start"], &name["end"]), name["name"]);
    }
}

#[test]
fn places_stand_in_the_original() {
    let texts = originals("text");
    for place in records(&["places", "--docs", DOCS]) {
        assert_fields(&place, &["doc", "start", "end", "name", "geonameid", "lat", "lon", "country"]);
        let original = &texts[place["doc"].as_str().expect("a document")];
        assert_eq!(cut(original, &place["start"], &place["end"]), place["name"]);
    }
}

#[test]
fn pages_have_every_field() {
    for page in records(&["extract", "inputs/page.html"]) {
        assert_fields(
            &page,
            &[
                "page",
                "title",
                "author",
                "published",
                "date_basis",
                "site",
                "language",
                "articleBody",
                "furniture",
            ],
        );
    }
}

#[test]
fn relations_answer_every_pair() {
    let answers = output(&["relations", "--pairs", "inputs/pairs.tsv"]);
    let ids: Vec<&str> = answers.lines().filter_map(|line| Some(line.split_once('\t')?.0)).collect();
    assert_eq!(ids, ["uid", "a", "b", "c"]);
}

#[test]
fn conllu_rows_have_ten_columns() {
    let rows = output(&["annotate", "--docs", DOCS, "--format", "conllu"]);
    let words = rows.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    assert!(words.clone().count() > 20);
    words.for_each(|word| assert_eq!(word.split('\t').count(), 10, "{word}"));
}

#[test]
fn pictures_hold_a_sentence_each() {
    let svg = output(&["annotate", "inputs/sentence.txt", "--format", "svg"]);
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert_eq!(svg.matches("<svg ").count(), 1);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let arguments = ["read", "--docs", DOCS, "--format", "jsonl"];
    assert_eq!(output(&arguments), output(&arguments));
}

#[test]
fn csv_has_a_row_an_event() {
    let events = records(&["read", "--docs", DOCS, "--format", "jsonl"]);
    let rows = output(&["read", "--docs", DOCS, "--format", "csv"]);
    assert!(rows.starts_with("id,doc,type,"));
    assert_eq!(rows.lines().count(), events.len() + 1);
    let row = |event: &Value| format!("{},", event["id"].as_str().expect("an id"));
    assert!(rows.lines().skip(1).zip(&events).all(|(line, event)| line.starts_with(&row(event))));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_a_whole_file_and_the_same_each_time() {
    let arguments = ["read", "--docs", DOCS, "--format", "parquet"];
    let file = bytes(&arguments);
    assert!(file.len() > 1000 && file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    assert_eq!(file, bytes(&arguments));
}
