//! The members of one block fall into groups.

use std::collections::BTreeMap;

use detente_model::Days;
use jiff::Span;
use jiff::civil::Date;

use super::group::Group;
use super::headline::Headlines;
use super::member::{BACK, Footing, Member};

/// The groups of one block.
pub fn groups(members: Vec<Member<'_>>) -> Vec<Group<'_>> {
    let (headlines, mut members) = Headlines::taken_from(members);
    members.sort_by(|a, b| (a.day, a.first()).cmp(&(b.day, b.first())));
    let (dated, loose): (Vec<_>, Vec<_>) = members.into_iter().partition(|m| m.footing.is_one_day());
    let mut acts = settle(components(dated, 0, Member::is_one_act));
    let mut rest: Vec<Member<'_>> = Vec::new();
    for member in loose {
        match acts.like(&member) {
            Some(at) => acts.groups[at].members.push(member),
            None => rest.push(member),
        }
    }
    let mut groups = acts.groups;
    groups.extend(components(rest, BACK, Member::is_equally_vague));
    headlines.put_into(&mut groups);
    groups.iter_mut().for_each(Group::put_in_order);
    groups
}

/// Groups that rest on assumed days alone are hung on what happened the day before, where they are like it.
fn settle(groups: Vec<Group<'_>>) -> Acts<'_> {
    let (firm, soft): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|g| g.members.iter().any(|m| m.footing == Footing::Exact));
    let mut acts = Acts::new(firm);
    let mut late: Vec<Group<'_>> = Vec::new();
    for group in soft {
        match group.members.iter().find_map(|member| acts.like(member)) {
            Some(at) => acts.groups[at].members.extend(group.members),
            None => late.push(group),
        }
    }
    Acts::new(acts.groups.into_iter().chain(late).collect())
}

/// Connected components of a relation among members in order of their days, of which none is related to one more than `reach` days
/// before. Their order does not count.
fn components<'a>(
    members: Vec<Member<'a>>,
    reach: i64,
    related: impl Fn(&Member<'a>, &Member<'a>) -> bool,
) -> Vec<Group<'a>> {
    let mut sets = Sets::of(members.len());
    let mut near = 0;
    for (at, member) in members.iter().enumerate() {
        let since = member.day.saturating_sub(Span::new().days(reach));
        near += members[near..at].iter().take_while(|other| other.day < since).count();
        for (other, earlier) in members.iter().enumerate().take(at).skip(near) {
            if sets.root(at) != sets.root(other) && related(member, earlier) {
                sets.unite(at, other);
            }
        }
    }
    let mut groups: BTreeMap<usize, Group<'a>> = BTreeMap::new();
    for (at, member) in members.into_iter().enumerate() {
        let group = groups.entry(sets.root(at)).or_insert_with(|| Group { members: Vec::new() });
        group.members.push(member);
    }
    groups.into_values().collect()
}

/// Which of the numbers below a limit belong together.
struct Sets(Vec<usize>);

impl Sets {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The least of those that belong together.
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// Groups that can be found by the day they were made for.
struct Acts<'a> {
    groups: Vec<Group<'a>>,
    by_day: BTreeMap<Date, Vec<usize>>,
}

impl<'a> Acts<'a> {
    fn new(groups: Vec<Group<'a>>) -> Self {
        let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            by_day.entry(group.members[0].day).or_default().push(at);
        }
        Self { groups, by_day }
    }

    fn on(&self, days: Days) -> impl DoubleEndedIterator<Item = usize> {
        self.by_day.range(days.from..=days.to).flat_map(|(_, at)| at.iter().copied())
    }

    /// The latest act that a report without an exact day tells of again.
    fn like(&self, member: &Member<'_>) -> Option<usize> {
        let (days, _) = member.hangs_on()?;
        let told_again =
            |at: &usize| self.groups[*at].members.iter().any(|other| member.tie(other).is_some());
        self.on(days).rev().find(told_again)
    }
}
