//! A report for people and machines.

use detente::model::{Report, When};
use schemars::JsonSchema;
use serde::Serialize;

use super::article::ArticleRef;
use super::party::MentionRecord;
use super::sentence::{self, MarkRecord, Piece};
use crate::http::href;
use crate::names::Names;

/// An event as one article reported it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventRecord {
    /// Its key, unique in the ledger.
    pub key: String,
    /// Its page.
    pub href: String,
    /// The article it was read in.
    pub article: ArticleRef,
    /// The sentence, verbatim.
    pub sentence: String,
    /// The words that name the act.
    pub trigger: String,
    /// The words that play a part.
    pub marks: Vec<MarkRecord>,
    /// The sentence, cut at the marks.
    #[serde(skip)]
    pub pieces: Vec<Piece>,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// Quad class.
    pub quad: &'static str,
    /// Whether it happened.
    pub status: &'static str,
    /// Who acts.
    pub actors: Vec<MentionRecord>,
    /// To whom.
    pub recipients: Vec<MentionRecord>,
    /// The first day of the act.
    pub start: Option<String>,
    /// The last.
    pub end: Option<String>,
    /// What the days rest on.
    pub time_basis: Option<&'static str>,
    /// Where.
    pub place: Option<PlaceRecord>,
    /// Who says so; `null` where the report itself does.
    pub speaker: Option<SpeakerRecord>,
    /// PLOVER contexts.
    pub contexts: Vec<&'static str>,
    /// CAMEO code.
    pub cameo: String,
    /// Conflict-cooperation score, -10 to 10.
    pub score: f32,
    /// The rule that fired.
    pub rule: String,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlaceRecord {
    /// "City, Country".
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f32>,
    /// Degrees east.
    pub longitude: Option<f32>,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpeakerRecord {
    /// The words, verbatim.
    pub text: String,
    /// State or organisation.
    pub code: Option<String>,
    /// Part of society.
    pub sector: Option<&'static str>,
}

impl EventRecord {
    /// The record of a report.
    pub fn of(report: &Report, names: &Names) -> Self {
        let event = &report.event;
        let marks = sentence::marks_of(report);
        let mentions = |parties: &[_]| parties.iter().map(|party| MentionRecord::of(party, names)).collect();
        Self {
            key: report.key().to_owned(),
            href: href::event(report.key()),
            article: ArticleRef::of(&report.source),
            marks: sentence::records(&report.sentence, &marks),
            pieces: sentence::pieces(&report.sentence, &marks),
            sentence: report.sentence.clone(),
            trigger: report.trigger.clone(),
            kind: event.kind.as_str(),
            mode: event.mode.map(|mode| mode.as_str()),
            quad: event.quad().as_str(),
            status: event.status.as_str(),
            actors: mentions(&event.actors),
            recipients: mentions(&event.recipients),
            start: event.when.and_then(|when| when.start).map(|day| day.to_string()),
            end: event.when.and_then(|when| when.end).map(|day| day.to_string()),
            time_basis: event.when.map(|when: When| when.basis.as_str()),
            place: event.place.as_ref().map(PlaceRecord::of),
            speaker: event.speaker.as_ref().map(|speaker| SpeakerRecord {
                text: speaker.text.clone(),
                code: speaker.actor.code.map(|code| code.to_string()),
                sector: speaker.actor.sector.map(|sector| sector.as_str()),
            }),
            contexts: event.contexts.iter().map(|context| context.as_str()).collect(),
            cameo: event.cameo.clone(),
            score: event.score(),
            rule: event.rule.clone(),
            confidence: event.confidence,
        }
    }

    /// The records of reports.
    pub fn all(reports: &[Report], names: &Names) -> Vec<Self> {
        reports.iter().map(|report| Self::of(report, names)).collect()
    }

    /// "CONSULT visit".
    pub fn what(&self) -> String {
        self.mode.map_or_else(|| self.kind.to_owned(), |mode| format!("{} {mode}", self.kind))
    }

    /// "RUS GOV + FRA → USA".
    pub fn who(&self) -> String {
        let side = |mentions: &[MentionRecord]| {
            mentions.iter().map(MentionRecord::label).collect::<Vec<_>>().join(" + ")
        };
        match (self.actors.is_empty(), self.recipients.is_empty()) {
            (_, true) => side(&self.actors),
            (true, false) => format!("→ {}", side(&self.recipients)),
            (false, false) => format!("{} → {}", side(&self.actors), side(&self.recipients)),
        }
    }

    /// The days of the act in words; empty where none is known.
    pub fn when(&self) -> String {
        match (&self.start, &self.end) {
            (Some(start), Some(end)) if start == end => start.clone(),
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("since {start}"),
            (None, Some(end)) => format!("until {end}"),
            (None, None) => String::new(),
        }
    }

    /// The day that feeds sort by.
    pub fn day(&self) -> &str {
        self.article.published.as_deref().or(self.start.as_deref()).unwrap_or("1970-01-01")
    }

    /// The columns of a table of events.
    pub const COLUMNS: &'static [&'static str] = &[
        "key",
        "type",
        "mode",
        "status",
        "actors",
        "recipients",
        "start",
        "end",
        "place",
        "country",
        "latitude",
        "longitude",
        "speaker",
        "sentence",
        "trigger",
        "score",
        "confidence",
        "rule",
        "article",
        "title",
        "url",
        "publisher",
        "published",
    ];

    /// Its row in that table.
    pub fn row(&self) -> Vec<String> {
        let side = |mentions: &[MentionRecord]| {
            mentions.iter().map(MentionRecord::label).collect::<Vec<_>>().join(" + ")
        };
        let place = self.place.as_ref();
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let degrees = |number: Option<f32>| number.map(|number| number.to_string()).unwrap_or_default();
        vec![
            self.key.clone(),
            self.kind.to_owned(),
            text(self.mode),
            self.status.to_owned(),
            side(&self.actors),
            side(&self.recipients),
            text(self.start.as_deref()),
            text(self.end.as_deref()),
            text(place.map(|place| place.name.as_str())),
            text(place.and_then(|place| place.country.as_deref())),
            degrees(place.and_then(|place| place.latitude)),
            degrees(place.and_then(|place| place.longitude)),
            text(self.speaker.as_ref().map(|speaker| speaker.text.as_str())),
            self.sentence.clone(),
            self.trigger.clone(),
            self.score.to_string(),
            self.confidence.to_string(),
            self.rule.clone(),
            self.article.id.clone(),
            self.article.title.clone(),
            text(self.article.url.as_deref()),
            text(self.article.publisher.as_deref()),
            text(self.article.published.as_deref()),
        ]
    }
}

impl PlaceRecord {
    /// The record of a place.
    pub fn of(place: &detente::model::Place) -> Self {
        Self {
            name: place.name.clone(),
            country: place.country.map(|code| code.to_string()),
            geonameid: place.geonameid,
            latitude: place.coordinates.map(|at| at.0),
            longitude: place.coordinates.map(|at| at.1),
        }
    }
}
