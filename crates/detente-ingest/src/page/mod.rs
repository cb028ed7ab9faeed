//! A web page to an article: its visible text in reading order, what of it is the report, and what the page states.
//!
//! The main text is found by the `trafilatura` crate; its words are then looked up again in the visible text, so that
//! every span points into one text and what was left out stands beside it, with a kind.

mod align;
mod author;
mod choice;
mod head;
mod markup;
mod prune;
mod report;
mod title;
mod visible;

use detente_model::{Article, Block, BlockKind, DateBasis, Diagnostic, Furniture, Published, Span};
use trafilatura::dom::Document;

use self::align::Alignment;
use self::head::Head;
use self::visible::Visible;
use crate::date::written::Order;
use crate::furniture::by_words;
use crate::{Options, cut_short, date, dateline, finish};

/// An article from the HTML of a page. `text` is the visible text of the page with a line for each block of it;
/// a page without any main text gives an article without text blocks and says so in a diagnostic.
pub fn article_from_html(id: &str, html: &str, options: &Options) -> Article {
    let pruned =
        prune::prune(&html[..crate::lines::boundary(html, options.limits.document_bytes)], &options.limits);
    let document = Document::parse(&pruned.html);
    let head = head::read(&document, options.url.as_deref());
    let visible = visible::read(&document);
    let content = report::find(document, &pruned.html, &visible);
    let (text, blocks) = mark(visible, &content, &head);
    let mut article = assemble(id, text, blocks, head);
    if pruned.cut || html.len() > options.limits.document_bytes {
        article.diagnostics.push(cut_short(options.limits.document_bytes));
    }
    if content.trim().is_empty() {
        article.diagnostics.push(no_article(pruned.frames));
    }
    finish(article, options)
}

fn no_article(frames: usize) -> Diagnostic {
    if frames > 0 {
        let message = format!("the page holds no text of its own, only {frames} frames");
        return Diagnostic::error("ingest/frames", message).hint("read the addresses of the frames instead");
    }
    Diagnostic::error("ingest/no-article", "no text of the page reads as an article")
        .hint("a page that scripts fill has to be saved from a browser; a list of links has to be followed")
}

/// The visible text of a piece of HTML, all of it.
pub(crate) fn visible_text(html: &str, options: &Options) -> String {
    let pruned = prune::prune(html, &options.limits);
    visible::read(&Document::parse(&pruned.html)).text.trim_end().to_owned()
}

/// The text of a title that may hold markup or character references.
pub(crate) fn inline_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let document = Document::parse(html);
    visible::read(&document).text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The share of extracted words that has to be found again in the visible text.
const ENOUGH: f64 = 0.6;

fn mark(visible: Visible, content: &str, head: &Head) -> (String, Vec<Block>) {
    let alignment = Alignment::new(&visible.text, content);
    if alignment.found >= ENOUGH || content.trim().is_empty() {
        let kept: Vec<bool> = visible.lines.iter().map(|line| alignment.is_kept(line.span)).collect();
        let blocks = visible_blocks(&visible, kept, head);
        return (visible.text, blocks);
    }
    apart(content, visible, head)
}

fn visible_blocks(visible: &Visible, kept: Vec<bool>, head: &Head) -> Vec<Block> {
    let kinds = choice::kinds(visible, kept, head.title.as_deref());
    visible.lines.iter().zip(kinds).map(|(line, kind)| Block { span: line.span, kind }).collect()
}

/// Where the report is not among what is visible (it stands in the markup only): it goes first, the page after it.
fn apart(content: &str, visible: Visible, head: &Head) -> (String, Vec<Block>) {
    let mut text = content.trim().to_owned();
    let mut blocks: Vec<Block> = crate::lines::lines(&text)
        .iter()
        .map(|line| Block {
            span: line.span,
            kind: by_words(&text[line.span.range()]).map_or(BlockKind::Text, BlockKind::Furniture),
        })
        .collect();
    text.push_str("\n\n");
    let shift = text.len();
    let none = vec![false; visible.lines.len()];
    let rest = visible_blocks(&visible, none, head);
    blocks.extend(rest.into_iter().map(|block| Block { span: block.span.shifted(shift), ..block }));
    text.push_str(&visible.text);
    (text, blocks)
}

fn assemble(id: &str, text: String, blocks: Vec<Block>, head: Head) -> Article {
    let first = blocks.iter().find(|block| block.kind == BlockKind::Text).map(|block| block.span);
    Article {
        id: id.to_owned(),
        url: head.url,
        title: head.title.unwrap_or_default(),
        dateline: first.and_then(|span| dateline::find(&text, span)),
        published: head
            .published
            .or_else(|| printed_day(&text, &blocks, first, head::order_of(head.language.as_deref()))),
        author: head.author.or_else(|| printed_author(&text, &blocks, first)),
        site: head.site,
        section: head.section,
        language: head.language,
        text,
        blocks,
        ..Article::default()
    }
}

/// The name in a line that opens with "By" or the like: the last before the report, else the first after it.
fn printed_author(text: &str, blocks: &[Block], first: Option<Span>) -> Option<String> {
    let bylines = || {
        let named = blocks.iter().filter(|block| block.kind == BlockKind::Furniture(Furniture::Byline));
        named.map(|block| block.span).filter(|span| author::opens_byline(&text[span.range()]))
    };
    let name = |span: Span| author::name(&text[span.range()]);
    let before = bylines().filter(|span| first.is_some_and(|first| span.start < first.start));
    before.filter_map(name).next_back().or_else(|| bylines().find_map(name))
}

/// A complete date in a short line: the last before the report, else the first beside it, else one that opens or closes
/// the report.
fn printed_day(text: &str, blocks: &[Block], first: Option<Span>, order: Order) -> Option<Published> {
    let short = |span: &Span| span.len() < 120;
    let day = |span: Span| {
        date::written::first_day_in(&text[span.range()], order).filter(|day| date::is_plausible(*day))
    };
    let spans = |wanted: fn(BlockKind) -> bool| {
        blocks.iter().filter(move |block| wanted(block.kind)).map(|block| block.span).filter(short)
    };
    let furniture = || spans(|kind| matches!(kind, BlockKind::Furniture(_)));
    let report = || spans(|kind| kind == BlockKind::Text);
    let before = furniture()
        .filter(|span| first.is_some_and(|first| span.start < first.start))
        .filter_map(day)
        .next_back();
    let beside = || furniture().find_map(day);
    let inside = || report().take(3).chain(report().rev().take(2)).find_map(day);
    let found = before.or_else(beside).or_else(inside);
    found.map(|day| date::stated(day, DateBasis::Dateline))
}
