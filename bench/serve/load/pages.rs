//! What readers look at: pages and their JSON over many pairs, actors and words, most of them asked for once or twice.

use std::time::SystemTime;

const CODES: [&str; 20] = [
    "USA", "RUS", "CHN", "FRA", "DEU", "GBR", "IRN", "IND", "PAK", "ISR", "TUR", "SYR", "KOR", "PRK", "JPN",
    "SAU", "UKR", "EGY", "AFG", "IRQ",
];
const TYPES: [&str; 10] =
    ["AGREE", "CONSULT", "SUPPORT", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "AID", "REQUEST"];
/// A word of every second sentence, and rarer ones.
const WORDS: [&str; 5] = ["minister", "ba", "torden", "serpol", "talks"];

/// Kinds of pages, each asked for as often as the others.
pub const KINDS: [&str; 10] = [
    "front",
    "pair-on",
    "pair-json",
    "events",
    "api-actor",
    "api-type",
    "agenda",
    "actor",
    "words",
    "matrix",
];

/// A page of any kind, or of the one that is wanted alone: its kind and its address.
pub fn any(chance: &mut Chance, only: Option<usize>) -> (&'static str, String) {
    let kind = KINDS[only.unwrap_or_else(|| chance.below(KINDS.len()))];
    let (a, b) = pair(chance);
    let (on, type_) = (day(chance), of(chance, &TYPES));
    let path = match kind {
        "front" => "/".to_owned(),
        "pair-on" => format!("/pair/{a}/{b}?on={on}"),
        "pair-json" => format!("/pair/{a}/{b}.json"),
        "events" => format!("/events?type={type_}&actor={a}"),
        "api-actor" => format!("/api/v1/events?limit=20&actor={a}&to={on}"),
        "api-type" => format!("/api/v1/events?limit=20&type={type_}"),
        "agenda" => format!("/agenda?with={a}&on={on}"),
        "actor" => format!("/actor/{a}"),
        "words" => format!("/events?q={}&actor={a}", of(chance, &WORDS)),
        _ => "/matrix".to_owned(),
    };
    (kind, path)
}

fn pair(chance: &mut Chance) -> (&'static str, &'static str) {
    let a = chance.below(CODES.len());
    let b = (a + 1 + chance.below(CODES.len() - 1)) % CODES.len();
    (CODES[a], CODES[b])
}

fn day(chance: &mut Chance) -> String {
    format!("20{:02}-{:02}-15", 8 + chance.below(17), 1 + chance.below(12))
}

fn of(chance: &mut Chance, list: &[&'static str]) -> &'static str {
    list[chance.below(list.len())]
}

/// Numbers that look random (splitmix64).
pub struct Chance(u64);

impl Chance {
    /// Other numbers each time.
    pub fn of_now() -> Self {
        Self(SystemTime::UNIX_EPOCH.elapsed().map_or(1, |now| now.as_nanos() as u64))
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A time between two arrivals, one on average.
    pub fn exponential(&mut self) -> f64 {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        -(1.0 - share).ln()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
