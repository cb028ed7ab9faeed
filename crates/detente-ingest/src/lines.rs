//! A text as lines with their places, and the questions that shape answers about one line.

use detente_model::Span;

/// A line that is not empty: its place without surrounding white space, and whether it begins a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub span: Span,
    /// Whether the text begins here or an empty line stands before it.
    pub opens: bool,
}

/// The lines of `text` that hold anything besides white space.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut opens = true;
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            opens = true;
        } else {
            let lead = raw.len() - raw.trim_start().len();
            let from = start + lead;
            found.push(Line { span: Span::new(from, from + trimmed.len()), opens });
            opens = false;
        }
        start += raw.len();
    }
    found
}

/// The last character boundary of `text` at or before `most` bytes.
pub(crate) fn boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// How many words separated by white space it has, counted no further than `most + 1`.
pub(crate) fn words(line: &str, most: usize) -> usize {
    line.split_whitespace().take(most + 1).count()
}

/// Whether it ends as a sentence does: a stop, perhaps inside closing quotation marks or brackets.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ', '\u{a0}']);
    bare.ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Whether it reads as prose: long enough, and closed as a sentence or a clause of one.
pub(crate) fn is_prose(line: &str) -> bool {
    let count = words(line, 40);
    count > 40 || count >= 8 && ends_sentence(line) || count >= 5 && line.ends_with(['.', '”', '"'])
}

/// Whether it could be a headline: some words, one line, opening with a capital, no full stop at the end.
pub(crate) fn is_headline(line: &str) -> bool {
    let count = words(line, 40);
    (3..=30).contains(&count)
        && line.len() <= 240
        && !line.ends_with(['.', ',', ':', ';'])
        && line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place_and_paragraph() {
        let text = "  one \r\n\u{a0}\n two\nthree";
        let found: Vec<_> = lines(text).iter().map(|line| (&text[line.span.range()], line.opens)).collect();
        assert_eq!(found, [("one", true), ("two", true), ("three", false)]);
    }

    #[test]
    fn prose_and_headlines_differ_by_their_end() {
        assert!(is_prose("The two ministers met in Vienna on Monday to speak of grain."));
        assert!(!is_prose("Ministers meet in Vienna"));
        assert!(is_headline("Ministers meet in Vienna"));
        assert!(is_headline("Is peace near?"));
        assert!(!is_headline("View all"));
        assert!(!is_headline("and was seen no more"));
    }
}
