//! A contact: its life, step by step, with the sentences that tell of it.

use askama::Template;
use axum::extract::Path;
use detente::model::Contact;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer};
use crate::record::{ContactRecord, EventRecord};

/// What the page of a contact shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Life {
    contact: ContactRecord,
    reports: Vec<EventRecord>,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactPage {
    frame: Frame,
    life: Life,
    ics: Option<String>,
}

/// Shows a contact.
pub async fn show(asked: Asked, Path(id): Path<String>) -> Answer {
    let ledger = asked.desk.ledger();
    let contact = ledger.contact(&id).await?.ok_or_else(|| Fault::missing("contact", &id))?;
    let on = asked.day().await?;
    let ics = match asked.shape {
        Shape::Ics => Some(super::calendar(&asked.desk, std::slice::from_ref(&contact), on).await?),
        _ => None,
    };
    let reports = ledger.reports_of_keys(&keys(&contact)).await?;
    let names = &asked.desk.names;
    let life =
        Life { contact: ContactRecord::of(&contact, names), reports: EventRecord::all(&reports, names) };
    let frame = Frame::new(&asked, life.contact.title(), ContactPage::SHAPES);
    answer(&asked, &ContactPage { frame, life, ics })
}

fn keys(contact: &Contact) -> Vec<&str> {
    contact.steps.iter().filter_map(|step| step.report.as_deref()).collect()
}

impl Life {
    /// The report of a step.
    fn told(&self, key: &Option<String>) -> Option<&EventRecord> {
        let key = key.as_deref()?;
        self.reports.iter().find(|report| report.key == key)
    }
}

impl Page for ContactPage {
    type Data = Life;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Ics, Shape::Atom];

    fn data(&self) -> &Life {
        &self.life
    }

    fn ics(&self) -> Option<String> {
        self.ics.clone()
    }

    fn atom(&self, origin: &str) -> Option<String> {
        super::feed(origin, &self.life.contact.href, &self.frame.title, &self.life.reports)
    }
}
