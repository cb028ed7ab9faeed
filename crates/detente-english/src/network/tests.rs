//! The layers against what spaCy computes for texts of our own; `tools/convert_model/layers.py` writes the numbers.

use serde::Deserialize;

use super::embed::hash_keys;
use crate::analysis::{Analyser, Features};
use crate::labels::{Dep, EntityType, Tag};

#[derive(Deserialize)]
struct Cases {
    ids: Vec<u64>,
    keys: std::collections::BTreeMap<u32, Vec<[u32; 4]>>,
    texts: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    features: Vec<Features>,
    mixed: Vec<Vec<f32>>,
    vectors: Vec<Vec<f32>>,
    tag_scores: Vec<Vec<f32>>,
    ner_vectors: Vec<Vec<f32>>,
    first_ner_scores: Vec<f32>,
    tags: Vec<Tag>,
    heads: Vec<usize>,
    deps: Vec<Dep>,
    sent_start: Vec<bool>,
    entities: Vec<(usize, usize, EntityType)>,
}

fn cases() -> Cases {
    serde_json::from_str(include_str!("fixtures/layers.json")).unwrap()
}

fn assert_close(what: &str, got: &[f32], want: &[f32]) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() < 2e-5 * want.abs().max(1.0), "{what}, value {i}: {got} for {want}");
    }
}

#[test]
fn keys_are_those_of_thinc() {
    let cases = cases();
    for (seed, keys) in cases.keys {
        let got: Vec<_> = cases.ids.iter().map(|id| hash_keys(*id, seed)).collect();
        assert_eq!(got, keys, "seed {seed}");
    }
}

#[test]
fn layers_agree_with_thinc() {
    let analyser = Analyser::embedded().unwrap();
    for case in cases().texts {
        let mut room = analyser.room();
        let whole = 0..case.features.len();
        analyser.analyse(&case.features, std::slice::from_ref(&whole), &mut room);
        let layers = analyser.layers(&case.features, &room);
        for (got, want) in layers.mixed.iter().zip(&case.mixed) {
            assert_close("mixed", got, want);
        }
        for (got, want) in layers.vectors.iter().zip(&case.vectors) {
            assert_close("vectors", got, want);
        }
        for (got, want) in layers.tag_scores.iter().zip(&case.tag_scores) {
            assert_close("tag scores", got, want);
        }
        for (got, want) in layers.ner_vectors.iter().zip(&case.ner_vectors) {
            assert_close("entity vectors", got, want);
        }
        assert_close("entity scores", &layers.first_ner_scores, &case.first_ner_scores);
    }
}

#[test]
fn analyses_are_those_of_spacy() {
    let analyser = Analyser::embedded().unwrap();
    let cases = cases().texts;
    let mut tokens = Vec::new();
    let mut texts = Vec::new();
    for case in &cases {
        texts.push(tokens.len()..tokens.len() + case.features.len());
        tokens.extend(&case.features);
    }
    let found = analyser.analyse(&tokens, &texts, &mut analyser.room());
    for (case, found) in cases.iter().zip(found) {
        assert_eq!(found.tags, case.tags, "{}", case.text);
        assert_eq!(found.tree.heads, case.heads, "{}", case.text);
        assert_eq!(found.tree.deps, case.deps, "{}", case.text);
        assert_eq!(found.tree.sentence_start, case.sent_start, "{}", case.text);
        let entities: Vec<_> = found.entities.iter().map(|e| (e.start, e.end, e.kind)).collect();
        assert_eq!(entities, case.entities, "{}", case.text);
    }
}
