//! Dependency pictures of a sentence, for explaining: indented text and arcs above the words.

use std::fmt::{self, Write};

use crate::annotated::{Sentence, Token};

/// The words under their heads, in order of the text, with tag and relation:
///
/// ```
/// use detente_english::{English, picture};
///
/// let doc = English::load().annotate("Envoys left Oslo.");
/// assert_eq!(picture::tree(doc.sentence(0)), "\
/// left VBD ROOT
/// ├── Envoys NNS nsubj
/// ├── Oslo NNP dobj
/// └── . . punct
/// ");
/// ```
///
/// White space within a word is written as one space.
pub fn tree(sentence: Sentence<'_>) -> String {
    let mut out = String::new();
    for root in sentence.tokens().filter(|token| token.is_root()) {
        branches(root, &mut out);
    }
    out
}

/// Walks without recursion, since a tree may be as deep as its sentence is long.
fn branches(root: Token<'_>, out: &mut String) {
    line(root, "", out);
    let mut open = vec![(root.children().peekable(), 0)];
    let mut prefix = String::new();
    while let Some((children, indent)) = open.last_mut() {
        prefix.truncate(*indent);
        let Some(child) = children.next() else {
            open.pop();
            continue;
        };
        let last = children.peek().is_none();
        let here = prefix.len();
        prefix.push_str(if last { "└── " } else { "├── " });
        line(child, &prefix, out);
        prefix.truncate(here);
        prefix.push_str(if last { "    " } else { "│   " });
        open.push((child.children().peekable(), prefix.len()));
    }
}

fn line(token: Token<'_>, prefix: &str, out: &mut String) {
    let word = Plain(token.text());
    write_to(out, format_args!("{prefix}{word} {} {}\n", token.tag(), token.dep()));
}

/// An SVG image: words and tags in a row, an arc from each head to its dependant above them, with the relation.
///
/// It stands alone, needs no script or font file, and takes the colour of the text around it (`currentColor`), so
/// that it shows on light and dark pages alike.
pub fn svg(sentence: Sentence<'_>) -> String {
    let layout = Layout::new(sentence);
    let mut out = String::new();
    let (width, height) = (layout.width, layout.baseline + 36);
    write_to(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" fill=\"currentColor\" font-family=\"system-ui, sans-serif\" \
             font-size=\"15\" text-anchor=\"middle\">\n<title>{}</title>\n",
            Label(sentence.text())
        ),
    );
    for (token, x) in sentence.tokens().zip(&layout.centres) {
        layout.word(token, *x, &mut out);
    }
    for arc in &layout.arcs {
        layout.arc(arc, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// Where everything stands, in pixels.
struct Layout<'a> {
    centres: Vec<usize>,
    arcs: Vec<Arc<'a>>,
    width: usize,
    baseline: usize,
}

/// From head to dependant, by place in the sentence, `level` steps above the words.
struct Arc<'a> {
    head: usize,
    token: Token<'a>,
    child: usize,
    level: usize,
}

const LEVEL: usize = 26;
const LETTER: usize = 9;
const GAP: usize = 22;

impl<'a> Layout<'a> {
    fn new(sentence: Sentence<'a>) -> Self {
        let mut x = 0;
        let centre = |token: Token<'_>| {
            let width = token.text().chars().count().max(token.dep().as_str().len() + 2) * LETTER + GAP;
            x += width;
            x - width / 2
        };
        let centres: Vec<usize> = sentence.tokens().map(centre).collect();
        let arcs = stack_arcs(sentence);
        let top = arcs.iter().map(|arc| arc.level).max().unwrap_or(0);
        Self { centres, arcs, width: x.max(1), baseline: (top + 1) * LEVEL + 18 }
    }

    fn word(&self, token: Token<'_>, x: usize, out: &mut String) {
        let (word, tag, y) = (Label(token.text()), token.tag(), self.baseline);
        write_to(
            out,
            format_args!(
                "<text x=\"{x}\" y=\"{y}\">{word}</text><text x=\"{x}\" y=\"{}\" font-size=\"11\" \
                 opacity=\"0.7\">{}</text>\n",
                y + 18,
                Label(tag.as_str())
            ),
        );
    }

    /// Up from the head, across, and down to the dependant, where the arrow is.
    fn arc(&self, arc: &Arc<'_>, out: &mut String) {
        let foot = self.baseline - 18;
        let y = foot - arc.level * LEVEL;
        let rightwards = arc.head < arc.child;
        let (from, to) = (self.centres[arc.head], self.centres[arc.child]);
        let (from, bend) = if rightwards { (from + 4, 6) } else { (from - 4, -6) };
        let (start, end) = (from as isize + bend, to as isize - bend);
        write_to(
            out,
            format_args!(
                "<path d=\"M{from},{foot} Q{from},{y} {start},{y} H{end} Q{to},{y} {to},{foot}\" fill=\"none\" \
                 stroke=\"currentColor\" opacity=\"0.6\"/><path d=\"M{},{} h6 l-3,6 z\"/>\
                 <text x=\"{}\" y=\"{}\" font-size=\"11\">{}</text>\n",
                to - 3,
                foot - 4,
                usize::midpoint(from, to),
                y - 4,
                arc.token.dep()
            ),
        );
    }
}

