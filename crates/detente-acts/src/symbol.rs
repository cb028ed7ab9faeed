//! Words as numbers, so that matching compares integers.

use rustc_hash::FxHashMap;

/// A word that some pattern speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

/// The words of all patterns.
#[derive(Debug, Default)]
pub struct Symbols {
    numbers: FxHashMap<Box<str>, Symbol>,
    words: Vec<Box<str>>,
}

impl Symbols {
    /// The symbol of a lower-case lemma; `None` for a word that no pattern speaks of.
    pub fn get(&self, word: &str) -> Option<Symbol> {
        self.numbers.get(word).copied()
    }

    /// The word a symbol stands for.
    pub fn word(&self, symbol: Symbol) -> &str {
        &self.words[symbol.0 as usize]
    }

    pub(crate) fn intern(&mut self, word: &str) -> Symbol {
        if let Some(symbol) = self.get(word) {
            return symbol;
        }
        let symbol = Symbol(self.words.len() as u32);
        self.words.push(word.into());
        self.numbers.insert(word.into(), symbol);
        symbol
    }
}
