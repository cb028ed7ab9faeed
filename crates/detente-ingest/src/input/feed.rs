//! RSS, Atom, RDF and JSON Feed: an article for each entry, from its linked page or from the feed's own text.

use std::hash::BuildHasher;

use detente_model::{Article, DateBasis, Diagnostic, Published};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::document::{Beside, Page, Unread};
use super::{Document, Documents, Reader, one};
use crate::charset::{Hint, decode};
use crate::date::{stated, written};
use crate::fetch::Fetched;
use crate::options::Links;
use crate::{InputError, Options, Problem};

/// What a feed says of one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    id: String,
    link: Option<String>,
    title: String,
    /// The whole text where the feed has it, else its summary; HTML.
    content: String,
    summary: String,
    published: Option<String>,
    updated: Option<String>,
    author: Option<String>,
}

impl Entry {
    /// The page it links to.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref().filter(|link| link.starts_with("http://") || link.starts_with("https://"))
    }

    /// A number that is equal as long as the feed names the same article with the same title and days. Its text does not count: many feeds
    /// weave something new into it each time.
    pub fn mark(&self) -> u64 {
        let Self { id, link, title, published, updated, .. } = self;
        rustc_hash::FxBuildHasher.hash_one((id, link, title, published, updated))
    }
}

/// The entries of a feed in any of its formats, up to its end or to the place where it breaks, with what is wrong there.
pub(super) fn entries(bytes: &[u8]) -> (Vec<Entry>, Option<Problem>) {
    let text = decode(bytes, Hint::Html).text;
    match serde_json::from_str(&text) {
        Ok(value) if is_json_feed(&value) => (json_entries(&value), None),
        Ok(_) => (Vec::new(), Some(Problem::Feed("it is JSON, and no JSON Feed".to_owned()))),
        Err(_) => {
            let (entries, problem) = parse(&text);
            (entries, problem.map(Problem::Feed))
        }
    }
}

/// The document of an entry: its page where that is at hand, else the feed's own text.
pub(super) fn document(name: &str, entry: &Entry, page: Option<&Fetched>) -> Result<Document, InputError> {
    match (page, entry.link()) {
        (Some(page), Some(link)) => Ok(linked(link.to_owned(), page.clone(), entry.clone())),
        _ => entry.clone().alone(name),
    }
}

fn linked(link: String, fetched: Fetched, entry: Entry) -> Document {
    Page { id: link, beside: Beside::Linked(entry), ..Page::from(fetched) }.into()
}

/// The documents of an XML feed. Entries before a break in it are kept.
pub(super) fn read<'r>(reader: &'r Reader, name: String, bytes: &[u8]) -> Documents<'r> {
    let text = decode(bytes, Hint::Html).text;
    let (entries, problem) = parse(&text);
    let broken = problem.map(|problem| Err(Problem::Feed(problem).of(name.clone())));
    Box::new(entries.into_iter().flat_map(move |entry| documents(reader, &name, entry)).chain(broken))
}

/// Whether a JSON value is a JSON Feed.
pub(super) fn is_json_feed(value: &Value) -> bool {
    value.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"))
        && value.get("items").is_some()
}

/// The documents of a JSON Feed.
pub(super) fn read_json<'r>(reader: &'r Reader, name: String, feed: &Value) -> Documents<'r> {
    Box::new(json_entries(feed).into_iter().flat_map(move |entry| documents(reader, &name, entry)))
}

fn json_entries(feed: &Value) -> Vec<Entry> {
    feed.get("items").and_then(Value::as_array).into_iter().flatten().map(json_entry).collect()
}

fn json_entry(item: &Value) -> Entry {
    let field = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let author = item.get("authors").and_then(|authors| authors.get(0)).or_else(|| item.get("author"));
    Entry {
        id: field("id").unwrap_or_default(),
        link: field("url"),
        title: field("title").unwrap_or_default(),
        content: field("content_html").or_else(|| field("content_text")).unwrap_or_default(),
        summary: field("summary").unwrap_or_default(),
        published: field("date_published").or_else(|| field("date_modified")),
        updated: field("date_modified"),
        author: author.and_then(|author| author.get("name")).and_then(Value::as_str).map(str::to_owned),
    }
}

