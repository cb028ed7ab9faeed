//! A headline in title case, read as the sentence it is.
//!
//! "U.S. Lifts Travel Ban on Libya": the parser takes every word with a capital for a name, and finds no verb. Here each word that is no name gets
//! its small letter back: function words, words that acts are told with, verbs, adjectives and titles; the names of the lexicon, acronyms and words
//! that nobody knows keep theirs. A letter and its small form are of one length, so every span of the text holds.

use std::ops::Range;

use detente_acts::Acts;
use detente_english::English;
use detente_lexicon::{Form, Kind, Lexicon, Match};
use jiff::civil::Date;

/// What knows the words of a language from the names in it.
#[derive(Clone, Copy)]
pub struct Knowledge<'k> {
    /// Its words.
    pub english: &'k English,
    /// Who is who.
    pub lexicon: &'k Lexicon,
    /// The words of acts.
    pub acts: &'k Acts,
    /// The day of the report, on which some names hold and others do not.
    pub day: Option<Date>,
}

/// The same headline with small letters; nothing where it is in no title case.
pub fn in_sentence_case(headline: &str, knowledge: Knowledge<'_>) -> Option<String> {
    let words = words(headline);
    if !is_title_case(headline, &words) {
        return None;
    }
    let mut bytes = headline.to_owned().into_bytes();
    let written: Vec<&str> = words.iter().map(|word| &headline[word.clone()]).collect();
    let mut at = 0;
    while at < written.len() {
        let name = knowledge.name(&written, at);
        if name == 0 && at > 0 && is_capitalised(written[at]) && knowledge.is_common(&written, at) {
            bytes[words[at].start].make_ascii_lowercase();
        }
        at += name.max(1);
    }
    String::from_utf8(bytes).ok()
}

impl Knowledge<'_> {
    /// How many words a name that begins here has; 0 where none does.
    fn name(self, words: &[&str], at: usize) -> usize {
        let found = self.lexicon.lookups(words, at);
        found.iter().find(|found| self.is_name(found, words[at])).map_or(0, |found| found.len)
    }

    fn is_name(self, found: &Match, word: &str) -> bool {
        let alone = found.len == 1 && self.is_word(&word.to_lowercase());
        found.forms.iter().filter(|form| form.period.holds(self.day)).any(|form| {
            match self.lexicon.subject(form.subject).kind() {
                Kind::Title => false,
                Kind::State | Kind::People | Kind::Area | Kind::Group => true,
                Kind::Person if self.is_in_high_office(form) => true,
                // "Ban", "Shell", "Rice": of one word, only where it is no other.
                Kind::Person | Kind::Region | Kind::Organisation | Kind::Metonym => !alone,
            }
        })
    }

    /// "Xi Visits Hanoi": whether somebody in one of the highest offices of a state goes by this name.
    fn is_in_high_office(self, form: &Form) -> bool {
        let holding = self.lexicon.subject(form.subject).holding(self.day);
        holding.is_some_and(|holding| holding.is_in_high_office())
    }

    fn is_common(self, words: &[&str], at: usize) -> bool {
        let lower = words[at].to_lowercase();
        let title = || {
            let found = self.lexicon.lookups(words, at).into_iter();
            found
                .flat_map(|found| found.forms)
                .any(|form| self.lexicon.subject(form.subject).kind() == Kind::Title)
        };
        !is_of_calendar(&lower, words, at) && (self.is_word(&lower) || title())
    }

    fn is_word(self, lower: &str) -> bool {
        let symbols = self.acts.symbols();
        let singular = lower.strip_suffix('s').unwrap_or(lower);
        is_small(lower)
            || symbols.get(lower).is_some()
            || symbols.get(singular).is_some()
            || self.english.is_verb_or_adjective(lower)
    }
}

/// The words of a headline, cut as the tokenizer cuts names: at spaces, hyphens and slashes, without marks around them and "'s".
fn words(headline: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    let cuts =
        headline.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/'));
    for (end, next) in cuts.map(|(at, c)| (at, at + c.len_utf8())).chain([(headline.len(), headline.len())]) {
        words.extend(bare(headline, start..end));
        start = next;
    }
    words
}

fn bare(headline: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let text = &headline[piece.clone()];
    let opened = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let closed = opened.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let owner = closed.strip_suffix("'s").or_else(|| closed.strip_suffix("’s")).unwrap_or(closed);
    let start = piece.start + text.len() - opened.len();
    (!owner.is_empty()).then(|| start..start + owner.len())
}

