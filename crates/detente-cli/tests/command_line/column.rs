//! `detente read` and `detente ask` on the column that started the project: every event that must come out, and the answer to its
//! question. Skipped where the shared data is absent.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::console;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed");
const QUESTION: &str = "Is reconciliation back on the table between Russia and the United States?";

/// How many events may come out beside those expected.
const EXTRAS: usize = 4;
/// How many of the expected must have their very days.
const DATED: usize = 12;

fn run(arguments: &[&str]) -> String {
    let output = console::detente(Path::new(SEED), arguments).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What must come out, where it is there to be read.
fn expected() -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(PathBuf::from(SEED).join("expected.jsonl")) else {
        println!("skipped: {SEED} is not there");
        return None;
    };
    Some(rows(&text))
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn folded(event: &Value) -> String {
    event["sentence"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn codes(event: &Value, side: &str) -> BTreeSet<String> {
    let parties = event[side].as_array().into_iter().flatten();
    parties.filter_map(|party| party["code"].as_str()).map(str::to_owned).collect()
}

/// The same parties on the same sides; those who meet may stand on either, and a side that the sentence does not name is free.
fn same_dyad(wanted: &Value, found: &Value) -> bool {
    let sides = |event: &Value| (codes(event, "actors"), codes(event, "recipients"));
    let ((wa, wr), (fa, fr)) = (sides(wanted), sides(found));
    let mutual = matches!(wanted["type"].as_str(), Some("CONSULT" | "AGREE" | "COOPERATE"));
    match wa.is_empty() {
        true => wr.is_subset(&(&fa | &fr)),
        false if mutual && (wr.is_empty() || fr.is_empty()) => &wa | &wr == &fa | &fr,
        false => wa == fa && wr == fr,
    }
}

fn is_found(wanted: &Value, found: &Value) -> bool {
    let (a, b) = (folded(wanted), folded(found));
    let same = |field: &str| wanted[field] == found[field];
    (a.contains(&b) || b.contains(&a)) && same("type") && same("status") && same_dyad(wanted, found)
}

#[test]
fn every_event_of_it_comes_out() {
    let Some(expected) = expected() else { return };
    let mut found = rows(&run(&["read", "article.txt", "--format", "jsonl"]));
    let (all, mut dated) = (found.len(), 0);
    for wanted in &expected {
        let days = |event: &&Value| event["start"] == wanted["start"] && event["end"] == wanted["end"];
        let candidates = || found.iter().enumerate().filter(|(_, event)| is_found(wanted, event));
        let best = candidates().find(|(_, event)| days(event)).or_else(|| candidates().next());
        let (at, event) = best.unwrap_or_else(|| panic!("not coded: {wanted}"));
        dated += usize::from(days(&event));
        found.remove(at);
    }
    assert!(dated >= DATED, "{dated} of {} have their days", expected.len());
    assert!(all <= expected.len() + EXTRAS, "beside them: {found:#?}");
}

#[test]
fn what_is_to_be_prevented_did_not_happen() {
    let Some(_) = expected() else { return };
    let events = rows(&run(&["read", "article.txt", "--format", "jsonl"]));
    let attacks = events.iter().filter(|event| event["type"] == "ASSAULT");
    assert!(attacks.clone().count() > 0, "the strike of April is told");
    assert!(attacks.clone().all(|event| !codes(event, "actors").contains("TUR")), "{events:#?}");
}

#[test]
fn its_question_is_answered_with_evidence() {
    let Some(_) = expected() else { return };
    let answer = run(&["ask", QUESTION, "--on", "2017-05-02", "article.txt"]);
    let headline = answer.lines().next().unwrap_or_default();
    for words in ["Russia and the United States", "opening", "evidence thin"] {
        assert!(headline.contains(words), "{words}: {headline}");
    }
    for words in [
        "a call of ministers, held on 2 May 2017",
        "a meeting of ministers between Russia and the United States, scheduled for 10-11 May 2017 in Fairbanks, United States",
        "scheduled for 3-4 May 2017 in Astana, Kazakhstan",
        "an attack from the air by the United States on others, as told by Russia, on 6 April 2017",
        "relations had “eroded”",
    ] {
        assert!(answer.contains(words), "{words} is missing in\n{answer}");
    }
    // What the column does not say: the talk of 2 May was the call, and "early April" is when it was difficult.
    for words in ["held on 2 May 2017 in", "a meeting of officials, held on 2 May", "1-10 April"] {
        assert!(!answer.contains(words), "{words} is in\n{answer}");
    }
    let (told, evidence) = answer.split_once("\n[1] ").expect("what is cited stands below");
    let cited = |line: &&str| line.starts_with("- ");
    assert!(told.lines().filter(cited).all(|line| line.ends_with(']')), "{told}");
    assert!(evidence.lines().all(|line| line.contains('“')), "{evidence}");
}
