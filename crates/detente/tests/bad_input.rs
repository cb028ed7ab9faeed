//! Whatever stands in for a report: no panic, no invented event, and time in proportion to its length.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use detente::model::Article;
use detente::{Coded, Pipeline};
use jiff::civil::date;
use proptest::prelude::*;

#[path = "../../../tests/growth/mod.rs"]
mod growth;
use growth::{Shape, assert_linear};

const SENTENCE: &str = "The Russian president met the Turkish foreign minister in Ankara on Tuesday";

/// One line without end, of every kind that a coder might compare piece with piece.
const SHAPES: &[Shape] = &[
    ("sentences", 100, |n| format!("{SENTENCE}. ").repeat(n)),
    ("one sentence without end", 100, |n| format!("{SENTENCE} and ").repeat(n)),
    ("one word", 50_000, |n| "ab".repeat(n)),
    ("names and commas", 1_500, |n| "Russia, Turkey, ".repeat(n)),
    ("a name again and again", 2_000, |n| "Vladimir Putin ".repeat(n)),
    ("new names", 500, |n| {
        (0..n)
            .map(|i| format!("Minister {} told {} that he would talk to him. ", name(i), name(i + 7)))
            .collect()
    }),
    ("quotation marks never closed", 2_000, |n| "\"said ".repeat(n)),
    ("speakers of speakers", 1_500, |n| "Putin said that ".repeat(n)),
    ("parentheses", 8_000, |n| "(".repeat(n)),
    ("brackets", 1_500, |n| "[Putin] ".repeat(n)),
    ("relative clauses", 2_000, |n| "the man who ".repeat(n)),
    ("owners of owners", 3_000, |n| "president of ".repeat(n)),
    ("possessives", 2_000, |n| "Russia's ".repeat(n)),
    ("hyphens", 3_000, |n| "US-".repeat(n)),
    ("infinitives", 2_000, |n| "to attack ".repeat(n)),
    ("days", 2_000, |n| "on Tuesday May 3 ".repeat(n)),
    ("numbers", 3_000, |n| "2017 12,5 ".repeat(n)),
    ("pronouns", 2_000, |n| "he met him ".repeat(n)),
    ("planned meetings", 150, |n| {
        (0..n)
            .map(|i| format!("Sergei Lavrov will meet Turkish officials in Ankara on May {}. ", i % 28 + 1))
            .collect()
    }),
    ("what points back", 150, |n| {
        "The two sides discussed the attack and both presidents said the group broke its word. ".repeat(n)
    }),
    ("short lines", 2_000, |n| "Russia attacked Ukraine\n".repeat(n)),
];

/// A name of its own for each number.
fn name(number: usize) -> String {
    const SYLLABLES: [&str; 8] = ["ka", "mo", "ri", "ta", "ne", "lu", "so", "vi"];
    let syllable = |place: u32| SYLLABLES[number / 8usize.pow(place) % 8];
    format!("Anna M{}{}{}{}", syllable(0), syllable(1), syllable(2), syllable(3))
}

fn read(text: &str) -> Coded {
    let article = Article::of_text("bad", "", text).published_on(date(2017, 5, 2));
    Pipeline::builtin().read(&article)
}

#[test]
fn four_times_the_text_takes_about_four_times_the_work() {
    black_box(read(SENTENCE));
    assert_linear(SHAPES, |_, text| {
        black_box(read(text));
    });
}

#[test]
fn tables_lists_verse_and_programs_tell_of_no_event() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/no_events");
    let texts = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts: Vec<_> = texts.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    assert!(texts.len() > 10);
    for path in texts {
        let events = read(&fs::read_to_string(&path).unwrap()).events;
        assert!(events.is_empty(), "{}: {events:#?}", path.display());
    }
}

#[test]
fn a_sentence_without_end_is_told_and_not_coded() {
    let Coded { events, diagnostics } = read(&format!("{SENTENCE} and ").repeat(100));
    assert!(events.is_empty());
    assert!(!diagnostics.is_empty() && diagnostics.iter().all(|d| d.code == "code/long-sentence"));
    assert_eq!(read(&format!("{SENTENCE}. ").repeat(3)).diagnostics, []);
}

/// Words of acts, names, marks and odd signs in any order.
fn salad() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "Russia",
            "Putin",
            "the US",
            "rebels",
            "Ankara",
            "he",
            "who",
            "both sides",
            "said",
            "met",
            "will meet",
            "attacked",
            "talks",
            "to",
            "by",
            "on May 3",
            "next week",
            "not",
            "if",
            "\"",
            "(",
            ")",
            ",",
            ".",
            ";",
            ":",
            "--",
            "'s",
            "-",
            "\n\n",
            "\u{a0}",
            "\u{200b}",
            "İ",
            "ß",
            "\u{301}",
            "🙂",
            "10-11",
            "%",
            "$5 million",
            "…",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// The evidence stands in the text, whatever the text.
    #[test]
    fn any_text_gives_events_whose_evidence_stands_in_it(title in salad(), text in salad()) {
        let article = Article::of_text("salad", &title, &text).published_on(date(2017, 5, 2));
        let coded = Pipeline::builtin().read(&article);
        for event in &coded.events {
            let part = match event.evidence.part {
                detente::model::Part::Title => &article.title,
                detente::model::Part::Text => &article.text,
            };
            prop_assert!(part.get(event.evidence.sentence.range()).is_some());
            let (sentence, trigger) = (event.evidence.sentence, event.evidence.trigger);
            prop_assert!(sentence.start <= trigger.start && trigger.end <= sentence.end);
        }
        prop_assert_eq!(Pipeline::builtin().read(&article), coded);
    }
}