/// The linked page where it can be had, else the entry's own text; a dead link is an error beside that.
fn documents<'r>(reader: &'r Reader, name: &str, entry: Entry) -> Documents<'r> {
    let link = entry.link().map(str::to_owned);
    let (Links::Follow, Some(link), Some(fetcher)) = (reader.options.links, link, &reader.fetcher) else {
        return one(entry.alone(name));
    };
    match fetcher.get(&link) {
        Ok(fetched) => one(Ok(linked(link, fetched, entry))),
        Err(problem) => {
            let dead = Err(Problem::Fetch(problem).of(link));
            Box::new(std::iter::once(dead).chain(entry.alone(name).ok().map(Ok)))
        }
    }
}

impl Entry {
    /// What names it: itself, its address, or the feed.
    fn name(&self, feed: &str) -> String {
        let names = [Some(self.id.as_str()), self.link.as_deref()];
        names.into_iter().flatten().find(|name| !name.is_empty()).unwrap_or(feed).to_owned()
    }

    fn is_summary(&self) -> bool {
        self.content.trim().is_empty()
    }

    /// The longest text that the feed has.
    fn text(&self) -> &str {
        if self.is_summary() { &self.summary } else { &self.content }
    }

    /// The document of what the feed says itself, where that is anything.
    fn alone(self, feed: &str) -> Result<Document, InputError> {
        match self.text().trim().is_empty() && self.title.is_empty() {
            true => Err(Problem::Empty.of(self.name(feed))),
            false => Ok(Document(Unread::Entry { feed: feed.to_owned(), entry: Box::new(self) })),
        }
    }
}

/// The article of what a feed says itself.
pub(super) fn own_text(reader: &Reader, feed: &str, entry: &Entry) -> Article {
    let options = Options { url: entry.link.clone(), ..reader.options.clone() };
    let mut article = fragment(&entry.name(feed), entry.text(), &options);
    if entry.is_summary() {
        let message = "only the feed's summary was read";
        article
            .diagnostics
            .push(Diagnostic::note("ingest/summary", message).hint("follow the links of the feed"));
    }
    complete(&mut article, entry);
    article
}

/// The text of an entry is a piece of a page, all of it the report: it is read with its own lines as text.
fn fragment(id: &str, html: &str, options: &Options) -> Article {
    let text = if html.contains('<') || html.contains('&') {
        crate::page::visible_text(html, options)
    } else {
        html.to_owned()
    };
    let record = crate::Record { id: id.to_owned(), text, ..crate::Record::default() };
    crate::text::article(record, crate::furniture::Headline::Known, DateBasis::Feed, options)
}

/// What the entry says where the page says nothing, or says it on a weaker basis.
pub(super) fn complete(article: &mut Article, entry: &Entry) {
    if article.title.is_empty() {
        article.title.clone_from(&entry.title);
    }
    article.author = article.author.take().or_else(|| entry.author.clone());
    let weak = |found: &Published| found.basis > DateBasis::Url;
    if article.published.as_ref().is_none_or(weak) {
        let fed =
            entry.published.as_deref().and_then(written::first_day).map(|day| stated(day, DateBasis::Feed));
        article.published = fed.or(article.published.take());
    }
}

/// All entries up to the end, or to the place where the XML breaks, with what is wrong there.
fn parse(text: &str) -> (Vec<Entry>, Option<String>) {
    let mut xml = XmlReader::from_str(text);
    xml.config_mut().check_end_names = false;
    let mut parser = Parser::default();
    loop {
        match xml.read_event() {
            Ok(Event::Eof) => {
                return (parser.entries, parser.open.then(|| "it ends inside an entry".to_owned()));
            }
            Ok(event) => parser.take(event),
            Err(error) => return (parser.entries, Some(error.to_string())),
        }
    }
}

