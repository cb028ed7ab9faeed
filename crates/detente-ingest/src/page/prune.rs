//! What a page's parser never has to see: scripts, styles, drawings and comments, and everything past the limits.
//!
//! Half of the bytes of a news page are script; leaving them out before parsing is most of the speed. JSON-LD stays.

use memchr::memchr;

use super::markup;
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

/// Elements whose insides no reader sees; they reach to their closing tag.
const UNSEEN: [&str; 14] = [
    "script", "style", "svg", "noscript", "template", "select", "textarea", "iframe", "object", "canvas",
    "audio", "video", "map", "datalist",
];
/// Elements that have no closing tag and show no text; `input` is none of them, since the extraction knows a form by it.
const EMPTY: [&str; 9] = ["img", "source", "track", "param", "wbr", "embed", "area", "col", "frame"];
/// Elements whose closing tag may be left out.
const UNCLOSED: [&str; 22] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "tr", "th", "dt", "dd", "option",
];
/// The attributes that something here or in the extraction reads; pages carry three times as many bytes of others.
const KEPT: [&str; 12] = [
    "class",
    "id",
    "rel",
    "itemprop",
    "datetime",
    "pubdate",
    "content",
    "hidden",
    "role",
    "aria-hidden",
    "data-component",
    "data-lp-replacement-content",
];
/// Those read in `html`, `meta`, `link` and `script` only.
const KEPT_IN_HEAD: [&str; 9] =
    ["name", "property", "type", "href", "lang", "xml:lang", "http-equiv", "charset", "title"];

/// Copies `html` without what no reader sees.
pub(crate) fn prune(html: &str, limits: &Limits) -> Pruned {
    let mut pruner = Pruner::new(html, limits);
    while let Some(open) = memchr(b'<', &html.as_bytes()[pruner.at..]).map(|found| pruner.at + found) {
        let tag = Tag::at(html, open);
        pruner.copy_text(open, &tag);
        pruner.count(&tag);
        if pruner.is_beyond(limits) {
            pruner.out.cut = true;
            return pruner.out;
        }
        pruner.at = pruner.take(open, &tag);
    }
    pruner.out.html.push_str(&html[pruner.at..]);
    pruner.out
}

/// Works through a page from its start; no piece of it is searched twice for an end that is not there.
struct Pruner<'a> {
    html: &'a str,
    out: Pruned,
    at: usize,
    tags: usize,
    depth: usize,
    /// Bytes of text, each counted once for every element around it.
    work: u64,
    after_block: bool,
    /// Which of [`UNSEEN`] are known to have no closing tag in the rest of the page.
    unclosed: [bool; UNSEEN.len()],
    /// Whether no comment ends in the rest of the page.
    comment_unclosed: bool,
    /// Where the text for readers without scripts ends that is the page itself.
    wordy_until: usize,
}

impl<'a> Pruner<'a> {
    fn new(html: &'a str, limits: &Limits) -> Self {
        let room = html.len().min(limits.document_bytes) / 2;
        Self {
            html,
            out: Pruned { html: String::with_capacity(room), cut: false, frames: 0 },
            at: 0,
            tags: 0,
            depth: 0,
            work: 0,
            after_block: true,
            unclosed: [false; UNSEEN.len()],
            comment_unclosed: false,
            wordy_until: 0,
        }
    }

    /// The text before a tag, unless it is white space beside a block.
    fn copy_text(&mut self, open: usize, tag: &Tag<'_>) {
        let text = &self.html[self.at..open];
        let block = tag.is_block();
        if !((self.after_block || block) && is_white(text)) {
            self.out.html.push_str(text);
            self.work += text.len() as u64 * self.depth as u64;
        }
        self.after_block = block;
    }

    fn is_beyond(&self, limits: &Limits) -> bool {
        self.tags > limits.page_tags || self.depth > limits.page_depth || self.work > limits.page_work
    }

