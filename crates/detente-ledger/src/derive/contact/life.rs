//! One contact under way: which reports go on with it, and what becomes of it.

use std::collections::BTreeSet;

use detente_model::{ActorCode, Contact, ContactKind, ContactState, ContactStep, Days};
use jiff::civil::Date;

use super::super::joined::{Fact, Join, JoinRule};
use super::super::offices::{Offices, may_be_same};
use super::telling::{Telling, Where, parties};

/// A contact and what it is recognised by.
pub struct Life<'a> {
    pub contact: Contact,
    pub joins: Vec<Join>,
    /// The last day on which something was heard of it or it was due.
    pub last: Option<Date>,
    /// Whether no report so far says how they were in contact.
    is_vague: bool,
    persons: BTreeSet<&'a str>,
    offices: Offices,
    place: Where<'a>,
    hosts: BTreeSet<ActorCode>,
}

/// How well a report fits, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// One of the two has no days, and the contact is open.
    Open,
    /// To other days or another town.
    Moved,
    /// The days lie close.
    Near,
    /// The days overlap.
    Days,
}

/// An open contact is taken up again by a report without days for so long, in days.
pub const PATIENCE: i32 = 90;
/// A plan may be told anew for days so far away.
const MOVE: i32 = 8;
/// A report that names no day may be so late.
const LATE: i32 = 3;
/// Spans from so many days on are vague ("next week"), shorter ones are how long a contact takes.
const VAGUE: i32 = 6;

impl<'a> Life<'a> {
    /// A contact begins.
    pub fn of(telling: Telling<'a>) -> Self {
        let event = &telling.report.event;
        let id = format!("k:{}", telling.report.key());
        Self {
            joins: vec![Join {
                cluster: id.clone(),
                report: telling.report.key().to_owned(),
                rule: JoinRule::ContactFirst,
                with: None,
                facts: Vec::new(),
            }],
            contact: Contact {
                id,
                kind: telling.kind,
                level: telling.level,
                parties: parties(event),
                persons: telling.persons.iter().map(|&name| name.to_owned()).collect(),
                occasion: event.occasion.clone(),
                days: telling.days,
                place: event.place.clone(),
                state: telling.state,
                steps: vec![step(&telling, telling.state, telling.days)],
            },
            is_vague: telling.is_vague,
            last: telling.published.max(telling.days.map(|days| days.to)),
            persons: telling.persons,
            offices: telling.offices,
            place: telling.place,
            hosts: telling.hosts,
        }
    }

    /// How well a report fits; `None` where it does not.
    pub fn fit(&self, telling: &Telling<'a>) -> Option<Fit> {
        if self.is_other(telling) {
            return None;
        }
        if self.is_elsewhere(telling) {
            return self.is_moved_to(telling).then_some(Fit::Moved);
        }
        match (self.contact.days, telling.days) {
            (Some(known), Some(told)) => self.fit_days(known, told, telling),
            _ if self.contact.state.is_open() && !self.is_long_before(telling) => {
                self.may_become(telling).then_some(Fit::Open)
            }
            _ => None,
        }
    }

    /// Whether something besides time and place sets the report apart.
    fn is_other(&self, telling: &Telling<'a>) -> bool {
        let apart = |a: &BTreeSet<_>, b: &BTreeSet<_>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
        let calls = |kind| kind == ContactKind::Call;
        calls(self.contact.kind) != calls(telling.kind) && !self.may_be_call(telling)
            || self.is_beside_visit(telling)
            || apart(&self.persons, &telling.persons)
            || !self.hosts.is_empty() && !telling.hosts.is_empty() && self.hosts.is_disjoint(&telling.hosts)
            || !may_be_same(&self.offices, &telling.offices)
    }

    /// "Discussed trade" on the day of a call tells of the call.
    fn may_be_call(&self, telling: &Telling<'_>) -> bool {
        (self.is_vague || telling.is_vague)
            && self.contact.days.is_some()
            && self.contact.days == telling.days
    }

    /// What is held during a visit is a contact of its own; but talks are how a visit that was only planned is told of.
    fn is_beside_visit(&self, telling: &Telling<'_>) -> bool {
        let visits = |kind| kind == ContactKind::Visit;
        let held = self.contact.state == ContactState::Held && telling.state == ContactState::Held;
        held && visits(self.contact.kind) != visits(telling.kind)
    }

