//! What a ledger keeps of the news: an event as one article reported it, with what must be known of the article.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Days, Event, Genre};

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