    fn count(&mut self, tag: &Tag<'_>) {
        self.tags += 1;
        self.depth = match tag.kind {
            Kind::Open if !tag.is_one_of(&UNCLOSED) => self.depth + 1,
            Kind::Close if !tag.is_one_of(&UNCLOSED) => self.depth.saturating_sub(1),
            _ => self.depth,
        };
        self.out.frames += usize::from(tag.kind == Kind::Open && tag.is_one_of(&["iframe", "frame"]));
    }

    /// Copies a tag, or leaves out what it opens; gives where the page goes on.
    fn take(&mut self, open: usize, tag: &Tag<'a>) -> usize {
        match tag.kind {
            Kind::Comment => self.past_comment(open).unwrap_or_else(|| self.copy(open, tag.end)),
            Kind::Open => self.take_open(open, tag),
            Kind::Close if tag.is("noscript") => past_sign(self.html, tag.end),
            Kind::Close => {
                self.copy(open, tag.end);
                self.out.html.push('>');
                past_sign(self.html, tag.end)
            }
            Kind::Other => self.copy(open, tag.end),
        }
    }

    fn copy(&mut self, from: usize, to: usize) -> usize {
        self.out.html.push_str(&self.html[from..to]);
        to
    }

    fn past_comment(&mut self, open: usize) -> Option<usize> {
        let rest = &self.html.as_bytes()[open + 4..];
        let end = (!self.comment_unclosed).then(|| memchr::memmem::find(rest, b"-->")).flatten();
        self.comment_unclosed = end.is_none();
        end.map(|end| open + 4 + end + 3)
    }

    fn take_open(&mut self, open: usize, tag: &Tag<'a>) -> usize {
        if let Some(end) = self.past_unseen(tag) {
            self.depth = self.depth.saturating_sub(1);
            if is_linked_data(&self.html[open..end]) {
                self.copy(open, end);
            }
            return end;
        }
        if tag.is("noscript") {
            return past_sign(self.html, tag.end);
        }
        let before = self.out.html.len();
        self.copy(open, tag.end);
        let end = self.copy_attributes(tag);
        let dropped = tag.is_one_of(&EMPTY) || tag.is("link") && !is_telling(&self.out.html[before..]);
        if dropped {
            self.out.html.truncate(before);
        }
        end
    }

    /// One past the closing tag of an element that no reader sees into. Text for readers without scripts is seen where it
    /// is the page itself.
    fn past_unseen(&mut self, tag: &Tag<'_>) -> Option<usize> {
        let known = UNSEEN.iter().position(|name| tag.is(name)).filter(|known| !self.unclosed[*known])?;
        if tag.is("noscript") && tag.end < self.wordy_until {
            return None;
        }
        let Some(end) = close_of(self.html, tag.end, UNSEEN[known]) else {
            self.unclosed[known] = true;
            return None;
        };
        if tag.is("noscript") && is_wordy(&self.html[tag.end..end]) {
            self.wordy_until = end;
            return None;
        }
        Some(end)
    }

    /// Copies the attributes that matter, and the `>`; gives what follows it.
    fn copy_attributes(&mut self, tag: &Tag<'_>) -> usize {
        let in_head = tag.is_one_of(&["html", "meta", "link", "script"]);
        let mut attributes = Attributes { html: self.html, at: tag.end };
        for attribute in attributes.by_ref() {
            if attribute.matters(in_head) {
                self.out.html.push(' ');
                self.out.html.push_str(attribute.whole);
            }
        }
        let closed = self.html.as_bytes().get(attributes.at) == Some(&b'>');
        if closed {
            self.out.html.push('>');
        }
        attributes.at + usize::from(closed)
    }
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

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Whether it begins or ends a line of its own, so that white space beside it means nothing.
    fn is_block(&self) -> bool {
        let tag = matches!(self.kind, Kind::Open | Kind::Close);
        tag && !if self.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            super::visible::is_inline(&self.name.to_ascii_lowercase())
        } else {
            super::visible::is_inline(self.name)
        }
    }
}

/// One past the `>` that follows `from`, or the end.
fn past_sign(html: &str, from: usize) -> usize {
    memchr(b'>', &html.as_bytes()[from..]).map_or(html.len(), |sign| from + sign + 1)
}