    /// Calls have no place.
    fn is_elsewhere(&self, telling: &Telling<'_>) -> bool {
        self.contact.kind != ContactKind::Call && self.place.is_elsewhere(telling.place)
    }

    /// Whether a later report tells of a plan for the same days, at another town.
    fn is_moved_to(&self, telling: &Telling<'_>) -> bool {
        let later = self.contact.steps.last().and_then(|step| step.on) < telling.published;
        let same_kind = self.contact.kind == telling.kind && self.contact.level == telling.level;
        let days = self.contact.days.is_some() && self.contact.days == telling.days;
        self.contact.state.is_open() && later && same_kind && days
    }

    fn is_long_before(&self, telling: &Telling<'_>) -> bool {
        is_long_before(self.last, telling.published, PATIENCE)
    }

    fn fit_days(&self, known: Days, told: Days, telling: &Telling<'_>) -> Option<Fit> {
        let open = self.contact.state.is_open();
        match apart(known, told) {
            0 => Some(Fit::Days),
            1 if length(known) > 0 || length(told) > 0 || open || self.goes_on(telling) => Some(Fit::Near),
            2..=LATE if open && telling.is_assumed && known.to < told.from => Some(Fit::Near),
            apart if self.may_move(telling, apart) => Some(Fit::Moved),
            _ => None,
        }
    }

    /// Talks and summits at one place go on from day to day.
    fn goes_on(&self, telling: &Telling<'_>) -> bool {
        let long = |kind| matches!(kind, ContactKind::Talks | ContactKind::Summit | ContactKind::Visit);
        long(self.contact.kind) && self.contact.kind == telling.kind && self.is_same_spot(telling)
    }

    fn may_move(&self, telling: &Telling<'_>, apart: i32) -> bool {
        match self.contact.state {
            ContactState::Postponed => !self.is_long_before(telling),
            state => {
                state.is_open() && telling.state.is_open() && apart <= MOVE && self.is_same_spot(telling)
            }
        }
    }

    fn is_same_spot(&self, telling: &Telling<'_>) -> bool {
        let occasion = &telling.report.event.occasion;
        self.place.city.is_some() && self.place.city == telling.place.city
            || occasion.is_some() && &self.contact.occasion == occasion
    }

    /// A contact without days may be held on the day told, if that is not before it was first spoken of.
    fn may_become(&self, telling: &Telling<'_>) -> bool {
        let first = self.contact.steps.first().and_then(|step| step.on);
        match (telling.days, first) {
            (Some(days), Some(first)) if telling.state == ContactState::Held => days.to >= first,
            _ => true,
        }
    }

    /// The report becomes the next step.
    pub fn go_on(&mut self, telling: Telling<'a>, fit: Fit) {
        self.joins.push(self.join(&telling, fit));
        let state = self.next(&telling);
        let told = telling.days.filter(|_| !telling.is_assumed || self.contact.days.is_none());
        self.contact.steps.push(step(&telling, state, told));
        self.last = self.last.max(telling.published).max(told.map(|days| days.to));
        self.describe(&telling);
        self.contact.state = state;
        self.contact.days = days_of(&self.contact.steps);
        self.is_vague &= telling.is_vague;
        self.persons.extend(&telling.persons);
        self.contact.persons = self.persons.iter().map(|&name| name.to_owned()).collect();
        self.place = self.place.updated(telling.place);
        self.hosts.extend(telling.hosts);
        for (code, level) in telling.offices {
            self.offices.entry(code).or_insert(level);
        }
    }

    /// How the contact stands after one more report.
    fn next(&self, telling: &Telling<'_>) -> ContactState {
        use ContactState::{Confirmed, Held, Postponed, Proposed, Scheduled};
        let later = self.contact.steps.last().and_then(|step| step.on) < telling.published;
        match (self.contact.state, telling.state) {
            (Held, _) => Held,
            (now, Held) if self.is_too_early(telling) => now,
            (now @ (Scheduled | Confirmed), Proposed) => now,
            (Scheduled, Scheduled) if later => Confirmed,
            (Confirmed, Scheduled) => Confirmed,
            (Postponed, Proposed) => Postponed,
            (_, told) => told,
        }
    }

