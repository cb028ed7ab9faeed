//! Words that are tokenized in a way of their own: contractions, abbreviations, emoticons.

use rustc_hash::FxHashMap;

use crate::table::{Line, TableError, lines};

const TABLE: &str = include_str!("../../model/exceptions.txt");

/// One token of a special word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// How many bytes of the word it takes.
    pub(crate) length: usize,
    /// What it counts as, if not as its own text says.
    pub(crate) norm: Option<&'static str>,
}

/// The special words and their tokens.
#[derive(Debug, Default)]
pub(crate) struct SpecialWords {
    pieces: FxHashMap<Box<str>, Vec<Piece>>,
    longest: usize,
}

impl SpecialWords {
    /// Reads the special words that are built in.
    pub(crate) fn load() -> Result<Self, TableError> {
        let mut words = Self::default();
        for line in lines("exceptions", TABLE) {
            words.add(line)?;
        }
        Ok(words)
    }

    fn add(&mut self, line: Line) -> Result<(), TableError> {
        let (mut word, mut pieces) = (String::new(), Vec::new());
        for field in line.text().split('\t') {
            let (text, norm) = match field.split_once(' ') {
                Some((text, norm)) => (text, Some(norm)),
                None => (field, None),
            };
            let text = unescape(line, text)?;
            pieces.push(Piece { length: text.len(), norm });
            word.push_str(&text);
        }
        self.longest = self.longest.max(word.len());
        self.pieces.insert(word.into(), pieces);
        Ok(())
    }

    /// The tokens of a word, if it is a special one.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<&[Piece]> {
        if word.len() > self.longest {
            return None;
        }
        self.pieces.get(word).map(Vec::as_slice)
    }

    /// All special words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.pieces.keys().map(|word| &**word)
    }
}

fn unescape(line: Line, text: &str) -> Result<String, TableError> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let escaped = match chars.next() {
            Some('\\') => Some('\\'),
            Some('s') => Some(' '),
            Some('t') => Some('\t'),
            Some('n') => Some('\n'),
            Some('u') => {
                let code = u32::from_str_radix(chars.as_str().get(..4).unwrap_or(""), 16).ok();
                chars.nth(3);
                code.and_then(char::from_u32)
            }
            _ => None,
        };
        out.push(escaped.ok_or(line.error("no such escape"))?);
    }
    Ok(out)
}
