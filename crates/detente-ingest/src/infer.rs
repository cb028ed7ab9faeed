//! The day of a report that nothing states: from its address or dateline, else solved from its own time words.

use detente_model::{Article, DateBasis, Published};

use crate::date::{address, stated, written};

/// What can be said of the day of an article whose input did not state it.
pub(crate) fn published(article: &Article) -> Option<Published> {
    by_address(article).or_else(|| by_dateline(article))
}

fn by_address(article: &Article) -> Option<Published> {
    let day = article.url.as_deref().and_then(address::day)?;
    Some(stated(day, DateBasis::Url))
}

fn by_dateline(article: &Article) -> Option<Published> {
    let day = article.dateline.as_ref().and_then(|dateline| written::first_day(dateline.date.as_deref()?))?;
    Some(stated(day, DateBasis::Dateline))
}
