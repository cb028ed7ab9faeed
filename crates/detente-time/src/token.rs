//! Light tokens: words, numbers and marks with the role each plays in the grammar of time. One pass, no copies.

use detente_model::Span;

use crate::lexicon::{self, Lex};

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// It begins with a capital letter.
    pub(crate) capital: bool,
    pub(crate) lex: Lex,
}

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// Digits and their value; more than nine digits count as `u32::MAX`.
    Number(u32),
    /// A mark, with dashes and quotation marks brought to ASCII; `_` stands for a long dash.
    Mark(u8),
    /// An empty line.
    Break,
}

/// Cuts a text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut cutter = Cutter { text, at: 0, spaced: false, out: Vec::with_capacity(text.len() / 5 + 1) };
    while cutter.step() {}
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    spaced: bool,
    out: Vec<Token>,
}

impl Cutter<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.text[self.at..].chars().next() else { return false };
        match first {
            c if c.is_whitespace() => self.space(),
            '0'..='9' => self.number(),
            c if c.is_alphabetic() => self.word(first),
            c => self.mark(c),
        }
        true
    }

    fn space(&mut self) {
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        if rest[..len].bytes().filter(|&b| b == b'\n').count() > 1 {
            self.push(len, Kind::Break, Lex::None, false);
        } else {
            self.at += len;
        }
        self.spaced = true;
    }

    /// Digits, with thousands set off by commas taken as one number.
    fn number(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let mut len = digits(rest);
        while len <= 9 && rest.get(len) == Some(&b',') && digits(&rest[len + 1..]) == 3 {
            len += 4;
        }
        let value = rest[..len]
            .iter()
            .filter(|b| b.is_ascii_digit())
            .try_fold(0u32, |n, b| n.checked_mul(10)?.checked_add(u32::from(b - b'0')));
        self.push(len, Kind::Number(value.unwrap_or(u32::MAX)), Lex::None, false);
    }

    fn word(&mut self, first: char) {
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        self.push(len, Kind::Word, lexicon::role(&rest[..len]), first.is_uppercase());
    }

    fn mark(&mut self, c: char) {
        let plain = match c {
            '–' | '‐' | '‑' => b'-',
            '—' => b'_',
            '’' | '‘' => b'\'',
            '“' | '”' => b'"',
            c => u8::try_from(c).unwrap_or(b'?'),
        };
        self.push(c.len_utf8(), Kind::Mark(plain), Lex::None, false);
    }

    fn push(&mut self, len: usize, kind: Kind, lex: Lex, capital: bool) {
        let span = Span::new(self.at, self.at + len);
        self.out.push(Token { span, kind, spaced: self.spaced, capital, lex });
        self.at = span.end;
        self.spaced = false;
    }
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// A cursor's view of the tokens: look-ups outside the text give nothing instead of failing.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'t> {
    pub(crate) text: &'t str,
    pub(crate) all: &'t [Token],
}

impl<'t> Tokens<'t> {
    pub(crate) fn get(self, i: usize) -> Option<&'t Token> {
        self.all.get(i)
    }

    pub(crate) fn lex(self, i: usize) -> Lex {
        self.get(i).map_or(Lex::None, |t| t.lex)
    }

    pub(crate) fn kind(self, i: usize) -> Kind {
        self.get(i).map_or(Kind::Break, |t| t.kind)
    }

    pub(crate) fn str(self, i: usize) -> &'t str {
        self.get(i).map_or("", |t| &self.text[t.span.range()])
    }

    pub(crate) fn is(self, i: usize, word: &str) -> bool {
        self.str(i).eq_ignore_ascii_case(word)
    }

    pub(crate) fn mark(self, i: usize, mark: u8) -> bool {
        self.kind(i) == Kind::Mark(mark)
    }

    /// Token `i` follows the one before it without a space.
    pub(crate) fn glued(self, i: usize) -> bool {
        i > 0 && self.get(i).is_some_and(|t| !t.spaced && t.kind != Kind::Break)
    }

    pub(crate) fn capital(self, i: usize) -> bool {
        self.get(i).is_some_and(|t| t.capital)
    }

    /// A number in digits that stands for itself: no part of a price, a decimal or a longer code.
    pub(crate) fn number(self, i: usize) -> Option<(u32, usize)> {
        let Kind::Number(value) = self.kind(i) else { return None };
        let part_before = self.glued(i)
            && i > 0
            && (matches!(self.kind(i - 1), Kind::Mark(b'$' | b'#' | b'.' | b':' | b'&' | b'+'))
                || self.kind(i - 1) == Kind::Word
                || (self.mark(i - 1, b',') && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(_))));
        let part_after = self.glued(i + 1)
            && (self.mark(i + 1, b'%')
                || (self.mark(i + 1, b'.')
                    && self.glued(i + 2)
                    && matches!(self.kind(i + 2), Kind::Number(_))));
        (!part_before && !part_after).then(|| (value, self.get(i).map_or(0, |t| t.span.len())))
    }

    /// One past a possessive `'s` or `'` at `i`, else `i`.
    pub(crate) fn after_possessive(self, i: usize) -> usize {
        if !self.mark(i, b'\'') || !self.glued(i) {
            return i;
        }
        if self.glued(i + 1) && self.is(i + 1, "s") { i + 2 } else { i + 1 }
    }

    /// One past a hyphen or dash between words at `i`, else `i`.
    pub(crate) fn after_hyphen(self, i: usize) -> usize {
        if self.mark(i, b'-') { i + 1 } else { i }
    }

    /// One past a comma at `i`, else `i`.
    pub(crate) fn after_comma(self, i: usize) -> usize {
        if self.mark(i, b',') { i + 1 } else { i }
    }

    /// One past `the` at `i`, else `i`.
    pub(crate) fn after_the(self, i: usize) -> usize {
        if self.lex(i) == Lex::The { i + 1 } else { i }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| &text[t.span.range()]).collect()
    }

    #[test]
    fn words_numbers_and_marks_come_apart() {
        assert_eq!(shapes("May 10-11, today’s"), ["May", "10", "-", "11", ",", "today", "’", "s"]);
        assert_eq!(shapes("10,000 years"), ["10,000", "years"]);
        assert_eq!(shapes("1990s"), ["1990", "s"]);
    }

    #[test]
    fn an_empty_line_is_a_token() {
        assert!(tokens("a\n\nb").iter().any(|t| t.kind == Kind::Break));
        assert!(!tokens("a\nb").iter().any(|t| t.kind == Kind::Break));
    }
}
