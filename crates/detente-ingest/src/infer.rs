//! The day of a report that its markup does not state: from its address or dateline, else solved from its own time words.

use detente_model::{Article, BlockKind, DateBasis, Published};
use detente_time::{infer, recognise};

use crate::date::{address, stated, written};
use crate::lines::boundary;

/// What can be said of the day of an article whose input did not state it.
pub(crate) fn published(article: &Article) -> Option<Published> {
    by_address(article).or_else(|| by_dateline(article)).or_else(|| by_time_words(article))
}

fn by_address(article: &Article) -> Option<Published> {
    let day = article.url.as_deref().and_then(address::day)?;
    Some(stated(day, DateBasis::Url))
}

fn by_dateline(article: &Article) -> Option<Published> {
    let day = article.dateline.as_ref().and_then(|dateline| written::first_day(dateline.date.as_deref()?))?;
    Some(stated(day, DateBasis::Dateline))
}

/// How much of a report is searched for time words, in bytes.
const LONGEST: usize = 60_000;

/// What the report says itself, headline first; furniture has other people's dates in it.
fn by_time_words(article: &Article) -> Option<Published> {
    let kept = article.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Furniture(_)));
    let mut text = String::new();
    for line in kept.map(|block| &article.text[block.span.range()]) {
        if text.len() >= LONGEST {
            break;
        }
        text.push_str(&line[..boundary(line, LONGEST - text.len())]);
        text.push_str("\n\n");
    }
    let found = infer::report_day(&text, &recognise(&text))?;
    Some(Published { days: found.days, basis: DateBasis::Inferred, reasons: found.reasons })
}
