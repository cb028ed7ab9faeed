//! What a page's parser never has to see: scripts, styles, drawings and comments, and everything past the limits.
//!
//! Half of the bytes of a news page are script; leaving them out before parsing is most of the speed. JSON-LD stays.

use memchr::memchr;

use crate::options::Limits;

/// A page as its parser gets it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pruned {
    pub html: String,
    /// Whether the page went on behind what the limits allow.
    pub cut: bool,
    /// How many frames it has.
    pub frames: usize,
}

const RAW: [&str; 5] = ["script", "style", "svg", "noscript", "template"];
const UNCLOSED: [&str; 22] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "tr", "th", "dt", "dd", "option",
];

/// Copies `html` without what no reader sees.
pub(crate) fn prune(html: &str, limits: &Limits) -> Pruned {
    let mut pruned = Pruned { html: String::with_capacity(html.len() / 2), cut: false, frames: 0 };
    let (mut at, mut tags, mut depth) = (0, 0, 0usize);
    let mut after_block = true;
    while let Some(open) = memchr(b'<', &html.as_bytes()[at..]).map(|found| at + found) {
        let tag = Tag::at(html, open);
        if !((after_block || tag.is_block()) && is_white(&html[at..open])) {
            pruned.html.push_str(&html[at..open]);
        }
        after_block = tag.is_block();
        tags += 1;
        depth = match tag.kind {
            Kind::Open if !UNCLOSED.iter().any(|name| tag.is(name)) => depth + 1,
            Kind::Close => depth.saturating_sub(1),
            _ => depth,
        };
        if tags > limits.page_tags || depth > limits.page_depth {
            pruned.cut = true;
            return pruned;
        }
        pruned.frames += usize::from(tag.kind == Kind::Open && (tag.is("iframe") || tag.is("frame")));
        at = match tag.hidden_until(html, open) {
            Some(end) => {
                depth = depth.saturating_sub(usize::from(tag.kind == Kind::Open));
                end
            }
            None if tag.is("noscript") => past_sign(html, tag.end),
            None => {
                pruned.html.push_str(&html[open..tag.end]);
                match tag.kind {
                    Kind::Open => copy_attributes(html, tag.end, &mut pruned.html),
                    Kind::Close => {
                        pruned.html.push('>');
                        past_sign(html, tag.end)
                    }
                    _ => tag.end,
                }
            }
        };
    }
    pruned.html.push_str(&html[at..]);
    pruned
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Comment,
    /// `<!doctype>`, or a sign that opens no tag.
    Other,
}

struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    /// One past what is copied as a piece: the name, or the sign alone.
    end: usize,
}

impl<'a> Tag<'a> {
    fn at(html: &'a str, open: usize) -> Self {
        let rest = &html[open + 1..];
        let (kind, from) = match rest.as_bytes().first() {
            Some(b'!') if rest.starts_with("!--") => (Kind::Comment, open + 1),
            Some(b'/') => (Kind::Close, open + 2),
            Some(byte) if byte.is_ascii_alphabetic() => (Kind::Open, open + 1),
            _ => (Kind::Other, open + 1),
        };
        let named = matches!(kind, Kind::Open | Kind::Close);
        let length = html[from..].bytes().take_while(|byte| named && byte.is_ascii_alphanumeric()).count();
        Self { kind, name: &html[from..from + length], end: from + length }
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it begins or ends a line of its own, so that white space beside it means nothing.
    fn is_block(&self) -> bool {
        matches!(self.kind, Kind::Open | Kind::Close)
            && !super::visible::is_inline(&self.name.to_ascii_lowercase())
    }

    /// Where the page goes on when this tag opens something that no reader sees.
    fn hidden_until(&self, html: &str, open: usize) -> Option<usize> {
        if self.kind == Kind::Comment {
            let end = memchr::memmem::find(&html.as_bytes()[open + 4..], b"-->");
            return end.map(|end| open + 4 + end + 3);
        }
        let name = RAW.into_iter().find(|name| self.kind == Kind::Open && self.is(name))?;
        let head = memchr(b'>', &html.as_bytes()[self.end..]).map(|end| &html[self.end..self.end + end])?;
        if name == "script" && contains_ignoring_case(head, "ld+json") {
            return None;
        }
        let end = close_of(html, self.end, name)?;
        (name != "noscript" || !is_wordy(&html[self.end..end])).then_some(end)
    }
}

/// One past the `>` that follows `from`, or the end.
fn past_sign(html: &str, from: usize) -> usize {
    memchr(b'>', &html.as_bytes()[from..]).map_or(html.len(), |sign| from + sign + 1)
}

/// How much prose makes the text for readers without scripts the page itself.
const WORDY: usize = 600;

/// Whether a piece of a page holds much text besides its tags.
fn is_wordy(html: &str) -> bool {
    let text = html.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim().len());
    html.len() >= WORDY && text.sum::<usize>() >= WORDY
}

