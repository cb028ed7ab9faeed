//! What a ledger keeps of the news: an event as one article reported it, with what must be known of the article.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Article, Days, Event, Genre, Part, Span};

/// An event as one article reported it: the unit of a ledger, never changed once written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The article it was read in.
    pub source: Source,
    /// The sentence, verbatim: what `event.evidence.sentence` spans.
    pub sentence: String,
    /// The words that name the act, verbatim: what `event.evidence.trigger` spans.
    pub trigger: String,
    /// The act.
    pub event: Event,
}

impl Report {
    /// The reports that an article's events are, in their order.
    pub fn all_of(article: &Article, events: Vec<Event>, source: &Source) -> Vec<Self> {
        let report = |event: Event| Self {
            source: source.clone(),
            sentence: cut(article, event.evidence.part, event.evidence.sentence),
            trigger: cut(article, event.evidence.part, event.evidence.trigger),
            event,
        };
        events.into_iter().map(report).collect()
    }

    /// The key of the report: the event's id, unique in a ledger.
    pub fn key(&self) -> &str {
        &self.event.id
    }

    /// The days of the act, as far as they are known on both sides.
    pub fn days(&self) -> Option<Days> {
        let when = self.event.when?;
        Some(Days::between(when.start?, when.end?))
    }
}

/// What a report's article was: who published it and when, and how to know a reprint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The article's id.
    pub article: String,
    /// Where it came from.
    pub url: Option<String>,
    /// The headline.
    pub title: String,
    /// The publication: its site's name, else the host of its address, else the agency of its dateline.
    pub publisher: Option<String>,
    /// The day of publication, as far as it is known to the day.
    pub published: Option<Date>,
    /// What kind of text it is.
    pub genre: Genre,
    /// Equal for all reprints of one text: wire copy counts once as a source.
    pub text_family: Option<u64>,
}

impl Source {
    /// What is kept of an article with each of its reports.
    pub fn of(article: &Article, text_family: Option<u64>) -> Self {
        Self {
            article: article.id.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            publisher: publisher(article).map(str::to_owned),
            published: article.published.as_ref().and_then(|published| published.day()),
            genre: article.genre,
            text_family,
        }
    }
}

fn cut(article: &Article, part: Part, span: Span) -> String {
    let text = match part {
        Part::Title => &article.title,
        Part::Text => &article.text,
    };
    text.get(span.range()).unwrap_or_default().to_owned()
}

/// The publication: its site's name, else the host of its address, else the agency of its dateline.
pub(crate) fn publisher(article: &Article) -> Option<&str> {
    let host = article.url.as_deref().and_then(host);
    let agency = || article.dateline.as_ref().and_then(|dateline| dateline.agency.as_deref());
    article.site.as_deref().or(host).or_else(agency)
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
