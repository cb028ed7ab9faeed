//! What holds for every text, and how the room takes bad input.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Instant;

use detente_time::{Anchor, Times, infer, read, recognise};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Words that the grammar knows, in any order: far more often an expression than random letters are.
fn time_soup() -> impl Strategy<Value = String> {
    let words = "the a of in on at by to and or early late mid last next this past that same few several couple half first second third 1 2 6th 45th 30 \
        1998 1989 2017 0 99999999999 10,000 a.m. p.m. GMT May March Feb. February Friday Monday week month year quarter century decade days years \
        ago earlier later before after prior since until now recently soon today yesterday tomorrow tonight morning night noon midnight Easter Ramadan \
        Christmas Eve summer fall fiscal daily every each - – , . ' ’ : / \n \n\n : 12:30 2017-02-30 13/13/2013 é 五月 \u{1F600} BC AD ended period";
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let glue = prop_oneof![4 => Just(" "), 1 => Just("")];
    prop::collection::vec((prop::sample::select(words), glue), 0..40)
        .prop_map(|parts| parts.into_iter().map(|(word, glue)| word + glue).collect())
}

fn check(text: &str, published: Option<Date>) -> Times {
    let times = read(text, &Anchor { published, ..Anchor::default() });
    let mut end = 0;
    for timex in &times.timexes {
        assert!(end <= timex.span.start, "overlap in {text:?}");
        assert!(text.get(timex.span.range()).is_some_and(|words| !words.trim().is_empty()));
        assert!(timex.days.is_none_or(|d| d.from <= d.to), "{timex:?}");
        assert!(!timex.value.to_string().is_empty());
        end = timex.span.end;
    }
    times
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_spans_in_order(text in any::<String>()) {
        check(&text, Some(date(2017, 5, 2)));
        let _ = infer::report_day(&text, &recognise(&text));
    }

    #[test]
    fn words_of_time_in_any_order_do_no_harm(text in time_soup(), day in -9999i16..=9999) {
        check(&text, Date::new(day, 12, 31).ok());
        check(&text, None);
        let _ = infer::report_day(&text, &recognise(&text));
    }
}

#[test]
fn what_is_no_day_gives_a_diagnostic_and_no_value() {
    for text in [
        "It fell on February 30.",
        "The law of 31 April 2016 stands.",
        "They met on May 45 in Geneva.",
        "the 45th of May",
    ] {
        let times = read(text, &Anchor::published(date(2017, 5, 2)));
        assert!(times.timexes.iter().all(|t| t.days.is_none()), "{text}: {:?}", times.timexes);
        assert_eq!(times.diagnostics.len(), 1, "{text}");
        assert_eq!(times.diagnostics[0].code, "time/no-such-day");
    }
    assert!(
        read("On 0000-05-02 nothing happened.", &Anchor::default()).timexes.iter().all(|t| t.days.is_none())
    );
}

#[test]
fn february_29_waits_for_a_leap_year() {
    let times = read("The summit will open on February 29.", &Anchor::published(date(2024, 2, 2)));
    assert_eq!(times.timexes[0].value.to_string(), "2024-02-29");
    let times = read("He died on February 29, 2023.", &Anchor::published(date(2024, 2, 2)));
    assert!(times.timexes.is_empty());
    assert_eq!(times.diagnostics.len(), 1);
}

#[test]
fn ten_thousand_time_words_in_a_line_take_linear_time() {
    let line = |n: usize| "a day before the Friday talks in early May last year ".repeat(n);
    let took = |n: usize| {
        let text = line(n);
        let start = Instant::now();
        assert!(read(&text, &Anchor::published(date(2017, 5, 2))).timexes.len() > n);
        let _ = infer::report_day(&text, &recognise(&text));
        start.elapsed().as_secs_f64()
    };
    took(1_000);
    let (small, large) = (took(1_000), took(8_000));
    assert!(large < small * 40.0 + 0.05, "{small} s for 11,000 words, {large} s for 88,000");
}
