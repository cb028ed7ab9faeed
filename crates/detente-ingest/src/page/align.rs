//! Which words of the visible text the main-text extraction kept.
//!
//! The extraction gives text without places. Its words are a subsequence of the visible ones in long runs, so they are
//! found again run by run; what cannot be found (text that only the markup holds) is counted, not guessed.

use std::hash::{Hash, Hasher};

use detente_model::Span;
use rustc_hash::FxHasher;

/// Words that have to agree before a run is taken up.
const GRAM: usize = 3;
/// Places looked at for one run.
const MOST_PLACES: usize = 12;
/// How far two places are compared.
const FAR: usize = 40;

/// The visible words, each with whether it was kept.
pub(crate) struct Alignment {
    words: Vec<(usize, u64)>,
    kept: Vec<bool>,
    /// The share of the extracted words that were found, 0 to 1.
    pub found: f64,
}

impl Alignment {
    /// Finds the words of `content` in `visible`.
    pub(crate) fn new(visible: &str, content: &str) -> Self {
        let words = hashed(visible);
        let wanted = hashed(content);
        let mut kept = vec![false; words.len()];
        let places = Places::new(&words);
        let (mut at, mut next, mut found) = (0, 0, 0usize);
        while at < wanted.len() {
            if next >= words.len() || words[next].1 != wanted[at].1 || kept[next] {
                match best_place(&words, &wanted, &places, &kept, at, next) {
                    Some(place) => next = place,
                    None => {
                        at += 1;
                        continue;
                    }
                }
            }
            kept[next] = true;
            (at, next, found) = (at + 1, next + 1, found + 1);
        }
        let share = if wanted.is_empty() { 0.0 } else { found as f64 / wanted.len() as f64 };
        Self { words, kept, found: share }
    }

    /// Whether at least half of the words between the two ends of `span` were kept.
    pub(crate) fn is_kept(&self, span: Span) -> bool {
        let from = self.words.partition_point(|word| word.0 < span.start);
        let to = self.words.partition_point(|word| word.0 < span.end);
        let kept = self.kept[from..to].iter().filter(|kept| **kept).count();
        kept * 2 >= to - from && kept > 0
    }
}

/// The place in the visible text where the longest run of wanted words begins; the nearest ahead of two as long.
fn best_place(
    words: &[(usize, u64)],
    wanted: &[(usize, u64)],
    places: &Places,
    kept: &[bool],
    at: usize,
    next: usize,
) -> Option<usize> {
    let gram = wanted.get(at..at + GRAM).map(gram)?;
    let all = places.of(gram);
    let ahead = all.partition_point(|(_, place)| (*place as usize) < next);
    let ordered = all[ahead..].iter().chain(all[..ahead].iter().rev()).take(MOST_PLACES);
    let run = |place: usize| {
        let pairs = words[place..].iter().zip(&wanted[at..]).zip(&kept[place..]).take(FAR);
        pairs.take_while(|((have, want), kept)| have.1 == want.1 && !**kept).count()
    };
    let mut best = None;
    for place in ordered.map(|(_, place)| *place as usize) {
        let length = run(place);
        if length >= GRAM && best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, place));
        }
    }
    best.map(|(_, place)| place)
}

/// Where each few words in a row stand: their hash and the place of the first, sorted.
struct Places(Vec<(u64, u32)>);

impl Places {
    fn new(words: &[(usize, u64)]) -> Self {
        let grams = words.windows(GRAM).zip(0u32..);
        let mut places: Vec<_> = grams.map(|(window, at)| (gram(window), at)).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The places of one gram, in order.
    fn of(&self, gram: u64) -> &[(u64, u32)] {
        let from = self.0.partition_point(|(have, _)| *have < gram);
        let length = self.0[from..].partition_point(|(have, _)| *have == gram);
        &self.0[from..from + length]
    }
}

fn gram(words: &[(usize, u64)]) -> u64 {
    words.iter().fold(0, |hash, word| (hash ^ word.1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
}

/// Words with their first byte: letters and digits in lower case; signs do not count.
fn hashed(text: &str) -> Vec<(usize, u64)> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut open: Option<(usize, FxHasher)> = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            let (_, hasher) = open.get_or_insert_with(|| (at, FxHasher::default()));
            if c.is_ascii() {
                c.to_ascii_lowercase().hash(hasher);
            } else {
                c.to_lowercase().for_each(|lower| lower.hash(hasher));
            }
        } else if let Some((from, hasher)) = open.take() {
            found.push((from, hasher.finish()));
        }
    }
    found.extend(open.map(|(from, hasher)| (from, hasher.finish())));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_in_their_place() {
        let visible =
            "read more of it\n\nShips left port today.\n\nread more of it\n\nThey carry grain to the south.";
        let alignment = Alignment::new(visible, "Ships left port today. They carry grain to the south.");
        let kept: Vec<bool> =
            crate::lines::lines(visible).iter().map(|line| alignment.is_kept(line.span)).collect();
        assert_eq!(kept, [false, true, false, true]);
        assert_eq!(alignment.found, 1.0);
    }

    #[test]
    fn what_is_not_there_is_counted() {
        assert_eq!(Alignment::new("a b c d", "x y z").found, 0.0);
        assert_eq!(Alignment::new("", "").found, 0.0);
    }
}
