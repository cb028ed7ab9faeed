//! The embedded gazetteer is sound: what it says of itself holds together, and what readers will ask is there.

use std::collections::HashMap;

use detente_gazetteer::{Form, Gazetteer, Kind, fold};
use proptest::prelude::*;

#[test]
fn every_place_is_found_under_its_own_name() {
    let gazetteer = Gazetteer::embedded();
    assert!(gazetteer.len() > 250_000, "{}", gazetteer.len());
    for place in gazetteer.places() {
        if !fold(place.name).is_empty() {
            assert!(gazetteer.lookup(place.name).any(|named| named.place == place.id), "{place:?}");
        }
        assert!(place.at.0.abs() <= 90.01 && place.at.1.abs() <= 180.01, "{place:?}");
    }
}

#[test]
fn a_geonames_id_is_of_one_place() {
    let gazetteer = Gazetteer::embedded();
    let mut seen = HashMap::new();
    for place in gazetteer.places() {
        if let Some(id) = place.geonameid {
            assert_eq!(seen.insert(id, place.name), None, "{id} is {}", place.name);
            assert_eq!(gazetteer.find(id), Some(place.id));
        }
    }
}

#[test]
fn every_country_has_a_code_of_three_letters_and_cities_lie_in_countries() {
    let gazetteer = Gazetteer::embedded();
    for place in
        gazetteer.places().filter(|place| matches!(place.kind, Kind::Country | Kind::City | Kind::Admin1))
    {
        assert!(place.alpha3.is_some(), "{place:?}");
        let country = place.country.and_then(|code| gazetteer.country(code)).expect("a country");
        assert_eq!(gazetteer.place(country).kind, Kind::Country);
    }
}

#[test]
fn divisions_enclose() {
    let gazetteer = Gazetteer::embedded();
    for place in gazetteer.places() {
        if let Some(parent) = place.parent.map(|parent| gazetteer.place(parent)) {
            assert_ne!(parent.id, place.id);
            assert_eq!(parent.country, place.country, "{place:?}");
            assert!(matches!(parent.kind, Kind::Admin1 | Kind::Admin2 | Kind::Admin3), "{parent:?}");
        }
    }
}

#[test]
fn names_lead_to_places() {
    for case in include_str!("names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [name, form, geonameid, display] = case.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four fields: {case}");
        };
        let gazetteer = Gazetteer::embedded();
        let id = gazetteer.find(geonameid.parse().expect("a number")).expect(case);
        let form: Form = form.parse().expect(case);
        assert!(gazetteer.lookup(name).any(|named| named.place == id && named.form == form), "{case}");
        assert_eq!(gazetteer.display(id), display, "{case}");
    }
}

#[test]
fn longest_names_are_walked_word_by_word() {
    let gazetteer = Gazetteer::embedded();
    let mut walker = gazetteer.walk();
    assert!(walker.push("new") && !walker.is_name());
    assert!(walker.push("york") && walker.is_name());
    assert!(walker.push("city") && walker.is_name());
    assert!(!walker.push("hall") && !walker.is_name());
}

#[test]
fn coordinates_keep_their_place() {
    let gazetteer = Gazetteer::embedded();
    let of = |id| gazetteer.place(gazetteer.find(id).expect("known"));
    let (london, paris) = (of(2643743), of(2988507));
    let km = london.km_to(&paris);
    assert!((335.0..350.0).contains(&km), "{km}");
    assert!((london.population / 8_900_000.0 - 1.0).abs() < 0.05, "{}", london.population);
}

proptest! {
    #[test]
    fn folding_is_idempotent_and_any_text_may_be_asked_for(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert!(Gazetteer::embedded().lookup(&text).count() < 10_000);
    }
}
