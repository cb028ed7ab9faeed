//! The judges of relations: the rules, and the weights that were learned.

use detente_acts::Acts;
use detente_code::act::{SentenceCoder, Words};
use detente_code::judge::{Case, Judge, Learned, Rules, features};
use detente_code::resolve;
use detente_english::English;
use detente_lexicon::Lexicon;
use detente_model::{EventType, Span};

/// Hands the case of a source and a target, each named by its words, to a test.
fn with_case<T>(text: &str, source: &str, target: &str, see: impl FnOnce(&Case<'_>) -> T) -> T {
    let span = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len()));
    let annotated = English::load().annotate(text);
    let resolved = resolve(&[&annotated], Lexicon::builtin(), None).pop().unwrap_or_default();
    let words = Words::new(&annotated, Acts::builtin());
    let coder = SentenceCoder::new(&annotated, &words, &resolved, Acts::builtin());
    let sides: Vec<Span> = [source, target].into_iter().filter_map(span).collect();
    see(&Case::new(&annotated, &coder, &sides[..1], &sides[1..]))
}

fn told(judge: &dyn Judge, text: &str, source: &str, target: &str) -> Option<EventType> {
    with_case(text, source, target, |case| judge.judge(case)).map(|verdict| verdict.kind)
}

/// Plain sentences, on which rules and weights must agree.
const PLAIN: &[(&str, &str, &str, EventType)] = &[
    ("Sweden condemned Russia over the raid.", "Sweden", "Russia", EventType::Accuse),
    ("Norway will send food to Mali.", "Norway", "Mali", EventType::Agree),
    (
        "Turkish police arrested forty students on Monday.",
        "Turkish police",
        "forty students",
        EventType::Coerce,
    ),
    ("Chad threatened to attack Libya.", "Chad", "Libya", EventType::Threaten),
    ("Rebels killed nine soldiers in the north.", "Rebels", "nine soldiers", EventType::Assault),
    (
        "Peru's president met his Chilean counterpart.",
        "Peru's president",
        "his Chilean counterpart",
        EventType::Consult,
    ),
];

#[test]
fn both_judges_know_plain_acts() {
    for &(text, source, target, kind) in PLAIN {
        assert_eq!(told(&Rules, text, source, target), Some(kind), "rules: {text}");
        assert_eq!(told(Learned::builtin(), text, source, target), Some(kind), "learned: {text}");
    }
}

#[test]
fn where_the_rules_find_no_act_nothing_is_invented() {
    let text = "Chile and Peru lie on the coast.";
    assert_eq!(told(&Rules, text, "Chile", "Peru"), None);
    assert_eq!(told(Learned::builtin(), text, "Chile", "Peru"), None);
}

#[test]
fn a_yielding_in_words_stays_one() {
    let text = "The United States eased its trade embargo against Cuba.";
    assert_eq!(told(Learned::builtin(), text, "The United States", "Cuba"), Some(EventType::Concede));
}

#[test]
fn a_verdict_is_sure_between_nought_and_one() {
    for &(text, source, target, _) in PLAIN {
        let verdict = with_case(text, source, target, |case| Learned::builtin().judge(case));
        let confidence = verdict.map_or(0.0, |verdict| verdict.confidence);
        assert!(confidence > 1.0 / 15.0 && confidence <= 1.0, "{confidence}: {text}");
    }
}

#[test]
fn no_feature_is_told_twice_and_none_counts_more_than_one() {
    let found = with_case("Iran warned Israel, and Iran warned Egypt.", "Iran", "Israel", features);
    assert!(found.windows(2).all(|pair| pair[0].name < pair[1].name));
    assert!(found.iter().all(|feature| (0.0..=1.0).contains(&feature.value)));
    assert!(found.iter().any(|feature| feature.name == "kind=THREATEN"));
}

#[test]
fn marks_that_mark_nothing_are_no_fault() {
    let annotated = English::load().annotate("");
    let resolved = resolve(&[&annotated], Lexicon::builtin(), None).pop().unwrap_or_default();
    let words = Words::new(&annotated, Acts::builtin());
    let coder = SentenceCoder::new(&annotated, &words, &resolved, Acts::builtin());
    let case = Case::new(&annotated, &coder, &[], &[Span::new(0, 0)]);
    assert_eq!(Learned::builtin().judge(&case), None);
}
