//! Whatever the text: a result, in linear time, that holds together.

use std::time::{Duration, Instant};

use detente_english::{Annotated, English, picture};
use detente_model::Span;
use proptest::prelude::*;

/// Checks what every annotated text promises.
fn check(doc: &Annotated<'_>) {
    let mut end = 0;
    for token in doc.tokens() {
        let span = token.span();
        assert!(end <= span.start && span.start < span.end, "{token:?}");
        assert!(doc.text()[end..span.start].chars().all(|c| c == ' '), "only spaces are left out");
        assert!(token.sentence().range().contains(&token.head().i()), "heads are in the sentence");
        assert!(token.subtree().contains(&token.i()));
        end = span.end;
    }
    assert_eq!(doc.sentences().map(|s| s.range().len()).sum::<usize>(), doc.len());
    let mut last = 0;
    for entity in doc.entities() {
        assert!(last <= entity.start && entity.start < entity.end && entity.end <= doc.len());
        last = entity.end;
    }
    for sentence in doc.sentences().take(3) {
        assert!(sentence.tokens().any(|token| token.is_root()));
        assert_eq!(picture::tree(sentence).lines().count(), sentence.range().len());
    }
    assert!(doc.noun_chunks().all(|chunk| chunk.end <= doc.len()));
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[0-9]{1,4}",
        "[.,;:!?'\"()-]{1,3}",
        "\\PC{1,4}",
        "[ \\n\\t\\r\u{a0}\u{2003}]{1,3}",
        Just("don't".to_owned()),
        Just("U.S.".to_owned()),
        Just("said".to_owned()),
        Just("the".to_owned()),
        Just("https://a.example/b?c=d".to_owned()),
        Just("\u{fffd}".to_owned()),
        Just("👩‍👩‍👧".to_owned()),
        Just("مرحبا".to_owned()),
        Just("\u{0}\u{7}".to_owned()),
    ];
    proptest::collection::vec((word, prop_oneof![Just(" "), Just(""), Just("  ")]), 0..40)
        .prop_map(|words| words.into_iter().map(|(word, space)| word + space).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_a_whole_result(text in words()) {
        check(&English::load().annotate(&text));
    }

    #[test]
    fn blocks_are_as_texts_of_their_own(texts in proptest::collection::vec(words(), 0..5)) {
        let mut page = String::new();
        let mut blocks = Vec::new();
        for text in &texts {
            page.push('|');
            blocks.push(Span::new(page.len(), page.len() + text.len()));
            page.push_str(text);
        }
        let doc = English::load().annotate_blocks(&page, &blocks);
        let mut first = 0;
        for (text, block) in texts.iter().zip(blocks) {
            let alone = English::load().annotate(text);
            for (token, expected) in doc.tokens().skip(first).zip(alone.tokens()) {
                prop_assert_eq!(token.span(), expected.span().shifted(block.start));
                prop_assert_eq!(token.lemma(), expected.lemma());
                prop_assert_eq!((token.tag(), token.pos(), token.dep()), (expected.tag(), expected.pos(), expected.dep()));
                prop_assert_eq!(token.head().i(), first + expected.head().i());
                prop_assert_eq!(token.entity_type(), expected.entity_type());
                prop_assert_eq!(token.is_sent_start(), expected.is_sent_start());
            }
            first += alone.len();
        }
        prop_assert_eq!(first, doc.len());
    }

    #[test]
    fn odd_blocks_are_cut_to_the_text(text in words(), ends in proptest::collection::vec((0..300usize, 0..300usize), 0..6)) {
        let blocks: Vec<Span> = ends.into_iter().map(|(a, b)| Span::new(a.min(b), a.max(b))).collect();
        let doc = English::load().annotate_blocks(&text, &blocks);
        prop_assert!(doc.tokens().all(|token| blocks.iter().any(|b| b.start <= token.span().start && token.span().end <= b.end)));
    }
}

#[test]
fn nothing_gives_nothing() {
    let doc = English::load().annotate("");
    assert!(doc.is_empty() && doc.sentences().len() == 0 && doc.entities().is_empty());
    assert!(English::load().annotate_blocks("No blocks.", &[]).is_empty());
    assert!(English::load().annotate_blocks("No blocks.", &[Span::new(3, 3)]).is_empty());
}

#[test]
fn odd_texts_have_a_result() {
    let texts = [
        "\u{fffd}",
        " ",
        "\n",
        "😀😀😀 👍🏽",
        "هذا نص قصير.",
        "\u{0}\u{1}\u{7f}\u{85}",
        "\u{202e}abc\u{202c}",
        "a\u{301}\u{301}\u{301}",
    ];
    for text in texts {
        let doc = English::load().annotate(text);
        check(&doc);
        assert!(!doc.is_empty() || text == " ", "{text:?}");
    }
}

/// Time for a text of `times` repetitions.
fn time(piece: &str, times: usize) -> Duration {
    let text = piece.repeat(times);
    let start = Instant::now();
    check(&English::load().annotate(&text));
    start.elapsed()
}

#[test]
fn long_texts_take_linear_time() {
    // Four times the text may take eight times as long before this fails: machines are busy at times.
    for piece in ["and on it goes ", "(", "a", "\n", "\u{301}", "of the ", "x."] {
        let times = 40_000 / piece.len();
        let (short, long) = (time(piece, times / 4), time(piece, times));
        assert!(long < short * 8 + Duration::from_millis(500), "{piece:?}: {short:?}, then {long:?}");
    }
}

#[test]
fn very_long_texts_are_read_in_pieces() {
    let text = "The envoys met in Oslo, ".repeat(12_000);
    let doc = English::load().annotate(&text);
    check(&doc);
    assert_eq!(doc.len(), 6 * 12_000);
    assert_eq!(doc.tokens().filter(|token| token.text() == "Oslo").count(), 12_000);
}
