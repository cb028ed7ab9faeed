//! The text a reader sees, in reading order, a line for each block of the page, with the place it stands in.

use detente_model::{Furniture, Span};
use trafilatura::dom::{Document, NodeId};

use super::markup;

/// The visible text of a page and its lines.
#[derive(Debug, Default)]
pub(crate) struct Visible {
    pub text: String,
    pub lines: Vec<VisibleLine>,
    /// The outermost blocks that hold several links and next to no text beside them.
    pub menus: Vec<NodeId>,
    /// The paragraphs that hold links and much text beside them.
    pub linked_prose: Vec<NodeId>,
}

/// One block of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VisibleLine {
    pub span: Span,
    /// Whether its element is `h1` to `h6`.
    pub heading: bool,
    /// What the elements around it say it is, if they say so.
    pub region: Option<Furniture>,
}

/// Elements inside one another beyond this are not entered.
const DEEPEST: usize = 600;

/// Walks the page.
pub(crate) fn read(document: &Document) -> Visible {
    let mut walk = Walk { document, out: Visible::default(), line_start: 0, links: Links::default() };
    let root = document.body().unwrap_or_else(|| document.root());
    let state = State { heading: false, region: None, linked: false, depth: 0 };
    walk.enter(root, state);
    walk.break_line(state);
    walk.out
}

#[derive(Debug, Clone, Copy)]
struct State {
    heading: bool,
    region: Option<Furniture>,
    /// Whether a link is around it.
    linked: bool,
    depth: usize,
}

struct Walk<'d> {
    document: &'d Document,
    out: Visible,
    line_start: usize,
    links: Links,
}

/// What has been seen so far, in links and all.
#[derive(Debug, Clone, Copy, Default)]
struct Links {
    count: usize,
    linked: usize,
    bytes: usize,
}

/// Links that make a menu.
const MENU_LINKS: usize = 3;
/// A menu has one byte beside its links in so many.
const MENU_BESIDE: usize = 10;

/// Bytes beside its links that make a paragraph prose whatever the links are.
const PROSE: usize = 300;

impl Links {
    /// Whether what came after `earlier` is links and little else.
    fn are_menu_since(self, earlier: Self) -> bool {
        let beside = (self.bytes - self.linked) - (earlier.bytes - earlier.linked);
        self.count - earlier.count >= MENU_LINKS && beside * MENU_BESIDE <= self.bytes - earlier.bytes
    }

    /// Whether what came after `earlier` has links, and much text beside them.
    fn are_few_since(self, earlier: Self) -> bool {
        let beside = (self.bytes - self.linked) - (earlier.bytes - earlier.linked);
        self.count > earlier.count && beside >= PROSE
    }
}

impl Walk<'_> {
    fn enter(&mut self, node: NodeId, state: State) {
        for child in self.document.child_nodes(node) {
            if self.document.is_text(child) {
                let bytes = self.push_text(&self.document.text_content(child));
                self.links.bytes += bytes;
                self.links.linked += if state.linked { bytes } else { 0 };
            } else if self.document.is_element(child) {
                self.enter_element(child, state);
            }
        }
    }

    fn enter_element(&mut self, node: NodeId, state: State) {
        let tag = self.document.tag_name(node);
        if is_unseen(tag) || state.depth >= DEEPEST || self.document.get_attribute(node, "hidden").is_some() {
            return;
        }
        let inner = State {
            heading: state.heading || is_heading(tag),
            region: region_of(self.document, node, tag).or(state.region),
            linked: state.linked || tag == "a",
            depth: state.depth + 1,
        };
        self.links.count += usize::from(tag == "a");
        if is_inline(tag) {
            self.enter(node, State { region: state.region, ..inner });
            return;
        }
        let (links, menus) = (self.links, self.out.menus.len());
        self.break_line(state);
        self.enter(node, inner);
        self.break_line(inner);
        if self.links.are_menu_since(links) {
            self.out.menus.truncate(menus);
            self.out.menus.push(node);
        } else if tag == "p" && self.links.are_few_since(links) {
            self.out.linked_prose.push(node);
        }
    }

    /// Adds text with its white space folded; gives the number of its bytes that are no white space.
    fn push_text(&mut self, text: &str) -> usize {
        let out = &mut self.out.text;
        let mut bytes = 0;
        let mut gap = text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            if gap && out.len() > self.line_start && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(word);
            bytes += word.len();
            gap = true;
        }
        if gap && text.ends_with(char::is_whitespace) && out.len() > self.line_start && !out.ends_with(' ') {
            out.push(' ');
        }
        bytes
    }

    fn break_line(&mut self, state: State) {
        let out = &mut self.out;
        out.text.truncate(out.text.trim_end_matches(' ').len().max(self.line_start));
        if out.text.len() > self.line_start {
            let span = Span::new(self.line_start, out.text.len());
            out.lines.push(VisibleLine { span, heading: state.heading, region: state.region });
            out.text.push_str("\n\n");
        }
        self.line_start = out.text.len();
    }
}

fn is_unseen(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "head"
            | "select"
            | "textarea"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "datalist"
            | "title"
    )
}

fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub(super) fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "acronym"
    )
}

/// What an element's name, class and id say of everything in it.
fn region_of(document: &Document, node: NodeId, tag: &str) -> Option<Furniture> {
    match tag {
        "nav" => return Some(Furniture::Navigation),
        "footer" => return Some(Furniture::Copyright),
        "figcaption" => return Some(Furniture::Credit),
        "aside" => return Some(Furniture::Related),
        "button" | "p" | "li" | "td" | "tr" | "br" => return None,
        _ => {}
    }
    let names = markup::names(document, node);
    if names.is_empty() { None } else { markup::region(&names) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_inline_elements_are_not() {
        let document = Document::parse(
            "<h1>A <i>b</i></h1><div>c<p>d<b>e</b> f<br>g</p> h </div><nav>i</nav><script>j</script>",
        );
        let seen = read(&document);
        let lines: Vec<_> =
            seen.lines.iter().map(|line| (&seen.text[line.span.range()], line.heading)).collect();
        assert_eq!(
            lines,
            [("A b", true), ("c", false), ("de f", false), ("g", false), ("h", false), ("i", false)]
        );
        assert_eq!(seen.lines[5].region, Some(Furniture::Navigation));
    }
}
