//! Which time governs an act, and what the hooks of the caller change.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use detente_model::{Days, Span, WhenBasis};
use detente_time::{Anchor, Tense, read};
use jiff::civil::{Date, date};

const REPORT: Date = date(2017, 5, 2);

/// The words of the time that governs `trigger`; a clause is marked by `[` and `]`, the text is one sentence.
fn governing(marked: &str, trigger: &str) -> Option<(String, WhenBasis)> {
    let clause = Span::new(marked.find('[').unwrap(), marked.find(']').unwrap() - 1);
    let text = marked.replace(['[', ']'], "");
    let times = read(&text, &Anchor::published(REPORT));
    let (timex, basis) = times.governing(text.find(trigger).unwrap(), clause, Span::new(0, text.len()))?;
    Some((text[timex.span.range()].to_owned(), basis))
}

#[test]
fn the_clause_comes_before_the_sentence() {
    for (text, trigger, wanted) in [
        ("[They met on Monday] and will meet again next week.", "met", Some(("Monday", WhenBasis::Clause))),
        (
            "They met on Monday [and will meet again next week].",
            "meet",
            Some(("next week", WhenBasis::Clause)),
        ),
        ("On Friday, he said [that troops had left].", "left", Some(("Friday", WhenBasis::Sentence))),
        ("[The envoy left yesterday after talks on Sunday].", "talks", Some(("Sunday", WhenBasis::Clause))),
        ("[The talks lasted three days].", "talks", None),
        ("[They meet every Friday].", "meet", None),
        ("[They recently quarrelled].", "quarrelled", None),
    ] {
        let found = governing(text, trigger);
        assert_eq!(found.as_ref().map(|(words, basis)| (words.as_str(), *basis)), wanted, "{text}");
    }
}

#[test]
fn the_narrative_is_the_last_date_before_in_the_paragraph() {
    let text = "The palace was stormed on April 14. The guards fled.\n\nNobody was hurt.";
    let times = read(text, &Anchor::published(REPORT));
    let first = Span::new(0, text.find("\n\n").unwrap());
    let found = times.narrative(text.find("fled").unwrap(), first).unwrap();
    assert_eq!(found.value.to_string(), "2017-04-14");
    assert!(times.narrative(text.len(), Span::new(first.end, text.len())).is_none());
}

#[test]
fn whoever_has_a_parse_tells_the_tense() {
    let text = "Friday: ministers in Geneva.";
    let ahead = |_: Span| Tense::Future;
    let anchor = Anchor { tense: Some(&ahead), ..Anchor::published(REPORT) };
    assert_eq!(read(text, &anchor).timexes[0].value.to_string(), "2017-05-05");
    assert_eq!(read(text, &Anchor::published(REPORT)).timexes[0].value.to_string(), "2017-04-28");
}

#[test]
fn whoever_knows_an_event_dates_what_hangs_on_it() {
    let text = "Two days before the Minsk summit, shelling stopped.";
    let summit = |phrase: &str| phrase.contains("Minsk summit").then(|| Days::on(date(2015, 2, 11)));
    let anchor = Anchor { events: Some(&summit), ..Anchor::published(REPORT) };
    let known = read(text, &anchor);
    assert_eq!(known.timexes[0].value.to_string(), "2015-02-09");
    assert_eq!(read(text, &Anchor::published(REPORT)).timexes[0].value.to_string(), "P2D");
}
