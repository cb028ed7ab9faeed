//! An event as scorers, files and other programs see it: flat, named as in CODING, offsets in code points.

use jiff::civil::Date;
use serde::Serialize;

use crate::report::publisher;
use crate::{Article, CodePoints, Event, Genre, Part, Party, Report, Span};

/// One event, ready to be written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRecord<'a> {
    /// Article id, `#`, number.
    pub id: &'a str,
    /// Article id.
    pub doc: &'a str,
    /// The sentence it was coded from, verbatim; for a headline event the headline.
    pub sentence: &'a str,
    /// The words that name the act, verbatim.
    pub trigger: &'a str,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// PLOVER event type of the act itself, before plans, refusals and threats were folded into other types.
    pub plain_type: &'static str,
    /// PLOVER mode of the act itself.
    pub plain_mode: Option<&'static str>,
    /// The name a contact goes by: "astana talk".
    pub occasion: Option<&'a str>,
    /// Who acts.
    pub actors: Vec<PartyRecord<'a>>,
    /// To whom.
    pub recipients: Vec<PartyRecord<'a>>,
    /// Whether it happened.
    pub status: &'static str,
    /// First civil day of the act.
    pub start: Option<Date>,
    /// Last civil day of the act.
    pub end: Option<Date>,
    /// What the days rest on.
    pub time_basis: Option<&'static str>,
    /// "City, Country" or "Country".
    pub place: Option<&'a str>,
    /// GeoNames id of the place.
    pub geonameid: Option<u32>,
    /// Who says so, verbatim.
    pub speaker: Option<&'a str>,
    /// Whether the spans count in the title or in the text.
    pub part: &'static str,
    /// The sentence, in code points.
    pub span: (usize, usize),
    /// The trigger, in code points.
    pub trigger_span: (usize, usize),
    /// PLOVER contexts.
    pub contexts: Vec<&'static str>,
    /// Quad class.
    pub quad: &'static str,
    /// Conflict-cooperation score.
    pub score: f32,
    /// CAMEO code.
    pub cameo: &'a str,
    /// The rule that fired.
    pub rule: &'a str,
    /// How sure, in 0..=1.
    pub confidence: f32,
    /// What kind of text it was told in.
    pub genre: &'static str,
    /// The day of the report, where it is known to the day.
    pub published: Option<Date>,
    /// Where the report came from.
    pub url: Option<&'a str>,
    /// The headline of the report.
    pub title: Option<&'a str>,
    /// The publication.
    pub publisher: Option<&'a str>,
}

/// One party of an event, ready to be written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyRecord<'a> {
    /// The words that name it, verbatim.
    pub text: &'a str,
    /// State or organisation.
    pub code: Option<String>,
    /// Part of society.
    pub sector: Option<&'static str>,
    /// The full name, where it is known.
    pub name: Option<&'a str>,
    /// Whether the mention comes from another sentence.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
}

impl<'a> EventRecord<'a> {
    /// The records of the events of one article; linear in its length where they stand in the order of the text.
    pub fn all(article: &'a Article, events: &'a [Event]) -> Vec<Self> {
        let (mut title, mut text) = (CodePoints::new(&article.title), CodePoints::new(&article.text));
        let record = |event: &'a Event| match event.evidence.part {
            Part::Title => Self::new(article, &article.title, &mut title, event),
            Part::Text => Self::new(article, &article.text, &mut text, event),
        };
        events.iter().map(record).collect()
    }

    /// The record of a report that was kept. Offsets count in `part`, the title or text that its evidence names; where that is not
    /// known, they are the report's own.
    pub fn of_report(report: &'a Report, part: Option<&str>) -> Self {
        let evidence = &report.event.evidence;
        let mut points = CodePoints::new(part.unwrap_or_default());
        let mut place = |span: Span| match part.is_some_and(|part| part.get(span.range()).is_some()) {
            true => points.of(span),
            false => (span.start, span.end),
        };
        let told = Told {
            sentence: &report.sentence,
            trigger: &report.trigger,
            span: place(evidence.sentence),
            trigger_span: place(evidence.trigger),
            genre: report.source.genre,
            published: report.source.published,
            url: report.source.url.as_deref(),
            title: &report.source.title,
            publisher: report.source.publisher.as_deref(),
        };
        Self::made(&report.event, told)
    }

    fn new(article: &'a Article, text: &'a str, points: &mut CodePoints<'_>, event: &'a Event) -> Self {
        let told = Told {
            sentence: &text[event.evidence.sentence.range()],
            trigger: &text[event.evidence.trigger.range()],
            span: points.of(event.evidence.sentence),
            trigger_span: points.of(event.evidence.trigger),
            genre: article.genre,
            published: article.published.as_ref().and_then(|published| published.day()),
            url: article.url.as_deref(),
            title: &article.title,
            publisher: publisher(article),
        };
        Self::made(event, told)
    }

    fn made(event: &'a Event, told: Told<'a>) -> Self {
        Self {
            id: &event.id,
            doc: &event.doc,
            sentence: told.sentence,
            trigger: told.trigger,
            kind: event.kind.as_str(),
            mode: event.mode.map(|mode| mode.as_str()),
            plain_type: event.plain.kind.as_str(),
            plain_mode: event.plain.mode.map(|mode| mode.as_str()),
            occasion: event.occasion.as_deref(),
            actors: event.actors.iter().map(PartyRecord::new).collect(),
            recipients: event.recipients.iter().map(PartyRecord::new).collect(),
            status: event.status.as_str(),
            start: event.when.and_then(|when| when.start),
            end: event.when.and_then(|when| when.end),
            time_basis: event.when.map(|when| when.basis.as_str()),
            place: event.place.as_ref().map(|place| place.name.as_str()),
            geonameid: event.place.as_ref().and_then(|place| place.geonameid),
            speaker: event.speaker.as_ref().map(|speaker| speaker.text.as_str()),
            part: event.evidence.part.as_str(),
            span: told.span,
            trigger_span: told.trigger_span,
            contexts: event.contexts.iter().map(|context| context.as_str()).collect(),
            quad: event.quad().as_str(),
            score: event.score(),
            cameo: &event.cameo,
            rule: &event.rule,
            confidence: event.confidence,
            genre: told.genre.as_str(),
            published: told.published,
            url: told.url,
            title: Some(told.title).filter(|title| !title.is_empty()),
            publisher: told.publisher,
        }
    }
}

/// What a record has of its article.
struct Told<'a> {
    sentence: &'a str,
    trigger: &'a str,
    span: (usize, usize),
    trigger_span: (usize, usize),
    genre: Genre,
    published: Option<Date>,
    url: Option<&'a str>,
    title: &'a str,
    publisher: Option<&'a str>,
}

impl<'a> PartyRecord<'a> {
    fn new(party: &'a Party) -> Self {
        Self {
            text: &party.text,
            code: party.actor.code.map(|code| code.to_string()),
            sector: party.actor.sector.map(|sector| sector.as_str()),
            name: party.name.as_deref(),
            elsewhere: party.elsewhere,
        }
    }
}
