//! Parameters of queries: their names, what they mean, which values they take.

use detente::assess::Grain;
use detente::model::{ContactState, EventType, QuadClass, Status};
use serde_json::{Value, json};

/// A parameter of a query.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Which values it takes.
    pub values: Values,
}

/// Which values a parameter takes.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// A civil day.
    Day,
    /// A month, `2018-04`.
    Month,
    /// A party, by code or name.
    Party,
    /// Words with a letter or digit among them.
    Words,
    /// Any text.
    Text,
    /// Where a page ended.
    Cursor,
    /// A whole number between two.
    Number(i64, i64),
    /// One of these.
    One(fn() -> Vec<&'static str>),
    /// Any of these, the name given again for each.
    Many(fn() -> Vec<&'static str>),
}

impl Values {
    /// Their JSON schema.
    pub fn schema(self) -> Value {
        match self {
            Self::Day => json!({"type": "string", "format": "date"}),
            Self::Month => json!({"type": "string", "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$"}),
            Self::Party => json!({"type": "string", "pattern": "[A-Za-z]", "maxLength": 80}),
            Self::Words => json!({"type": "string", "pattern": "[A-Za-z0-9]", "maxLength": 200}),
            Self::Text => json!({"type": "string", "pattern": "\\S", "maxLength": 200}),
            Self::Cursor => json!({"type": "string", "pattern": "^([0-9-]{1,12})?:[0-9]{1,15}$"}),
            Self::Number(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
            Self::One(values) => json!({"type": "string", "enum": values()}),
            Self::Many(values) => {
                json!({"type": "array", "items": {"type": "string", "enum": values()}, "maxItems": 20})
            }
        }
    }
}

const fn parameter(name: &'static str, meaning: &'static str, values: Values) -> Parameter {
    Parameter { name, meaning, values }
}

fn kinds() -> Vec<&'static str> {
    EventType::ALL.iter().map(|kind| kind.as_str()).collect()
}

fn quads() -> Vec<&'static str> {
    QuadClass::ALL.iter().map(|quad| quad.as_str()).collect()
}

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|status| status.as_str()).collect()
}

fn states() -> Vec<&'static str> {
    ContactState::ALL.iter().map(|state| state.as_str()).collect()
}

fn grains() -> Vec<&'static str> {
    Grain::ALL.iter().map(|grain| grain.as_str()).collect()
}

/// The day that counts as today.
const ON: Parameter =
    parameter("on", "the day that counts as today; without it, that of the latest article", Values::Day);

/// The day that counts as today, alone.
pub const TODAY: &[Parameter] = &[ON];

/// No parameter.
pub const NONE: &[Parameter] = &[];

/// What a verdict compares.
pub const VERDICT: &[Parameter] = &[
    ON,
    parameter("window", "how many days up to it are judged", Values::Number(1, 3660)),
    parameter("baseline", "how many days before those they are compared with", Values::Number(1, 36_600)),
    parameter("grain", "how long a bin of the series is", Values::One(grains)),
];

/// What narrows events.
pub const EVENTS: &[Parameter] = &[
    parameter("q", "all of these words stand in the sentence", Values::Words),
    parameter("actor", "takes part, on either side", Values::Party),
    parameter("with", "the other of two", Values::Party),
    parameter("direction", "whether it matters who of two acts", Values::One(|| vec!["both", "forth"])),
    parameter("type", "of one of these types", Values::Many(kinds)),
    parameter("quad", "of one of these quad classes", Values::Many(quads)),
    parameter("status", "of one of these statuses", Values::Many(statuses)),
    parameter("country", "in this country", Values::Party),
    parameter("place", "in a place whose name begins so", Values::Text),
    parameter("speaker", "said by somebody of this state or organisation", Values::Party),
    parameter("source", "published there", Values::Text),
    parameter("from", "not before this day", Values::Day),
    parameter("to", "not after this day", Values::Day),
];

/// Where a stream of new reports begins.
pub const SINCE_REPORT: &[Parameter] = &[parameter(
    "since",
    "the number of the last report that is known; `Last-Event-ID` comes before it",
    Values::Number(0, i64::MAX >> 10),
)];

/// How a list of events is cut into pages.
pub const PAGES: &[Parameter] = &[
    parameter("limit", "events of a page", Values::Number(1, 500)),
    parameter("after", "`next` of the page before", Values::Cursor),
];

/// What narrows the agenda.
pub const AGENDA: &[Parameter] = &[
    ON,
    parameter("with", "somebody who takes part", Values::Party),
    parameter("and", "somebody else who takes part", Values::Party),
    parameter("from", "contacts that do not end before this day", Values::Day),
    parameter("to", "contacts that do not begin after this day", Values::Day),
    parameter("state", "contacts that stand so", Values::Many(states)),
    parameter("month", "the weeks of this month instead of days", Values::Month),
];

/// What the matrix shows.
pub const MATRIX: &[Parameter] = &[
    ON,
    parameter("days", "how many days", Values::Number(1, 36_600)),
    parameter("parties", "how many parties", Values::Number(2, 60)),
];

/// What the map shows.
pub const MAP: &[Parameter] = &[
    ON,
    parameter("days", "how many days", Values::Number(1, 36_600)),
    parameter("country", "places of this country alone", Values::Party),
];

/// A question.
pub const ASK: &[Parameter] = &[ON, parameter("q", "the question in words", Values::Words)];

/// The number after which a list of reviews begins.
pub const SINCE: &[Parameter] = &[parameter(
    "after",
    "the number of the last review of the page before",
    Values::Number(0, i64::MAX >> 10),
)];
