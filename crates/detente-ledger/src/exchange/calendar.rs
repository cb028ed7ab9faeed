//! Contacts as an iCalendar file (RFC 5545): all-day events with the sentences that prove them.
//!
//! A contact keeps its UID for as long as it keeps its id, and its SEQUENCE grows with its steps, so that a client that fetches the
//! file again updates what it has. The stamp comes from outside. A contact without known days cannot stand in a calendar and is
//! left out and counted.

use std::fmt::Write as _;
use std::io::{self, Write};

use detente_model::{Actor, Contact, ContactState, Days};
use jiff::Timestamp;
use jiff::civil::Date;

use super::tables;

/// The longest line in octets, without its end.
const LONGEST: usize = 75;

/// A contact and what proves it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The contact.
    pub contact: &'a Contact,
    /// The proof of each step that has a report, in the order of the steps.
    pub proofs: &'a [Proof],
}

/// A sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The day of the report.
    pub on: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The sentence, verbatim.
    pub sentence: String,
}

/// What became of the contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Contacts written.
    pub written: u64,
    /// Contacts without known days, and not written.
    pub undated: u64,
}

/// Writes a calendar of contacts, made at `stamp`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write<'a>(
    entries: impl IntoIterator<Item = Entry<'a>>,
    stamp: Timestamp,
    out: &mut impl Write,
) -> io::Result<Summary> {
    let mut summary = Summary::default();
    let mut lines = Lines { out };
    lines.put("BEGIN", "VCALENDAR")?;
    lines.put("VERSION", "2.0")?;
    lines.put("PRODID", concat!("-//detente//agenda ", env!("CARGO_PKG_VERSION"), "//EN"))?;
    lines.put("CALSCALE", "GREGORIAN")?;
    for entry in entries {
        match last_day_after(entry.contact) {
            Some((days, end)) => {
                event(&mut lines, entry, days, end, stamp)?;
                summary.written += 1;
            }
            None => summary.undated += 1,
        }
    }
    lines.put("END", "VCALENDAR")?;
    Ok(summary)
}

/// The days of a contact and the day after them, which ends an all-day event.
fn last_day_after(contact: &Contact) -> Option<(Days, Date)> {
    let days = contact.days.filter(|days| days.from <= days.to && days.from.year() >= 0)?;
    Some((days, days.to.tomorrow().ok()?))
}

fn event(
    lines: &mut Lines<'_, impl Write>,
    entry: Entry<'_>,
    days: Days,
    end: Date,
    stamp: Timestamp,
) -> io::Result<()> {
    let contact = entry.contact;
    lines.put("BEGIN", "VEVENT")?;
    lines.put("UID", &escaped(&format!("{}@detente", contact.id)))?;
    lines.put("DTSTAMP", &utc(stamp))?;
    lines.put("DTSTART;VALUE=DATE", &compact(days.from))?;
    lines.put("DTEND;VALUE=DATE", &compact(end))?;
    lines.put("SUMMARY", &escaped(&summary(contact)))?;
    if let Some(place) = &contact.place {
        lines.put("LOCATION", &escaped(&place.name))?;
        if let Some((north, east)) = place.coordinates {
            lines.put("GEO", &format!("{north:.6};{east:.6}"))?;
        }
    }
    let description = description(entry);
    if !description.is_empty() {
        lines.put("DESCRIPTION", &escaped(&description))?;
    }
    lines.put("CATEGORIES", &escaped(contact.kind.as_str()))?;
    lines.put("STATUS", status(contact.state))?;
    lines.put("SEQUENCE", &contact.steps.len().saturating_sub(1).to_string())?;
    lines.put("TRANSP", "TRANSPARENT")?;
    lines.put("X-DETENTE-STATE", contact.state.as_str())?;
    lines.put("END", "VEVENT")
}

fn status(state: ContactState) -> &'static str {
    match state {
        ContactState::Proposed | ContactState::Postponed | ContactState::Lapsed => "TENTATIVE",
        ContactState::Scheduled | ContactState::Confirmed | ContactState::Held => "CONFIRMED",
        ContactState::Cancelled | ContactState::Refused => "CANCELLED",
    }
}

/// "Visit: Russia, United States (Rex Tillerson, Sergey Lavrov)".
fn summary(contact: &Contact) -> String {
    let mut parties: Vec<String> =
        contact.parties.iter().map(party).filter(|name| !name.is_empty()).collect();
    parties.dedup();
    let kind = contact.kind.as_str();
    let mut out = kind[..1].to_uppercase() + &kind[1..];
    if let Some(occasion) = &contact.occasion {
        let _ = write!(out, " “{occasion}”");
    }
    if !parties.is_empty() {
        let _ = write!(out, ": {}", parties.join(", "));
    }
    if !contact.persons.is_empty() {
        let _ = write!(out, " ({})", contact.persons.join(", "));
    }
    out
}

fn party(actor: &Actor) -> String {
    let Some(code) = actor.code else { return String::new() };
    let country = tables::country(code).map(|country| country.name);
    let organisation = tables::organisation(code).map(|organisation| organisation.name);
    country.or(organisation).map_or_else(|| code.to_string(), str::to_owned)
}

fn description(entry: Entry<'_>) -> String {
    let line = |proof: &Proof| {
        let on = proof.on.map(|day| day.to_string());
        let head: Vec<&str> = on.iter().map(String::as_str).chain(proof.publisher.as_deref()).collect();
        let separator = if head.is_empty() { "" } else { ": " };
        format!("{}{separator}{}", head.join(", "), proof.sentence)
    };
    entry.proofs.iter().filter(|proof| !proof.sentence.is_empty()).map(line).collect::<Vec<_>>().join("\n")
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn utc(stamp: Timestamp) -> String {
    let at = jiff::tz::Offset::UTC.to_datetime(stamp);
    format!("{}T{:02}{:02}{:02}Z", compact(at.date()), at.hour(), at.minute(), at.second())
}

/// A value of type TEXT: backslashes, semicolons, commas and line ends escaped, other control characters dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

struct Lines<'w, W> {
    out: &'w mut W,
}

impl<W: Write> Lines<'_, W> {
    /// Writes a content line, folded after 75 octets, never inside a character.
    fn put(&mut self, name: &str, value: &str) -> io::Result<()> {
        let line = format!("{name}:{value}");
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > LONGEST {
                self.out.write_all(b"\r\n ")?;
                width = 1;
            }
            width += c.len_utf8();
            write!(self.out, "{c}")?;
        }
        self.out.write_all(b"\r\n")
    }
}
