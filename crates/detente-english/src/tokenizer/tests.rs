use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::lexeme::Lexemes;
use crate::reference;

fn tokenizer() -> (Tokenizer, Arc<Characters>) {
    let characters = Arc::new(Characters::load().unwrap());
    (Tokenizer::load(characters.clone()).unwrap(), characters)
}

fn tokens(tokenizer: &Tokenizer, text: &str) -> Vec<RawToken> {
    let mut out = Vec::new();
    tokenizer.tokenize(text, &mut out);
    out
}

fn words<'t>(tokenizer: &Tokenizer, text: &'t str) -> Vec<&'t str> {
    tokens(tokenizer, text).iter().map(|t| &text[t.span.range()]).collect()
}

/// The fixtures hold what spaCy makes of our own texts; `tools/convert_model/fixtures.py` writes them.
#[test]
fn tokens_and_features_are_as_spacy_makes_them() {
    assert_agreement(include_str!("../../tests/fixtures/tokens.jsonl"));
}

/// `DETENTE_TOKENS=FILE cargo test -p detente-english any_fixtures -- --ignored`, with a file by `fixtures.py`.
#[test]
#[ignore = "needs a file of fixtures"]
fn any_fixtures_agree() {
    assert_agreement(&std::fs::read_to_string(std::env::var("DETENTE_TOKENS").unwrap()).unwrap());
}

fn assert_agreement(fixtures: &str) {
    let (tokenizer, characters) = shared();
    let lexemes = Lexemes::load(characters.clone()).unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for fixture in fixtures.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let text = fixture["text"].as_str().unwrap();
        let (found, expected) = (described(tokenizer, &lexemes, text), fixture["tokens"].as_array().unwrap());
        count += expected.len();
        let differs = (0..found.len().max(expected.len())).find(|i| found.get(*i) != expected.get(*i));
        wrong.extend(differs.map(|i| {
            let (found, expected) = (found.get(i), expected.get(i));
            format!("{:?} {found:?}, expected {:?} {expected:?}", word(text, found), word(text, expected))
        }));
    }
    println!("{count} tokens");
    assert!(wrong.is_empty(), "{} wrong texts:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// The tokens of a text in the form of the fixtures.
fn described(tokenizer: &Tokenizer, lexemes: &Lexemes, text: &str) -> Vec<Value> {
    let raw = tokens(tokenizer, text);
    let forms = lexemes.forms(text, &raw);
    let describe = |(t, id): (&RawToken, &u32)| {
        let form = &forms.forms[*id as usize];
        let x = form.features;
        let (norm, prefix, suffix, shape) = (x.norm, x.prefix, x.suffix, x.shape);
        serde_json::json!([t.span.start, t.span.end, t.spacy, norm, prefix, suffix, shape, form.is_space])
    };
    raw.iter().zip(&forms.of_token).map(describe).collect()
}

fn word<'t>(text: &'t str, token: Option<&Value>) -> Option<&'t str> {
    let offset = |v: &Value| v.as_u64().map(|v| v as usize);
    text.get(offset(&token?[0])?..offset(&token?[1])?)
}

#[test]
fn special_words_and_affixes() {
    let (tokenizer, _) = tokenizer();
    let cases: &[(&str, &[&str])] = &[
        ("We can't go.", &["We", "ca", "n't", "go", "."]),
        ("(U.S.-backed)", &["(", "U.S.-backed", ")"]),
        ("5km/h", &["5", "km/h"]),
        ("see http://a.example/b?c.", &["see", "http://a.example/b?c", "."]),
        ("", &[]),
    ];
    for (text, expected) in cases.iter() {
        assert_eq!(words(&tokenizer, text), *expected, "{text:?}");
    }
}

#[test]
fn tokens_of_the_reference_are_found() {
    let (tokenizer, _) = tokenizer();
    let Some(documents) = reference::documents() else { return };
    let (mut all, mut same) = (0, 0);
    for document in documents {
        let found: std::collections::HashSet<_> =
            tokens(&tokenizer, &document.text).iter().map(|t| (t.span.start, t.span.end)).collect();
        all += document.tokens.len();
        same += document.tokens.iter().filter(|t| found.contains(&(t.start, t.end))).count();
    }
    assert_eq!((same, all), (all, all));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ \\t\na-cA-C0-2.,:'’/@()$+%°é…-]{0,60}"]
}

proptest! {
    #[test]
    fn tokens_tile_the_text(text in any_text()) {
        let (tokenizer, _) = shared();
        let mut end = 0;
        for token in tokens(tokenizer, &text) {
            prop_assert_eq!(token.span.start, end, "in {:?}", text);
            prop_assert!(!token.span.is_empty() && text.get(token.span.range()).is_some());
            prop_assert!(!token.spacy || text[token.span.end..].starts_with(' '));
            end = token.span.end + usize::from(token.spacy);
        }
        prop_assert_eq!(end, text.len());
    }
}

fn shared() -> &'static (Tokenizer, Arc<Characters>) {
    static SHARED: std::sync::LazyLock<(Tokenizer, Arc<Characters>)> = std::sync::LazyLock::new(tokenizer);
    &SHARED
}

/// `cargo test --release -p detente-english tokenizer_speed -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn tokenizer_speed() {
    let Some(documents) = reference::documents() else { return };
    let begin = std::time::Instant::now();
    let (tokenizer, characters) = tokenizer();
    let lexemes = Lexemes::load(characters).unwrap();
    println!("load: {:?}", begin.elapsed());
    let (mut out, mut count, mut forms) = (Vec::new(), 0, 0);
    for pass in ["tokens", "tokens and forms"] {
        let begin = std::time::Instant::now();
        (count, forms) = (0, 0);
        for document in documents.iter().cycle().take(documents.len() * 5) {
            out.clear();
            tokenizer.tokenize(&document.text, &mut out);
            count += out.len();
            if pass == "tokens and forms" {
                forms += lexemes.forms(&document.text, &out).forms.len();
            }
        }
        let seconds = begin.elapsed().as_secs_f64();
        println!("{pass}: {:.2} million tokens a second, {forms} forms", count as f64 / seconds / 1e6);
    }
    assert!(count > 0 && forms > 0);
}

/// Runs that a careless scanner would read again and again.
#[test]
fn hostile_runs_take_linear_time() {
    let (tokenizer, _) = shared();
    for piece in [
        "(", ")", ".", "a@", "@", "a.", "-", "a-", "…", "://", "'", "n't", "5", "5km", "é.", "1.2.3.4:",
        "\u{3000}",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let begin = std::time::Instant::now();
        assert!(!tokens(tokenizer, &text).is_empty());
        assert!(begin.elapsed().as_secs() < 5, "{piece:?} took {:?}", begin.elapsed());
    }
}
