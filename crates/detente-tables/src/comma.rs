//! Comma-separated values by RFC 4180: flat, so that lists take columns of their own.
//!
//! A list of texts is one cell, joined by `|`. A list of parties is four: for `actors` they are `actors` (the words), `actor_codes`,
//! `actor_sectors` and `actor_names`; the n-th value of each belongs to the n-th party, and what is not known is empty. A `|` or `\`
//! within a value is written `\|` or `\\`. Null is the empty cell.

use std::borrow::Cow;

use detente_model::{EventRecord, PartyRecord};

use crate::column::{COLUMNS, Column, Kind, PARTY_TEXTS, PartyText, Values};

/// The header, a line.
pub fn csv_header() -> Vec<u8> {
    let names = COLUMNS.iter().flat_map(names).collect();
    written(std::iter::once(names))
}

/// A row an event, without a header.
pub fn csv_rows(events: &[EventRecord<'_>]) -> Vec<u8> {
    written(
        events.iter().map(|event| COLUMNS.iter().flat_map(|column| cells(column, event)).collect::<Vec<_>>()),
    )
}

fn written<'r>(rows: impl Iterator<Item = Vec<Cow<'r, str>>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and every row has as many cells.
        let _ = writer.write_record(row.iter().map(|cell| cell.as_bytes()));
    }
    writer.into_inner().unwrap_or_default()
}

fn names(column: &Column) -> Vec<Cow<'static, str>> {
    match (column.kind(), column.name.strip_suffix('s')) {
        (Kind::Parties, Some(one)) => {
            let [_, further @ ..] = PARTY_TEXTS.map(|part| format!("{one}_{}s", part.name).into());
            [column.name.into()].into_iter().chain(further).collect()
        }
        _ => vec![column.name.into()],
    }
}

fn cells<'r>(column: &Column, event: &'r EventRecord<'_>) -> Vec<Cow<'r, str>> {
    match column.values {
        Values::Text(value) => vec![value(event).unwrap_or_default().into()],
        Values::Day(value) => vec![value(event).map(|day| day.to_string()).unwrap_or_default().into()],
        Values::Whole(value) => {
            vec![value(event).map(|number| number.to_string()).unwrap_or_default().into()]
        }
        Values::Real(value) => vec![value(event).to_string().into()],
        Values::Texts(value) => vec![joined(value(event).iter().copied())],
        Values::Parties(value) => parties(value(event)),
    }
}

fn parties<'r>(parties: &'r [PartyRecord<'_>]) -> Vec<Cow<'r, str>> {
    let part = |part: &PartyText| joined(parties.iter().map(|party| (part.value)(party).unwrap_or_default()));
    PARTY_TEXTS.iter().map(part).collect()
}

fn joined<'r>(values: impl Iterator<Item = &'r str>) -> Cow<'r, str> {
    let escaped = values.map(|value| value.replace('\\', r"\\").replace('|', r"\|"));
    escaped.collect::<Vec<String>>().join("|").into()
}