    /// Whether a report that names no day speaks of talks as if they were held before the day they are planned for.
    fn is_too_early(&self, telling: &Telling<'_>) -> bool {
        let before = |days: Days| telling.days.is_some_and(|told| told.to < days.from);
        telling.is_assumed && self.contact.days.is_some_and(before)
    }

    fn describe(&mut self, telling: &Telling<'a>) {
        let (contact, event) = (&mut self.contact, &telling.report.event);
        contact.level = contact.level.max(telling.level);
        let says_more = contact.kind == ContactKind::Meeting && !telling.is_vague;
        if says_more || telling.kind == ContactKind::Summit {
            contact.kind = telling.kind;
        }
        if event.place.is_some() && (contact.place.is_none() || telling.place.city.is_some()) {
            contact.place.clone_from(&event.place);
        }
        if contact.occasion.is_none() {
            contact.occasion.clone_from(&event.occasion);
        }
        contact.parties.extend(parties(event));
        contact.parties.sort_unstable();
        contact.parties.dedup();
    }

    /// Why the report goes on with the contact as it stands.
    fn join(&self, telling: &Telling<'_>, fit: Fit) -> Join {
        let both = |a: Option<Days>, b: Option<Days>| a.filter(|a| b.is_some_and(|b| a.overlaps(b)));
        let persons: Vec<String> =
            self.persons.intersection(&telling.persons).map(|&name| name.to_owned()).collect();
        let city = self.place.city.filter(|_| self.place.city == telling.place.city);
        let occasion =
            self.contact.occasion.clone().filter(|_| self.contact.occasion == telling.report.event.occasion);
        let mut codes: Vec<ActorCode> = self.contact.parties.iter().filter_map(|party| party.code).collect();
        codes.dedup();
        let facts = [
            both(self.contact.days, telling.days).map(Fact::Days),
            (!codes.is_empty()).then_some(Fact::Parties(codes)),
            city.map(|city| Fact::Town(city.to_owned())),
            occasion.map(Fact::Occasion),
            (!persons.is_empty()).then_some(Fact::Persons(persons)),
        ];
        Join {
            cluster: self.contact.id.clone(),
            report: telling.report.key().to_owned(),
            rule: fit.rule(),
            with: self.contact.steps.last().and_then(|step| step.report.clone()),
            facts: facts.into_iter().flatten().collect(),
        }
    }
}

impl Fit {
    fn rule(self) -> JoinRule {
        match self {
            Self::Open => JoinRule::ContactOpen,
            Self::Moved => JoinRule::ContactMoved,
            Self::Near => JoinRule::ContactNear,
            Self::Days => JoinRule::ContactDays,
        }
    }
}

/// Whether a day lies more than so many days before another.
pub fn is_long_before(last: Option<Date>, now: Option<Date>, days: i32) -> bool {
    matches!((last, now), (Some(last), Some(now)) if days_between(last, now) > days)
}

/// The days of a contact after its steps, each of which holds the days that its report named.
pub fn days_of(steps: &[ContactStep]) -> Option<Days> {
    let mut known: Option<Days> = None;
    let mut state: Option<ContactState> = None;
    for step in steps {
        known = match (known, step.days) {
            (Some(known), Some(told)) => {
                Some(days_after(known, told, state.is_some_and(ContactState::is_open)))
            }
            (known, told) => told.or(known),
        };
        state = Some(step.state);
    }
    known
}

/// Days told after others: vague ones give way to narrower, a plan of some days stands when one of them is told of, what was held and
/// goes on grows, and a plan is moved.
fn days_after(known: Days, told: Days, planned: bool) -> Days {
    let inside = known.from <= told.from && told.to <= known.to;
    match apart(known, told) {
        0 if planned && inside && length(known) < VAGUE => known,
        0 if length(known) <= length(told) => known,
        0 => told,
        1 if !planned => Days { from: known.from.min(told.from), to: known.to.max(told.to) },
        _ => told,
    }
}

fn step(telling: &Telling<'_>, state: ContactState, days: Option<Days>) -> ContactStep {
    let report = Some(telling.report.key().to_owned());
    ContactStep { on: telling.published, state, days, report }
}

/// How many days lie from one span to the other; 0 where they overlap.
fn apart(a: Days, b: Days) -> i32 {
    if a.overlaps(b) { 0 } else { days_between(a.to, b.from).max(days_between(b.to, a.from)) }
}

fn length(days: Days) -> i32 {
    days_between(days.from, days.to)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
