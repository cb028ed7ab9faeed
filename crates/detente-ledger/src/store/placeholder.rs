//! Stands in for `derive` until it lands: the same seams, the plainest of rules.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{
    Actor, ActorCode, Cluster, Contact, ContactKind, ContactState, ContactStep, EventType, Level, Report,
    Status,
};
use jiff::civil::Date;

pub(super) fn cluster_block(report: &Report) -> Option<String> {
    let day = report.days()?.from;
    let side = |parties: &[detente_model::Party]| {
        codes(parties).iter().map(ActorCode::to_string).collect::<String>()
    };
    Some(format!(
        "{} {} {} {day}",
        report.event.kind,
        side(&report.event.actors),
        side(&report.event.recipients)
    ))
}

pub(super) fn clusters(reports: &[Report]) -> Vec<Cluster> {
    grouped(reports, |report| cluster_block(report).into_iter().collect())
        .map(|reports| {
            let first = reports[0];
            let families: BTreeSet<_> =
                reports.iter().map(|r| (r.source.text_family, &r.source.article)).collect();
            Cluster {
                id: format!("cluster:{}", first.key()),
                kind: first.event.kind,
                actors: codes(&first.event.actors),
                recipients: codes(&first.event.recipients),
                days: first.days(),
                reports: reports.iter().map(|report| report.key().to_owned()).collect(),
                sources: families.len(),
                told_best: first.key().to_owned(),
            }
        })
        .collect()
}

pub(super) fn contact_block(report: &Report) -> Vec<String> {
    let event = &report.event;
    let all = codes(&[event.actors.clone(), event.recipients.clone()].concat());
    if event.plain.kind != EventType::Consult || all.len() < 2 {
        return Vec::new();
    }
    let names: String = all.iter().map(ActorCode::to_string).collect();
    let month = report.days().map(|days| days.from.strftime("%Y-%m").to_string());
    vec![format!("{names} {}", month.unwrap_or_default())]
}

pub(super) fn contacts(reports: &[Report]) -> Vec<Contact> {
    grouped(reports, contact_block)
        .map(|reports| {
            let last = reports[reports.len() - 1];
            let all = codes(&[last.event.actors.clone(), last.event.recipients.clone()].concat());
            Contact {
                id: format!("contact:{}", reports[0].key()),
                kind: ContactKind::Meeting,
                level: Level::Unknown,
                parties: all.into_iter().map(|code| Actor { code: Some(code), sector: None }).collect(),
                persons: Vec::new(),
                occasion: last.event.occasion.clone(),
                days: last.days(),
                place: last.event.place.clone(),
                state: state(last),
                steps: reports
                    .iter()
                    .map(|report| ContactStep {
                        on: report.source.published,
                        state: state(report),
                        days: report.days(),
                        report: Some(report.key().to_owned()),
                    })
                    .collect(),
            }
        })
        .collect()
}

pub(super) fn as_of(contact: Contact, on: Date) -> Contact {
    let passed = contact.days.is_some_and(|days| days.to < on) && contact.state.is_open();
    Contact { state: if passed { ContactState::Lapsed } else { contact.state }, ..contact }
}

fn state(report: &Report) -> ContactState {
    match report.event.status {
        Status::Occurred | Status::Ongoing => ContactState::Held,
        Status::Scheduled => ContactState::Scheduled,
        Status::Cancelled | Status::Denied => ContactState::Cancelled,
        Status::Proposed | Status::Hypothetical => ContactState::Proposed,
    }
}

fn grouped<'r>(
    reports: &'r [Report],
    names: impl Fn(&Report) -> Vec<String>,
) -> impl Iterator<Item = Vec<&'r Report>> {
    let mut groups: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        for name in names(report) {
            groups.entry(name).or_default().push(report);
        }
    }
    groups.into_values().map(|mut group| {
        group.sort_by_key(|report| (report.source.published, report.key()));
        group
    })
}

fn codes(parties: &[detente_model::Party]) -> Vec<ActorCode> {
    parties.iter().filter_map(|party| party.actor.code).collect::<BTreeSet<_>>().into_iter().collect()
}
