//! Sequences of tokens that together spell a special word.
//!
//! Affix rules can part a special word that stands inside a longer run, as `'S` in `X'S`. Such sequences are
//! looked for among the finished tokens; the longest win, the earlier among equally long ones.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::special::SpecialWords;
use super::{RawToken, push_special};

/// The sequences, by their first token.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: FxHashMap<Box<str>, Vec<Vec<Box<str>>>>,
}

/// A range of token numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Match {
    start: usize,
    end: usize,
}

impl Phrases {
    /// Adds the sequence of these tokens.
    pub(crate) fn add<'a>(&mut self, tokens: impl IntoIterator<Item = &'a str>) {
        let mut tokens = tokens.into_iter().map(Box::from);
        if let Some(first) = tokens.next() {
            self.by_first.entry(first).or_default().push(tokens.collect());
        }
    }

    /// Replaces the sequences among the tokens from number `from` on.
    pub(crate) fn replace(&self, text: &str, special: &SpecialWords, from: usize, out: &mut Vec<RawToken>) {
        let found = without_overlaps(self.matches(text, from, out));
        if found.is_empty() {
            return;
        }
        let tokens = out.split_off(from);
        let mut next = 0;
        for Match { start, end } in found {
            let (start, end) = (start - from, end - from);
            out.extend_from_slice(&tokens[next..start]);
            replace_one(text, special, &tokens[start..end], out);
            next = end;
        }
        out.extend_from_slice(&tokens[next..]);
    }

    fn matches(&self, text: &str, from: usize, tokens: &[RawToken]) -> SmallVec<[Match; 8]> {
        let word = |i: usize| tokens.get(i).map(|token: &RawToken| &text[token.span.range()]);
        let mut found = SmallVec::new();
        for start in from..tokens.len() {
            let Some(sequences) = word(start).and_then(|first| self.by_first.get(first)) else { continue };
            for rest in sequences {
                if rest.iter().enumerate().all(|(i, w)| word(start + 1 + i) == Some(w)) {
                    found.push(Match { start, end: start + 1 + rest.len() });
                }
            }
        }
        found
    }
}

/// Drops what overlaps a longer sequence, or one as long that begins earlier; even if that one is dropped itself.
fn without_overlaps(mut found: SmallVec<[Match; 8]>) -> SmallVec<[Match; 8]> {
    found.sort_unstable_by_key(|m| (std::cmp::Reverse(m.end - m.start), m.start));
    let mut seen = FxHashSet::default();
    found.retain(|m| {
        let free = !seen.contains(&m.start) && !seen.contains(&(m.end - 1));
        seen.extend(m.start..m.end);
        free
    });
    found.sort_unstable_by_key(|m| m.start);
    found
}

/// A sequence with spaces between its tokens spells no special word and stays.
fn replace_one(text: &str, special: &SpecialWords, tokens: &[RawToken], out: &mut Vec<RawToken>) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let span = first.span.join(last.span);
    match special.get(&text[span.range()]) {
        Some(pieces) => {
            push_special(span.start, pieces, out);
            if let Some(token) = out.last_mut() {
                token.spacy = last.spacy;
            }
        }
        None => out.extend_from_slice(tokens),
    }
}
