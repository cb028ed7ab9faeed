//! A document that was taken out of its source and is not read yet.
//!
//! Taking out goes in the order of the source and is quick: bytes are unpacked and cut into documents. Reading finds text, day and
//! language in them; it is most of the work, and what it gives depends on the document alone, so that any thread can do it.

use detente_model::Article;

use super::Reader;
use super::feed::{self, Entry};
use super::{json, warc};
use crate::charset::{Hint, decode};
use crate::fetch::Fetched;
use crate::{InputError, Options, Record, article_from_html, article_from_markdown, article_from_text};

/// A document as its source holds it; [`Reader::article`] reads it.
#[derive(Debug)]
pub struct Document(pub(super) Unread);

#[derive(Debug)]
pub(super) enum Unread {
    Page(Box<Page>),
    Text(Text),
    /// A line of JSON.
    Line {
        place: String,
        json: Vec<u8>,
    },
    Record(Box<Record>),
    /// What a feed of this name says itself.
    Entry {
        feed: String,
        entry: Box<Entry>,
    },
}

/// The bytes of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub id: String,
    pub url: Option<String>,
    pub charset: Option<String>,
    pub body: Vec<u8>,
    /// Whether the source holds more of it.
    pub cut: bool,
    pub beside: Beside,
}

/// What its source says of a page beside it.
#[derive(Debug, Default)]
pub(super) enum Beside {
    #[default]
    Nothing,
    /// When an archive got it.
    Crawled(String),
    /// The entry of the feed that links to it.
    Linked(Entry),
}

/// The bytes of a text without markup, or with that of Markdown.
#[derive(Debug)]
pub(super) struct Text {
    pub id: String,
    pub bytes: Vec<u8>,
    pub markdown: bool,
    pub cut: bool,
}

impl From<Fetched> for Page {
    fn from(fetched: Fetched) -> Self {
        let Fetched { url, charset, body } = fetched;
        Self { id: url.clone(), url: Some(url), charset, body, ..Self::default() }
    }
}

impl From<Record> for Document {
    fn from(record: Record) -> Self {
        Self(Unread::Record(Box::new(record)))
    }
}

impl From<Page> for Document {
    fn from(page: Page) -> Self {
        Self(Unread::Page(Box::new(page)))
    }
}

impl Reader {
    /// The article of a document that [`Reader::documents`] gave, or of a record that the caller holds: its text may be a whole page.
    pub fn article(&self, document: impl Into<Document>) -> Result<Article, InputError> {
        self.gate(match document.into().0 {
            Unread::Page(page) => self.page(*page),
            Unread::Text(text) => self.text(&text),
            Unread::Line { place, json } => {
                json::article_of(json::of_line(self, &json, &place)?, &self.options)
            }
            Unread::Record(record) => json::article_of(*record, &self.options),
            Unread::Entry { feed, entry } => feed::own_text(self, &feed, &entry),
        })
    }

    fn page(&self, page: Page) -> Article {
        let limit = self.options.limits.document_bytes;
        let hint = page.charset.as_deref().map_or(Hint::Html, Hint::Label);
        let decoded = decode(&page.body[..page.body.len().min(limit)], hint);
        let url = page.url.or_else(|| self.options.url.clone());
        let mut article =
            article_from_html(&page.id, &decoded.text, &Options { url, ..self.options.clone() });
        match page.beside {
            Beside::Nothing => {}
            Beside::Crawled(when) => warc::date(&mut article, &when),
            Beside::Linked(entry) => feed::complete(&mut article, &entry),
        }
        if page.cut || page.body.len() > limit {
            self.say_cut_short(&mut article);
        }
        article
    }

    fn text(&self, text: &Text) -> Article {
        let decoded = decode(&text.bytes, Hint::None).text;
        let mut article = match text.markdown {
            true => article_from_markdown(&text.id, &decoded, &self.options),
            false => article_from_text(&text.id, &decoded, &self.options),
        };
        if text.cut {
            self.say_cut_short(&mut article);
        }
        article
    }
}
