//! Bytes to code points: files and the command line count in code points, the library in bytes.

use crate::Span;

/// Translates byte offsets of one text. Every answer costs as much as the way from the one before, so that neighbouring
/// questions are cheap in any order.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl<'t> CodePoints<'t> {
    /// A translator for `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    /// How many code points stand before `byte`, which lies on a character boundary of the text.
    pub fn at(&mut self, byte: usize) -> usize {
        match byte < self.byte {
            true => self.count -= self.text[byte..self.byte].chars().count(),
            false => self.count += self.text[self.byte..byte].chars().count(),
        }
        self.byte = byte;
        self.count
    }

    /// Start and end of a span.
    pub fn of(&mut self, span: Span) -> (usize, usize) {
        (self.at(span.start), self.at(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn counts_forwards_and_backwards() {
        let text = "dé—tente";
        let mut points = CodePoints::new(text);
        assert_eq!(points.at(0), 0);
        assert_eq!(points.at(text.len()), 8);
        assert_eq!(points.at("dé".len()), 2);
        assert_eq!(points.at("dé—".len()), 3);
    }
}
