//! Bytes to code points: the command line counts in code points, the library in bytes.

/// Translates byte offsets of one text; fastest when asked in rising order.
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
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
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
    }
}
