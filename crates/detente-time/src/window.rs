//! The stretch of text about an expression, as far as its sentence goes, without a parse.

use detente_model::Span;

/// The sentence about `span`, followed at most `reach` bytes to either side, on character boundaries.
pub(crate) fn sentence(text: &str, span: Span, reach: usize) -> Span {
    let floor = floor(text, span.start.saturating_sub(reach));
    let ceiling = ceiling(text, span.end.saturating_add(reach));
    let start = last_stop(&text[floor..span.start]).map_or(floor, |at| floor + at);
    let end = first_stop(&text[span.end..ceiling]).map_or(ceiling, |at| span.end + at);
    Span::new(start, end)
}

/// What ends a sentence, where no more is known than its letters.
const STOPS: [&str; 4] = [". ", "! ", "? ", "\n"];

fn last_stop(text: &str) -> Option<usize> {
    STOPS.iter().filter_map(|stop| text.rfind(stop).map(|at| at + stop.len())).max()
}

fn first_stop(text: &str) -> Option<usize> {
    STOPS.iter().filter_map(|stop| text.find(stop)).min()
}

/// The last character boundary not after `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// The first character boundary not before `at`, or the end of the text.
pub(crate) fn ceiling(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_stops_and_never_inside_a_letter() {
        let text = "Er kam. Détente began on May 3 in Évian. Then war.";
        let at = text.find("May").unwrap();
        let span = Span::new(at, at + 5);
        assert_eq!(&text[sentence(text, span, 100).range()], "Détente began on May 3 in Évian");
        for reach in 0..40 {
            assert!(text.get(sentence(text, span, reach).range()).is_some());
        }
    }
}
