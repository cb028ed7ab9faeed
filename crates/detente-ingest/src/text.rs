//! Plain text and Markdown to an article: the text as it is, its lines marked.

use detente_model::{Article, Block, BlockKind, DateBasis, Diagnostic, Furniture, Span};
use jiff::civil::Date;

use crate::furniture::{self, Headline};
use crate::lines::{Line, lines};
use crate::{Options, dateline, finish};

/// What a record of a collection says about its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// A name for the article.
    pub id: String,
    /// Where it came from.
    pub url: Option<String>,
    /// The headline, kept apart from the text.
    pub title: String,
    /// The text, kept as it is.
    pub text: String,
    /// The day it was published.
    pub published: Option<Date>,
    /// The writer.
    pub author: Option<String>,
}

impl Record {
    /// The day that the words of a field say, in any form in which collections write days.
    pub fn day(field: &str) -> Option<Date> {
        crate::date::written::first_day(field)
    }
}

/// An article from plain text. Its headline is the first line that reads like one; the text is kept byte for byte.
pub fn article_from_text(id: &str, text: &str, options: &Options) -> Article {
    let record = Record { id: id.to_owned(), text: text.to_owned(), ..Record::default() };
    article(record, Headline::InText, DateBasis::Given, options)
}

/// An article from Markdown: as plain text, with `#` headings as headings and front matter as furniture.
pub fn article_from_markdown(id: &str, text: &str, options: &Options) -> Article {
    let mut article = article_from_text(id, text, options);
    let (front, fields) = front_matter(text);
    for block in &mut article.blocks {
        let line = &text[block.span.range()];
        if block.span.end <= front {
            block.kind = BlockKind::Furniture(Furniture::Navigation);
        } else if line.starts_with('#') {
            block.kind = BlockKind::Heading;
        }
    }
    take_front_matter(&mut article, &fields);
    let heading = || article.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    if let Some(block) = heading().filter(|block| text[block.span.range()].starts_with("# ")) {
        article.title = text[block.span.range()].trim_start_matches('#').trim().to_owned();
    }
    article
}

/// An article from a record whose title and day stand beside its text, as in `DOCS.json`, JSON Lines and CSV.
pub fn article_from_record(record: Record, options: &Options) -> Article {
    let headline = if record.title.is_empty() { Headline::InText } else { Headline::Known };
    article(record, headline, DateBasis::Given, options)
}

pub(crate) fn article(record: Record, headline: Headline, basis: DateBasis, options: &Options) -> Article {
    let (text, diagnostics) = within_limit(record.text, options);
    let lines = lines(&text);
    let shown: Vec<&str> = lines.iter().map(|line| &text[line.span.range()]).collect();
    let (kinds, found) = furniture::classify(&shown, headline);
    let title = found.map_or(record.title, |at| shown[at].to_owned());
    let blocks = join(&lines, &kinds);
    let published = record.published.map(|day| crate::date::stated(day, basis));
    // Many a record opens its text with its title.
    let mut opening = blocks.iter().filter(|block| block.kind == BlockKind::Text);
    let dateline = opening
        .find(|block| text[block.span.range()].trim() != title.trim())
        .and_then(|block| dateline::find(&text, block.span));
    let article = Article {
        id: record.id,
        url: record.url,
        title,
        blocks,
        published,
        author: record.author,
        dateline,
        diagnostics,
        text,
        ..Article::default()
    };
    finish(article, options)
}

fn within_limit(mut text: String, options: &Options) -> (String, Vec<Diagnostic>) {
    let limit = options.limits.document_bytes;
    if text.len() <= limit {
        return (text, Vec::new());
    }
    text.truncate(crate::lines::boundary(&text, limit));
    (text, vec![crate::cut_short(limit)])
}

/// Lines of text that follow one another without an empty line are one wrapped paragraph.
fn join(lines: &[Line], kinds: &[BlockKind]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    for (line, &kind) in lines.iter().zip(kinds) {
        match blocks.last_mut() {
            Some(last) if !line.opens && kind == BlockKind::Text && last.kind == kind => {
                last.span = last.span.join(line.span)
            }
            _ => blocks.push(Block { span: line.span, kind }),
        }
    }
    blocks
}

/// Where front matter between two `---` lines ends, and its `key: value` rows.
fn front_matter(text: &str) -> (usize, Vec<(&str, &str)>) {
    let Some(inner) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return (0, Vec::new());
    };
    let Some(length) = inner.find("\n---") else { return (0, Vec::new()) };
    let start = text.len() - inner.len();
    let rows = inner[..length].lines().filter_map(|row| row.split_once(':'));
    let unquoted = |value: &'_ str| -> (usize, usize) {
        let bare = value.trim().trim_matches(['"', '\'']);
        let from = bare.as_ptr() as usize - text.as_ptr() as usize;
        (from, from + bare.len())
    };
    let fields = rows
        .map(|(key, value)| (key.trim(), unquoted(value)))
        .map(|(key, (from, to))| (key, &text[from..to]))
        .collect();
    (start + length + "\n---".len(), fields)
}

fn take_front_matter(article: &mut Article, fields: &[(&str, &str)]) {
    for (key, value) in fields {
        match *key {
            "title" => article.title = (*value).to_owned(),
            "author" => article.author = Some((*value).to_owned()),
            "date" | "published" => {
                let day = crate::date::written::first_day(value);
                article.published =
                    day.map(|day| crate::date::stated(day, DateBasis::Given)).or(article.published.take());
            }
            _ => {}
        }
    }
}

/// The span of the block that holds the headline, where the title was found in the text itself.
pub fn headline_span(article: &Article) -> Option<Span> {
    let headings = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    headings
        .map(|block| block.span)
        .find(|span| article.text[span.range()].trim_start_matches(['#', ' ']) == article.title)
}