#[derive(Default)]
struct Parser {
    entries: Vec<Entry>,
    open: bool,
    entry: Entry,
    text: String,
    /// Inside an Atom `author`, whose `name` is wanted.
    author: bool,
}

impl Parser {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => {
                self.start(&tag);
                let name = local(tag.name().as_ref());
                self.end(&name);
            }
            Event::Text(text) => self.text.push_str(&String::from_utf8_lossy(&text)),
            Event::CData(data) => self.text.push_str(&String::from_utf8_lossy(&data)),
            Event::GeneralRef(reference) => self.refer(&String::from_utf8_lossy(&reference)),
            Event::End(tag) => {
                let name = local(tag.name().as_ref());
                self.end(&name);
            }
            _ => {}
        }
    }

    /// A character reference; those of HTML stay for the reader of the HTML.
    fn refer(&mut self, name: &str) {
        match name {
            "amp" => self.text.push('&'),
            "lt" => self.text.push('<'),
            "gt" => self.text.push('>'),
            "quot" => self.text.push('"'),
            "apos" => self.text.push('\''),
            _ => {
                let number = name.strip_prefix('#');
                let code = number.and_then(|n| {
                    n.strip_prefix('x')
                        .map_or_else(|| n.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
                });
                match code.and_then(char::from_u32) {
                    Some(c) => self.text.push(c),
                    None => self.text.push_str(&format!("&{name};")),
                }
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.text.clear();
        match local(tag.name().as_ref()).as_str() {
            "item" | "entry" => {
                self.entry = Entry::default();
                self.open = true;
            }
            "author" => self.author = true,
            "link" => self.link(tag),
            _ => {}
        }
    }

    /// Atom's `link` has its address in an attribute; only the page itself is wanted.
    fn link(&mut self, tag: &BytesStart<'_>) {
        let value = |name: &str| {
            tag.try_get_attribute(name)
                .ok()
                .flatten()
                .and_then(|found| found.unescape_value().ok().map(|value| value.into_owned()))
        };
        let page = value("rel").is_none_or(|rel| rel == "alternate");
        if let Some(href) = value("href").filter(|_| page && self.entry.link.is_none()) {
            self.entry.link = Some(href);
        }
    }

    fn end(&mut self, name: &str) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let filled = !text.is_empty();
        match name {
            "item" | "entry" if self.open => {
                let mut entry = std::mem::take(&mut self.entry);
                entry.published = entry.published.or_else(|| entry.updated.clone());
                self.entries.push(entry);
                self.open = false;
            }
            "author" => {
                self.author = false;
                if filled && self.entry.author.is_none() {
                    self.entry.author = Some(text.to_owned());
                }
            }
            "name" if self.author && filled => self.entry.author = Some(text.to_owned()),
            "creator" if filled => self.entry.author = Some(text.to_owned()),
            "title" if filled && self.entry.title.is_empty() => {
                self.entry.title = crate::page::inline_text(text)
            }
            "link" if filled && self.entry.link.is_none() => self.entry.link = Some(text.to_owned()),
            "guid" | "id" if filled => self.entry.id = text.to_owned(),
            "encoded" | "content" if filled => self.entry.content = text.to_owned(),
            "description" | "summary" if filled => self.entry.summary = text.to_owned(),
            "pubdate" | "published" | "date" | "issued" if filled => {
                self.entry.published = Some(text.to_owned())
            }
            "updated" | "modified" if filled => self.entry.updated = Some(text.to_owned()),
            _ => {}
        }
    }
}

/// A name without its prefix, in lower case: `dc:creator` is `creator`.
fn local(name: &[u8]) -> String {
    let bare = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
    String::from_utf8_lossy(bare).to_ascii_lowercase()
}
