//! An event: the sentence with its words marked beside the code, other reports of the same act, the life of its contact.

use askama::Template;
use axum::extract::Path;
use detente::model::{Cluster, EventType, Report, Status};
use schemars::JsonSchema;
use serde::Serialize;

use super::reviews::{ReviewRecord, SuggestionRecord};
use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer, href};
use crate::own::{About, Note};
use crate::record::{ContactRecord, EventRecord};

/// What the page of an event shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Told {
    event: EventRecord,
    /// How many sources tell of the act; reprints count once.
    sources: usize,
    /// Other reports of the same act.
    others: Vec<EventRecord>,
    /// The contact that the report tells of.
    contacts: Vec<ContactRecord>,
    /// What reviewers say of the code.
    reviews: Vec<ReviewRecord>,
    /// What others suggest.
    suggestions: Vec<SuggestionRecord>,
    /// What readers note.
    notes: Vec<Note>,
}

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    frame: Frame,
    told: Told,
    why: String,
    /// Whether who looks may say whether the code is right.
    may_review: bool,
}

/// Other reports shown.
const OTHERS: usize = 30;

/// Shows an event.
pub async fn show(asked: Asked, Path(key): Path<String>) -> Answer {
    let ledger = asked.desk.ledger();
    let report = ledger.report(&key).await?.ok_or_else(|| Fault::missing("event", &key))?;
    let cluster = ledger.cluster(&key).await?;
    let others = ledger.reports_of_keys(&other_keys(cluster.as_ref(), &key)).await?;
    let contacts = ledger.contacts_of_reports(&[&key]).await?;
    let names = &asked.desk.names;
    let told = Told {
        event: EventRecord::of(&report, names),
        sources: cluster.map_or(1, |cluster| cluster.sources),
        others: EventRecord::all(&others, names),
        contacts: ContactRecord::all(&contacts, names),
        reviews: ledger
            .reviews(&key)
            .await?
            .into_iter()
            .map(|review| ReviewRecord::of((0, review)))
            .collect(),
        suggestions: suggestions(&asked, &key).await?,
        notes: notes(&asked, About::Event, &key).await?,
    };
    let may_review = asked.visitor.account().is_some() || asked.desk.options.guests_suggest;
    let frame = Frame::new(&asked, title(&report, &told.event), EventPage::SHAPES);
    answer(&asked, &EventPage { frame, why: href::why(&key), may_review, told })
}

async fn suggestions(asked: &Asked, key: &str) -> Result<Vec<SuggestionRecord>, Fault> {
    let Some(own) = &asked.desk.own else { return Ok(Vec::new()) };
    Ok(own.suggestions_on(key).await?.into_iter().map(SuggestionRecord::of).collect())
}

/// The notes on something; guests may read them where they may read the desk.
pub async fn notes(asked: &Asked, about: About, key: &str) -> Result<Vec<Note>, Fault> {
    match &asked.desk.own {
        Some(own) => Ok(own.notes(about, key).await?),
        None => Ok(Vec::new()),
    }
}

fn title(report: &Report, event: &EventRecord) -> String {
    let on = report.source.published.map_or_else(String::new, |day| format!(", {day}"));
    format!("{} {} {}{on}", event.what(), event.status, event.who())
}

fn other_keys<'c>(cluster: Option<&'c Cluster>, key: &str) -> Vec<&'c str> {
    let keys = cluster.into_iter().flat_map(|cluster| &cluster.reports).map(String::as_str);
    keys.filter(|other| *other != key).take(OTHERS).collect()
}

impl EventPage {
    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        EventType::ALL.iter().map(|kind| kind.as_str())
    }

    fn statuses(&self) -> impl Iterator<Item = &'static str> {
        Status::ALL.iter().map(|status| status.as_str())
    }
}

impl Page for EventPage {
    type Data = Told;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Told {
        &self.told
    }
}
