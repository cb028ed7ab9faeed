//! Which reports are asked for.

use std::fmt;
use std::str::FromStr;

use detente_model::{ActorCode, EventType, QuadClass, Status};
use jiff::civil::Date;

use super::error::LedgerError;
use super::sql::{Dialect, Sql, Value};

/// Which reports are asked for; what is left empty does not matter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Takes part, on either side.
    pub actor: Option<ActorCode>,
    /// Between two.
    pub pair: Option<Pair>,
    /// Of one of these types.
    pub kinds: Vec<EventType>,
    /// Of one of these quad classes.
    pub quads: Vec<QuadClass>,
    /// Of one of these statuses.
    pub statuses: Vec<Status>,
    /// In this country.
    pub country: Option<ActorCode>,
    /// In a place whose name begins so.
    pub place: Option<String>,
    /// Said by somebody of this state or organisation.
    pub speaker: Option<ActorCode>,
    /// Published there.
    pub publisher: Option<String>,
    /// Not before this day: that of the act, else that of the article.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
    /// All of these words stand in the sentence; `"…"` for words in a row.
    pub text: Option<String>,
}

/// Two states or organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair {
    /// One, or who acts.
    pub a: ActorCode,
    /// The other, or to whom it is done.
    pub b: ActorCode,
    /// Whether it matters who acts.
    pub direction: Direction,
}

/// Whether it matters who of two acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// What either does to the other.
    #[default]
    Both,
    /// What the first does to the second.
    Forth,
}

/// A place in a list of reports, from the end of a page; valid for the same filter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// The day, or the number of the sentence where words are asked for.
    pub(super) key: String,
    pub(super) report: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.key, self.report)
    }
}

impl FromStr for Cursor {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let parts = text.split_once(':').and_then(|(key, report)| Some((key, report.parse().ok()?)));
        let (key, report) = parts.ok_or_else(|| LedgerError::Cursor { given: text.to_owned() })?;
        Ok(Self { key: key.to_owned(), report })
    }
}

impl Filter {
    /// The types that both `kinds` and `quads` allow; `None` for all.
    fn types(&self) -> Option<Vec<EventType>> {
        let kind = |kind: &EventType| self.kinds.is_empty() || self.kinds.contains(kind);
        let quad = |kind: &EventType| self.quads.is_empty() || self.quads.contains(&kind.quad());
        let all = self.kinds.is_empty() && self.quads.is_empty();
        (!all).then(|| EventType::ALL.iter().copied().filter(|k| kind(k) && quad(k)).collect())
    }