/// One past the `</name>` that follows `from`; `None` when there is none, so that a torn page keeps its rest.
fn close_of(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at + memchr::memmem::find(&html.as_bytes()[at..], b"</")?;
        let tag = Tag::at(html, open);
        if tag.is(name) {
            return memchr(b'>', &html.as_bytes()[tag.end..]).map(|end| tag.end + end + 1);
        }
        at = open + 2;
    }
}

/// The attributes that something here or in the extraction reads; pages carry three times as many bytes of others.
const KEPT: [&str; 28] = [
    "class",
    "id",
    "href",
    "rel",
    "type",
    "name",
    "property",
    "content",
    "itemprop",
    "itemtype",
    "datetime",
    "pubdate",
    "title",
    "lang",
    "xml:lang",
    "http-equiv",
    "charset",
    "hidden",
    "role",
    "aria-hidden",
    "src",
    "alt",
    "cite",
    "start",
    "data-component",
    "data-testid",
    "data-src",
    "data-lp-replacement-content",
];

/// Copies the attributes that matter from `from`, after a tag's name, to its `>`; gives what follows that.
fn copy_attributes(html: &str, from: usize, out: &mut String) -> usize {
    let bytes = html.as_bytes();
    let run =
        |at: usize, inside: fn(&u8) -> bool| at + bytes[at..].iter().take_while(|byte| inside(byte)).count();
    let mut at = from;
    loop {
        at = run(at, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        if at >= bytes.len() {
            return at;
        }
        if bytes[at] == b'>' {
            out.push('>');
            return at + 1;
        }
        let start = at;
        at = run(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = &html[start..at];
        let sign = run(at, u8::is_ascii_whitespace);
        if bytes.get(sign) == Some(&b'=') {
            at = end_of_value(html, run(sign + 1, u8::is_ascii_whitespace));
        }
        let whole = &html[start..at];
        if KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name))
            || name.eq_ignore_ascii_case("style") && whole.contains("none")
        {
            out.push(' ');
            out.push_str(whole);
        }
    }
}

/// Where the value that begins at `from` ends: after its closing quotation mark, or before white space or `>`.
fn end_of_value(html: &str, from: usize) -> usize {
    let bytes = html.as_bytes();
    match bytes.get(from) {
        Some(quote @ (b'"' | b'\'')) => {
            memchr(*quote, &bytes[from + 1..]).map_or(bytes.len(), |length| from + length + 2)
        }
        Some(_) => {
            from + bytes[from..]
                .iter()
                .take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>')
                .count()
        }
        None => from,
    }
}

fn is_white(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_is_left_out() {
        let cases = [
            ("<p>a<script>x<b></script>b", "<p>ab"),
            ("<!-- <p> -->a", "a"),
            ("a <STYLE type=x>p{}</STYLE > b", "a  b"),
            (
                "<script type='application/ld+json'>{}</script>",
                "<script type='application/ld+json'>{}</script>",
            ),
            ("a < b <3", "a < b <3"),
            ("<script>torn", "<script>torn"),
            ("<p onclick='a>b' CLASS=x data-é=\"é\" hidden/>a", "<p CLASS=x hidden>a"),
            ("<a href = 'b' style='display:none' style=\"x\">", "<a href = 'b' style='display:none'>"),
            ("<p class=\"torn>a", "<p class=\"torn>a"),
            ("<p =x>", "<p>"),
            ("é<svg><path/></svg>é", "éé"),
        ];
        for (html, expected) in cases {
            assert_eq!(prune(html, &Limits::default()).html, expected, "{html}");
        }
    }

    #[test]
    fn white_space_beside_blocks_is_left_out() {
        let page = "<ul>\n <li>a</li>\n <li> <b>b</b> <i>c</i> </li></ul>";
        assert_eq!(prune(page, &Limits::default()).html, "<ul><li>a</li><li><b>b</b> <i>c</i></li></ul>");
    }

    #[test]
    fn text_for_readers_without_scripts_is_kept_where_it_is_the_page() {
        let prune = |page: &str| prune(page, &Limits::default()).html;
        assert_eq!(prune("<noscript><p>Please enable scripts.</p></noscript><p>a"), "<p>a");
        let report = format!("<p>{}</p>", "They met on Monday to speak of grain. ".repeat(20));
        assert_eq!(prune(&format!("<noscript>{report}</noscript>")), report);
    }

    #[test]
    fn endless_pages_are_cut() {
        let limits = Limits { page_tags: 10, page_depth: 5, ..Limits::default() };
        assert!(prune(&"<br>".repeat(11), &limits).cut);
        assert!(prune(&"<div>".repeat(6), &limits).cut);
        assert!(!prune(&"<p></p>".repeat(5), &limits).cut);
    }
}
