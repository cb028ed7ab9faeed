//! What kind of character a character is, by the classes that the model's tokenizer and word features name.
//!
//! The classes come from `model/characters.txt` and not from the standard library: the model was made with the
//! Unicode version and the notion of a letter, a digit and a space that its tokenizer had.

use std::ops::BitOr;

use crate::table::{Line, TableError, lines};

const TABLE: &str = include_str!("../model/characters.txt");

/// A set of character classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u16);

impl Class {
    /// A letter of the scripts that the tokenizer knows.
    pub(crate) const ALPHA: Self = Self(1);
    /// A small or caseless one of those.
    pub(crate) const ALPHA_LOWER: Self = Self(1 << 1);
    /// A capital or caseless one of those.
    pub(crate) const ALPHA_UPPER: Self = Self(1 << 2);
    /// Besides small letters and ASCII digits, what may stand before a full stop that is cut off.
    pub(crate) const BEFORE_STOP: Self = Self(1 << 3);
    /// A decimal digit of any script.
    pub(crate) const DECIMAL: Self = Self(1 << 4);
    /// A digit, also a raised or encircled one.
    pub(crate) const DIGIT: Self = Self(1 << 5);
    /// A token of its own inside a word.
    pub(crate) const INFIX: Self = Self(1 << 6);
    /// A letter of any script.
    pub(crate) const LETTER: Self = Self(1 << 7);
    /// A token of its own at the front of a word.
    pub(crate) const PREFIX: Self = Self(1 << 8);
    /// A quotation mark.
    pub(crate) const QUOTE: Self = Self(1 << 9);
    /// White space.
    pub(crate) const SPACE: Self = Self(1 << 10);
    /// A token of its own at the end of a word.
    pub(crate) const SUFFIX: Self = Self(1 << 11);
    /// A capital.
    pub(crate) const UPPER: Self = Self(1 << 12);
    /// A letter, number or underscore.
    pub(crate) const WORD: Self = Self(1 << 13);

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "alpha" => Self::ALPHA,
            "alpha_lower" => Self::ALPHA_LOWER,
            "alpha_upper" => Self::ALPHA_UPPER,
            "before_stop" => Self::BEFORE_STOP,
            "decimal" => Self::DECIMAL,
            "digit" => Self::DIGIT,
            "infix" => Self::INFIX,
            "letter" => Self::LETTER,
            "prefix" => Self::PREFIX,
            "quote" => Self::QUOTE,
            "space" => Self::SPACE,
            "suffix" => Self::SUFFIX,
            "upper" => Self::UPPER,
            "word" => Self::WORD,
            _ => return None,
        })
    }

    /// Whether the two share a class.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The classes of every character.
#[derive(Debug)]
pub(crate) struct Characters {
    /// By code point, for the scripts that are common in English text.
    direct: Vec<Class>,
    /// Beyond these: where runs of one and the same set of classes begin.
    runs: Vec<(u32, Class)>,
}

const DIRECT: u32 = 0x3100;

impl Characters {
    /// Reads the classes that are built in.
    pub(crate) fn load() -> Result<Self, TableError> {
        let mut edges = Vec::new();
        for line in lines("characters", TABLE) {
            add_edges(line, &mut edges)?;
        }
        edges.sort_unstable();
        let runs = runs_between(&edges);
        let direct = (0..DIRECT).map(|c| class_in(&runs, c)).collect();
        Ok(Self { direct, runs })
    }

    /// The classes of a character.
    #[inline]
    pub(crate) fn of(&self, c: char) -> Class {
        match self.direct.get(c as usize) {
            Some(class) => *class,
            None => class_in(&self.runs, u32::from(c)),
        }
    }

    /// Whether a character is of one of these classes.
    #[inline]
    pub(crate) fn is(&self, c: char, class: Class) -> bool {
        self.of(c).meets(class)
    }
}

/// The code points at which a class begins or ends: crossing one flips the class's bit.
fn add_edges(line: Line, edges: &mut Vec<(u32, u16)>) -> Result<(), TableError> {
    let [name, ranges] = line.fields()?;
    let class = Class::named(name).ok_or(line.error("no such class"))?;
    for range in ranges.split(' ') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let parse = |s| u32::from_str_radix(s, 16).map_err(|_| line.error("not a code point"));
        edges.push((parse(first)?, class.0));
        edges.push((parse(last)? + 1, class.0));
    }
    Ok(())
}

fn runs_between(edges: &[(u32, u16)]) -> Vec<(u32, Class)> {
    let mut runs = vec![(0, Class::default())];
    for (at, bit) in edges {
        match runs.last_mut() {
            Some((start, class)) if start == at => class.0 ^= bit,
            Some(&mut (_, class)) => runs.push((*at, Class(class.0 ^ bit))),
            None => unreachable!("a run begins at 0"),
        }
    }
    runs
}

fn class_in(runs: &[(u32, Class)], c: u32) -> Class {
    let after = runs.partition_point(|(start, _)| *start <= c);
    runs[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_the_table() {
        let characters = Characters::load().unwrap();
        let cases = [
            ('a', Class::ALPHA_LOWER, true),
            ('A', Class::ALPHA_LOWER, false),
            ('É', Class::UPPER, true),
            ('\u{1c}', Class::SPACE, true),
            ('\u{3000}', Class::SPACE, true),
            ('²', Class::DIGIT, true),
            ('²', Class::DECIMAL, false),
            ('٣', Class::DECIMAL, true),
            ('…', Class::INFIX | Class::PREFIX, true),
            ('.', Class::PREFIX | Class::SUFFIX, false),
            ('😀', Class::SUFFIX, true),
            ('漢', Class::ALPHA_UPPER, true),
            ('\u{10ffff}', Class::LETTER, false),
        ];
        for (c, class, expected) in cases {
            assert_eq!(characters.is(c, class), expected, "{c:?} {class:?}");
        }
    }
}
