//! The members of one block fall into groups.

use std::collections::BTreeMap;

use detente_model::Days;
use jiff::civil::Date;

use super::group::Group;
use super::member::{Footing, Member};

/// The groups of one block.
pub fn groups(mut members: Vec<Member<'_>>) -> Vec<Group<'_>> {
    members.sort_by(|a, b| (a.day, a.first()).cmp(&(b.day, b.first())));
    let (dated, loose): (Vec<_>, Vec<_>) = members.into_iter().partition(|m| m.footing.is_one_day());
    let mut acts = settle(by_day(dated));
    let mut rest: Vec<Member<'_>> = Vec::new();
    for member in loose {
        match acts.like(&member) {
            Some(at) => acts.groups[at].members.push(member),
            None => rest.push(member),
        }
    }
    let mut groups = acts.groups;
    groups.extend(components(rest, Member::is_equally_vague));
    groups.iter_mut().for_each(Group::put_in_order);
    groups
}

/// Connected components of what agrees on one day.
fn by_day(dated: Vec<Member<'_>>) -> Vec<Group<'_>> {
    let mut days: BTreeMap<Date, Vec<Member<'_>>> = BTreeMap::new();
    for member in dated {
        days.entry(member.day).or_default().push(member);
    }
    days.into_values().flat_map(|members| components(members, Member::is_one_act)).collect()
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
    groups
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
