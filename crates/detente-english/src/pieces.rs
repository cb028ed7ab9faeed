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
    let start = text.ceil_char_boundary(block.start.max(done));
    let end = text.floor_char_boundary(block.end);
    start..end.max(start)
}

/// Where the first piece of a text ends: after the last line end or else the last white space of the second half of
/// what fits, or else where it is full.
fn first_piece(text: &str) -> usize {
    if text.len() <= MAX_BYTES {
        return text.len();
    }
    let full = text.floor_char_boundary(MAX_BYTES);
    let half = text.floor_char_boundary(MAX_BYTES / 2);
    let after = |at: usize| text[half + at..].chars().next().map_or(full, |c| half + at + c.len_utf8());
    let second = &text[half..full];
    second.rfind('\n').or_else(|| second.rfind(char::is_whitespace)).map_or(full, after)
}

/// Ranges of at most [`MAX_TOKENS`] that together are `0..tokens`.
pub(crate) fn of_tokens(tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = tokens.end;
    tokens.step_by(MAX_TOKENS).map(move |start| start..end.min(start + MAX_TOKENS))
}
