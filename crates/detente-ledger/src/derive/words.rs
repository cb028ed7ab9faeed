//! The two word lists of this room: levels of office, words that tell the kind of contact.

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

/// How high the one stands whom these words name.
pub fn level(mention: &str) -> Level {
    let said = format!(" {} ", mention.to_lowercase());
    let names = |word: &str| said.contains(&format!(" {word} ")) || said.contains(&format!(" {word}'"));
    LEVELS.iter().find(|(_, word)| names(word)).map_or(Level::Unknown, |(level, _)| *level)
}

/// Whether a trigger has a word of this sense.
pub fn tells(trigger: &str, wanted: ContactWord) -> bool {
    let said = format!(" {}", trigger.to_lowercase());
    CONTACT_WORDS.iter().any(|(sense, stem)| *sense == wanted && said.contains(&format!(" {stem}")))
}

fn contact_word(sense: &str) -> Option<ContactWord> {
    Some(match sense {
        "call" => ContactWord::Call,
        "summit" => ContactWord::Summit,
        "talks" => ContactWord::Talks,
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
        assert_eq!(level("Moscow"), Level::Unknown);
    }

    #[test]
    fn triggers_tell_the_kind() {
        assert!(tells("held a phone call", ContactWord::Call));
        assert!(tells("was postponed", ContactWord::Postponed));
        assert!(!tells("meeting", ContactWord::Call));
    }
}
