//! Texts in pieces of bounded size, so that memory for the work on a text is bounded whatever the text.

use std::ops::Range;

use detente_model::Span;

/// Bytes of a piece at most.
pub(crate) const MAX_BYTES: usize = 128 * 1024;

/// Tokens of a piece at most.
pub(crate) const MAX_TOKENS: usize = 16 * 1024;

/// The parts of `blocks` that lie in the text, in order and apart from each other, cut into pieces of at most
/// [`MAX_BYTES`].
pub(crate) fn of_blocks<'t>(text: &'t str, blocks: &'t [Span]) -> impl Iterator<Item = Range<usize>> + 't {
    let mut done = 0;
    let mut blocks = blocks.iter();
    let mut rest = 0..0;
    std::iter::from_fn(move || {
        while rest.is_empty() {
            rest = within(text, blocks.next()?, done);
            done = done.max(rest.end);
        }
        let piece = rest.start..rest.start + first_piece(&text[rest.clone()]);
        rest.start = piece.end;
        Some(piece)
    })
}

/// A block without what is not whole characters of the text from `done` on.
fn within(text: &str, block: &Span, done: usize) -> Range<usize> {
    let start = boundary_from(text, block.start.max(done));
    let end = boundary_to(text, block.end);
    start..end.max(start)
}

/// The last place between characters that is not after `at`.
fn boundary_to(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// The first place between characters that is not before `at`.
fn boundary_from(text: &str, at: usize) -> usize {
    (at.min(text.len())..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

/// Where the first piece of a text ends: after the last line end or else the last white space of the second half of
/// what fits, or else where it is full.
fn first_piece(text: &str) -> usize {
    if text.len() <= MAX_BYTES {
        return text.len();
    }
    let full = boundary_to(text, MAX_BYTES);
    let half = boundary_to(text, MAX_BYTES / 2);
    let after = |at: usize| text[half + at..].chars().next().map_or(full, |c| half + at + c.len_utf8());
    let second = &text[half..full];
    second.rfind('\n').or_else(|| second.rfind(char::is_whitespace)).map_or(full, after)
}

/// Ranges of at most [`MAX_TOKENS`] that together are `0..tokens`.
pub(crate) fn of_tokens(tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = tokens.end;
    tokens.step_by(MAX_TOKENS).map(move |start| start..end.min(start + MAX_TOKENS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        of_blocks(text, &[Span::new(0, text.len())]).map(|piece| &text[piece]).collect()
    }

    #[test]
    fn short_texts_stay_whole() {
        assert_eq!(cut("One.\n\nTwo."), ["One.\n\nTwo."]);
        assert!(cut("").is_empty());
    }

    #[test]
    fn long_texts_are_cut_at_line_ends_or_white_space() {
        for (unit, end) in [("some words\n", '\n'), ("some words ", ' '), ("ünbroken", 'n')] {
            let text = unit.repeat(3 * MAX_BYTES / unit.len());
            let pieces = cut(&text);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.len() <= 6 && pieces.iter().all(|piece| piece.len() <= MAX_BYTES));
            assert!(unit == "ünbroken" || pieces.iter().all(|piece| piece.ends_with(end)));
        }
    }

    #[test]
    fn blocks_are_whole_characters_of_the_text_and_apart() {
        let text = "aéb cd";
        let blocks = [Span::new(0, 2), Span::new(2, 4), Span::new(3, 99), Span::new(1, 5)];
        let pieces: Vec<_> = of_blocks(text, &blocks).map(|piece| &text[piece]).collect();
        assert_eq!(pieces, ["a", "b", " cd"]);
    }

    #[test]
    fn token_ranges_are_bounded_and_whole() {
        let ranges: Vec<_> = of_tokens(5..5 + 2 * MAX_TOKENS + 1).collect();
        assert_eq!(ranges.len(), 3);
        assert_eq!(ranges.iter().map(ExactSizeIterator::len).sum::<usize>(), 2 * MAX_TOKENS + 1);
        assert_eq!(of_tokens(3..3).count(), 0);
    }
}
