//! The whole built-in lexicon: every record reachable, every size as promised; and what holds for any input.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Instant;

use detente_lexicon::{Kind, Lexicon, Period, Standing, folder, key_of};
use proptest::prelude::*;

#[test]
fn every_subject_is_found_by_its_own_name_and_has_a_role() {
    let lexicon = Lexicon::builtin();
    for subject in lexicon.subjects() {
        assert!(
            lexicon.forms(subject.name()).iter().any(|f| f.subject == subject.id()),
            "{subject:?} has no form"
        );
        assert!(!subject.roles().is_empty(), "{subject:?} has no role");
    }
}

#[test]
fn there_is_as_much_as_there_should_be() {
    let lexicon = Lexicon::builtin();
    let count = |kind| lexicon.subjects().filter(|s| s.kind() == kind).count();
    assert!(count(Kind::State) >= 250, "{}", count(Kind::State));
    assert!(count(Kind::Organisation) >= 250, "{}", count(Kind::Organisation));
    assert!(count(Kind::Group) >= 400, "{}", count(Kind::Group));
    assert!(count(Kind::Person) >= 3000, "{}", count(Kind::Person));
    let titles = lexicon.subjects().filter(|s| s.kind() == Kind::Title).count();
    assert!(titles >= 60 && lexicon.phrases() > 20_000, "{titles} {}", lexicon.phrases());
}

#[test]
fn persons_hold_offices_of_codes_that_exist() {
    let lexicon = Lexicon::builtin();
    let organisations: Vec<_> = lexicon
        .subjects()
        .filter(|s| s.kind() == Kind::Organisation)
        .flat_map(|s| s.roles().iter().filter_map(|r| r.code))
        .collect();
    for person in lexicon.subjects().filter(|s| s.kind() == Kind::Person) {
        for role in person.roles() {
            let code = role.code.unwrap();
            assert!(lexicon.state(code).is_some() || organisations.contains(&code), "{person:?} {code}");
            assert!(role.office.is_some(), "{person:?} has no office");
        }
    }
}

#[test]
fn reading_takes_no_time_to_speak_of() {
    let start = Instant::now();
    Lexicon::builtin();
    assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
}

#[test]
fn names_want_their_capitals() {
    let lexicon = Lexicon::builtin();
    let land = |words: &[&str]| {
        lexicon.lookup(words, 0).is_some_and(|m| lexicon.subject(m.forms[0].subject).kind() == Kind::State)
    };
    assert!(land(&["US"]) && land(&["U.S."]) && land(&["Turkey"]));
    assert!(!land(&["us"]) && !land(&["turkey"]) && !land(&["china"]));
    assert_eq!(lexicon.lookup(&["the", "United", "Nations", "said"], 1).unwrap().len, 2);
}

#[test]
fn what_a_state_was_it_is_no_more() {
    let lexicon = Lexicon::builtin();
    let code = |name: &str, on: &str| {
        let subject = lexicon.subject(lexicon.forms(name)[0].subject);
        subject.role_on(on.parse().ok()).unwrap().code.unwrap().to_string()
    };
    assert_eq!(code("Soviet Union", "1990-06-01"), "SUN");
    assert_eq!(code("Soviet Union", "1999-06-01"), "RUS");
    assert_eq!(code("Zaire", "1996-06-01"), "COD");
    assert_eq!(code("Taliban", "1999-06-01"), "AFG");
}

#[test]
fn a_slip_of_the_pen_is_forgiven_once() {
    let lexicon = Lexicon::builtin();
    let day = "2017-05-02".parse().ok();
    assert_eq!(lexicon.near("Rex Tillson", day)[0].person.name(), "Rex Tillerson");
    assert_eq!(lexicon.near("Rex Tillson", day)[0].standing, Standing::Held);
    assert!(lexicon.near("Rex Smith", day).is_empty());
}

proptest! {
    #[test]
    fn keys_are_their_own_keys(text in "\\PC{0,40}") {
        let key = key_of(&text);
        prop_assert_eq!(key_of(&key), key);
    }

    #[test]
    fn lookups_stay_within_the_words(words in prop::collection::vec("[A-Za-z.'-]{1,8}|United|Nations|of|the|-|US", 0..12), at in 0usize..14) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for found in Lexicon::builtin().lookups(&words, at) {
            prop_assert!(found.len > 0 && at + found.len <= words.len() && !found.forms.is_empty());
        }
    }

    #[test]
    fn a_period_holds_from_its_first_to_its_last_day(a in 1900i16..2100, b in 1900i16..2100) {
        let (from, to) = (a.min(b), a.max(b));
        let period = Period::parse(&from.to_string(), &to.to_string()).unwrap();
        prop_assert!(period.holds(period.from) && period.holds(period.to));
        prop_assert!(!period.holds(period.from.unwrap().yesterday().ok()));
        prop_assert!(!period.holds(period.to.unwrap().tomorrow().ok()));
    }

    #[test]
    fn any_file_is_read_to_the_end(text in "(\\PC|\t|\n|\\[|\\]|_|\\+){0,200}") {
        for file in ["actors.tsv", "a.toml", "x.actors.txt", "titles.tsv", "states.tsv", "groups.tsv"] {
            let mut lexicon = Lexicon::default();
            for fault in folder::read_text(&mut lexicon, file, &text) {
                prop_assert!(fault.message.starts_with(file), "{}", fault.message);
            }
        }
    }
}