/// Whether it is a script that holds data of the page.
fn is_linked_data(element: &str) -> bool {
    let head = element.split_once('>').map_or(element, |(head, _)| head);
    contains_ignoring_case(head, "ld+json")
}

/// Whether a `link` says something of the page itself.
fn is_telling(link: &str) -> bool {
    contains_ignoring_case(link, "canonical") || contains_ignoring_case(link, "itemprop")
}

/// How much prose makes the text for readers without scripts the page itself.
const WORDY: usize = 600;

/// Whether a piece of a page holds much text besides its tags.
fn is_wordy(html: &str) -> bool {
    let mut text =
        html.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim().len());
    let mut seen = 0;
    text.any(|length| {
        seen += length;
        seen >= WORDY
    })
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

/// The attributes of a tag, from behind its name; it ends at the `>` or at the end of the page.
struct Attributes<'a> {
    html: &'a str,
    at: usize,
}

struct Attribute<'a> {
    name: &'a str,
    /// Behind the `=`, quotation marks included.
    value: &'a str,
    whole: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let start = self.run(self.at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        self.at = start;
        if self.html.as_bytes().get(start).is_none_or(|byte| *byte == b'>') {
            return None;
        }
        let name_end =
            self.run(start + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let sign = self.run(name_end, |byte| byte.is_ascii_whitespace());
        let (from, to) = if self.html.as_bytes().get(sign) == Some(&b'=') {
            let from = self.run(sign + 1, |byte| byte.is_ascii_whitespace());
            (from, self.end_of_value(from))
        } else {
            (name_end, name_end)
        };
        self.at = to;
        Some(Attribute {
            name: &self.html[start..name_end],
            value: &self.html[from..to],
            whole: &self.html[start..to],
        })
    }
}

impl Attributes<'_> {
    /// Where the bytes that are `inside` end; they are ASCII, or belong to a whole character.
    fn run(&self, from: usize, inside: impl Fn(u8) -> bool) -> usize {
        from + self.html.as_bytes()[from..].iter().take_while(|byte| inside(**byte)).count()
    }

    /// Where the value that begins at `from` ends: after its closing quotation mark, or before white space or `>`.
    fn end_of_value(&self, from: usize) -> usize {
        let bytes = self.html.as_bytes();
        match bytes.get(from) {
            Some(quote @ (b'"' | b'\'')) => {
                memchr(*quote, &bytes[from + 1..]).map_or(bytes.len(), |length| from + length + 2)
            }
            _ => self.run(from, |byte| !byte.is_ascii_whitespace() && byte != b'>'),
        }
    }
}

impl Attribute<'_> {
    /// Whether something reads it. A title is read for the day in it, an address for whose page it is.
    fn matters(&self, in_head: bool) -> bool {
        let is = |name: &str| self.name.eq_ignore_ascii_case(name);
        let bare = || self.value.trim_matches(['"', '\'']);
        KEPT.iter().any(|name| is(name))
            || in_head && KEPT_IN_HEAD.iter().any(|name| is(name))
            || is("title") && self.value.bytes().any(|byte| byte.is_ascii_digit())
            || is("style") && self.value.contains("none")
            || is("href") && (markup::leads_home(bare()) || markup::leads_to_writer(bare()))
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
            (
                "<a href = '/by/b' style='display:none' style=\"x\">",
                "<a href = '/by/b' style='display:none'>",
            ),
            ("<a href=/world/ships title=Ships>a</a><p title='2 May'>", "<a>a</a><p title='2 May'>"),
            ("<p>a<img alt='a>b' src=c><wbr>b", "<p>ab"),
            ("<select><option>a</select><iframe src=a></iframe>b", "b"),
            ("<link rel=stylesheet href=a><link rel=canonical href=b>", "<link rel=canonical href=b>"),
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
        let limits = Limits { page_work: 30, ..Limits::default() };
        assert!(prune("<div><div><div>0123456789a</div>b", &limits).cut);
        assert!(!prune("<div><div>0123456789a</div>b", &limits).cut);
        assert!(prune("<div><div><div><p></p><p></p><p></p>0123456789a</div>b", &limits).cut);
    }
}
