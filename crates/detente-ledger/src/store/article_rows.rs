//! Articles as rows.

use detente_model::{Article, BlockKind, Signature, Source};

use super::digest::Digest;
use super::sql::{Again, Kind, Table, Value};

/// How many of the table's columns say where a row belongs; the rest is what was read.
const REFERENCES: usize = 9;

pub(super) const ARTICLES: Table = Table {
    name: "articles",
    columns: &[
        ("no", Kind::Int),
        ("source", Kind::Int),
        ("version", Kind::Int),
        ("text_family", Kind::Int),
        ("kept_on", Kind::Text),
        ("reports", Kind::Int),
        ("digest", Kind::Int),
        ("superseded_by", Kind::Int),
        ("superseded_on", Kind::Text),
        ("id", Kind::Text),
        ("url", Kind::Text),
        ("title", Kind::Text),
        ("text", Kind::Text),
        ("blocks", Kind::Text),
        ("published", Kind::Text),
        ("published_from", Kind::Text),
        ("published_to", Kind::Text),
        ("date_basis", Kind::Text),
        ("date_reasons", Kind::Text),
        ("author", Kind::Text),
        ("site", Kind::Text),
        ("section", Kind::Text),
        ("language", Kind::Text),
        ("genre", Kind::Text),
        ("genre_cue", Kind::Text),
        ("dateline", Kind::Text),
        ("diagnostics", Kind::Text),
        ("signature", Kind::Int),
        ("signature_near", Kind::Int),
        ("words", Kind::Int),
    ],
    key: 1,
    again: Again::Fails,
};

/// Where an article's row belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf {
    pub no: i64,
    pub source: Option<i64>,
    pub version: Option<i64>,
    pub text_family: Option<u64>,
    /// How many reports came with it; `None` where reports may be added later.
    pub reports: Option<usize>,
}

/// The row of an article as it was read.
pub(super) fn read_row<'a>(
    article: &'a Article,
    signature: &Signature,
    shelf: Shelf,
    kept_on: &'a str,
) -> Vec<Value<'a>> {
    whole(shelf, kept_on, content(article, signature))
}

/// The row of an article that is known by its reports only.
pub(super) fn imported_row<'a>(source: &'a Source, shelf: Shelf, kept_on: &'a str) -> Vec<Value<'a>> {
    let mut content = vec![Value::Null; ARTICLES.columns.len() - REFERENCES];
    content[0] = source.article.as_str().into();
    content[1] = source.url.as_deref().into();
    content[2] = source.title.as_str().into();
    content[5] = source.published.into();
    content[14] = source.genre.as_str().into();
    whole(shelf, kept_on, content)
}

fn whole<'a>(shelf: Shelf, kept_on: &'a str, content: Vec<Value<'a>>) -> Vec<Value<'a>> {
    let mut row = vec![
        shelf.no.into(),
        shelf.source.into(),
        shelf.version.into(),
        shelf.text_family.map(u64::cast_signed).into(),
        kept_on.into(),
        shelf.reports.into(),
        digest(&content).into(),
        Value::Null,
        Value::Null,
    ];
    row.extend(content);
    row
}

/// The columns that say what was read, in the order of the table.
pub(super) fn content_columns() -> &'static [(&'static str, Kind)] {
    &ARTICLES.columns[REFERENCES..]
}

/// What says whether an article is still what was written.
pub(super) fn digest(content: &[Value<'_>]) -> i64 {
    Digest::default().row(content_columns(), content).finish()
}

fn content<'a>(article: &'a Article, signature: &Signature) -> Vec<Value<'a>> {
    let published = article.published.as_ref();
    vec![
        article.id.as_str().into(),
        article.url.as_deref().into(),
        article.title.as_str().into(),
        article.text.as_str().into(),
        blocks(article).into(),
        published.and_then(|published| published.day()).into(),
        published.map(|published| published.days.from).into(),
        published.map(|published| published.days.to).into(),
        published.map(|published| published.basis.as_str()).into(),
        published.filter(|p| !p.reasons.is_empty()).map(|p| json(&p.reasons)).into(),
        article.author.as_deref().into(),
        article.site.as_deref().into(),
        article.section.as_deref().into(),
        article.language.as_deref().into(),
        article.genre.as_str().into(),
        article.genre_cue.as_str().into(),
        article.dateline.as_ref().map(json).into(),
        Some(&article.diagnostics).filter(|found| !found.is_empty()).map(json).into(),
        Value::Int(signature.exact.cast_signed()),
        Value::Int(signature.near.cast_signed()),
        Value::Int(signature.words.into()),
    ]
}

/// `[[start, end, kind], …]`, where a kind of furniture is its name.
fn blocks(article: &Article) -> String {
    let name = |kind| match kind {
        BlockKind::Text => "text",
        BlockKind::Heading => "heading",
        BlockKind::Furniture(kind) => kind.as_str(),
    };
    let rows = article.blocks.iter().map(|block| (block.span.start, block.span.end, name(block.kind)));
    json(&rows.collect::<Vec<_>>())
}

/// Plain values always have a JSON form.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
