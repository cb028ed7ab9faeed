//! What each line of a text is: the report, a heading in it, or furniture of the page around it.
//!
//! A line is judged by its words (the lexicon), by its shape (bylines, credits, crumbs, slugs) and by its place:
//! only after the last paragraph of the report can a bare headline be a neighbour's, and only before the first
//! can two torn words be a crumb. Nothing is removed: every line gets a kind.

use std::sync::LazyLock;

use detente_model::{BlockKind, Furniture};

use crate::cue::{Cue, Cues};
use crate::lines::{ends_sentence, is_headline, is_prose, words};
use crate::tables::{columns, list};

static CUES: LazyLock<Cues<Furniture>> = LazyLock::new(|| {
    let rows = columns::<4>(include_str!("../lexicon/furniture.txt"));
    Cues::new(
        rows.filter_map(|[kind, place, words, phrase]| Cue::new(kind, place, words.parse().ok()?, phrase)),
    )
});
static PARTICLES: LazyLock<Vec<&str>> = LazyLock::new(|| list("particle"));
static ORDERS: LazyLock<Vec<&str>> = LazyLock::new(|| list("follow"));
static NETWORKS: LazyLock<Vec<&str>> = LazyLock::new(|| list("network"));

/// What one line is by its own words and shape, wherever it stands.
pub(crate) fn by_words(line: &str) -> Option<Furniture> {
    CUES.find(line).map(|(kind, _)| kind).or_else(|| by_shape(line))
}

/// Whether a headline is known apart from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Headline {
    /// The text may begin with its own.
    InText,
    /// The title came with the text.
    Known,
}

/// What every line is; `lines` in order, one result each. With [`Headline::InText`] at most one line before the
/// first paragraph is the headline, its index is given.
pub(crate) fn classify(lines: &[&str], headline: Headline) -> (Vec<BlockKind>, Option<usize>) {
    let mut kinds: Vec<Option<Furniture>> = lines.iter().map(|line| by_words(line)).collect();
    let prose = |at: usize, kinds: &[Option<Furniture>]| kinds[at].is_none() && is_prose(lines[at]);
    let first = (0..lines.len()).find(|&at| prose(at, &kinds));
    let last = (0..lines.len()).rev().find(|&at| prose(at, &kinds));
    mark_head(lines, &mut kinds, first);
    mark_named(lines, &mut kinds);
    mark_tail(lines, &mut kinds, last);
    let title = (headline == Headline::InText).then(|| find_headline(lines, &kinds)).flatten();
    let kind = |at: usize| match kinds[at] {
        _ if title == Some(at) => BlockKind::Heading,
        Some(kind) => BlockKind::Furniture(kind),
        None if is_subheading(lines, &kinds, at) => BlockKind::Heading,
        None => BlockKind::Text,
    };
    ((0..lines.len()).map(kind).collect(), title)
}

/// Crumbs: one to four torn words before the first paragraph that are neither a headline nor a place name.
fn mark_head(lines: &[&str], kinds: &mut [Option<Furniture>], first: Option<usize>) {
    for at in 0..first.unwrap_or(0) {
        if kinds[at].is_none() && is_torn(lines[at]) {
            kinds[at] = Some(Furniture::Navigation);
        }
    }
}

fn is_torn(line: &str) -> bool {
    let small = |word: &str| !word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    words(line, 4) <= 4
        && !ends_sentence(line)
        && (line.split_whitespace().all(small) || line.ends_with([',', '|', '>', '/', '»']))
}

/// The headlines named by a bare "RELATED" line, up to the next paragraph.
fn mark_named(lines: &[&str], kinds: &mut [Option<Furniture>]) {
    for at in 1..lines.len() {
        let named = kinds[at - 1] == Some(Furniture::Related) && opens_list(lines[at - 1]);
        let follows = kinds[at - 1] == Some(Furniture::Neighbour);
        if kinds[at].is_none() && (named || follows) && !ends_sentence(lines[at]) && is_headline(lines[at]) {
            kinds[at] = Some(Furniture::Neighbour);
        }
    }
}

/// Whether the line names what follows: it is all cue, no headline of its own.
fn opens_list(line: &str) -> bool {
    words(line, 6) <= 5 && !line.contains(": ")
}

/// After the last paragraph, once furniture has begun, whatever is no sentence is furniture too.
fn mark_tail(lines: &[&str], kinds: &mut [Option<Furniture>], last: Option<usize>) {
    let Some(last) = last else { return };
    let Some(begun) = (last + 1..lines.len()).find(|&at| kinds[at].is_some()) else { return };
    for at in begun + 1..lines.len() {
        if kinds[at].is_none() {
            kinds[at] =
                Some(if words(lines[at], 3) <= 3 { Furniture::Navigation } else { Furniture::Neighbour });
        }
    }
    let label = begun.checked_sub(1).filter(|&at| at > last && words(lines[at], 2) <= 2);
    if let Some(at) = label.filter(|&at| kinds[at].is_none() && !ends_sentence(lines[at])) {
        kinds[at] = Some(Furniture::Navigation);
    }
}

