//! The word lists of this room: levels of office, words that tell the kind of contact, words that tell nothing of an act.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use detente_model::Level;

/// What a trigger word tells of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactWord {
    /// By telephone or video.
    Call,
    /// Heads meet.
    Summit,
    /// Negotiations.
    Talks,
    /// In person.
    Meeting,
    /// One side goes to the other.
    Visit,
    /// It is put off.
    Postponed,
}

static LEVELS: LazyLock<Vec<(Level, &'static str)>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/levels.tsv"));
    rows.flat_map(|(level, words)| words.split('|').filter_map(move |word| Some((level.parse().ok()?, word))))
        .collect()
});

static CONTACT_WORDS: LazyLock<Vec<(ContactWord, &'static str)>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/contact-words.tsv"));
    rows.filter_map(|(sense, stem)| Some((contact_word(sense)?, stem))).collect()
});

static PLAIN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/plain-words.txt").lines();
    lines.filter(|line| !line.starts_with('#')).map(stem).collect()
});

/// Letters of a word that count: endings do not.
const STEM: usize = 6;

/// The beginning of a word, by which it is compared.
pub fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// Whether a word, cut to its stem, tells nothing of what was done.
pub fn is_plain(stem: &str) -> bool {
    PLAIN.contains(stem.to_ascii_lowercase().as_str())
}

/// How high the one stands whom these words name.
pub fn level(mention: &str) -> Level {
    let said = mention.to_lowercase();
    LEVELS.iter().find(|(_, word)| has_word(&said, word)).map_or(Level::Unknown, |(level, _)| *level)
}

/// Whether a text has a word or its plural.
fn has_word(text: &str, word: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let rest = &text[at + word.len()..];
        let begins = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        begins && (ends(rest) || rest.strip_prefix('s').is_some_and(ends))
    })
}

/// Whether a text has a word that begins with a stem of this sense.
pub fn tells(text: &str, wanted: ContactWord) -> bool {
    let said = text.to_lowercase();
    let begins = |stem: &str| said.match_indices(stem).any(|(at, _)| at == 0 || said[..at].ends_with(' '));
    CONTACT_WORDS.iter().any(|(sense, stem)| *sense == wanted && begins(stem))
}

fn contact_word(sense: &str) -> Option<ContactWord> {
    Some(match sense {
        "call" => ContactWord::Call,
        "summit" => ContactWord::Summit,
        "talks" => ContactWord::Talks,
        "meeting" => ContactWord::Meeting,
        "visit" => ContactWord::Visit,
        "postponed" => ContactWord::Postponed,
        _ => return None,
    })
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_lists_is_read() {
        assert!(LEVELS.len() > 60 && CONTACT_WORDS.len() > 20);
        let lines =
            include_str!("../../data/contact-words.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), CONTACT_WORDS.len());
    }

    #[test]
    fn offices_have_their_level() {
        assert_eq!(level("Russian President Vladimir Putin"), Level::Head);
        assert_eq!(level("Vice President Mike Pence"), Level::Official);
        assert_eq!(level("US Secretary of State Rex Tillerson"), Level::Minister);
        assert_eq!(level("the foreign ministers"), Level::Minister);
        assert_eq!(level("the Greek and Turkish prime ministers"), Level::Head);
        assert_eq!(level("ex-president Kocharyan"), Level::Official);
        assert_eq!(level("Moscow"), Level::Unknown);
        assert_eq!(level("the kingdom"), Level::Unknown);
    }

    #[test]
    fn triggers_tell_the_kind() {
        assert!(tells("held a phone call", ContactWord::Call));
        assert!(tells("was postponed", ContactWord::Postponed));
        assert!(!tells("meeting", ContactWord::Call));
    }
}
