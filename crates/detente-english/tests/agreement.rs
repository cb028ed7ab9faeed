//! The whole pipeline against spaCy's: on texts of our own, and on the reference annotations where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Read;

use detente_english::{Annotated, English, Token};
use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
    text: String,
    tokens: Vec<Row>,
}

/// `[idx, text, lemma, tag, pos, dep, head, ent_iob, ent_type, sent_start]`, `idx` in code points.
#[derive(Deserialize, Debug, PartialEq)]
struct Row(usize, String, String, String, String, String, usize, String, String, bool);

fn rows(doc: &Annotated<'_>) -> Vec<Row> {
    let row = |token: Token<'_>| {
        Row(
            doc.text()[..token.span().start].chars().count(),
            token.text().to_owned(),
            token.lemma().to_owned(),
            token.tag().to_string(),
            token.pos().to_string(),
            token.dep().to_string(),
            token.head().i(),
            token.ent_iob().to_string(),
            token.entity_type().map(|kind| kind.to_string()).unwrap_or_default(),
            token.is_sent_start(),
        )
    };
    doc.tokens().map(row).collect()
}

fn documents(lines: &str) -> Vec<Document> {
    lines.lines().map(|line| serde_json::from_str(line).expect("a document")).collect()
}

#[test]
fn texts_of_our_own_agree_in_every_token() {
    for document in documents(include_str!("fixtures/annotations.jsonl")) {
        let found = rows(&English::load().annotate(&document.text));
        assert_eq!(found.len(), document.tokens.len(), "tokens of {:?}", document.text);
        for (found, expected) in found.iter().zip(&document.tokens) {
            assert_eq!(found, expected, "{:?}", document.text);
        }
    }
}

/// Shares of the reference that must agree: tokens, each column, whole sentences.
const TOKENS: f64 = 0.9999;
const COLUMNS: f64 = 0.999;
const SENTENCES: f64 = 0.985;

/// Documents read without optimisation, so that the test stays quick.
const FEW: usize = 60;

#[test]
fn the_reference_agrees() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/eval/data/annotate/reference.jsonl.gz");
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: no {path}");
        return;
    };
    let mut lines = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut lines).unwrap();
    let mut documents = documents(&lines);
    documents.truncate(if cfg!(debug_assertions) { FEW } else { usize::MAX });
    let mut tally = Tally::default();
    for document in &documents {
        tally.add(&document.tokens, &rows(&English::load().annotate(&document.text)));
    }
    tally.check();
}

#[derive(Default)]
struct Tally {
    tokens: usize,
    same: usize,
    columns: [usize; 7],
    sentences: usize,
    whole: usize,
}

impl Tally {
    fn add(&mut self, expected: &[Row], found: &[Row]) {
        let place = |row: &Row| (row.0, row.1.clone());
        let at: std::collections::HashMap<_, _> = found.iter().map(|row| (place(row), row)).collect();
        self.tokens += expected.len();
        let mut whole = true;
        for (i, want) in expected.iter().enumerate() {
            if want.9 && i > 0 {
                self.close(&mut whole);
            }
            let Some(got) = at.get(&place(want)) else {
                whole = false;
                continue;
            };
            self.same += 1;
            let head = found.get(got.6).map(place) == Some(place(&expected[want.6]));
            let entity = (&got.7, &got.8) == (&want.7, &want.8);
            let texts = [got.2 == want.2, got.3 == want.3, got.4 == want.4, got.5 == want.5];
            let [lemma, tag, pos, dep] = texts;
            for (sum, same) in
                self.columns.iter_mut().zip([lemma, tag, pos, dep, head, entity, got.9 == want.9])
            {
                *sum += usize::from(same);
                whole &= same;
            }
        }
        self.close(&mut whole);
    }

    fn close(&mut self, whole: &mut bool) {
        self.sentences += 1;
        self.whole += usize::from(*whole);
        *whole = true;
    }

    fn check(&self) {
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        assert!(share(self.same, self.tokens) >= TOKENS, "tokens: {} of {}", self.same, self.tokens);
        let names = ["lemma", "tag", "pos", "dep", "head", "entity", "sent_start"];
        for (name, column) in names.iter().zip(self.columns) {
            assert!(share(column, self.same) >= COLUMNS, "{name}: {column} of {}", self.same);
        }
        assert!(share(self.whole, self.sentences) >= SENTENCES, "{} of {}", self.whole, self.sentences);
    }
}
