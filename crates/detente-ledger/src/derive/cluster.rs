//! Reports of one act become one cluster.
//!
//! A block holds the reports of one family of types between the same parties in one year. Inside it, reports of one exact day that
//! agree are one act (connected components); chains cannot run over days. What has no exact day of its own, or only a span, is then
//! hung on the one act it is most like, or stays an act by itself. So daily strikes stay apart, and what a weekly summary says of one of
//! them finds it. A side that a report leaves out is never guessed: such reports cluster among themselves.

use std::collections::BTreeMap;

use detente_model::{ActorCode, Cluster, Days, Event, EventType, Party, Report, Status, WhenBasis};
use jiff::civil::Date;

use super::joined::{Join, JoinRule};
use super::likeness::Look;

/// The block that a report clusters in; `None` where neither the act nor the report has a day.
pub fn cluster_block(report: &Report) -> Option<String> {
    let event = &report.event;
    let year = day(report)?.year();
    let (actors, recipients) = (codes(&event.actors), codes(&event.recipients));
    let parties = match event.kind.is_mutual() {
        true => joined(actors.into_iter().chain(recipients).collect()),
        false => format!("{}>{}", joined(actors), joined(recipients)),
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

/// Types that tell one act in other words, with how real it is: a plan and its doing are two acts.
fn family(event: &Event) -> String {
    let real = match event.status {
        Status::Occurred | Status::Ongoing => "done",
        Status::Scheduled | Status::Proposed => "ahead",
        Status::Cancelled => "off",
        Status::Denied => "denied",
        Status::Hypothetical => "if",
    };
    let plain = if event.kind == EventType::Agree { event.plain.kind.as_str() } else { "" };
    format!("{}{plain}/{real}", event.kind)
}

fn codes(side: &[Party]) -> Vec<ActorCode> {
    let mut codes: Vec<ActorCode> = side.iter().filter_map(|party| party.actor.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn joined(mut codes: Vec<ActorCode>) -> String {
    codes.sort_unstable();
    codes.dedup();
    codes.iter().map(ActorCode::as_str).collect::<Vec<_>>().join("+")
}

/// The first day of the act, else the day of the report.
fn day(report: &Report) -> Option<Date> {
    report.event.when.and_then(|when| when.start.or(when.end)).or(report.source.published)
}

/// How well a report knows the day of its act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Footing {
    /// The text names one day.
    Exact,
    /// One day, taken from the day of the report or from elsewhere in the article.
    Assumed,
    /// A span of days.
    Span,
    /// No day.
    None,
}

impl Footing {
    fn of(report: &Report) -> Self {
        let Some(when) = report.event.when else { return Self::None };
        match (when.start, when.end) {
            (Some(start), Some(end)) if start == end => match when.basis {
                WhenBasis::Clause | WhenBasis::Sentence => Self::Exact,
                WhenBasis::Context | WhenBasis::Report => Self::Assumed,
            },
            (None, None) => Self::None,
            _ => Self::Span,
        }
    }
}

/// A report on its way into a group.
struct Member<'a> {
    report: &'a Report,
    look: Look<'a>,
    day: Date,
    footing: Footing,
    rule: JoinRule,
}

/// The members of one act.
struct Group<'a> {
    members: Vec<Member<'a>>,
}

fn acts(reports: &[Report]) -> Vec<Group<'_>> {
    let mut blocks: BTreeMap<String, Vec<Member<'_>>> = BTreeMap::new();
    for report in reports {
        let (Some(block), Some(day)) = (cluster_block(report), day(report)) else { continue };
        let footing = Footing::of(report);
        let member = Member { report, look: Look::of(report), day, footing, rule: JoinRule::First };
        blocks.entry(block).or_default().push(member);
    }
    blocks.into_values().flat_map(of_block).collect()
}

