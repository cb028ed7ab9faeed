//! Meetings, visits and calls from their proposal to what became of them.
//!
//! A block holds the reports of contacts between the same parties, or, where no two parties are named, of talks that go by one
//! name. They are taken in the order they were published; each continues the contact it fits best, or begins one. What fits: days that
//! overlap or lie close, no other town or host, a call with a call, persons that are not all others, heads with heads; a report without
//! days continues the latest contact that is still open. Nothing is invented: a contact holds only what its reports say.

mod calendar;
mod life;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{Contact, ContactState, ContactStep, Report};
use jiff::Span;
use jiff::civil::Date;

use self::life::Life;
use super::joined::Join;

/// The block of a report that tells of a contact.
pub fn contact_block(report: &Report) -> Option<String> {
    telling::state_told(report)?;
    let parties = telling::parties(&report.event);
    let codes: BTreeSet<String> =
        parties.iter().filter_map(|actor| actor.code).map(|code| code.to_string()).collect();
    match (codes.len(), &report.event.occasion) {
        (2.., _) => Some(codes.into_iter().collect::<Vec<_>>().join("+")),
        (_, Some(occasion)) => Some(format!("occasion {occasion}")),
        _ => None,
    }
}

/// The contacts of a set of reports, in order of ids.
pub fn contacts(reports: &[Report]) -> Vec<Contact> {
    let mut all: Vec<Contact> = lives(reports).into_iter().map(|life| life.contact).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// Why each report belongs to its contact, in order of contacts and of their steps.
pub fn contact_joins(reports: &[Report]) -> Vec<Join> {
    let mut lives = lives(reports);
    lives.sort_by(|a, b| a.contact.id.cmp(&b.contact.id));
    lives.into_iter().flat_map(|life| life.joins).collect()
}

/// A contact as it stood on a day: later steps are left out, and what was due and not reported held has lapsed, as has what had no day and was
/// not heard of for long. `None` where it was not known yet.
pub fn as_of(contact: &Contact, day: Date) -> Option<Contact> {
    let mut known = contact.clone();
    known.steps.retain(|step| step.on.is_none_or(|on| on <= day));
    let last = known.steps.last()?;
    known.state = last.state;
    known.days = life::days_of(&known.steps);
    let due = match known.days {
        Some(days) => Some(days.to),
        None => last.on.map(|on| on.saturating_add(Span::new().days(life::PATIENCE))),
    };
    if let Some(due) = due.filter(|due| *due < day && known.state.is_open()) {
        known.state = ContactState::Lapsed;
        known.steps.push(ContactStep {
            on: due.tomorrow().ok(),
            state: ContactState::Lapsed,
            days: None,
            report: None,
        });
    }
    Some(known)
}

fn lives(reports: &[Report]) -> Vec<Life<'_>> {
    let mut blocks: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        if let Some(block) = contact_block(report) {
            blocks.entry(block).or_default().push(report);
        }
    }
    blocks.into_values().flat_map(calendar::lives).collect()
}