/// Three longer words at least behind the first, next to all of them with a capital and not all capitals.
fn is_title_case(headline: &str, words: &[Range<usize>]) -> bool {
    let longer = words.iter().skip(1).map(|word| &headline[word.clone()]).filter(|word| word.len() > 3);
    let longer: Vec<&str> = longer.filter(|word| word.starts_with(char::is_alphabetic)).collect();
    let capitals = longer.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let mixed = longer.iter().filter(|word| is_capitalised(word)).count();
    longer.len() >= 3 && mixed >= 2 && capitals * 10 >= longer.len() * 9
}

/// A capital with nothing but small letters behind it: "Lifts", not "NATO", "U.S." or "I".
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    first && word.len() > 1 && letters.all(|c| !c.is_uppercase() && c != '.')
}

/// Days and months; "March" and "May" where a day or year stands beside them.
fn is_of_calendar(lower: &str, words: &[&str], at: usize) -> bool {
    const NAMES: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let number = |at: usize| words.get(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let led = at > 0
        && matches!(
            words[at - 1].to_lowercase().as_str(),
            "in" | "since" | "until" | "by" | "from" | "last" | "next"
        );
    let doubtful = matches!(lower, "march" | "may");
    NAMES.contains(&lower) || doubtful && (led || number(at + 1) || at > 0 && number(at - 1))
}

/// Words that only join others.
fn is_small(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "about", "above", "across", "after", "again", "against", "ahead", "all", "along", "amid",
        "among", "an", "and", "another", "any", "are", "around", "as", "at", "be", "because", "been",
        "before", "behind", "being", "below", "between", "beyond", "both", "but", "by", "can", "could",
        "despite", "did", "do", "does", "down", "during", "each", "ever", "every", "few", "for", "from",
        "had", "has", "have", "he", "her", "here", "him", "his", "how", "if", "in", "inside", "into", "is",
        "it", "its", "just", "less", "like", "many", "may", "might", "more", "most", "much", "must", "near",
        "neither", "never", "new", "no", "nor", "not", "now", "of", "off", "on", "once", "one", "only",
        "onto", "or", "other", "our", "out", "outside", "over", "own", "per", "same", "she", "should",
        "since", "so", "some", "still", "such", "than", "that", "the", "their", "them", "then", "there",
        "these", "they", "this", "those", "though", "through", "to", "too", "toward", "towards", "two",
        "three", "four", "five", "six", "seven", "eight", "nine", "ten", "under", "unless", "until", "up",
        "upon", "us", "via", "was", "we", "were", "what", "when", "where", "whether", "which", "while",
        "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you", "your",
    ];
    WORDS.contains(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headline: &str) -> Option<String> {
        let (english, lexicon, acts) = (English::load(), Lexicon::builtin(), Acts::builtin());
        in_sentence_case(
            headline,
            Knowledge { english, lexicon, acts, day: Some(Date::constant(2026, 5, 4)) },
        )
    }

    #[test]
    fn words_get_their_small_letters_back_and_names_keep_theirs() {
        for (given, wanted) in [
            ("U.S. Lifts Travel Ban to Lebanon", "U.S. lifts travel ban to Lebanon"),
            ("Xi Visits Hanoi as Trade War Deepens", "Xi visits Hanoi as trade war deepens"),
            ("Putin and Xi Sign Gas Deal in Beijing", "Putin and Xi sign gas deal in Beijing"),
            (
                "U.N. Security Council Condemns Attack on Peacekeepers",
                "U.N. Security Council condemns attack on peacekeepers",
            ),
            ("Iran-Backed Rebels Fire at Ship in May 2024", "Iran-backed rebels fire at ship in May 2024"),
            ("Foreign Minister Says Talks May Begin Monday", "Foreign minister says talks may begin Monday"),
            ("China’s Huawei Slams ‘Unfair’ Ban", "China’s Huawei slams ‘unfair’ ban"),
        ] {
            assert_eq!(read(given).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn a_sentence_is_left_as_it_is() {
        for given in [
            "U.S. lifts travel ban on Lebanon",
            "Putin, Xi, Modi meet",
            "NATO, EU, UN CONDEMN ATTACK IN KYIV",
            "Émile Zola",
            "",
        ] {
            assert_eq!(read(given), None, "{given}");
        }
    }
}
