//! Reports of one act become one cluster.
//!
//! A block holds the reports of one family of types between the same parties in one year. Inside it, reports of one exact day that
//! agree are one act (connected components); chains cannot run over days. What has no exact day of its own, or only a span, is then
//! hung on the one act it is most like, or stays an act by itself. So daily strikes stay apart, and what a weekly summary says of one of
//! them finds it. A headline goes with what its article tells first of the same kind. Who acts is never guessed: reports that leave it out cluster among themselves.

mod group;
mod headline;
mod likeness;
mod member;
mod search;

use std::collections::BTreeMap;

use detente_model::{ActorCode, Cluster, Event, EventType, Party, QuadClass, Report, Status};
use jiff::civil::Date;

use self::group::Group;
use self::member::Member;
use super::joined::Join;

/// The block that a report clusters in; `None` where neither the act nor the report has a day.
pub fn cluster_block(report: &Report) -> Option<String> {
    let event = &report.event;
    let year = day(report)?.year();
    let parties = match event.kind.is_mutual() {
        true => joined(all_codes(event)),
        false => format!("{}>{}", joined(codes(&event.actors)), joined(done_to(event))),
    };
    Some(format!("{}|{parties}|{year}", family(event)))
}

/// The clusters of a set of reports, in order of ids. Reports without any day are left out.
pub fn clusters(reports: &[Report]) -> Vec<Cluster> {
    let mut all: Vec<Cluster> = acts(reports).iter().map(Group::cluster).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// Why each report belongs to its cluster, in order of clusters and of reports.
pub fn joins(reports: &[Report]) -> Vec<Join> {
    let mut all: Vec<Join> = acts(reports).iter().flat_map(Group::joins).collect();
    all.sort_by(|a, b| (&a.cluster, &a.report).cmp(&(&b.cluster, &b.report)));
    all
}

fn acts(reports: &[Report]) -> Vec<Group<'_>> {
    let mut blocks: BTreeMap<String, Vec<Member<'_>>> = BTreeMap::new();
    for report in reports {
        if let (Some(block), Some(day)) = (cluster_block(report), day(report)) {
            blocks.entry(block).or_default().push(Member::of(report, day));
        }
    }
    blocks.into_values().flat_map(search::groups).collect()
}

/// Types that tell one act in other words, with how real it is: a plan and its doing are two acts. What one outlet calls a ban is
/// seizure to another, so all conflict of a quad class is one family; types of cooperation do not border on each other so.
fn family(event: &Event) -> String {
    let real = match event.status {
        Status::Occurred | Status::Ongoing => "done",
        Status::Scheduled | Status::Proposed => "ahead",
        Status::Cancelled => "off",
        Status::Denied => "denied",
        Status::Hypothetical => "if",
    };
    let kind = match (event.quad(), event.kind) {
        (quad @ (QuadClass::VerbalConflict | QuadClass::MaterialConflict), _) => quad.to_string(),
        (_, EventType::Agree) => format!("{} {}", EventType::Agree, event.plain.kind),
        (_, kind) => kind.to_string(),
    };
    format!("{kind}/{real}")
}

/// To whom it is done; where nobody is named, the country where it is done stands for them.
fn done_to(event: &Event) -> Vec<ActorCode> {
    let named = codes(&event.recipients);
    let country = event.place.as_ref().and_then(|place| place.country);
    if named.is_empty() { country.into_iter().collect() } else { named }
}

/// Codes of all parties, in order, without repeats.
fn all_codes(event: &Event) -> Vec<ActorCode> {
    in_order(codes(&event.actors).into_iter().chain(codes(&event.recipients)).collect())
}

/// Codes of one side, in order, without repeats.
fn codes(side: &[Party]) -> Vec<ActorCode> {
    in_order(side.iter().filter_map(|party| party.actor.code).collect())
}

fn in_order(mut codes: Vec<ActorCode>) -> Vec<ActorCode> {
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn joined(codes: Vec<ActorCode>) -> String {
    codes.iter().map(ActorCode::as_str).collect::<Vec<_>>().join("+")
}

/// The first day of the act, else the day of the report.
fn day(report: &Report) -> Option<Date> {
    report.event.when.and_then(|when| when.start.or(when.end)).or(report.source.published)
}
