//! The column that started the project: its furniture set aside, its day inferred. Skipped where the shared data is absent.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use detente_ingest::{Options, article_from_text};
use detente_model::{Article, BlockKind, DateBasis, Genre};
use serde_json::Value;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed");

fn seed() -> Option<(Article, Value)> {
    let (Ok(text), Ok(facts)) =
        (std::fs::read_to_string(format!("{SEED}/article.txt")), std::fs::read(format!("{SEED}/facts.json")))
    else {
        println!("skipped: {SEED} is not there");
        return None;
    };
    let facts = serde_json::from_slice(&facts).expect("facts are JSON");
    Some((article_from_text("seed", &text, &Options::default()), facts))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_furniture_line_is_furniture_and_none_is_text() {
    let Some((article, facts)) = seed() else { return };
    let blocks = |furniture: bool| {
        let wanted = article
            .blocks
            .iter()
            .filter(move |block| matches!(block.kind, BlockKind::Furniture(_)) == furniture);
        wanted.map(|block| fold(&article.text[block.span.range()])).collect::<Vec<_>>()
    };
    let (furniture, text) = (blocks(true), blocks(false));
    for line in facts["furniture"].as_array().expect("a list").iter().filter_map(Value::as_str) {
        let line = fold(line);
        assert!(furniture.iter().any(|block| block.contains(&line)), "not set aside: {line}");
        assert!(
            !text.iter().any(|block| *block == line || line.len() > 12 && block.contains(&line)),
            "taken for text: {line}"
        );
    }
    assert_eq!(text.len(), 12, "the headline and eleven paragraphs remain: {text:#?}");
}

#[test]
fn the_headline_genre_and_day_are_known() {
    let Some((article, facts)) = seed() else { return };
    assert_eq!(
        article.title,
        "Sergey Lavrov and Rex Tillerson to meet next week. Is reconciliation back on the table?"
    );
    assert_eq!(article.genre, Genre::Opinion);
    assert!(!article.genre_cue.is_empty());
    let published = article.published.expect("a day");
    assert_eq!(published.day().map(|day| day.to_string()).as_deref(), facts["document_date"].as_str());
    assert_eq!(published.basis, DateBasis::Inferred);
    assert!(published.reasons.len() >= 2, "{:?}", published.reasons);
}
