//! The tables that `build.rs` makes of `data/*.tsv`, and the look-up in them.

use crate::expression::{DayPart, Modifier, Reference, Season, Unit, Which};
use crate::holiday::Rule;
use crate::tense::Cue;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The role a word plays in the grammar of time; `data/words.tsv` gives the words of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Lex {
    None,
    Month(u8),
    MonthAbbr(u8),
    Weekday(i8),
    Weekdays(i8),
    WeekdayAbbr(i8),
    Unit(Unit),
    Units(Unit),
    Number(u32),
    Tens(u32),
    Multiplier(u32),
    Ordinal(u8),
    DecadeWord(i16),
    VagueCount,
    Couple,
    Half,
    Season(Season),
    Seasons(Season),
    Part(DayPart),
    Parts(DayPart),
    ClockWord(u8),
    Deictic(i32),
    Tonight,
    Overnight,
    Which(Which),
    Phase(Modifier),
    PartOf(Option<Modifier>),
    Approx(Option<Modifier>),
    Vague(Reference),
    Frequency(u32, Unit),
    Every,
    Times(u32),
    Ago,
    Earlier,
    Later,
    Before,
    After,
    Since,
    Until,
    Hence,
    From,
    The,
    A,
    Of,
    In,
    On,
    At,
    By,
    To,
    And,
    Or,
    For,
    During,
    Than,
    More,
    Less,
    Least,
    Up,
    As,
    Per,
    Fiscal,
    Era(bool),
}

/// The longest word of the tables, so that longer ones need no look-up.
const LONGEST: usize = 16;

/// The role of a word, whatever its case.
pub(crate) fn role(word: &str) -> Lex {
    find(WORDS, word).unwrap_or(Lex::None)
}

/// The tense cue of a word.
pub(crate) fn tense_cue(word: &str) -> Option<Cue> {
    find(CUES, word)
}

/// Minutes east of Greenwich of a zone's name.
pub(crate) fn zone(word: &str) -> Option<i16> {
    find(ZONES, word)
}

/// The feasts whose name begins with `word`, as a range of the table.
pub(crate) fn holidays_from(word: &str) -> std::ops::Range<usize> {
    let mut buffer = [0; LONGEST];
    let Some(word) = lower(word, &mut buffer) else { return 0..0 };
    let first = HOLIDAYS.partition_point(|(name, _)| name.as_bytes() < word);
    let len = HOLIDAYS[first..].iter().take_while(|(name, _)| name.as_bytes().starts_with(word)).count();
    first..first + len
}

fn find<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let mut buffer = [0; LONGEST];
    let word = lower(word, &mut buffer)?;
    let at = table.binary_search_by(|(entry, _)| entry.as_bytes().cmp(word)).ok()?;
    Some(table[at].1)
}

fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    let room = buffer.get_mut(..word.len())?;
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    Some(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        assert_eq!(role("January"), Lex::Month(1));
        assert_eq!(role("YESTERDAY"), Lex::Deictic(-1));
        assert_eq!(role("table"), Lex::None);
        assert_eq!(role("antidisestablishmentarianism"), Lex::None);
    }

    #[test]
    fn no_table_has_a_word_too_long_to_be_found() {
        assert!(WORDS.iter().map(|(w, _)| w).chain(CUES.iter().map(|(w, _)| w)).all(|w| w.len() <= LONGEST));
    }

    #[test]
    fn feasts_are_found_by_their_first_word() {
        let names: Vec<_> = HOLIDAYS[holidays_from("Christmas")].iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["christmas", "christmas day", "christmas eve"]);
    }
}
