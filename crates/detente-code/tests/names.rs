//! Which names texts of our own hold, and of which kind.

use detente_code::name::{Learned, Name, NameKind, names, names_by};
use detente_english::{Annotated, English};
use detente_lexicon::Lexicon;
use proptest::prelude::*;

#[test]
fn names_are_found_with_their_kind() {
    let cases = include_str!("names.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = cases.filter_map(|case| check(case).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(case: &str) -> Result<(), String> {
    let (gap, case) = case.strip_prefix('~').map_or((false, case), |case| (true, case.trim_start()));
    let (text, wanted) = unmarked(case);
    let doc = English::load().annotate(&text);
    let found: Vec<(NameKind, &str)> =
        of(&doc).into_iter().map(|name| (name.kind, doc.text_of(name.tokens))).collect();
    let right = found.iter().map(|(kind, name)| (*kind, (*name).to_owned())).eq(wanted.iter().cloned());
    match (right, gap) {
        (true, false) | (false, true) => Ok(()),
        (true, true) => Err(format!("no gap any more: {case}")),
        (false, false) => Err(format!("{case}\n  found {found:?}")),
    }
}

fn of(doc: &Annotated<'_>) -> Vec<Name> {
    names(&[doc], Lexicon::builtin(), None).pop().unwrap_or_default()
}

/// The text of a case, and the names that are marked in it.
fn unmarked(case: &str) -> (String, Vec<(NameKind, String)>) {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    let mut parts = case.split('[');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (mark, rest) = part.split_once(']').expect("a closing bracket");
        let (kind, name) = mark.split_once(' ').expect("a kind and a name");
        wanted.push((kind.parse().expect("a kind of name"), name.to_owned()));
        text.push_str(name);
        text.push_str(rest);
    }
    (text, wanted)
}

#[test]
fn parts_of_an_article_know_of_one_another() {
    let english = English::load();
    let title = english.annotate("Zhakata seeks talks");
    let text = english.annotate("Tariro Zhakata asked for talks. Zhakata, who is 52, said more would come.");
    let found = names(&[&title, &text], Lexicon::builtin(), None);
    assert_eq!(found[0], [Name { tokens: 0..1, kind: NameKind::Person }]);
}

#[test]
fn the_tags_are_those_of_the_weights() {
    let weights = "O B-location I-location\n>O\t0\t100\t1\t0\n>B-location\t0\t0\t2\t0\n>I-location\t0\t0\n\
                   +1:w=muscat\t1\t500\nw=muscat\t2\t500\n";
    let doc = English::load().annotate("Envoys met near Old Muscat.");
    let found =
        names_by(&Learned::read(weights), &[&doc], Lexicon::builtin(), None).pop().unwrap_or_default();
    assert_eq!(found, [Name { tokens: 3..5, kind: NameKind::Location }]);
    let none = names_by(&Learned::read(""), &[&doc], Lexicon::builtin(), None).pop().unwrap_or_default();
    assert_eq!(none, [], "no weights, no names");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn names_stand_in_order_and_the_same_each_time(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "Kim", "al-Masri", "Ministry", "of", "Health", ",", "U.S.", "said", "in", "the", "Côte", "d'Ivoire", "\n\n",
                "(", "AU", ")", "MOSCOW", "—", "Mr", "Mr.", "'s", "and", "Kenyan", "🙂", "&", "-", "X", "İ", "2022", "$",
            ]),
            0..40,
        )
    ) {
        let text = words.join(" ");
        let doc = English::load().annotate(&text);
        let found = of(&doc);
        prop_assert_eq!(&found, &of(&doc));
        let mut end = 0;
        for name in &found {
            prop_assert!(name.tokens.start >= end && !name.tokens.is_empty() && name.tokens.end <= doc.len());
            end = name.tokens.end;
        }
    }

    #[test]
    fn any_weights_can_be_read(file in "[OBI>a-z=\\-\t 0-9\n.#:]{0,200}") {
        let doc = English::load().annotate("Mr Kato met the Ugandan minister in Kampala.");
        names_by(&Learned::read(&file), &[&doc], Lexicon::builtin(), None);
    }
}