fn of_block(mut members: Vec<Member<'_>>) -> Vec<Group<'_>> {
    members.sort_by(|a, b| (a.day, a.first()).cmp(&(b.day, b.first())));
    let (dated, loose): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|m| matches!(m.footing, Footing::Exact | Footing::Assumed));
    let mut acts = settle(by_day(dated));
    let mut rest: Vec<Group<'_>> = Vec::new();
    for member in loose {
        match acts.best_for(&member) {
            Some((at, rule)) => acts.groups[at].members.push(Member { rule, ..member }),
            None => rest.push(Group { members: vec![member] }),
        }
    }
    let mut groups = acts.groups;
    groups.extend(unite_equals(rest));
    groups.iter_mut().for_each(Group::put_in_order);
    groups
}

/// Connected components of what agrees on one day.
fn by_day(dated: Vec<Member<'_>>) -> Vec<Group<'_>> {
    let mut days: BTreeMap<Date, Vec<Member<'_>>> = BTreeMap::new();
    for member in dated {
        days.entry(member.day).or_default().push(member);
    }
    days.into_values().flat_map(|members| components(members, is_one_act)).collect()
}

/// Groups that rest on assumed days alone are hung on what happened the day before, where they are like it.
fn settle(groups: Vec<Group<'_>>) -> Acts<'_> {
    let (firm, soft): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|g| g.members.iter().any(|m| m.footing == Footing::Exact));
    let mut acts = Acts::new(firm);
    let mut late: Vec<Group<'_>> = Vec::new();
    for group in soft {
        match acts.day_before(&group) {
            Some(at) => acts.groups[at].take(group, JoinRule::DayAfter),
            None => late.push(group),
        }
    }
    Acts::new(acts.groups.into_iter().chain(late).collect())
}

/// What has no exact day and found no act: reports with the same words for it on the same days are one.
fn unite_equals(rest: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let members = rest.into_iter().flat_map(|group| group.members).collect();
    components(members, |a, b| {
        a.footing == b.footing
            && a.report.event.when == b.report.event.when
            && is_one_act(a, b)
            && a.look.is_near(&b.look)
    })
}

fn is_one_act(a: &Member<'_>, b: &Member<'_>) -> bool {
    let one = matches!(a.report.event.kind, EventType::Consult) || is_planned_contact(&a.report.event);
    let alike = a.look.same_trigger(&b.look) || a.look.is_near(&b.look) || a.look.same_city(&b.look);
    a.look.agrees(&b.look) && (one || alike)
}

fn is_planned_contact(event: &Event) -> bool {
    event.kind == EventType::Agree && event.plain.kind == EventType::Consult
}

/// Components of a relation over a few members, in order.
fn components<'a>(
    members: Vec<Member<'a>>,
    related: impl Fn(&Member<'a>, &Member<'a>) -> bool,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for member in members {
        let (with, without): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|g| g.members.iter().any(|other| related(&member, other)));
        let mut whole: Vec<Member<'a>> = with.into_iter().flat_map(|g| g.members).collect();
        whole.push(member);
        groups = without;
        groups.push(Group { members: whole });
    }
    for group in &mut groups {
        group.members.iter_mut().for_each(|member| member.rule = JoinRule::SameDay);
    }
    groups
}

/// Groups that can be found by their days.
struct Acts<'a> {
    groups: Vec<Group<'a>>,
    by_day: BTreeMap<Date, Vec<usize>>,
}

/// The longest span that is searched for the act it tells of, in days.
const LONGEST: i32 = 31;
/// Reports without any day look so many days back.
const BACK: i64 = 7;

