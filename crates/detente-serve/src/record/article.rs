//! An article: in a line, and whole with its furniture set apart.

use detente::model::{Article, BlockKind, Source};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::href;

/// An article, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArticleRef {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its headline.
    pub title: String,
    /// Where it came from.
    pub url: Option<String>,
    /// The publication.
    pub publisher: Option<String>,
    /// The page of the publication.
    pub publisher_href: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
}

impl ArticleRef {
    /// The article that a report names.
    pub fn of(source: &Source) -> Self {
        Self {
            id: source.article.clone(),
            href: href::article(&source.article),
            title: source.title.clone(),
            url: source.url.clone(),
            publisher: source.publisher.clone(),
            publisher_href: source.publisher.as_deref().map(href::source),
            published: source.published.map(|day| day.to_string()),
        }
    }

    /// Its headline; its id where it has none.
    pub fn label(&self) -> &str {
        if self.title.trim().is_empty() { &self.id } else { &self.title }
    }

    /// Its address, where that may safely be followed.
    pub fn link(&self) -> Option<&str> {
        web_address(self.url.as_deref())
    }
}

/// An address of the web; anything else, `javascript:` say, is no link.
pub fn web_address(url: Option<&str>) -> Option<&str> {
    let scheme = |url: &&str| {
        let lower = url.get(..8).or(url.get(..7)).unwrap_or_default().to_ascii_lowercase();
        lower.starts_with("http://") || lower.starts_with("https://")
    };
    url.filter(scheme)
}

/// An article, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArticleRecord {
    /// In a line.
    #[serde(flatten)]
    pub about: ArticleRef,
    /// What the day rests on.
    pub date_basis: Option<&'static str>,
    /// The reasons for an inferred day.
    pub date_reasons: Vec<String>,
    /// The writer, as printed.
    pub author: Option<String>,
    /// The section of the publication.
    pub section: Option<String>,
    /// The language of the text.
    pub language: Option<String>,
    /// What kind of text it is.
    pub genre: &'static str,
    /// The original, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A run of lines that are one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Paragraph {
    /// "text", "heading", or a kind of furniture.
    pub kind: &'static str,
    /// Whether it is part of the page and not of the report.
    pub furniture: bool,
    /// The words.
    pub text: String,
    /// The first byte in the article's text.
    #[serde(skip)]
    pub begins: usize,
}

impl ArticleRecord {
    /// The record of an article.
    pub fn of(article: &Article) -> Self {
        let published = article.published.as_ref();
        let source = Source::of(article, None);
        Self {
            about: ArticleRef::of(&source),
            date_basis: published.map(|published| published.basis.as_str()),
            date_reasons: published.map(|published| published.reasons.clone()).unwrap_or_default(),
            author: article.author.clone(),
            section: article.section.clone(),
            language: article.language.clone(),
            genre: article.genre.as_str(),
            paragraphs: paragraphs(article),
        }
    }
}

fn paragraphs(article: &Article) -> Vec<Paragraph> {
    let paragraph = |block: &detente::model::Block| {
        let text = article.text.get(block.span.range())?.to_owned();
        let (kind, furniture) = match block.kind {
            BlockKind::Text => ("text", false),
            BlockKind::Heading => ("heading", false),
            BlockKind::Furniture(kind) => (kind.as_str(), true),
        };
        Some(Paragraph { kind, furniture, text, begins: block.span.start })
    };
    article.blocks.iter().filter_map(paragraph).collect()
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(web_address(Some("https://a.org/x")).is_some());
        assert!(web_address(Some("HTTP://a.org")).is_some());
        for url in ["javascript:alert(1)", "data:text/html,x", " http://a", "//a", "", "é"] {
            assert_eq!(web_address(Some(url)), None, "{url}");
        }
    }
}
