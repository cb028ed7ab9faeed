//! Which part of a person's name is used alone.

use detente_model::ActorCode;
use smallvec::SmallVec;

/// The family name within a full name: the first word where the family name stands first, else the last.
///
/// The code says where the person comes from; a generation number ("II", "Jr.") is no name.
pub fn family_name(name: &str, code: Option<ActorCode>) -> &str {
    let name = without_number(name);
    let words: SmallVec<[&str; 6]> = name.split_whitespace().collect();
    match words[..] {
        [] | [_] => name,
        [first, ..] if family_first(&words, code) => first,
        _ => name.rsplit(' ').next().unwrap_or(name),
    }
}

/// Every name that is used alone in news: the family name, the same with its particles, both family names of the Spanish
/// manner.
pub fn used_alone(name: &str, code: Option<ActorCode>) -> SmallVec<[&str; 3]> {
    let whole = without_number(name);
    let family = family_name(name, code);
    let mut found: SmallVec<[&str; 3]> = SmallVec::new();
    found.push(family);
    if whole.ends_with(family) && whole.len() > family.len() {
        found.extend(with_particles(whole, family));
        found.extend(without_article(family));
        if code.is_some_and(|code| TWO_FAMILY_NAMES.contains(&code.as_str())) {
            found.extend(last_two(whole));
        }
    }
    found.retain(|name| name.chars().count() > 1);
    found
}

const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den",
    "ter", "bin", "ben", "ibn", "al", "el", "ul", "ur", "abu", "ould", "mac", "san", "st", "ag", "af", "zu",
];

const TWO_FAMILY_NAMES: &[&str] = &[
    "ESP", "MEX", "ARG", "CHL", "COL", "PER", "VEN", "ECU", "BOL", "PRY", "URY", "CUB", "DOM", "GTM", "HND",
    "SLV", "NIC", "CRI", "PAN", "PRT", "BRA", "GNQ",
];

const FAMILY_FIRST: &[&str] = &["CHN", "TWN", "PRK", "KOR", "HKG", "MAC", "SGP", "VNM"];

fn family_first(words: &[&str], code: Option<ActorCode>) -> bool {
    let Some(code) = code else { return false };
    let western =
        words.len() == 2 && !words[1].contains('-') && matches!(code.as_str(), "HKG" | "SGP" | "TWN");
    let is_name = words[0].starts_with(char::is_uppercase) && !words[0].contains('-');
    FAMILY_FIRST.contains(&code.as_str()) && !western && is_name
}

fn without_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((rest, last)) if is_number(last) => without_number(rest),
        _ => name,
    }
}

fn is_number(word: &str) -> bool {
    matches!(word, "Jr" | "Jr." | "Sr" | "Sr.")
        || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && word.len() < 6
}

fn with_particles<'n>(whole: &'n str, family: &str) -> Option<&'n str> {
    let mut start = whole.len() - family.len();
    let before = start;
    while let Some(word) = whole[..start].trim_end().rsplit(' ').next().filter(|w| is_particle(w)) {
        start = whole[..start].trim_end().len() - word.len();
    }
    (start > 0 && start < before).then(|| &whole[start..])
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

/// "al-Assad" is also "Assad".
fn without_article(family: &str) -> Option<&str> {
    let (article, rest) = family.split_once('-')?;
    let known = matches!(
        article.to_lowercase().as_str(),
        "al" | "el" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "ul"
    );
    known.then_some(rest)
}

fn last_two(whole: &str) -> Option<&str> {
    let mut spaces = whole.rmatch_indices(' ').map(|(i, _)| i);
    let (_, second) = (spaces.next()?, spaces.next()?);
    Some(&whole[second + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_used_alone() {
        let alone = |name, code: &str| used_alone(name, code.parse().ok()).to_vec();
        assert_eq!(alone("Kim Jong-un", "PRK"), ["Kim"]);
        assert_eq!(alone("Shinzo Abe", "JPN"), ["Abe"]);
        assert_eq!(alone("Bashar al-Assad", "SYR"), ["al-Assad", "Assad"]);
        assert_eq!(alone("Mohammed bin Salman", "SAU"), ["Salman", "bin Salman"]);
        assert_eq!(alone("Enrique Peña Nieto", "MEX"), ["Nieto", "Peña Nieto"]);
        assert_eq!(alone("Abdullah II", "JOR"), ["Abdullah"]);
        assert_eq!(alone("Ursula von der Leyen", "DEU"), ["Leyen", "von der Leyen"]);
        assert_eq!(alone("Donald Tsang", "HKG"), ["Tsang"]);
        assert_eq!(alone("Lula", "BRA"), ["Lula"]);
        assert_eq!(alone("the Dalai Lama", "CHN"), ["Lama"]);
    }
}
