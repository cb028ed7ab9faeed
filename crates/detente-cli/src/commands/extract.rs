//! `detente extract`: a page, feed, archive or text to its clean, dated article.

use std::io::Write;

use clap::Args;
use detente_ingest::{LanguageGate, Links, Options, Source};
use detente_model::{Article, BlockKind, DateBasis, Dateline, Diagnostic, Furniture, Genre};
use jiff::civil::Date;
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::limits::LimitOptions;
use crate::{inputs, output};

/// Print the title, author, day, text and furniture of pages
#[derive(Debug, Args)]
pub struct Extract {
    /// Pages, feeds, archives, texts or folders of them; - for standard input
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<String>,
    /// Where a page came from; its address helps to date it
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Leave out what is not English
    #[arg(long)]
    english: bool,
    /// Fetch the pages that feeds link to
    #[arg(long)]
    links: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Extract {
    /// Prints a line of JSON an article, in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let gate = if self.english { LanguageGate::Skip } else { LanguageGate::Pass };
        let links = if self.links { Links::Follow } else { Links::Ignore };
        let reader = self.limits.reader(Options { gate, links, url: self.url, ..Options::default() });
        let mut out = output::stdout();
        let mut outcome = Outcome::Complete;
        for result in self.inputs.iter().flat_map(|input| reader.read(Source::named(input))) {
            match result {
                Ok(article) => output::json_line(&mut out, &Page::new(&article))?,
                Err(error) => outcome = outcome.and(inputs::report(&error)),
            }
        }
        out.flush()?;
        Ok(outcome)
    }
}

/// What is printed of one article.
#[derive(Serialize)]
struct Page<'a> {
    page: &'a str,
    url: Option<&'a str>,
    title: &'a str,
    author: Option<&'a str>,
    /// The day, where it is known to the day.
    published: Option<Date>,
    /// The first and the last day that fit, where it is not.
    published_between: Option<[Date; 2]>,
    date_basis: Option<DateBasis>,
    reasons: &'a [String],
    site: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    genre: Genre,
    genre_cue: &'a str,
    dateline: Option<&'a Dateline>,
    #[serde(rename = "articleBody")]
    body: String,
    furniture: Vec<SetAside<'a>>,
    diagnostics: &'a [Diagnostic],
}

/// A line of the page that is not the report.
#[derive(Serialize)]
struct SetAside<'a> {
    kind: Furniture,
    text: &'a str,
}

impl<'a> Page<'a> {
    fn new(article: &'a Article) -> Self {
        let published = article.published.as_ref();
        let span = published.filter(|published| published.day().is_none());
        Self {
            page: &article.id,
            url: article.url.as_deref(),
            title: &article.title,
            author: article.author.as_deref(),
            published: published.and_then(|published| published.day()),
            published_between: span.map(|published| [published.days.from, published.days.to]),
            date_basis: published.map(|published| published.basis),
            reasons: published.map_or(&[], |published| &published.reasons),
            site: article.site.as_deref(),
            section: article.section.as_deref(),
            language: article.language.as_deref(),
            genre: article.genre,
            genre_cue: &article.genre_cue,
            dateline: article.dateline.as_ref(),
            body: body(article),
            furniture: furniture(article),
            diagnostics: &article.diagnostics,
        }
    }
}

/// The paragraphs and headings of the report, a line each; its headline stands in `title`.
fn body(article: &Article) -> String {
    let shown = article.blocks.iter().map(|block| (&article.text[block.span.range()], block.kind));
    let kept = shown.filter(|(line, kind)| match kind {
        BlockKind::Text => true,
        BlockKind::Heading => *line != article.title,
        BlockKind::Furniture(_) => false,
    });
    kept.map(|(line, _)| line).collect::<Vec<_>>().join("\n")
}

fn furniture(article: &Article) -> Vec<SetAside<'_>> {
    let aside = article.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Furniture(kind) => Some(SetAside { kind, text: &article.text[block.span.range()] }),
        _ => None,
    });
    aside.collect()
}
