//! From text to tokens, as spaCy's rule tokenizer does it.
//!
//! A text falls into runs of spaces and of other characters; a single space between two runs belongs to neither. From
//! each run prefixes and suffixes are cut off until a special word or a bare core is left; the core is one token if it
//! is an address, else it is parted at its infixes. At last, token sequences that together spell a special word are
//! replaced by that word's own tokens.
//!
//! The tokens tile the text: all that lies between two of them is one space, which the first of them reports. The
//! time is linear in the length of the text. Nothing is cached between calls, so one tokenizer serves all threads.

mod affixes;
mod phrases;
mod special;
mod url;

use std::sync::Arc;

use detente_model::Span;
use smallvec::SmallVec;

use crate::characters::{Characters, Class};
use crate::table::TableError;

use affixes::Affixes;
use phrases::Phrases;
use special::{Piece, SpecialWords};

/// A piece of the text that is one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// Where it stands, in bytes.
    pub(crate) span: Span,
    /// What it counts as in place of its own text, where a special word says so.
    pub(crate) norm: Option<&'static str>,
    /// Whether one space follows that is no part of a token.
    pub(crate) spacy: bool,
}

/// Cuts texts into tokens.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    characters: Arc<Characters>,
    affixes: Affixes,
    special: SpecialWords,
    phrases: Phrases,
}

/// Whether special words are looked up; they are not while the sequences that spell them are worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lookup {
    Special,
    Plain,
}

impl Tokenizer {
    /// A tokenizer with the rules that are built in.
    pub(crate) fn load(characters: Arc<Characters>) -> Result<Self, TableError> {
        let affixes = Affixes::load()?;
        let special = SpecialWords::load()?;
        let mut tokenizer = Self { characters, affixes, special, phrases: Phrases::default() };
        tokenizer.phrases = tokenizer.spelled_phrases();
        Ok(tokenizer)
    }

    /// Appends the tokens of a text.
    pub(crate) fn tokenize(&self, text: &str, out: &mut Vec<RawToken>) {
        let from = out.len();
        self.runs(text, Lookup::Special, out);
        self.phrases.replace(text, &self.special, from, out);
    }

    /// The special words that the affix rules may part, as the sequences of tokens that they fall into.
    fn spelled_phrases(&self) -> Phrases {
        let mut phrases = Phrases::default();
        for word in self.special.words().filter(|word| self.can_be_parted(word)) {
            let mut tokens = Vec::new();
            self.runs(word, Lookup::Plain, &mut tokens);
            phrases.add(tokens.iter().map(|token| &word[token.span.range()]));
        }
        phrases
    }

    fn can_be_parted(&self, word: &str) -> bool {
        word.contains(' ')
            || self.affixes.prefix(&self.characters, word) > 0
            || self.affixes.suffix(&self.characters, word) > 0
            || self.affixes.infixes(&self.characters, word).next().is_some()
    }

    /// Parts a text into runs of white space and of other characters, and tokenizes each.
    fn runs(&self, text: &str, lookup: Lookup, out: &mut Vec<RawToken>) {
        let Some(first) = text.chars().next() else { return };
        let mut in_space = self.characters.is(first, Class::SPACE);
        let mut start = 0;
        for (i, c) in text.char_indices() {
            if self.characters.is(c, Class::SPACE) == in_space {
                continue;
            }
            self.run(text, start..i, lookup, out);
            start = i;
            if c == ' ' {
                start += 1;
                if let Some(token) = out.last_mut() {
                    token.spacy = true;
                }
            }
            in_space = !in_space;
        }
        self.run(text, start..text.len(), lookup, out);
    }

    fn run(&self, text: &str, run: std::ops::Range<usize>, lookup: Lookup, out: &mut Vec<RawToken>) {
        if run.is_empty() {
            return;
        }
        let mut run = Run { tokenizer: self, text, start: run.start, end: run.end, lookup };
        let suffixes = run.cut_affixes(out);
        run.push_core(out);
        out.extend(suffixes.iter().rev().map(|suffix| plain(*suffix)));
    }
}

fn plain(span: Span) -> RawToken {
    RawToken { span, norm: None, spacy: false }
}

/// Appends the tokens of a special word that stands at `start`.
fn push_special(start: usize, pieces: &[Piece], out: &mut Vec<RawToken>) {
    let mut at = start;
    for piece in pieces {
        out.push(RawToken { span: Span::new(at, at + piece.length), norm: piece.norm, spacy: false });
        at += piece.length;
    }
}

/// What is left of a run while affixes are cut off it.
struct Run<'a> {
    tokenizer: &'a Tokenizer,
    text: &'a str,
    start: usize,
    end: usize,
    lookup: Lookup,
}

impl<'a> Run<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.start..self.end]
    }

    fn special(&self, word: &str) -> Option<&'a [Piece]> {
        match self.lookup {
            Lookup::Special => self.tokenizer.special.get(word),
            Lookup::Plain => None,
        }
    }

    /// Cuts prefixes and suffixes off, as long as there are any and what is left is no special word. Prefixes go out
    /// at once; the suffixes come back, the last one of the text first.
    fn cut_affixes(&mut self, out: &mut Vec<RawToken>) -> SmallVec<[Span; 4]> {
        let mut suffixes = SmallVec::new();
        let Tokenizer { affixes, characters, .. } = self.tokenizer;
        while self.start < self.end && self.special(self.rest()).is_none() {
            let rest = self.rest();
            let prefix = affixes.prefix(characters, rest);
            let suffix = affixes.suffix(characters, &rest[prefix..]);
            let without_prefix = &rest[prefix..];
            if prefix > 0 && self.special(without_prefix).is_some() {
                out.push(self.cut_front(prefix));
                break;
            }
            let without_suffix = &rest[..rest.len() - suffix];
            let done = suffix > 0 && self.special(without_suffix).is_some();
            if prefix > 0 && !done {
                out.push(self.cut_front(prefix));
            }
            if suffix > 0 {
                suffixes.push(self.cut_back(suffix));
            }
            if done || (prefix == 0 && suffix == 0) {
                break;
            }
        }
        suffixes
    }

    fn cut_front(&mut self, length: usize) -> RawToken {
        let span = Span::new(self.start, self.start + length);
        self.start = span.end;
        plain(span)
    }

    fn cut_back(&mut self, length: usize) -> Span {
        let span = Span::new(self.end - length, self.end);
        self.end = span.start;
        span
    }

    /// Appends what is left after the affixes: a special word, an address, or pieces parted by infixes.
    fn push_core(&self, out: &mut Vec<RawToken>) {
        let core = self.rest();
        if core.is_empty() {
        } else if let Some(pieces) = self.special(core) {
            push_special(self.start, pieces, out);
        } else if url::is_address(&self.tokenizer.characters, core) {
            out.push(plain(Span::new(self.start, self.end)));
        } else {
            self.push_parted(core, out);
        }
    }

    fn push_parted(&self, core: &str, out: &mut Vec<RawToken>) {
        let mut from = 0;
        let at = |start, end| plain(Span::new(self.start + start, self.start + end));
        // An infix at the very front parts nothing.
        let infixes = self.tokenizer.affixes.infixes(&self.tokenizer.characters, core);
        for (start, end) in infixes.filter(|(start, _)| *start > 0) {
            if start > from {
                out.push(at(from, start));
            }
            out.push(at(start, end));
            from = end;
        }
        if from < core.len() {
            out.push(at(from, core.len()));
        }
    }
}

#[cfg(test)]
mod tests;
