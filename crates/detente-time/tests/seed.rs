//! The column that started the project, where the shared folder is there.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use detente_time::{Anchor, infer, read, recognise};
use jiff::civil::date;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seed/article.txt");

#[test]
fn the_seed_column_was_written_on_the_second_of_may_2017() {
    let Ok(text) = std::fs::read_to_string(SHARED) else {
        println!("skipped: {SHARED} is not there");
        return;
    };
    let found = infer::report_day(&text, &recognise(&text)).unwrap();
    assert_eq!(
        (found.days.from, found.days.to),
        (date(2017, 5, 2), date(2017, 5, 2)),
        "{:#?}",
        found.reasons
    );
    assert!(found.reasons.len() >= 3);
    let times = read(&text, &Anchor::published(found.days.from));
    let day = |words: &str| {
        let t = times.timexes.iter().find(|t| &text[t.span.range()] == words);
        t.unwrap_or_else(|| panic!("{words}")).days.map(|d| (d.from, d.to))
    };
    assert_eq!(day("A day"), Some((date(2017, 5, 2), date(2017, 5, 2))));
    assert_eq!(day("May 10-11"), Some((date(2017, 5, 10), date(2017, 5, 11))));
    assert_eq!(day("next week"), Some((date(2017, 5, 8), date(2017, 5, 14))));
    assert_eq!(day("the 6th of April"), Some((date(2017, 4, 6), date(2017, 4, 6))));
    assert_eq!(day("early April of 2017"), Some((date(2017, 4, 1), date(2017, 4, 10))));
    assert_eq!(day("earlier that afternoon"), None);
}
