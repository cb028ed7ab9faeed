//! Which places texts of our own mean, over the families of names that many places share.

use detente_code::place::{PlaceMention, Places, resolve};
use detente_english::English;
use detente_gazetteer::Gazetteer;
use proptest::prelude::*;

#[test]
fn names_stand_for_the_places_that_are_meant() {
    let cases = include_str!("places.tsv").lines().filter(|line| !line.starts_with('#'));
    let wrong: Vec<String> = cases.filter_map(|case| check(case).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(case: &str) -> Result<(), String> {
    let [text, name, wanted] = case.split('\t').collect::<Vec<_>>()[..] else {
        return Err(format!("not three fields: {case}"));
    };
    let places = resolve(&English::load().annotate(text));
    let start = text.find(name).ok_or_else(|| format!("no `{name}` in: {text}"))?;
    let found = places.mentions().iter().find(|m| m.span.start < start + name.len() && start < m.span.end);
    match found.map_or("-".to_owned(), meant) {
        id if id == wanted => Ok(()),
        id => Err(format!("`{name}` is {id}, not {wanted}, in: {text}")),
    }
}

fn meant(mention: &PlaceMention) -> String {
    let id = mention.place.and_then(|place| Gazetteer::embedded().place(place).geonameid);
    id.map_or("?".to_owned(), |id| id.to_string())
}

#[test]
fn an_event_takes_the_place_named_in_its_clause() {
    let doc = English::load().annotate("Syrian and Turkish officials met in Geneva, Switzerland.");
    let places = resolve(&doc);
    let place = places.event_place(0..doc.len()).expect("a place");
    assert_eq!(place.name, "Geneva, Switzerland");
    assert_eq!(place.country.map(|code| code.to_string()).as_deref(), Some("CHE"));
    assert_eq!(place.geonameid, Some(2660646));
    assert_eq!(places.event_place(0..4), None, "adjectives are no place of an event");
}

#[test]
fn a_name_that_no_gazetteer_has_is_put_near_the_others() {
    let text =
        "Police in Augusta, Georgia, drove to the Zzyvex Valley. Officers from Martinez and Evans helped.";
    let places = resolve(&English::load().annotate(text));
    let unknown: Vec<&PlaceMention> = places.mentions().iter().filter(|m| m.place.is_none()).collect();
    assert_eq!(unknown.len(), 1, "{places:?}");
    let near = Gazetteer::embedded().place(unknown[0].near.expect("the report keeps to one area"));
    assert!(
        near.km_to(&Gazetteer::embedded().place(Gazetteer::embedded().find(4180531).expect("Augusta")))
            < 50.0
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn places_stand_in_order_on_letters_and_the_same_each_time(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "Paris", "São", "Paulo", "Georgia", ",", "U.S.", "met", "in", "the", "Congo", "–", "Côte", "d'Ivoire",
                "\n\n", "of", "MOSCOW", "—", "St.", "County", "counties", "and", "'s", "Washington", "🙂", "Ky.", "(",
            ]),
            0..40,
        )
    ) {
        let text = words.join(" ");
        let doc = English::load().annotate(&text);
        let places: Places = resolve(&doc);
        let again = resolve(&doc);
        prop_assert_eq!(places.mentions(), again.mentions());
        let mut end = 0;
        for mention in places.mentions() {
            prop_assert!(mention.span.start >= end && mention.span.start < mention.span.end);
            prop_assert!(text.get(mention.span.range()).is_some());
            prop_assert_eq!(mention.span, doc.span_of(mention.tokens.clone()));
            prop_assert!((0.0..=1.0).contains(&mention.certainty));
            end = mention.span.end;
        }
    }
}
