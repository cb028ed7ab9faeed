//! Meetings told of more than once in an article: "to meet next week", "the meeting in Fairbanks on May 10-11".
//!
//! Two sentences that tell of a planned meeting of the same parties on days that overlap tell of one contact: each takes the narrowest
//! days and the place that any of them gives. Talks that go by one name are planned wherever one sentence dates them ahead.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{ActorCode, Days, EventType, Mode, Party, Place, Status, When, WhenBasis};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::act::{Act, Telling};
use crate::assemble::Dated;

/// Lets the tellings of one contact share what they know.
pub(crate) fn unite(acts: &mut [Dated]) {
    share_name(acts);
    share_stay(acts);
    share_day(acts);
    share_with_named(acts);
    share_plan(acts);
    share_tour(acts);
}

/// "will begin a three-day visit on Monday", "In Moscow, he would meet …": undated meetings of a visitor are planned for the visit.
fn share_tour(acts: &mut [Dated]) {
    let tours = by_visitor(acts);
    for dated in acts.iter_mut().filter(|d| is_planned_meeting(&d.act) && d.when.is_none()) {
        let tour =
            dated.act.actors.iter().filter_map(|party| party.actor.code).find_map(|code| tours.get(&code));
        dated.when = tour.copied().flatten().map(|when| When { basis: WhenBasis::Context, ..when });
    }
}

/// The days of each visitor's planned visit; none where an article plans several.
fn by_visitor(acts: &[Dated]) -> BTreeMap<ActorCode, Option<When>> {
    let mut tours: BTreeMap<ActorCode, Option<When>> = BTreeMap::new();
    let planned =
        |d: &&Dated| is_planned_meeting(&d.act) && d.act.plain.1 == Some(Mode::Visit) && d.when.is_some();
    for tour in acts.iter().filter(planned) {
        for code in tour.act.actors.iter().filter_map(|party| party.actor.code) {
            let known = tours.entry(code).or_insert(tour.when);
            *known = known.filter(|known| days(Some(*known)) == days(tour.when));
        }
    }
    tours
}

/// How many tellings of one contact are compared with each; a list of thousands of meetings is no report.
const TELLINGS: usize = 64;

/// "will meet next week", "the meeting in Fairbanks on May 10-11".
fn share_plan(acts: &mut [Dated]) {
    for tellings in by_parties(acts, is_planned_meeting).into_values() {
        for (n, &i) in tellings.iter().enumerate() {
            let (first, last) = (n.saturating_sub(TELLINGS), tellings.len().min(n + TELLINGS));
            for &j in tellings[first..last].iter().filter(|&&j| j != i) {
                if overlap(acts[i].when, acts[j].when) {
                    let (when, place) = (acts[j].when, acts[j].place.clone());
                    learn(&mut acts[i], when, place);
                }
            }
        }
    }
}

/// The acts of a kind that have parties, by these.
fn by_parties(acts: &[Dated], of_kind: impl Fn(&Act) -> bool) -> BTreeMap<BTreeSet<ActorCode>, Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, dated) in acts.iter().enumerate().filter(|(_, dated)| of_kind(&dated.act)) {
        groups.entry(parties(&dated.act)).or_default().push(i);
    }
    groups.retain(|parties, _| !parties.is_empty());
    groups
}

/// "the resumption of the Astana talks", "the Astana talks to be held on May 3-4".
fn share_name(acts: &mut [Dated]) {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for (i, dated) in acts.iter().enumerate().rev() {
        told.extend(dated_plan(dated).map(|name| (name, i)));
    }
    for i in 0..acts.len() {
        let Some(&first) = acts[i].act.name.as_ref().and_then(|name| told.get(name)) else { continue };
        let (when, place) = (acts[first].when, acts[first].place.clone());
        if acts[i].act.plain.0 == EventType::Consult && !is_planned_meeting(&acts[i].act) {
            acts[i].act.put_ahead();
            acts[i].when = when;
        }
        if acts[i].place.is_none() {
            acts[i].place = place;
        }
    }
}

/// The name of planned talks whose days are known.
fn dated_plan(dated: &Dated) -> Option<String> {
    dated.act.name.clone().filter(|_| is_planned_meeting(&dated.act) && dated.when.is_some())
}

/// "Visiting premier X …", "X visits Y", "his 48-hour visit": where one telling says that the visit goes on, it goes on in all.
fn share_stay(acts: &mut [Dated]) {
    for tellings in by_parties(acts, is_visit).into_values() {
        share_length(&tellings, acts);
        let of = |status: Status| -> Vec<usize> {
            tellings.iter().copied().filter(|&i| acts[i].act.status == status).collect()
        };
        let (lasting, done) = (of(Status::Ongoing), of(Status::Occurred));
        let stays: Vec<Option<When>> = lasting.into_iter().take(TELLINGS).map(|i| acts[i].when).collect();
        for i in done {
            let same = stays.iter().filter(|stay| overlap(**stay, acts[i].when));
            if let Some(&stay) = same.max_by_key(|stay| length(**stay)) {
                (acts[i].act.status, acts[i].when) = (Status::Ongoing, stay);
            }
        }
    }
}

/// "X visits Y", "his 48-hour visit": a stay that one telling begins on a day and another says the length of ends so much later.
fn share_length(tellings: &[usize], acts: &mut [Dated]) {
    let lengths: BTreeSet<i32> = tellings.iter().filter_map(|&i| acts[i].length).collect();
    let begun: BTreeSet<Date> = tellings.iter().filter_map(|&i| acts[i].when?.start).collect();
    let (Some(&length), Some(&start)) = (lengths.first(), begun.first()) else { return };
    let end = start.checked_add((length - 1).days()).ok().filter(|_| lengths.len() == 1 && begun.len() == 1);
    for &i in tellings.iter().filter(|_| end.is_some()) {
        acts[i].when = Some(When { start: Some(start), end, basis: WhenBasis::Context });
    }
}

