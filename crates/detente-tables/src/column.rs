//! The columns of a table of events.

use detente_model::{EventRecord, PartyRecord};
use jiff::civil::Date;

/// The version of the table: it grows when a column is added, and no column changes its name or kind.
pub const VERSION: &str = "2";

/// A column of the table of events.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it says, in a line.
    pub doc: &'static str,
    pub(crate) values: Values,
}

/// A text of a party.
pub(crate) struct PartyText {
    pub name: &'static str,
    pub value: for<'r> fn(&'r PartyRecord<'_>) -> Option<&'r str>,
}

/// The texts of a party, in order.
pub(crate) const PARTY_TEXTS: [PartyText; 4] = [
    PartyText { name: "text", value: |party| Some(party.text) },
    PartyText { name: "code", value: |party| party.code.as_deref() },
    PartyText { name: "sector", value: |party| party.sector },
    PartyText { name: "name", value: |party| party.name },
];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text; UTF-8.
    Text,
    /// A civil day; `YYYY-MM-DD` in CSV.
    Day,
    /// A whole number, of 64 bits in Parquet.
    Whole,
    /// A number, of 32 bits in Parquet.
    Real,
    /// A list of texts; joined by `|` in CSV.
    Texts,
    /// A list of parties, each of `text`, `code`, `sector`, `name` and `elsewhere`; four columns in CSV.
    Parties,
}

/// How a column's value is had of a record; `None` is null.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Values {
    Text(for<'r> fn(&'r EventRecord<'_>) -> Option<&'r str>),
    Day(fn(&EventRecord<'_>) -> Option<Date>),
    Whole(fn(&EventRecord<'_>) -> Option<usize>),
    Real(fn(&EventRecord<'_>) -> f32),
    Texts(for<'r> fn(&'r EventRecord<'_>) -> &'r [&'static str]),
    Parties(for<'r, 'a> fn(&'r EventRecord<'a>) -> &'r [PartyRecord<'a>]),
}

impl Column {
    /// What it holds.
    pub fn kind(&self) -> Kind {
        match self.values {
            Values::Text(_) => Kind::Text,
            Values::Day(_) => Kind::Day,
            Values::Whole(_) => Kind::Whole,
            Values::Real(_) => Kind::Real,
            Values::Texts(_) => Kind::Texts,
            Values::Parties(_) => Kind::Parties,
        }
    }
}

/// Parquet and Arrow count days from here.
#[cfg(any(feature = "parquet", feature = "arrow"))]
pub(crate) const EPOCH: Date = jiff::civil::date(1970, 1, 1);

#[cfg(any(feature = "parquet", feature = "arrow"))]
pub(crate) fn day_number(day: Date) -> i32 {
    day.since(EPOCH).map_or(0, |span| span.get_days())
}

const fn column(name: &'static str, values: Values, doc: &'static str) -> Column {
    Column { name, doc, values }
}

/// Every column, in order.
pub const COLUMNS: &[Column] = &[
    column("id", Values::Text(|e| Some(e.id)), "the document's id, `#`, the number of the event in it"),
    column("doc", Values::Text(|e| Some(e.doc)), "the document's id"),
    column("type", Values::Text(|e| Some(e.kind)), "PLOVER event type"),
    column("mode", Values::Text(|e| e.mode), "PLOVER mode"),
    column(
        "status",
        Values::Text(|e| Some(e.status)),
        "occurred, ongoing, scheduled, proposed, cancelled, denied or hypothetical",
    ),
    column("start", Values::Day(|e| e.start), "first civil day of the act"),
    column("end", Values::Day(|e| e.end), "last civil day of the act, inclusive"),
    column("actors", Values::Parties(|e| &e.actors), "who acts"),
    column("recipients", Values::Parties(|e| &e.recipients), "to whom it is done"),
    column("place", Values::Text(|e| e.place), "where the act takes place: `City, Country` or `Country`"),
    column(
        "geonameid",
        Values::Whole(|e| e.geonameid.and_then(|id| usize::try_from(id).ok())),
        "GeoNames id of the place",
    ),
    column(
        "speaker",
        Values::Text(|e| e.speaker),
        "who says so, verbatim; null where the report itself does",
    ),
    column("sentence", Values::Text(|e| Some(e.sentence)), "the sentence that proves it, verbatim"),
    column("trigger", Values::Text(|e| Some(e.trigger)), "the words that name the act, verbatim"),
    column("part", Values::Text(|e| Some(e.part)), "title or text: where the offsets count"),
    column(
        "span_start",
        Values::Whole(|e| Some(e.span.0)),
        "where the sentence begins, in code points of the original",
    ),
    column("span_end", Values::Whole(|e| Some(e.span.1)), "where the sentence ends"),
    column(
        "trigger_start",
        Values::Whole(|e| Some(e.trigger_span.0)),
        "where the trigger begins, in code points of the original",
    ),
    column("trigger_end", Values::Whole(|e| Some(e.trigger_span.1)), "where the trigger ends"),
    column(
        "plain_type",
        Values::Text(|e| Some(e.plain_type)),
        "PLOVER type of the act itself, before plans, refusals and threats were folded into other types",
    ),
    column("plain_mode", Values::Text(|e| e.plain_mode), "PLOVER mode of the act itself"),
    column("occasion", Values::Text(|e| e.occasion), "the name a contact goes by: `astana talk`"),
    column("contexts", Values::Texts(|e| &e.contexts), "PLOVER contexts"),
    column("quad", Values::Text(|e| Some(e.quad)), "quad class of the type"),
    column("score", Values::Real(|e| e.score), "PLOVER conflict-cooperation score, -10 to 10"),
    column("cameo", Values::Text(|e| Some(e.cameo)), "CAMEO code"),
    column("time_basis", Values::Text(|e| e.time_basis), "what the days rest on"),
    column("rule", Values::Text(|e| Some(e.rule)), "the rule that fired; `detente explain` knows it"),
    column(
        "confidence",
        Values::Real(|e| e.confidence),
        "share of events told like it that are right by type and parties, 0 to 1",
    ),
    column("genre", Values::Text(|e| Some(e.genre)), "what kind of text it was told in"),
    column("published", Values::Day(|e| e.published), "day of the report"),
    column("url", Values::Text(|e| e.url), "where the report came from"),
    column("title", Values::Text(|e| e.title), "headline of the report"),
    column("publisher", Values::Text(|e| e.publisher), "the publication: site, host or agency"),
];
