//! What the words around a name say of where it lies.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use detente_english::{Annotated, EntityType, Token};
use detente_gazetteer::{Form, Gazetteer, Kind};

use rustc_hash::FxHashMap;

use super::spot::Spot;

/// One name lies in what another names: "Paris, Texas", "the Iraqi city of Mosul".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// Number of the spot that lies inside.
    pub inner: usize,
    /// Number of the spot that it lies in.
    pub outer: usize,
}

/// What the text states of its place names, by the numbers of their spots.
#[derive(Debug, Clone, Default)]
pub(super) struct Cues {
    pub links: Vec<Link>,
    /// "Clarke, Jackson and Oconee counties".
    pub counties: Vec<usize>,
    /// Countries that other words tell of, once a word.
    pub signs: Vec<[u8; 2]>,
}

/// What the text states. Whether any reading of the names bears it out is for the choice.
pub(super) fn cues(gazetteer: &Gazetteer, doc: &Annotated<'_>, spots: &[Spot]) -> Cues {
    let mut cues = Cues::default();
    for inner in 0..spots.len() {
        cues.links.extend(listed(gazetteer, doc, spots, inner));
        cues.links.extend(before(doc, spots, inner));
    }
    cues.counties = counties(doc, spots);
    cues.signs = signs(doc);
    cues
}

static SIGNS: LazyLock<FxHashMap<&str, [u8; 2]>> = LazyLock::new(|| {
    let lines = include_str!("../../data/place/signs.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, code)| Some((word, code.as_bytes().try_into().ok()?)))
        .collect()
});

fn signs(doc: &Annotated<'_>) -> Vec<[u8; 2]> {
    let found: BTreeMap<&str, [u8; 2]> =
        doc.tokens().filter_map(|t| Some((t.lower(), *SIGNS.get(t.lower())?))).collect();
    found.into_values().collect()
}

/// The names of a list that ends in "counties", from the last to the first.
fn counties(doc: &Annotated<'_>, spots: &[Spot]) -> Vec<usize> {
    let mut counties = Vec::new();
    let mut follows = false;
    for number in (0..spots.len()).rev() {
        let end = spots[number].tokens.end;
        let next = (end < doc.len()).then(|| doc.token(end).lower());
        follows = match next {
            Some("counties" | "parishes") => true,
            Some("," | "and" | "or" | "&") => {
                let gap = spots.get(number + 1).map_or(usize::MAX, |s| s.tokens.start - end);
                follows && gap <= 2
            }
            _ => false,
        };
        if follows {
            counties.push(number);
        }
    }
    counties
}

/// "Town, County, State": each name lies in those after it, across commas, an opening bracket, or "in".
fn listed(gazetteer: &Gazetteer, doc: &Annotated<'_>, spots: &[Spot], inner: usize) -> Vec<Link> {
    let mut links = Vec::new();
    for outer in inner + 1..spots.len().min(inner + 4) {
        let gap = spots[outer - 1].tokens.end..spots[outer].tokens.start;
        if !leads_outward(doc, gap) {
            break;
        }
        if encloses(gazetteer, &spots[outer]) {
            links.push(Link { inner, outer });
        }
    }
    links
}

fn leads_outward(doc: &Annotated<'_>, gap: std::ops::Range<usize>) -> bool {
    let words: Vec<&str> = gap.map(|i| doc.token(i).lower()).collect();
    match words.as_slice() {
        ["," | "(" | "in"] | [",", "in"] | ["in", "the"] => true,
        ["in", direction] | ["in", "the", direction] => DIRECTIONS.contains(direction),
        _ => false,
    }
}

const DIRECTIONS: &[&str] = &[
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north",
    "south",
    "east",
    "west",
    "upstate",
    "rural",
    "neighboring",
    "neighbouring",
    "nearby",
];

fn encloses(gazetteer: &Gazetteer, spot: &Spot) -> bool {
    spot.named.iter().any(|named| {
        let kind = gazetteer.place(named.place).kind;
        named.form != Form::Adjective && matches!(kind, Kind::Country | Kind::Admin1 | Kind::Admin2)
    })
}

/// "the Iraqi city of Mosul", "Syria's Tartus", "Texas town Paris": an adjective or owner shortly before.
fn before(doc: &Annotated<'_>, spots: &[Spot], inner: usize) -> Option<Link> {
    let outer = inner.checked_sub(1)?;
    let gap = spots[outer].tokens.end..spots[inner].tokens.start;
    let words: Vec<&str> = gap.map(|i| doc.token(i).lower()).collect();
    let stated = match words.as_slice() {
        ["'s" | "’s"] => true,
        [place] | [place, "of"] => SETTLEMENTS.contains(place),
        [_, place] | [_, place, "of"] => SETTLEMENTS.contains(place),
        _ => false,
    };
    let named = is_place_name(doc.token(spots[inner].tokens.start));
    (stated && named).then_some(Link { inner, outer })
}

const SETTLEMENTS: &[&str] = &[
    "city",
    "town",
    "village",
    "capital",
    "port",
    "province",
    "region",
    "state",
    "district",
    "suburb",
    "county",
    "resort",
    "enclave",
    "island",
    "governorate",
    "cities",
    "towns",
    "villages",
    "settlement",
];

fn is_place_name(token: Token<'_>) -> bool {
    !matches!(token.entity_type(), Some(EntityType::Person))
}
