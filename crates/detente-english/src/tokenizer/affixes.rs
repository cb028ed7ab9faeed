//! What is cut off the front, off the end and out of the middle of a run of non-space characters.
//!
//! Each function does what one regular expression of the model does; `tools/convert_model/tables.py` checks that the
//! expressions have just these shapes. The conditions look one or two characters around, never further, so each
//! call takes a time that grows with what it cuts off alone.

use rustc_hash::FxHashSet;

use crate::characters::{Characters, Class};
use crate::table::{TableError, lines};

const TABLE: &str = include_str!("../../model/affixes.txt");

/// The affixes that are words rather than single characters; the rest is in the character classes.
#[derive(Debug, Default)]
pub(crate) struct Affixes {
    prefixes: Vec<&'static str>,
    suffixes: Vec<&'static str>,
    after_digit: FxHashSet<&'static str>,
    longest_after_digit: usize,
    hyphens: Vec<&'static str>,
}

impl Affixes {
    /// Reads the affixes that are built in.
    pub(crate) fn load() -> Result<Self, TableError> {
        let mut affixes = Self::default();
        for line in lines("affixes", TABLE) {
            let [kind, word] = line.fields()?;
            match kind {
                "prefix" => affixes.prefixes.push(word),
                "suffix" => affixes.suffixes.push(word),
                "hyphen" => affixes.hyphens.push(word),
                "after_digit" => affixes.add_after_digit(word),
                _ => return Err(line.error("no such kind of affix")),
            }
        }
        Ok(affixes)
    }

    fn add_after_digit(&mut self, word: &'static str) {
        self.longest_after_digit = self.longest_after_digit.max(word.len());
        self.after_digit.insert(word);
    }

    /// How many bytes are cut off the front of a text; 0 for none.
    pub(crate) fn prefix(&self, characters: &Characters, text: &str) -> usize {
        let Some(first) = text.chars().next() else { return 0 };
        if characters.is(first, Class::PREFIX) {
            return first.len_utf8();
        }
        match first {
            '.' => Some(leading_dots(text)).filter(|dots| *dots >= 2).unwrap_or(0),
            '+' => usize::from(!text[1..].starts_with(|c: char| c.is_ascii_digit())),
            _ => self.prefixes.iter().find(|p| text.starts_with(**p)).map_or(0, |p| p.len()),
        }
    }

    /// How many bytes are cut off the end of a text; 0 for none. The longest suffix that fits.
    pub(crate) fn suffix(&self, characters: &Characters, text: &str) -> usize {
        let Some(last) = text.chars().next_back() else { return 0 };
        let mut length = match last {
            '.' => self.stop(characters, text),
            '+' => usize::from(ends_with_digit(&text[..text.len() - 1])),
            _ if characters.is(last, Class::SUFFIX) => last.len_utf8(),
            _ => 0,
        };
        for suffix in &self.suffixes {
            if suffix.len() > length && text.ends_with(suffix) {
                length = suffix.len();
            }
        }
        length.max(self.unit(text))
    }

    /// A full stop, or a run of them, at the end of a text that ends in one.
    fn stop(&self, characters: &Characters, text: &str) -> usize {
        let dots = text.len() - text.trim_end_matches('.').len();
        if dots >= 2 {
            return dots;
        }
        let mut before = text[..text.len() - 1].chars().rev();
        let (Some(last), second) = (before.next(), before.next()) else { return 0 };
        let capitals = || second.is_some_and(|s| characters.is(s, Class::ALPHA_UPPER));
        let degrees = || second == Some('°') && "FfCcKk".contains(last);
        usize::from(
            last.is_ascii_digit()
                || characters.is(last, Class::ALPHA_LOWER | Class::BEFORE_STOP)
                || (characters.is(last, Class::ALPHA_UPPER) && capitals())
                || degrees(),
        )
    }

    /// A unit or currency right after a digit.
    fn unit(&self, text: &str) -> usize {
        let from = text.len().saturating_sub(self.longest_after_digit + 1);
        let Some(digit) = text.as_bytes()[from..].iter().rposition(u8::is_ascii_digit) else { return 0 };
        let tail = &text[from + digit + 1..];
        if self.after_digit.contains(tail) { tail.len() } else { 0 }
    }

    /// The places in the middle of a text that are tokens of their own, in order, as byte ranges.
    pub(crate) fn infixes<'a>(&'a self, characters: &'a Characters, text: &'a str) -> Infixes<'a> {
        Infixes { affixes: self, characters, text, at: 0, before: None }
    }
}

/// The tokens in the middle of a text.
pub(crate) struct Infixes<'a> {
    affixes: &'a Affixes,
    characters: &'a Characters,
    text: &'a str,
    at: usize,
    before: Option<char>,
}

impl Iterator for Infixes<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        while let Some(c) = self.text[self.at..].chars().next() {
            let start = self.at;
            let length = self.length(c);
            let end = start + length.max(c.len_utf8());
            self.before = self.text[start..end].chars().next_back();
            self.at = end;
            if length > 0 {
                return Some((start, end));
            }
        }
        None
    }
}

impl Infixes<'_> {
    /// How long the infix is that begins here, at the character `c`; 0 for none.
    fn length(&self, c: char) -> usize {
        let rest = &self.text[self.at..];
        let class = self.characters.of(c);
        if class.meets(Class::INFIX) {
            return c.len_utf8();
        }
        if class.meets(Class::ALPHA) || c.is_ascii_digit() {
            return 0;
        }
        if c == '.' {
            return self.stop(rest);
        }
        let length = match c {
            '+' | '-' | '*' | '^' => usize::from(self.between_digits(rest)),
            ',' => usize::from(self.before_is(Class::ALPHA) && self.follows(rest, 1, Class::ALPHA)),
            ':' | '<' | '>' | '=' | '/' => {
                usize::from(self.after_word() && self.follows(rest, 1, Class::ALPHA))
            }
            _ => 0,
        };
        if length > 0 { length } else { self.hyphen(rest) }
    }

    fn stop(&self, rest: &str) -> usize {
        let dots = leading_dots(rest);
        if dots >= 2 {
            return dots;
        }
        usize::from(
            self.before_is(Class::ALPHA_LOWER | Class::QUOTE)
                && self.follows(rest, 1, Class::ALPHA_UPPER | Class::QUOTE),
        )
    }

    fn hyphen(&self, rest: &str) -> usize {
        let fits = |h: &&&str| rest.starts_with(**h) && self.follows(rest, h.len(), Class::ALPHA);
        match self.after_word() {
            true => self.affixes.hyphens.iter().find(fits).map_or(0, |h| h.len()),
            false => 0,
        }
    }

    fn between_digits(&self, rest: &str) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit())
            && rest[1..].starts_with(|c: char| c.is_ascii_digit() || c == '-')
    }

    fn after_word(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit()) || self.before_is(Class::ALPHA)
    }

    fn before_is(&self, class: Class) -> bool {
        self.before.is_some_and(|c| self.characters.is(c, class))
    }

    fn follows(&self, rest: &str, at: usize, class: Class) -> bool {
        rest[at..].chars().next().is_some_and(|c| self.characters.is(c, class))
    }
}

fn leading_dots(text: &str) -> usize {
    text.len() - text.trim_start_matches('.').len()
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}