    /// Conditions on columns that the look-up tables share with reports, under the name `t`.
    pub(super) fn shared<'f>(&'f self, sql: &mut Sql<'f>, t: &str) {
        if let Some(types) = self.types() {
            sql.push(" AND ", []);
            sql.push_in(&format!("{t}.type"), types.iter().map(|kind| Value::from(kind.as_str())));
        }
        if !self.statuses.is_empty() {
            sql.push(" AND ", []);
            sql.push_in(&format!("{t}.status"), self.statuses.iter().map(|status| status.as_str().into()));
        }
        self.on_days(sql, t);
    }

    pub(super) fn on_days(&self, sql: &mut Sql<'_>, t: &str) {
        if let Some(from) = self.from {
            sql.push(&format!(" AND {t}.day >= ?"), [from.into()]);
        } else if self.to.is_some() {
            sql.push(&format!(" AND {t}.day > ''"), []);
        }
        if let Some(to) = self.to {
            sql.push(&format!(" AND {t}.day <= ?"), [to.into()]);
        }
    }

    /// Whether `own` adds any condition.
    pub(super) fn has_own(&self) -> bool {
        !self.own_conditions().is_empty()
    }

    /// Conditions on columns that only `reports r` has, but for one of them.
    pub(super) fn own<'f>(&'f self, sql: &mut Sql<'f>, but: Option<usize>) {
        for (_, own) in self.own_conditions().into_iter().enumerate().filter(|(at, _)| Some(*at) != but) {
            sql.push(" AND ", []).push(own.condition, own.values);
        }
    }

    /// The conditions on columns of `reports r`.
    pub(super) fn own_conditions(&self) -> Vec<Own<'_>> {
        let is = |index, condition, value| Own { index, condition, values: vec![value], beginning: None };
        let begins = |place: String| Own {
            index: "reports_place",
            condition: "r.place >= ? AND r.place < ?",
            values: vec![place.clone().into(), after_all(&place)],
            beginning: Some(place),
        };
        let conditions = [
            self.country.map(|code| is("reports_country", "r.country = ?", code.to_string().into())),
            self.place.as_deref().map(storable).map(begins),
            self.speaker.map(|code| is("reports_speaker", "r.speaker_code = ?", code.to_string().into())),
            self.publisher.as_deref().map(|name| is("reports_source", PUBLISHED_BY, storable(name).into())),
        ];
        conditions.into_iter().flatten().collect()
    }

    /// The ways to be of a type and a status that are asked for; none where neither matters.
    pub(super) fn ways_of_acting(&self) -> Vec<Own<'static>> {
        let types = self.types();
        if types.is_none() && self.statuses.is_empty() {
            return Vec::new();
        }
        let types = types.unwrap_or_else(|| EventType::ALL.to_vec());
        let statuses = if self.statuses.is_empty() { Status::ALL } else { &self.statuses };
        let way = |kind: &EventType, status: &Status| Own {
            index: "reports_kind",
            condition: "r.type = ? AND r.status = ?",
            values: vec![kind.as_str().into(), status.as_str().into()],
            beginning: None,
        };
        types.iter().flat_map(|kind| statuses.iter().map(move |status| way(kind, status))).collect()
    }

    /// Where the reports of the pair stand, or those of the party: a pair has fewer than either of the two.
    pub(super) fn look_up(&self) -> Option<LookUp> {
        let pair = self.pair.map(|Pair { a, b, direction }| LookUp {
            table: "dyads",
            condition: "t.actor = ? AND t.recipient = ?",
            codes: match direction {
                Direction::Both => vec![vec![a, b], vec![b, a]],
                Direction::Forth => vec![vec![a, b]],
            },
        });
        let party = |code| LookUp { table: "involved", condition: "t.code = ?", codes: vec![vec![code]] };
        pair.or_else(|| self.actor.map(party))
    }

    /// Conditions on who takes part, asked of the look-up tables for a `reports r`.
    pub(super) fn parties<'f>(&'f self, sql: &mut Sql<'f>) {
        self.actor(sql);
        match self.pair {
            Some(Pair { a, b, direction: Direction::Forth }) => {
                sql.push(&format!(" AND {DOES_TO}"), [a.to_string().into(), b.to_string().into()]);
            }
            Some(Pair { a, b, direction: Direction::Both }) => {
                let (a, b) = (Value::from(a.to_string()), Value::from(b.to_string()));
                sql.push(&format!(" AND ({DOES_TO} OR {DOES_TO})"), [a.clone(), b.clone(), b, a]);
            }
            None => {}
        }
    }

    /// The condition that the actor takes part.
    pub(super) fn actor<'f>(&'f self, sql: &mut Sql<'f>) {
        if let Some(actor) = self.actor {
            sql.push(TAKES_PART, [actor.to_string().into()]);
        }
    }

    /// The condition that a sentence holds the words, for the words as the database wants them.
    pub(super) fn words(&self, dialect: Dialect) -> Option<String> {
        let text = storable(self.text.as_deref()?);
        Some(match dialect {
            Dialect::Sqlite => quoted(&text),
            Dialect::Postgres => text,
        })
    }
}

/// A condition on `reports r` alone.
#[derive(Debug, Clone)]
pub(super) struct Own<'f> {
    /// The index that holds what fulfils it in the order of days.
    pub index: &'static str,
    pub condition: &'static str,
    pub values: Vec<Value<'f>>,
    /// What the column may begin with, where more than one of its values fit.
    pub beginning: Option<String>,
}

/// A table `t` in which the reports of a party or a pair stand in the order of days.
#[derive(Debug, Clone)]
pub(super) struct LookUp {
    pub table: &'static str,
    pub condition: &'static str,
    /// The codes that the condition asks for; rows of any of them fit.
    pub codes: Vec<Vec<ActorCode>>,
}

/// Without the sign that no text of a database can hold: SQLite ends a word there, PostgreSQL refuses it.
fn storable(text: &str) -> String {
    text.replace('\0', " ")
}

/// What stands behind every text that begins so.
pub(super) fn after_all(beginning: &str) -> Value<'static> {
    format!("{beginning}\u{10ffff}").into()
}

const PUBLISHED_BY: &str = "r.source = (SELECT id FROM sources WHERE name = ?)";
const TAKES_PART: &str =
    " AND EXISTS (SELECT 1 FROM involved i WHERE i.code = ? AND i.day = r.day AND i.report = r.id)";
const DOES_TO: &str = "EXISTS (SELECT 1 FROM dyads d \
     WHERE d.actor = ? AND d.recipient = ? AND d.day = r.day AND d.report = r.id)";

/// Words for FTS5: each quoted, so that no sign in them means anything; a quoted phrase stays one. Signs alone are the empty phrase, which is
/// found nowhere; no phrase at all would be an error.
fn quoted(text: &str) -> String {
    let mut words = Vec::new();
    for (i, part) in text.split('"').enumerate() {
        match i % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words.retain(|word| word.chars().any(char::is_alphanumeric));
    if words.is_empty() {
        words.push(String::new());
    }
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}
