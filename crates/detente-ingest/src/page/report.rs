//! The main text of a page, by the `trafilatura` crate, spared the work whose results nothing here reads.

use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::visible::Visible;
use crate::language::{Language, detect};
use crate::lines::is_prose;

/// The share of the page's prose that a quick extraction has to cover to be believed.
const COVERS: f64 = 0.5;

/// Pages of more lines are not compared with other extractions, one of which takes the square of the lines.
const MOST_LINES: usize = 4_000;

/// What the extraction takes for the report. The quick way alone is as good as the careful one where it covers most of
/// the prose on the page; the careful way compares it with two other extractions and costs as much again; where that
/// too finds nothing, the generous way is taken.
pub(super) fn find(mut document: Document, html: &str, visible: &Visible) -> String {
    let prose = prose(visible);
    drop_discarded(&mut document, visible);
    let quick = extract(compact(&document), &options(ExtractionFocus::FavorPrecision));
    if !quick.is_empty() && quick.len() as f64 >= COVERS * prose.len() as f64 {
        return quick;
    }
    let compared = visible.lines.len() <= MOST_LINES;
    let careful = if compared { careful(html, &prose) } else { quick };
    if !careful.is_empty() {
        return careful;
    }
    extract(Document::parse(html), &options(ExtractionFocus::Balanced).with_fallback(compared))
}

/// With the language named, one list of stop words is read instead of those of all languages; where the extraction
/// finds another language than we did, it is asked again without.
fn careful(html: &str, prose: &str) -> String {
    let options = options(ExtractionFocus::FavorPrecision).with_fallback(true);
    let named = two_letters(detect(prose)).map(|code| options.clone().with_target_language(code));
    let found = named.map(|named| extract(Document::parse(html), &named));
    found.filter(|found| !found.is_empty()).unwrap_or_else(|| extract(Document::parse(html), &options))
}

/// The ISO 639-1 code of a language whose stop words the extraction has.
fn two_letters(language: Language) -> Option<&'static str> {
    let code = match language {
        Language::English => "en",
        Language::Other("deu") => "de",
        Language::Other("fra") => "fr",
        Language::Other("spa") => "es",
        Language::Other("ita") => "it",
        Language::Other("por") => "pt",
        Language::Other("nld") => "nl",
        Language::Other("rus") => "ru",
        Language::Other("tur") => "tr",
        Language::Other("pol") => "pl",
        Language::Other(_) => return None,
    };
    Some(code)
}

fn options(focus: ExtractionFocus) -> Options {
    Options::default()
        .with_focus(focus)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled)
}

/// A head that answers every question of the metadata pass at once, so that it does not search the page: what a page
/// states is read in [`super::head`].
const HEAD: &str = r#"<body><meta property="og:title" content="a b"><meta property="og:author" content="Ann Lee">
<meta property="og:url" content="https://a.example/b"><meta property="og:description" content="a b">
<meta property="og:site_name" content="A"><meta property="og:image" content="https://a.example/b.png">
<meta property="og:type" content="article"><meta property="og:article:tag" content="a">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"a b","articleSection":"a"}</script>"#;

/// Elements that the extraction drops without a look inside; the sooner they go the less is copied and searched.
const DISCARDED: [&str; 38] = [
    "aside", "embed", "footer", "form", "iframe", "menu", "object", "applet", "audio", "canvas", "map",
    "picture", "svg", "video", "area", "blink", "button", "datalist", "dialog", "frame", "frameset",
    "fieldset", "input", "label", "legend", "marquee", "math", "menuitem", "nav", "noscript", "optgroup",
    "option", "output", "progress", "select", "source", "textarea", "time",
];

fn drop_discarded(document: &mut Document, visible: &Visible) {
    for menu in &visible.menus {
        document.remove(*menu, true);
    }
    // Links there decide nothing, but each makes the extraction measure all that is around it.
    for paragraph in &visible.linked_prose {
        document.strip_tags(*paragraph, &["a"]);
    }
    let root = document.root();
    document.strip_elements(root, false, &DISCARDED);
}

/// The body alone: what was dropped from a document stays in its store, and the extraction copies that store many times.
fn compact(document: &Document) -> Document {
    document.extract_subtree_as_document(document.body().unwrap_or_else(|| document.root()))
}

fn state_everything(document: &mut Document) {
    if let Some(head) = document.query_selector(document.root(), "head") {
        document.set_inner_html(head, HEAD);
    }
}

fn extract(mut document: Document, options: &Options) -> String {
    state_everything(&mut document);
    let found = trafilatura::extract_document(document, options);
    found.map(|found| found.content_text.trim().to_owned()).unwrap_or_default()
}

/// What of the page reads as prose and stands in no part that is marked as furniture.
fn prose(visible: &Visible) -> String {
    let free = visible.lines.iter().filter(|line| line.region.is_none());
    let shown = free.map(|line| &visible.text[line.span.range()]).filter(|line| is_prose(line));
    shown.collect::<Vec<_>>().join("\n")
}