impl<'a> Acts<'a> {
    fn new(groups: Vec<Group<'a>>) -> Self {
        let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            by_day.entry(group.members[0].day).or_default().push(at);
        }
        Self { groups, by_day }
    }

    fn on(&self, days: Days) -> impl Iterator<Item = usize> {
        self.by_day.range(days.from..=days.to).flat_map(|(_, at)| at.iter().copied())
    }

    fn day_before(&self, group: &Group<'_>) -> Option<usize> {
        let member = &group.members[0];
        let before = member.day.yesterday().ok()?;
        self.on(Days::on(before)).find(|at| self.is_like(*at, member))
    }

    /// The act that a loose report tells of: the latest that it is like.
    fn best_for(&self, member: &Member<'_>) -> Option<(usize, JoinRule)> {
        let (days, rule) = match member.footing {
            Footing::Span => (span(member.report)?, JoinRule::Span),
            _ => (
                Days { from: member.day.saturating_sub(jiff::Span::new().days(BACK)), to: member.day },
                JoinRule::Undated,
            ),
        };
        let alike: Vec<usize> = self.on(days).filter(|at| self.is_like(*at, member)).collect();
        alike.last().map(|at| (*at, rule))
    }

    fn is_like(&self, at: usize, member: &Member<'_>) -> bool {
        self.groups[at].members.iter().any(|other| {
            let near = other.look.is_near(&member.look)
                || (other.look.same_city(&member.look) && other.look.same_trigger(&member.look));
            other.look.agrees(&member.look) && near
        })
    }
}

fn span(report: &Report) -> Option<Days> {
    let days = report.days()?;
    (days.from.until(days.to).ok()?.get_days() <= LONGEST).then_some(days)
}

impl<'a> Member<'a> {
    /// What orders reports: when they were published, then their key.
    fn first(&self) -> (Option<Date>, &'a str) {
        (self.report.source.published, self.report.key())
    }

    fn source(&self) -> (Option<u64>, &'a str) {
        let source = &self.report.source;
        match source.text_family {
            Some(family) => (Some(family), ""),
            None => (None, &source.article),
        }
    }

    /// How much it tells: parties named, a place, a narrow day.
    fn telling(&self) -> (usize, bool, bool, bool) {
        let event = &self.report.event;
        let named = event.actors.iter().chain(&event.recipients).filter(|party| !party.elsewhere).count();
        let text = event.evidence.part == detente_model::Part::Text;
        (named, event.place.is_some(), matches!(self.footing, Footing::Exact | Footing::Assumed), text)
    }
}

impl<'a> Group<'a> {
    fn take(&mut self, other: Group<'a>, rule: JoinRule) {
        self.members.extend(other.members.into_iter().map(|member| Member { rule, ..member }));
    }

    fn put_in_order(&mut self) {
        self.members.sort_by_key(Member::first);
        if let Some(first) = self.members.first_mut() {
            first.rule = JoinRule::First;
        }
    }

    fn id(&self) -> String {
        format!("c:{}", self.members[0].report.key())
    }

    fn joins(&self) -> Vec<Join> {
        let join =
            |m: &Member<'_>| Join { cluster: self.id(), report: m.report.key().to_owned(), rule: m.rule };
        self.members.iter().map(join).collect()
    }

    fn cluster(&self) -> Cluster {
        let first = &self.members[0].report.event;
        let told_best = self.members.iter().rev().max_by_key(|member| member.telling());
        let best = told_best.map_or(self.members[0].report, |member| member.report);
        let mut sources: Vec<_> = self.members.iter().map(Member::source).collect();
        sources.sort_unstable();
        sources.dedup();
        Cluster {
            id: self.id(),
            kind: first.kind,
            actors: codes(&best.event.actors),
            recipients: codes(&best.event.recipients),
            days: self.days(),
            reports: self.members.iter().map(|m| m.report.key().to_owned()).collect(),
            sources: sources.len(),
            told_best: best.key().to_owned(),
        }
    }

    /// The narrowest days that any report gives; of equals the first reported.
    fn days(&self) -> Option<Days> {
        let length = |days: &Days| days.from.until(days.to).map_or(i32::MAX, |span| span.get_days());
        self.members.iter().filter_map(|member| member.report.days()).min_by_key(length)
    }
}