/// The headline of a text: its first line that is not furniture, if it has the look and a paragraph follows.
fn find_headline(lines: &[&str], kinds: &[Option<Furniture>]) -> Option<usize> {
    let at = kinds.iter().position(Option::is_none)?;
    let followed = (at + 1..lines.len()).any(|later| kinds[later].is_none() && is_prose(lines[later]));
    (followed && is_headline(lines[at])).then_some(at)
}

/// A short line between paragraphs, without a stop: a heading inside the report.
fn is_subheading(lines: &[&str], kinds: &[Option<Furniture>], at: usize) -> bool {
    let prose = |at: usize| kinds[at].is_none() && is_prose(lines[at]);
    let between = at > 0 && at + 1 < lines.len() && prose(at - 1) && prose(at + 1);
    between && words(lines[at], 10) <= 10 && is_headline(lines[at]) && !ends_sentence(lines[at])
}

/// What the shape of a line says where its words do not.
fn by_shape(line: &str) -> Option<Furniture> {
    if !line.contains(char::is_alphanumeric) {
        return Some(Furniture::Navigation);
    }
    if is_address(line) || is_crumbs(line) {
        return Some(Furniture::Navigation);
    }
    if is_byline(line) {
        return Some(Furniture::Byline);
    }
    if is_call_to_follow(line) {
        return Some(Furniture::Share);
    }
    if line.starts_with('©') || line.starts_with("(c) ") || line.starts_with("(C) ") {
        return Some(Furniture::Copyright);
    }
    is_slug(line).then_some(Furniture::Wire)
}

/// One address and nothing else.
fn is_address(line: &str) -> bool {
    let bare = line.trim_matches(['<', '>', '(', ')', '[', ']']);
    !bare.contains(char::is_whitespace)
        && (bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www."))
}

/// "Home > World > Europe": three or more short pieces between the same sign.
fn is_crumbs(line: &str) -> bool {
    let signs = [" > ", " » ", " › ", " | ", " / ", " :: ", " • ", " · "];
    words(line, 16) <= 16
        && signs.iter().any(|sign| {
            line.contains(sign)
                && (line.matches(sign).count() >= 2 || *sign == " > " || *sign == " » " || *sign == " › ")
                && line.split(sign).all(|piece| words(piece, 4) <= 4)
        })
}

/// "By Ann Lee", "By Ann Lee and Bo Dahl, Oslo": the word and then names.
fn is_byline(line: &str) -> bool {
    let Some(names) =
        line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))
    else {
        return false;
    };
    let named = |word: &str| {
        word.starts_with(char::is_uppercase)
            || PARTICLES.contains(&word)
            || !word.starts_with(char::is_alphanumeric)
    };
    let first_is_name =
        names.split_whitespace().next().is_some_and(|word| word.starts_with(char::is_uppercase));
    first_is_name && words(names, 14) <= 14 && !line.ends_with('.') && names.split_whitespace().all(named)
}

/// "Follow the Times on Twitter", "Like us on Facebook", "Find us on Instagram": an order to the reader that names a network.
fn is_call_to_follow(line: &str) -> bool {
    let named = |(_, rest): (&str, &str)| {
        NETWORKS.iter().any(|network| rest.trim_start_matches("our ").starts_with(network))
    };
    ORDERS.iter().any(|order| line.starts_with(order))
        && words(line, 40) <= 40
        && line.split_once(" on ").is_some_and(named)
}

/// A wire's slug: "Britain-vote-Blair", joined without spaces, two hyphens or more.
fn is_slug(line: &str) -> bool {
    !line.contains(char::is_whitespace)
        && line.matches('-').count() >= 2
        && line.split('-').all(|piece| piece.len() >= 2 && piece.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_shapes_name_their_kind() {
        let cases = include_str!("../tests/cases/furniture.tsv");
        for row in cases.lines().filter(|row| !row.starts_with('#') && !row.is_empty()) {
            let (kind, line) = row.split_once('\t').expect("two columns");
            let found = by_words(line).map_or("text", Furniture::as_str);
            assert_eq!(found, kind, "{line}");
        }
    }

    #[test]
    fn the_place_decides_about_bare_headlines() {
        let lines = [
            "in ,",
            "Envoys to return to Vienna. Will they sign?",
            "The envoys of both countries will return to Vienna on Monday, officials said.",
            "A narrow gap",
            "Only two articles of the draft are still open, according to one of the officials.",
            "Report",
            "Share this",
            "Grain ships leave port after a week of storms",
        ];
        let (kinds, headline) = classify(&lines, Headline::InText);
        let furniture = BlockKind::Furniture;
        assert_eq!(headline, Some(1));
        let expected = [
            furniture(Furniture::Navigation),
            BlockKind::Heading,
            BlockKind::Text,
            BlockKind::Heading,
            BlockKind::Text,
            furniture(Furniture::Navigation),
            furniture(Furniture::Share),
            furniture(Furniture::Neighbour),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn a_list_at_the_end_of_a_report_stays_text() {
        let lines = [
            "The following teams have reached the last round of the games.",
            "Oslo v Bergen",
            "Malmo v Lund",
        ];
        let (kinds, _) = classify(&lines, Headline::Known);
        assert_eq!(kinds, [BlockKind::Text; 3]);
    }
}
