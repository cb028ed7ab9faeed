//! The way of one article: the same whoever watches, and given up when the caller says so.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::cell::Cell;

use detente::Pipeline;
use detente::model::{Article, Dateline, Party, Span};
use jiff::civil::date;

fn article() -> Article {
    let text = "The foreign ministers of Chile and Peru met in Lima on Monday. They will meet again in Santiago.\n\n".repeat(40);
    Article::of_text("any", "Ministers meet", &text).published_on(date(2017, 5, 2))
}

/// What a caller that says stop at the nth question gets, and how often it was asked.
fn stopped_at(n: usize) -> (bool, usize) {
    let asked = Cell::new(0);
    let coded = Pipeline::builtin().read_while(&article(), &|| {
        asked.set(asked.get() + 1);
        asked.get() < n
    });
    (coded.is_some(), asked.get())
}

#[test]
fn an_article_is_given_up_when_the_caller_says_so() {
    let (finished, questions) = stopped_at(usize::MAX);
    assert!(finished && questions > 80, "asked {questions} times");
    for n in [1, 2, questions / 2, questions] {
        assert_eq!(stopped_at(n), (false, n), "it goes on after the answer was no");
    }
}

#[test]
fn whoever_watches_gets_the_same() {
    let article = article();
    let pipeline = Pipeline::builtin();
    assert_eq!(pipeline.read_while(&article, &|| true), Some(pipeline.read(&article)));
}

#[test]
fn a_dateline_has_no_part_in_its_sentence() {
    let head = "OSLO, June 8 (Reuters) -";
    let text =
        format!("{head} Denmark again condemned Iceland over the fishing quotas. They had met in May.");
    let mut article = Article::of_text("any", "", &text).published_on(date(2021, 6, 8));
    article.dateline =
        Some(Dateline { span: Span::new(0, head.len()), place: None, date: None, agency: None });
    let events = Pipeline::builtin().read(&article).events;
    let parties = |parties: &[Party]| parties.iter().map(|p| p.text.clone()).collect::<Vec<_>>();
    let first = events.first().unwrap();
    assert_eq!(
        (parties(&first.actors), parties(&first.recipients)),
        (vec!["Denmark".into()], vec!["Iceland".into()])
    );
    assert!(text[first.evidence.sentence.range()].starts_with("Denmark"));
    assert!(events.iter().all(|event| !parties(&event.actors).contains(&"Reuters".to_owned())));
}