/// Gives each arc the lowest level above all that lies under it.
fn stack_arcs(sentence: Sentence<'_>) -> Vec<Arc<'_>> {
    let first = sentence.range().start;
    let mut arcs: Vec<Arc<'_>> = sentence
        .tokens()
        .filter(|token| !token.is_root())
        .map(|token| Arc { head: token.head().i() - first, token, child: token.i() - first, level: 0 })
        .collect();
    arcs.sort_by_key(|arc| (arc.head.abs_diff(arc.child), arc.child));
    let mut heights = vec![0; sentence.range().len()];
    for arc in &mut arcs {
        let under = &mut heights[arc.head.min(arc.child)..arc.head.max(arc.child)];
        arc.level = under.iter().max().map_or(1, |height| height + 1);
        under.fill(arc.level);
    }
    arcs
}

/// A text without control characters, its white space as single spaces.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut spaced = false;
        for c in self.0.chars() {
            match c {
                c if c.is_whitespace() && spaced => {}
                c if c.is_whitespace() => f.write_char(' ')?,
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
            spaced = c.is_whitespace();
        }
        Ok(())
    }
}

/// The same as the content of an XML element.
struct Label<'a>(&'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<']) {
            let escaped = if rest[at..].starts_with('&') { "&amp;" } else { "&lt;" };
            write!(f, "{}{escaped}", Plain(&rest[..at]))?;
            rest = &rest[at + 1..];
        }
        Plain(rest).fmt(f)
    }
}

/// Writing to a string cannot fail.
fn write_to(out: &mut String, text: fmt::Arguments<'_>) {
    out.write_fmt(text).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::English;

    #[test]
    fn branches_show_where_a_word_hangs() {
        let doc = English::load().annotate("The old mayor of Bergen called the captain.");
        let expected = "\
called VBD ROOT
├── mayor NN nsubj
│   ├── The DT det
│   ├── old JJ amod
│   └── of IN prep
│       └── Bergen NNP pobj
├── captain NN dobj
│   └── the DT det
└── . . punct
";
        let found = tree(doc.sentence(0));
        assert_eq!(found, expected);
    }

    #[test]
    fn arcs_do_not_share_a_level_where_they_overlap() {
        let doc =
            English::load().annotate("The old mayor of Bergen called the police in Oslo on the day he left.");
        let arcs = stack_arcs(doc.sentence(0));
        for (i, a) in arcs.iter().enumerate() {
            for b in &arcs[..i] {
                let apart =
                    a.head.max(a.child) <= b.head.min(b.child) || b.head.max(b.child) <= a.head.min(a.child);
                assert!(apart || a.level != b.level);
            }
        }
    }

    #[test]
    fn images_are_well_formed_for_odd_words() {
        let doc = English::load().annotate("<b>AT&T</b> \u{1}\u{ffff} \"quoted\"\n\n said no.");
        for sentence in doc.sentences() {
            let image = svg(sentence);
            assert!(!image.contains("<b>") && !image.contains("AT&T") && !image.contains('\u{1}'));
            assert_eq!(image.matches("<path").count(), 2 * (sentence.range().len() - 1), "{image}");
            assert_eq!(image.matches("<text").count(), image.matches("</text>").count());
        }
    }
}
