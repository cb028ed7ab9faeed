//! Parquet files of events read back as reports.
//!
//! A table leaves out what only its article could prove: where the parties stand, the coordinates of the place, who the speaker is.
//! Offsets stay what the table has, code points of the original.

use std::fs::File;

use detente_model::{
    Actor, ActorCode, Context, Event, EventType, Evidence, Genre, Mode, Part, Party, Place, PlainAct, Report,
    Sector, Source, Span, Speaker, Status, When, WhenBasis,
};
use jiff::civil::Date;
use parquet::errors::ParquetError;
use parquet::file::reader::SerializedFileReader;
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::column::EPOCH;

/// Why a row is no report.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// The file cannot be read further.
    #[error("cannot be read further: {0}")]
    Parquet(#[from] ParquetError),
    /// A column is missing or holds what it cannot.
    #[error("row {number}: {reason}")]
    Row {
        /// The row, from 1.
        number: u64,
        /// What is wrong with it.
        reason: serde_json::Error,
    },
}

/// The reports of a Parquet file of events, a row each. A faulty row costs that row.
pub struct ParquetReports {
    rows: RowIter<'static>,
    number: u64,
}

impl ParquetReports {
    /// Opens a file.
    pub fn new(file: File) -> Result<Self, ParquetError> {
        Ok(Self { rows: SerializedFileReader::new(file)?.into_iter(), number: 0 })
    }
}

impl Iterator for ParquetReports {
    type Item = Result<Report, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.number += 1;
        Some(match self.rows.next()? {
            Ok(row) => serde_json::from_value::<Line>(object(&row))
                .map(Line::report)
                .map_err(|reason| RowError::Row { number: self.number, reason }),
            Err(error) => Err(error.into()),
        })
    }
}

/// A row by the names of its columns; a file of an older version lacks the last ones.
#[derive(Deserialize)]
struct Line {
    id: String,
    doc: String,
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<Mode>,
    status: Status,
    start: Option<Date>,
    end: Option<Date>,
    actors: Vec<Named>,
    recipients: Vec<Named>,
    place: Option<String>,
    geonameid: Option<u32>,
    speaker: Option<String>,
    sentence: String,
    trigger: String,
    part: Part,
    span_start: usize,
    span_end: usize,
    trigger_start: usize,
    trigger_end: usize,
    plain_type: EventType,
    plain_mode: Option<Mode>,
    occasion: Option<String>,
    contexts: Vec<Context>,
    cameo: String,
    time_basis: Option<WhenBasis>,
    rule: String,
    confidence: f32,
    genre: Genre,
    published: Option<Date>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
}

/// A party as the table has it.
#[derive(Deserialize)]
struct Named {
    text: String,
    code: Option<ActorCode>,
    sector: Option<Sector>,
    name: Option<String>,
    elsewhere: bool,
}

impl Line {
    fn report(self) -> Report {
        let source = Source {
            article: self.doc.clone(),
            url: self.url,
            title: self.title.unwrap_or_default(),
            publisher: self.publisher,
            published: self.published,
            genre: self.genre,
            text_family: None,
        };
        let evidence = Evidence {
            part: self.part,
            sentence: span(self.span_start, self.span_end),
            trigger: span(self.trigger_start, self.trigger_end),
        };
        let (start, end) = (self.start, self.end);
        let event = Event {
            id: self.id,
            doc: self.doc,
            evidence,
            kind: self.kind,
            mode: self.mode,
            plain: PlainAct { kind: self.plain_type, mode: self.plain_mode },
            occasion: self.occasion,
            contexts: self.contexts,
            actors: self.actors.into_iter().map(Named::party).collect(),
            recipients: self.recipients.into_iter().map(Named::party).collect(),
            status: self.status,
            when: self.time_basis.map(|basis| When { start, end, basis }),
            place: self.place.map(|name| place(name, self.geonameid)),
            speaker: self.speaker.map(|text| Speaker { text, actor: Actor::default() }),
            cameo: self.cameo,
            rule: self.rule,
            confidence: self.confidence,
        };
        Report { source, sentence: self.sentence, trigger: self.trigger, event }
    }
}

impl Named {
    fn party(self) -> Party {
        let Self { text, code, sector, name, elsewhere } = self;
        Party { text, span: None, actor: Actor { code, sector }, name, elsewhere }
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end.max(start))
}

fn place(name: String, geonameid: Option<u32>) -> Place {
    Place { name, geonameid, coordinates: None, country: None }
}

fn object(row: &Row) -> Value {
    let fields = row.get_column_iter().map(|(name, field)| (name.clone(), value(field)));
    Value::Object(fields.collect::<Map<String, Value>>())
}

/// A cell; kinds that no column has are null, so that a wrong file is told by its missing columns.
fn value(field: &Field) -> Value {
    match field {
        Field::Bool(flag) => (*flag).into(),
        Field::Long(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Float(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) => text.as_str().into(),
        Field::Date(days) => day(*days).map_or(Value::Null, |day| day.to_string().into()),
        Field::Group(row) => object(row),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        _ => Value::Null,
    }
}

fn day(days: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
