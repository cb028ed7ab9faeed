//! The pages of the desk, a file each: what is asked of the ledger, what is shown, in which shapes.

pub mod about;
pub mod account;
pub mod actor;
pub mod agenda;
pub mod article;
pub mod ask;
pub mod compare;
pub mod contact;
pub mod event;
pub mod events;
pub mod front;
pub mod map;
pub mod matrix;
pub mod network;
pub mod pair;
pub mod reviews;
pub mod source;
pub mod subscriptions;
pub mod why;

use detente::ledger::exchange::calendar::{self, Entry, Proof};
use detente::ledger::store::LedgerError;
use detente::model::{Contact, Report};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::desk::Desk;
use crate::http::{Asked, href};
use crate::record::EventRecord;

/// The calendar of contacts, stamped with the day that counts as today, so that the same ledger gives the same file.
async fn calendar(desk: &Desk, contacts: &[Contact], on: Date) -> Result<String, LedgerError> {
    let mut proofs: Vec<Vec<Proof>> = Vec::with_capacity(contacts.len());
    for contact in contacts {
        let keys: Vec<&str> = contact.steps.iter().filter_map(|step| step.report.as_deref()).collect();
        let reports = desk.ledger().reports_of_keys(&keys).await?;
        proofs.push(reports.into_iter().map(proof).collect());
    }
    let entries = contacts.iter().zip(&proofs).map(|(contact, proofs)| Entry { contact, proofs });
    let stamp = on.to_zoned(TimeZone::UTC).map_or(jiff::Timestamp::UNIX_EPOCH, |at| at.timestamp());
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = calendar::write(entries, stamp, &mut out);
    Ok(String::from_utf8(out).unwrap_or_default())
}

fn proof(report: Report) -> Proof {
    Proof { on: report.source.published, publisher: report.source.publisher, sentence: report.sentence }
}

/// Where a page that shows the present hears of new reports that fit a query; a page of another day hears of none.
fn live(asked: &Asked, query: &[(&str, &str)]) -> Option<String> {
    let since = asked.desk.tide().report.to_string();
    let query = query.iter().copied().chain([("since", since.as_str())]);
    asked.params.text("on").is_none().then(|| format!("/api/v1/stream{}", href::query(query)))
}

/// A feed of events, the latest first.
fn feed(origin: &str, path: &str, title: &str, events: &[EventRecord]) -> Option<String> {
    let updated = events.iter().map(EventRecord::day).max().unwrap_or("1970-01-01");
    let entries = events.iter().map(|event| Item {
        id: format!("{origin}{}", event.href),
        title: format!("{} {} {}", event.what(), event.status, event.who()),
        day: event.day().to_owned(),
        text: event.sentence.clone(),
        by: event.article.publisher.clone(),
    });
    Feed { origin, path, title, updated, items: entries.collect() }.written()
}

/// One entry of a feed.
struct Item {
    id: String,
    title: String,
    day: String,
    text: String,
    by: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "feed.xml")]
struct Feed<'f> {
    origin: &'f str,
    path: &'f str,
    title: &'f str,
    updated: &'f str,
    items: Vec<Item>,
}

impl Feed<'_> {
    fn written(&self) -> Option<String> {
        let text = askama::Template::render(self).ok()?;
        // XML has no place for control characters, escaped or not.
        Some(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect())
    }
}

/// The address of a list of events.
fn events_href<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    format!("/events{}", href::query(pairs))
}
