//! What is kept of a text to know it again: plain numbers that a ledger can keep and index.

use serde::{Deserialize, Serialize};

/// Two signatures that differ in at most this many of 64 bits belong to one text.
const NEAR: u32 = 8;
/// Shorter texts have to be the same: near signatures of so few words mean nothing.
const SHORT: u32 = 40;

/// The signature of what an article says. Its value for one text never changes between versions or machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Signature {
    /// Equal for texts of the same words in the same order.
    pub exact: u64,
    /// Close, bit by bit, for texts that share most of their wording.
    pub near: u64,
    /// How many words were read.
    pub words: u32,
}

impl Signature {
    /// Whether both are the same words.
    pub fn is_same(&self, other: &Self) -> bool {
        self.exact == other.exact && self.words == other.words
    }

    /// Whether one is a reprint of the other, perhaps cut or with a new first line. Texts under 40 words
    /// have to be the same.
    pub fn is_near(&self, other: &Self) -> bool {
        let long = self.words.min(other.words) >= SHORT;
        let alike = self.words.min(other.words) * 10 >= self.words.max(other.words) * 6;
        self.is_same(other) || long && alike && (self.near ^ other.near).count_ones() <= NEAR
    }
}
