//! From any page, feed, archive or plain text to a clean, dated [`Article`].
//!
//! The text of an article is kept as it was read; [`Article::blocks`] says what each line of it is: the report, a
//! heading in it, or furniture (disclaimers, prompts, captions, neighbouring headlines), which is set aside with its
//! kind and never deleted, so that spans keep pointing into the original.
//!
//! * [`Reader`] reads sources (files, folders, standard input, addresses) of any supported format, one article after
//!   the other, in constant memory. What cannot be read is an [`InputError`] between the articles; the rest goes on.
//! * [`Reader::documents`] and [`Reader::article`] are the two halves of this: taking documents out of a source in its order, and reading
//!   each, on any thread. A [`Record`] that the caller holds is a document too.
//! * [`article_from_text`], [`article_from_markdown`], [`article_from_html`], [`article_from_record`] read one text.
//! * [`signature`] knows an article again.
//! * [`follow`] asks feeds again and again for what is new in them.
//!
//! This room opens no connection unless it is built with the `fetch` feature and the user names an address.

mod charset;
mod cue;
mod date;
mod dateline;
mod error;
mod fetch;
pub mod follow;
mod furniture;
mod genre;
mod infer;
mod input;
mod language;
mod lines;
mod options;
mod page;
mod signature;
mod tables;
mod text;

use detente_model::{Article, BlockKind, Diagnostic};

pub use charset::{Decoded, Hint, decode};
pub use error::{Binary, InputError, Problem};
pub use fetch::{Fetch, Fetched, Poll, Polled, Validators};
#[cfg(feature = "fetch")]
pub use fetch::{HttpFetcher, HttpOptions};
pub use input::{Articles, Document, Documents, Entry, Reader, Source, binary};
pub use language::{Language, detect};
pub use options::{Fields, LanguageGate, Limits, Links, Options};
pub use page::article_from_html;
pub use signature::signature;
pub use text::{Record, article_from_markdown, article_from_record, article_from_text, headline_span};

/// The last step for every article: what is known only when its blocks are.
fn finish(mut article: Article, options: &Options) -> Article {
    if article.url.is_none() {
        article.url.clone_from(&options.url);
    }
    if let Some(given) = &options.published {
        article.published = Some(given.clone());
    }
    let (genre, cue) = genre_of(&article);
    article.genre = genre;
    article.genre_cue = cue;
    match language::of_article(&article) {
        Language::English if article.language.is_none() => article.language = Some("en".to_owned()),
        Language::English => {}
        Language::Other(code) => article.language = Some(code.to_owned()),
    }
    if article.published.is_none() {
        article.published = infer::published(&article);
    }
    article
}

fn genre_of(article: &Article) -> (detente_model::Genre, String) {
    let lines: Vec<(&str, BlockKind)> =
        article.blocks.iter().map(|block| (&article.text[block.span.range()], block.kind)).collect();
    genre::of(&genre::Facts {
        title: &article.title,
        url: article.url.as_deref(),
        section: article.section.as_deref(),
        lines: &lines,
    })
}

fn cut_short(limit: usize) -> Diagnostic {
    let message =
        format!("only the part within the limits ({limit} bytes, and what a page may cost) was read");
    Diagnostic::warning("ingest/cut-short", message).hint("raise the limits if the rest matters")
}
