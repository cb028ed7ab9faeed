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
    let (tokenizer, characters) = tokenizer();
    let lexemes = Lexemes::load(characters).unwrap();
    let fixtures = include_str!("../../tests/fixtures/tokens.jsonl");
    let mut wrong = Vec::new();
    for line in fixtures.lines() {
        let fixture: Value = serde_json::from_str(line).unwrap();
        let text = fixture["text"].as_str().unwrap();
        let raw = tokens(&tokenizer, text);
        let forms = lexemes.forms(text, &raw);
        let found: Vec<Value> = raw
            .iter()
            .zip(&forms.of_token)
            .map(|(t, f)| {
                let form = &forms.forms[*f as usize];
                let x = form.features;
                serde_json::json!([
                    t.span.start,
                    t.span.end,
                    t.spacy,
                    x.norm,
                    x.prefix,
                    x.suffix,
                    x.shape,
                    form.is_space
                ])
            })
            .collect();
        let expected = fixture["tokens"].as_array().unwrap();
        for (f, e) in found.iter().zip(expected).filter(|(f, e)| f != e) {
            let word = |v: &Value| {
                text.get(v[0].as_u64().unwrap() as usize..v[1].as_u64().unwrap() as usize).map(str::to_owned)
            };
            wrong.push(format!("{:?} {f}, expected {:?} {e}", word(f), word(e)));
        }
        if found.len() != expected.len() {
            wrong.push(format!("{} tokens, expected {} in {text:?}", found.len(), expected.len()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
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
    let (tokenizer, characters) = tokenizer();
    let lexemes = Lexemes::load(characters).unwrap();
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
