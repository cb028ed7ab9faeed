//! Records keep their order, name and text, character for character, so that offsets into them hold.

use detente_ingest::{LanguageGate, Options, Reader, Source};
use serde_json::Value;

/// Reads a list of records and compares it with what was written in it.
fn check(json: &[u8]) {
    let Value::Array(docs) = serde_json::from_slice(json).expect("JSON") else { panic!("a list") };
    let reader = Reader::new(Options { gate: LanguageGate::Pass, ..Options::default() });
    let articles: Vec<_> =
        reader.read(Source::Bytes("docs.json".to_owned(), json.to_vec())).filter_map(Result::ok).collect();
    assert_eq!(articles.len(), docs.len());
    for (article, doc) in articles.iter().zip(&docs) {
        assert_eq!(doc["id"].as_str(), Some(article.id.as_str()));
        assert_eq!(doc["text"].as_str(), Some(article.text.as_str()), "{}", article.id);
        if let Some(day) = doc["published"].as_str() {
            let found = article.published.as_ref().and_then(|published| published.day());
            assert_eq!(found.map(|found| found.to_string()).as_deref(), Some(day), "{}", article.id);
        }
    }
}

#[test]
fn odd_texts_are_kept_as_they_are() {
    let texts = [
        "  Envoys met.\r\n\r\n\tThey will meet again. ",
        "\u{feff}Envoys met\u{a0}\u{a0}in Oslo 🇳🇴.\u{2028}They left.",
        "Share this\n\nREAD MORE: Envoys met",
        "",
        "&amp; <p>Envoys met</p> &lt;",
        "# Envoys met\n\n---\n\n* grain",
    ];
    let docs: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| serde_json::json!({"id": format!("d{at}"), "published": "2017-05-02", "title": "Envoys", "text": text}))
        .collect();
    check(&serde_json::to_vec(&docs).expect("JSON"));
    check(serde_json::to_string_pretty(&docs).expect("JSON").as_bytes());
}

#[test]
fn the_shared_collections_are_kept_as_they_are() {
    for name in ["newswire", "newsroom"] {
        let path = format!("{}/../../../shared/eval/data/{name}/docs.json", env!("CARGO_MANIFEST_DIR"));
        match std::fs::read(&path) {
            Ok(json) => check(&json),
            Err(_) => println!("skipped: {path} is not there"),
        }
    }
}
