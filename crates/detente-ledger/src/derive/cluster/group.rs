//! The reports of one act, and the cluster they make.

use detente_model::{Cluster, Days, EventType, Part};

use super::super::joined::{Join, JoinRule};
use super::codes;
use super::member::Member;

/// The members of one act; never empty.
pub struct Group<'a> {
    pub members: Vec<Member<'a>>,
}

impl Group<'_> {
    /// The first reported first.
    pub fn put_in_order(&mut self) {
        self.members.sort_by_key(|member| member.first());
    }

    /// What the members make together.
    pub fn cluster(&self) -> Cluster {
        let told_best = self.members.iter().rev().max_by_key(|member| telling(member));
        let best = told_best.map_or(self.members[0].report, |member| member.report);
        Cluster {
            id: self.id(),
            kind: self.kind(),
            actors: codes(&best.event.actors),
            recipients: codes(&best.event.recipients),
            days: self.days(),
            reports: self.members.iter().map(|m| m.report.key().to_owned()).collect(),
            sources: self.sources(),
            told_best: best.key().to_owned(),
        }
    }

    /// Why each member belongs here: what ties it to the earliest report that it is tied to.
    pub fn joins(&self) -> Vec<Join> {
        (0..self.members.len()).map(|at| self.join(at)).collect()
    }

    fn join(&self, at: usize) -> Join {
        let member = &self.members[at];
        let others = self.members.iter().enumerate().filter(|(other, _)| at > 0 && *other != at);
        let tied = others.map(|(_, other)| other).find_map(|other| Some((other, member.tie(other)?)));
        let (cluster, report) = (self.id(), member.report.key().to_owned());
        match tied {
            Some((other, (rule, facts))) => {
                Join { cluster, report, rule, with: Some(other.report.key().to_owned()), facts }
            }
            None => Join { cluster, report, rule: JoinRule::First, with: None, facts: Vec::new() },
        }
    }

    fn id(&self) -> String {
        format!("c:{}", self.members[0].report.key())
    }

    /// The type that most reports give; of equals the first reported.
    fn kind(&self) -> EventType {
        let kinds = || self.members.iter().map(|member| member.report.event.kind);
        let most = kinds().rev().max_by_key(|kind| kinds().filter(|other| other == kind).count());
        most.unwrap_or(self.members[0].report.event.kind)
    }

    /// The narrowest days that any report gives, headlines left aside; of equals the first reported.
    fn days(&self) -> Option<Days> {
        let length = |days: &Days| days.from.until(days.to).map_or(i32::MAX, |span| span.get_days());
        let told = self.members.iter().filter(|member| !member.is_headline);
        told.filter_map(|member| member.report.days()).min_by_key(length)
    }

    /// How many tell of it; reprints of one text count once.
    fn sources(&self) -> usize {
        let mut sources: Vec<_> = self.members.iter().map(source).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.len()
    }
}

fn source<'a>(member: &Member<'a>) -> (Option<u64>, &'a str) {
    let source = &member.report.source;
    match source.text_family {
        Some(family) => (Some(family), ""),
        None => (None, &source.article),
    }
}

/// How much a report tells: parties named, a place, a narrow day, in the text rather than the headline.
fn telling(member: &Member<'_>) -> (usize, bool, bool, bool) {
    let event = &member.report.event;
    let named = event.actors.iter().chain(&event.recipients).filter(|party| !party.elsewhere).count();
    let text = event.evidence.part == Part::Text;
    (named, event.place.is_some(), member.footing.is_one_day(), text)
}
