//! What the network sees of a word: its norm, first character, last three characters and shape, as 64-bit hashes.
//!
//! The hashes are those of spaCy's string store: MurmurHash64A with seed 1 of the UTF-8 bytes, save that the names of
//! spaCy's built-in symbols stand for their small numbers.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::characters::{Characters, Class};
use crate::table::{TableError, lines};
use crate::tokenizer::RawToken;

const NORMS: &str = include_str!("../model/norms.txt");
const SYMBOLS: &str = include_str!("../model/symbols.txt");

/// The hashed features of a word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Features {
    /// What it counts as: mostly itself in small letters.
    pub(crate) norm: u64,
    /// Its first character.
    pub(crate) prefix: u64,
    /// Its last three characters.
    pub(crate) suffix: u64,
    /// Its shape: `Xxxx`, `dd-dd`.
    pub(crate) shape: u64,
}

/// One word form of a text. Two forms of the same text differ if a special word gives one of them a norm.
#[derive(Debug, Clone)]
pub(crate) struct Form<'t> {
    /// As written.
    pub(crate) text: &'t str,
    /// In small letters.
    pub(crate) lower: Cow<'t, str>,
    /// Whether it is white space throughout.
    pub(crate) is_space: bool,
    /// What the network sees of it.
    pub(crate) features: Features,
}

/// The number of a form among the forms of one text, from 0.
pub(crate) type FormId = u32;

/// The different word forms of one text, in the order of their first tokens.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forms<'t> {
    /// The forms; a [`FormId`] indexes them.
    pub(crate) forms: Vec<Form<'t>>,
    /// The form of each token.
    pub(crate) of_token: Vec<FormId>,
}

/// The rules and tables that features are made by.
#[derive(Debug)]
pub(crate) struct Lexemes {
    characters: Arc<Characters>,
    norms: FxHashMap<&'static str, &'static str>,
    symbols: FxHashMap<&'static str, u64>,
    longest_symbol: usize,
}

impl Lexemes {
    /// Reads the tables that are built in.
    pub(crate) fn load(characters: Arc<Characters>) -> Result<Self, TableError> {
        let mut lexemes = Self {
            characters,
            norms: FxHashMap::default(),
            symbols: FxHashMap::default(),
            longest_symbol: 0,
        };
        for line in lines("norms", NORMS) {
            let [form, norm] = line.fields()?;
            lexemes.norms.insert(form, norm);
        }
        for line in lines("symbols", SYMBOLS) {
            let [number, name] = line.fields()?;
            let number = number.parse().map_err(|_| line.error("not a number"))?;
            lexemes.longest_symbol = lexemes.longest_symbol.max(name.len());
            lexemes.symbols.insert(name, number);
        }
        Ok(lexemes)
    }

    /// The word forms of a text and which token has which.
    pub(crate) fn forms<'t>(&self, text: &'t str, tokens: &[RawToken]) -> Forms<'t> {
        let mut known = FxHashMap::<(&'t str, Option<&'static str>), FormId>::default();
        let mut forms = Forms { forms: Vec::new(), of_token: Vec::with_capacity(tokens.len()) };
        for token in tokens {
            let word = &text[token.span.range()];
            let id = match known.entry((word, token.norm)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    forms.forms.push(self.form(word, token.norm));
                    *new.insert(forms.forms.len() as FormId - 1)
                }
            };
            forms.of_token.push(id);
        }
        forms
    }

    /// A word form; `norm` is what a special word makes it count as.
    pub(crate) fn form<'t>(&self, text: &'t str, norm: Option<&'static str>) -> Form<'t> {
        let lower = lowercase(text);
        let norm = norm.or_else(|| self.norms.get(text).copied()).unwrap_or(&lower);
        let features = Features {
            norm: self.id(norm),
            prefix: self.id(first_characters(text, 1)),
            suffix: self.id(last_characters(text, 3)),
            shape: self.id(&self.shape(text)),
        };
        let is_space = text.chars().all(|c| self.characters.is(c, Class::SPACE));
        Form { text, lower, is_space, features }
    }

    /// The number that stands for a string.
    fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let symbol = if text.len() <= self.longest_symbol { self.symbols.get(text) } else { None };
        symbol.copied().unwrap_or_else(|| murmur_hash_64a(text.as_bytes(), 1))
    }

    /// Capitals as `X`, other letters as `x`, digits as `d`, all else as it is; of a run of one kind no more than four.
    fn shape(&self, text: &str) -> String {
        if text.chars().nth(99).is_some() {
            return "LONG".to_owned();
        }
        let mut shape = String::with_capacity(text.len());
        let (mut last, mut run) = (None, 0);
        for c in text.chars() {
            let kind = self.kind(c);
            run = if last == Some(kind) { run + 1 } else { 0 };
            last = Some(kind);
            if run < 4 {
                shape.push(kind);
            }
        }
        shape
    }

    fn kind(&self, c: char) -> char {
        let class = self.characters.of(c);
        match () {
            () if class.meets(Class::LETTER) => {
                if class.meets(Class::UPPER) {
                    'X'
                } else {
                    'x'
                }
            }
            () if class.meets(Class::DIGIT) => 'd',
            () => c,
        }
    }
}

/// The text in small letters, borrowed where it has no others.
pub(crate) fn lowercase(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(text.to_ascii_lowercase()),
            false => Cow::Borrowed(text),
        };
    }
    Cow::Owned(text.to_lowercase())
}

fn first_characters(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn last_characters(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count - 1).map_or(text, |(start, _)| &text[start..])
}

/// Austin Appleby's MurmurHash2, 64-bit version A.
pub(crate) fn murmur_hash_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let (blocks, rest) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k = (k ^ (k >> R)).wrapping_mul(M);
        hash = (hash ^ k).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |tail, byte| tail << 8 | u64::from(*byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash = (hash ^ (hash >> R)).wrapping_mul(M);
    hash ^ (hash >> R)
}
