//! `detente extract` on the column that started the project: its day inferred with the reasons, its furniture set aside
//! with its kinds, nothing lost. Skipped where the shared data is absent.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::console;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed");

/// The column as it is printed, its text and the facts known of it.
struct Seed {
    printed: Value,
    original: String,
    facts: Value,
}

impl Seed {
    fn read() -> Option<Self> {
        let file = |name: &str| PathBuf::from(SEED).join(name);
        let (Ok(original), Ok(facts)) =
            (std::fs::read_to_string(file("article.txt")), std::fs::read(file("facts.json")))
        else {
            println!("skipped: {SEED} is not there");
            return None;
        };
        let output =
            console::detente(Path::new(SEED), &["extract", "article.txt"]).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = serde_json::from_slice(&output.stdout).expect("one line of JSON");
        Some(Self { printed, original, facts: serde_json::from_slice(&facts).expect("facts are JSON") })
    }

    fn string(&self, field: &str) -> &str {
        self.printed[field].as_str().unwrap_or_default()
    }

    fn list(&self, field: &str) -> &[Value] {
        self.printed[field].as_array().map_or(&[], Vec::as_slice)
    }

    /// The lines set aside, white space folded, with their kinds.
    fn furniture(&self) -> Vec<(String, &str)> {
        let shown = |line: &Value| fold(line["text"].as_str().unwrap_or_default());
        self.list("furniture")
            .iter()
            .map(|line| (shown(line), line["kind"].as_str().unwrap_or_default()))
            .collect()
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn its_day_is_inferred_and_the_reasons_are_listed() {
    let Some(seed) = Seed::read() else { return };
    assert_eq!(seed.string("published"), seed.facts["document_date"].as_str().expect("a day"));
    assert_eq!(seed.string("date_basis"), "inferred");
    let reasons: Vec<&str> = seed.list("reasons").iter().filter_map(Value::as_str).collect();
    for said in ["early April of 2017", "May 3-4", "May 10-11"] {
        assert!(reasons.iter().any(|reason| reason.contains(said)), "{said} in {reasons:#?}");
    }
}

#[test]
fn its_furniture_is_kept_with_its_kinds_and_is_no_text() {
    let Some(seed) = Seed::read() else { return };
    let furniture = seed.furniture();
    let body: Vec<String> = seed.string("articleBody").lines().map(fold).collect();
    for line in seed.facts["furniture"].as_array().expect("a list").iter().filter_map(Value::as_str) {
        let line = fold(line);
        assert!(furniture.iter().any(|(aside, _)| aside.contains(&line)), "not set aside: {line}");
        let taken = |text: &String| *text == line || line.len() > 12 && text.contains(&line);
        assert!(!body.iter().any(taken), "taken for text: {line}");
    }
    let kind =
        |start: &str| furniture.iter().find(|(line, _)| line.starts_with(start)).map(|(_, kind)| *kind);
    let kinds = [
        ("The statements, views", "disclaimer"),
        ("READ MORE:", "related"),
        ("Subscribe", "subscribe"),
        ("0 Comments", "comments"),
        ("BREAKING:", "neighbour"),
    ];
    for (start, expected) in kinds {
        assert_eq!(kind(start), Some(expected), "{start}");
    }
}

#[test]
fn nothing_of_it_is_lost() {
    let Some(seed) = Seed::read() else { return };
    let aside = seed.furniture().into_iter().map(|(line, _)| line);
    let body = seed.string("articleBody").lines().map(fold);
    let kept: Vec<String> = aside.chain(body).chain([fold(seed.string("title"))]).collect();
    for line in seed.original.lines().map(fold).filter(|line| !line.is_empty()) {
        assert!(kept.contains(&line), "lost: {line}");
    }
}
