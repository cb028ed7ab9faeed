//! An actor: who held which office when, with whom it dealt, what it did and what was done to it.

use askama::Template;
use axum::extract::Path;
use detente::ledger::store::Filter;
use detente::lexicon::{Kind, Lexicon};
use detente::model::{ActorCode, Days, Dyad};
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Shape, answer};
use crate::record::{EventRecord, PairRecord, PartyRecord};

/// What the page of an actor shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Actor {
    party: PartyRecord,
    on: String,
    offices: Vec<Tenure>,
    pairs: Vec<Dealing>,
    latest: Vec<EventRecord>,
}

/// Somebody in an office.
#[derive(Debug, Serialize, JsonSchema)]
struct Tenure {
    office: String,
    person: &'static str,
    from: Option<String>,
    to: Option<String>,
    /// Whether it is held on the day asked about.
    held: bool,
}

/// Acts with another in the last half year.
#[derive(Debug, Serialize, JsonSchema)]
struct Dealing {
    #[serde(flatten)]
    pair: PairRecord,
    acts: usize,
    cooperation: usize,
    conflict: usize,
}

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorPage {
    frame: Frame,
    actor: Actor,
    events: String,
}

const LATEST: usize = 30;
const REACH: i64 = 182;
const SHOWN: usize = 12;

/// Shows an actor.
pub async fn show(asked: Asked, Path(words): Path<String>) -> Answer {
    let code = asked.party(&words)?;
    let on = asked.day().await?;
    let desk = &asked.desk;
    let filter = Filter { actor: Some(code), to: Some(on), ..Filter::default() };
    let latest = desk.ledger().page(&filter, None, LATEST).await?.reports;
    let actor = Actor {
        party: PartyRecord::of(code, &desk.names),
        on: on.to_string(),
        offices: offices(code, on),
        pairs: dealings(&asked, code, on).await?,
        latest: EventRecord::all(&latest, &desk.names),
    };
    let frame = Frame::new(&asked, &actor.party.name, ActorPage::SHAPES);
    let events = super::events_href([("actor", code.as_str())]);
    answer(&asked, &ActorPage { frame, actor, events })
}

/// Heads of state and government and ministers, as the lexicon records them: the highest office first, in it the latest first.
fn offices(code: ActorCode, on: Date) -> Vec<Tenure> {
    let lexicon = Lexicon::builtin();
    let persons = lexicon.subjects().filter(|subject| subject.kind() == Kind::Person);
    let held = persons.flat_map(|person| person.roles().iter().map(move |role| (person, role)));
    let mut held: Vec<_> = held
        .filter(|(_, role)| role.code == Some(code) && role.of.is_none())
        .filter_map(|(person, role)| Some((role.office?, person, role)))
        .collect();
    held.sort_by_key(|(office, _, role)| (*office, std::cmp::Reverse(role.period.from)));
    let tenure =
        |(office, person, role): (_, detente::lexicon::Subject<'static>, &detente::lexicon::Role)| Tenure {
            office: lexicon.office_record(office).what.clone(),
            person: person.name(),
            from: role.period.from.map(|day| day.to_string()),
            to: role.period.to.map(|day| day.to_string()),
            held: role.period.holds(Some(on)),
        };
    held.into_iter().map(tenure).collect()
}

async fn dealings(asked: &Asked, code: ActorCode, on: Date) -> Result<Vec<Dealing>, Fault> {
    let days = Days { from: on.saturating_sub((REACH - 1).days()), to: on };
    let sums = asked.desk.pairs(days).await?;
    let own = sums.iter().filter(|sum| sum.a == code || sum.b == code);
    let dealing = |sum: &detente::ledger::store::PairSum| {
        let other = if sum.a == code { sum.b } else { sum.a };
        let (cooperation, conflict) = (sum.acts[0] + sum.acts[1], sum.acts[2] + sum.acts[3]);
        let pair = PairRecord::of(Dyad::new(code, other)?, &asked.desk.names);
        Some(Dealing { pair, acts: cooperation + conflict, cooperation, conflict })
    };
    Ok(own.filter_map(dealing).take(SHOWN).collect())
}

impl Tenure {
    fn days(&self) -> String {
        let (from, to) = (self.from.as_deref().unwrap_or("…"), self.to.as_deref().unwrap_or("…"));
        format!("{from} to {to}")
    }
}

impl Page for ActorPage {
    type Data = Actor;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Atom];

    fn data(&self) -> &Actor {
        &self.actor
    }

    fn csv(&self) -> Option<Csv> {
        let rows = self.actor.latest.iter().map(EventRecord::row).collect();
        Some(Csv { header: EventRecord::COLUMNS, rows })
    }

    fn atom(&self, origin: &str) -> Option<String> {
        super::feed(origin, &self.actor.party.href, &self.actor.party.name, &self.actor.latest)
    }
}
