//! Meetings told of more than once in an article: "to meet next week", "the meeting in Fairbanks on May 10-11".
//!
//! Two sentences that tell of a planned meeting of the same parties on days that overlap tell of one contact: each takes the narrowest
//! days and the place that any of them gives. Talks that go by one name are planned wherever one sentence dates them ahead.

use std::collections::BTreeSet;

use detente_model::{Days, EventType, Mode, Party, Status, When, WhenBasis};

use crate::act::Act;
use crate::assemble::Dated;

/// Lets the tellings of one contact share what they know.
pub(crate) fn unite(acts: &mut [Dated]) {
    share_name(acts);
    share_stay(acts);
    let planned: Vec<usize> = (0..acts.len()).filter(|&i| is_planned_meeting(&acts[i].act)).collect();
    for &i in &planned {
        for &j in planned.iter().filter(|&&j| j != i) {
            if same_contact(&acts[i], &acts[j]) {
                let told = acts[j].clone();
                learn(&mut acts[i], &told);
            }
        }
    }
}

/// "the resumption of the Astana talks", "the Astana talks to be held on May 3-4".
fn share_name(acts: &mut [Dated]) {
    for i in 0..acts.len() {
        let Some(name) = acts[i].act.name.clone() else { continue };
        let dated =
            |d: &&Dated| d.act.name.as_ref() == Some(&name) && is_planned_meeting(&d.act) && d.when.is_some();
        let Some(told) = acts.iter().find(dated).cloned() else { continue };
        if acts[i].act.plain.0 == EventType::Consult && !is_planned_meeting(&acts[i].act) {
            acts[i].act.put_ahead();
            acts[i].when = told.when;
        }
        if acts[i].place.is_none() {
            acts[i].place.clone_from(&told.place);
        }
    }
}

/// "Visiting premier X …", "X visits Y", "his 48-hour visit": where one telling says that the visit goes on, it goes on in all.
fn share_stay(acts: &mut [Dated]) {
    let stays: Vec<Dated> =
        acts.iter().filter(|d| is_visit(&d.act) && d.act.status == Status::Ongoing).cloned().collect();
    for visit in acts.iter_mut().filter(|d| is_visit(&d.act) && d.act.status == Status::Occurred) {
        let same =
            |stay: &&Dated| parties(&stay.act) == parties(&visit.act) && overlap(stay.when, visit.when);
        let longest = stays.iter().filter(same).max_by_key(|stay| length(stay.when));
        if let Some(stay) = longest {
            (visit.act.status, visit.when) = (Status::Ongoing, stay.when);
        }
    }
}

fn is_visit(act: &Act) -> bool {
    act.kind == EventType::Consult && act.mode == Some(Mode::Visit)
}

fn is_planned_meeting(act: &Act) -> bool {
    act.kind == EventType::Agree
        && act.plain.0 == EventType::Consult
        && matches!(act.status, Status::Scheduled | Status::Proposed)
}

fn same_contact(a: &Dated, b: &Dated) -> bool {
    let parties = parties(&a.act);
    !parties.is_empty() && parties == self::parties(&b.act) && overlap(a.when, b.when)
}

fn parties(act: &Act) -> BTreeSet<&str> {
    let code = |party: &Party| party.actor.code.is_some();
    let coded = act.actors.iter().chain(&act.recipients).filter(|party| code(party));
    coded.filter_map(|party| party.actor.code.as_ref().map(|code| code.as_str())).collect()
}

fn overlap(a: Option<When>, b: Option<When>) -> bool {
    match (days(a), days(b)) {
        (Some(a), Some(b)) => a.overlaps(b),
        _ => false,
    }
}

fn learn(one: &mut Dated, told: &Dated) {
    if length(told.when) < length(one.when) {
        one.when = told.when.map(|when| When { basis: WhenBasis::Context, ..when });
    }
    if one.place.is_none() {
        one.place.clone_from(&told.place);
    }
}

fn length(when: Option<When>) -> i32 {
    days(when).and_then(|days| days.from.until(days.to).ok()).map_or(i32::MAX, |span| span.get_days())
}

fn days(when: Option<When>) -> Option<Days> {
    let when = when?;
    Some(Days { from: when.start?, to: when.end? })
}
