//! The front desk: how the watched pairs stand, what is on the agenda, what was reported last.

use askama::Template;
use detente::assess::{Options, Picture};
use detente::ledger::store::{Agenda, Filter, LedgerError};
use detente::model::{ContactState, Days, Dyad};
use detente::{Answered, Kept};
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::desk::Desk;
use crate::draw;
use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Shape, answer};
use crate::record::{ContactRecord, EventRecord, VerdictRecord};

/// What the front desk shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Front {
    on: String,
    pairs: Vec<Standing>,
    agenda: Vec<ContactRecord>,
    latest: Vec<EventRecord>,
}

/// A watched pair.
#[derive(Debug, Serialize, JsonSchema)]
struct Standing {
    #[serde(flatten)]
    verdict: VerdictRecord,
    #[serde(skip)]
    spark: String,
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    frame: Frame,
    front: Front,
    live: Option<String>,
}

/// Pairs shown where none are watched.
const BUSIEST: usize = 8;
/// The agenda looks so many days ahead.
const AHEAD: i64 = 14;
const CONTACTS: usize = 40;
const LATEST: usize = 15;

/// Shows the front desk.
pub async fn show(asked: Asked) -> Answer {
    let on = asked.day().await?;
    let front = front(&asked, on).await?;
    let frame = Frame::new(&asked, "Front desk", FrontPage::SHAPES);
    answer(&asked, &FrontPage { frame, front, live: super::live(&asked, &[]) })
}

async fn front(asked: &Asked, on: Date) -> Result<Front, Fault> {
    let desk = &asked.desk;
    let mut pairs = Vec::new();
    for dyad in watched(desk, on).await? {
        let answered = desk.relation(dyad, on, Options::default()).await?;
        pairs.extend(standing(desk, &answered));
    }
    Ok(Front {
        on: on.to_string(),
        pairs,
        agenda: agenda(&desk.kept, desk, on).await?,
        latest: EventRecord::all(
            &desk.ledger().page(&Filter { to: Some(on), ..Filter::default() }, None, LATEST).await?.reports,
            &desk.names,
        ),
    })
}

async fn watched(desk: &Desk, on: Date) -> Result<Vec<Dyad>, LedgerError> {
    if !desk.options.watched.is_empty() {
        return Ok(desk.options.watched.clone());
    }
    let window = Days { from: on.saturating_sub(Options::default().window.days()), to: on };
    let pairs = desk.pairs(window).await?;
    Ok(pairs.iter().take(BUSIEST).filter_map(|sum| Dyad::new(sum.a, sum.b)).collect())
}

fn standing(desk: &Desk, answered: &Answered) -> Option<Standing> {
    let (verdict, history) = answered.verdict.as_ref()?;
    let spark = draw::spark(&Picture::of(history, verdict));
    Some(Standing { verdict: VerdictRecord::of(verdict, &desk.names), spark })
}

async fn agenda(kept: &Kept, desk: &Desk, on: Date) -> Result<Vec<ContactRecord>, LedgerError> {
    let asked = Agenda {
        from: Some(on),
        to: Some(on.saturating_add(AHEAD.days())),
        states: ContactState::ALL.iter().copied().filter(|state| state.is_open()).collect(),
        on: Some(on),
        ..Agenda::default()
    };
    Ok(ContactRecord::all(&kept.ledger().agenda(&asked, CONTACTS).await?, &desk.names))
}

impl Page for FrontPage {
    type Data = Front;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Atom];

    fn data(&self) -> &Front {
        &self.front
    }

    fn csv(&self) -> Option<Csv> {
        let rows = self.front.latest.iter().map(EventRecord::row).collect();
        Some(Csv { header: EventRecord::COLUMNS, rows })
    }

    fn atom(&self, origin: &str) -> Option<String> {
        super::feed(origin, "/", "Latest reports", &self.front.latest)
    }
}