/// "met on Wednesday", "during the meeting": the tellings of a meeting or an accord of the same people take the day that one of them states,
/// where no other states another.
fn share_day(acts: &mut [Dated]) {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, dated) in acts.iter().enumerate().filter(|(_, dated)| is_retold(&dated.act)) {
        groups
            .entry((people(&dated.act), dated.act.mode == Some(Mode::Visit), dated.act.kind))
            .or_default()
            .push(i);
    }
    groups.retain(|(people, ..), _| people.len() > 1);
    for tellings in groups.into_values() {
        let Some(when) = agreed(tellings.iter().map(|&i| &acts[i])) else { continue };
        for i in tellings {
            if is_assumed(&acts[i]) {
                acts[i].when = Some(when);
            }
        }
    }
}

/// "During the meeting, X assured the guest": a meeting without a day is the dated one at which all were whom it names, if there is one only.
fn share_with_named(acts: &mut [Dated]) {
    for tellings in by_parties(acts, is_retold).into_values() {
        for (n, &i) in tellings.iter().enumerate() {
            if !is_assumed(&acts[i]) {
                continue;
            }
            let (first, last) = (n.saturating_sub(TELLINGS), tellings.len().min(n + TELLINGS));
            let near = tellings[first..last].iter().map(|&j| &acts[j]);
            let same =
                near.filter(|told| told.act.is_like(&acts[i].act) && was_there(&acts[i].act, &told.act));
            acts[i].when = agreed(same).or(acts[i].when);
        }
    }
}

/// Whether everybody whom an act names took part in another, and it names somebody.
fn was_there(one: &Act, told: &Act) -> bool {
    let names = |act: &Act| -> BTreeSet<String> {
        let persons = act.actors.iter().chain(&act.recipients).filter(|party| party.actor.sector.is_some());
        persons.filter_map(|party| party.name.clone()).collect()
    };
    let named = names(one);
    !named.is_empty() && named.is_subset(&names(told))
}

/// Whether an act has its days from the report, or, as a mere noun, from words about it.
fn is_assumed(dated: &Dated) -> bool {
    match dated.when.map(|when| when.basis) {
        Some(WhenBasis::Report) => true,
        Some(WhenBasis::Sentence) => dated.act.telling == Telling::Background,
        _ => false,
    }
}

/// The days that tellings state, where they state the same ones.
fn agreed<'d>(tellings: impl Iterator<Item = &'d Dated>) -> Option<When> {
    let mut stated = tellings.filter_map(stated_days);
    let first = stated.next()?;
    let (start, end) = (Some(first.0), Some(first.1));
    stated.all(|days| days == first).then_some(When { start, end, basis: WhenBasis::Context })
}

/// The days that an act's own clause states, or the clause around one that is told as news.
fn stated_days(dated: &Dated) -> Option<(Date, Date)> {
    let news = dated.act.telling == Telling::News;
    let stated = |when: &When| when.basis == WhenBasis::Clause || news && when.basis == WhenBasis::Sentence;
    let when = dated.when.filter(stated)?;
    when.start.zip(when.end)
}

/// Whether several words of an article that tell of such an act of the same people tell of one: a meeting, an accord; "the arrest of X",
/// where it is only referred to.
fn is_retold(act: &Act) -> bool {
    let joint = matches!(act.kind, EventType::Consult | EventType::Agree);
    let measure = matches!(act.kind, EventType::Coerce | EventType::Sanction | EventType::Retreat);
    (joint || measure && act.telling == Telling::Background)
        && act.kind == act.plain.0
        && matches!(act.status, Status::Occurred | Status::Ongoing)
}

/// Who takes part, by name where they have one.
fn people(act: &Act) -> BTreeSet<String> {
    let parties = act.actors.iter().chain(&act.recipients);
    let person = |party: &Party| party.name.clone().filter(|_| party.actor.sector.is_some());
    let called = |party: &Party| person(party).or_else(|| party.actor.code.map(|code| code.to_string()));
    parties.filter_map(called).collect()
}

fn is_visit(act: &Act) -> bool {
    act.kind == EventType::Consult && act.mode == Some(Mode::Visit)
}

fn is_planned_meeting(act: &Act) -> bool {
    act.kind == EventType::Agree
        && act.plain.0 == EventType::Consult
        && matches!(act.status, Status::Scheduled | Status::Proposed)
}

fn parties(act: &Act) -> BTreeSet<ActorCode> {
    act.actors.iter().chain(&act.recipients).filter_map(|party| party.actor.code).collect()
}

fn overlap(a: Option<When>, b: Option<When>) -> bool {
    match (days(a), days(b)) {
        (Some(a), Some(b)) => a.overlaps(b),
        _ => false,
    }
}

fn learn(one: &mut Dated, when: Option<When>, place: Option<Place>) {
    if length(when) < length(one.when) {
        one.when = when.map(|when| When { basis: WhenBasis::Context, ..when });
    }
    if one.place.is_none() {
        one.place = place;
    }
}

fn length(when: Option<When>) -> i32 {
    days(when).and_then(|days| days.from.until(days.to).ok()).map_or(i32::MAX, |span| span.get_days())
}

pub(crate) fn days(when: Option<When>) -> Option<Days> {
    let when = when?;
    Some(Days { from: when.start?, to: when.end? })
}
