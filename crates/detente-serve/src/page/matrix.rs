//! The matrix of pairs: who dealt with whom, and how warm it was.

use std::collections::BTreeMap;

use askama::Template;
use detente::ledger::store::PairSum;
use detente::model::{ActorCode, Days, Dyad};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Shape, answer, href};
use crate::names::Names;
use crate::record::{PairRecord, PartyRecord};

/// What the matrix shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Matrix {
    from: String,
    to: String,
    /// The parties with most acts.
    pub parties: Vec<PartyRecord>,
    /// The pairs among them, the busiest first.
    pub pairs: Vec<Cell>,
    #[serde(skip)]
    rows: Vec<Row>,
}

/// A party with all others.
#[derive(Debug)]
struct Row {
    party: PartyRecord,
    squares: Vec<Option<Square>>,
}

/// A pair where row and column meet.
#[derive(Debug)]
struct Square {
    href: String,
    heat: String,
    told: String,
    acts: usize,
}

/// One pair.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cell {
    /// The pair.
    #[serde(flatten)]
    pub pair: PairRecord,
    /// Acts, each once however often it was told.
    pub acts: usize,
    /// Of cooperation.
    pub cooperation: usize,
    /// Of conflict.
    pub conflict: usize,
    /// Cooperation against conflict, -1 to 1.
    balance: f64,
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct MatrixPage {
    frame: Frame,
    matrix: Matrix,
    days: i64,
}

/// Parties shown.
const PARTIES: i64 = 16;
/// Pairs that the parties are chosen by.
const PAIRS: usize = 400;

/// Shows the matrix of the last days.
pub async fn show(asked: Asked) -> Answer {
    let (matrix, days) = matrix(&asked, PARTIES).await?;
    let frame = Frame::new(&asked, "Matrix of pairs", MatrixPage::SHAPES);
    answer(&asked, &MatrixPage { frame, matrix, days })
}

/// The matrix that the query asks for, of so many parties unless it says otherwise, and over how many days.
pub async fn matrix(asked: &Asked, parties: i64) -> Result<(Matrix, i64), Fault> {
    let on = asked.day().await?;
    let days = asked.params.within("days", 1, 36_600)?.unwrap_or(182);
    let most = asked.params.within("parties", 2, 60)?.unwrap_or(parties);
    let window = Days { from: on.saturating_sub((days - 1).days()), to: on };
    let sums = asked.desk.pairs(window).await?;
    let sums = &sums[..sums.len().min(PAIRS)];
    Ok((Matrix::of(sums, window, usize::try_from(most).unwrap_or(2), &asked.desk.names), days))
}

impl Matrix {
    /// The first day.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// The last day.
    pub fn to(&self) -> &str {
        &self.to
    }

    fn of(sums: &[PairSum], days: Days, most: usize, names: &Names) -> Self {
        let parties = busiest(sums, most);
        let shown: Vec<&PairSum> =
            sums.iter().filter(|sum| parties.contains(&sum.a) && parties.contains(&sum.b)).collect();
        let pairs: Vec<Cell> = shown.iter().filter_map(|sum| Cell::of(sum, names)).collect();
        let parties: Vec<PartyRecord> = parties.iter().map(|code| PartyRecord::of(*code, names)).collect();
        let rows = parties.iter().map(|party| Row::of(party, &parties, &pairs)).collect();
        Self { from: days.from.to_string(), to: days.to.to_string(), parties, pairs, rows }
    }
}

impl Row {
    fn of(party: &PartyRecord, others: &[PartyRecord], pairs: &[Cell]) -> Self {
        let squares = others.iter().map(|other| {
            let cell = pairs.iter().find(|cell| cell.pair.joins(&party.code, &other.code))?;
            Some(Square {
                href: format!("/pair/{}/{}", party.code, other.code),
                heat: cell.heat(),
                told: format!("{} and {}: {}", party.name, other.name, cell.told()),
                acts: cell.acts,
            })
        });
        Self { party: party.clone(), squares: squares.collect() }
    }
}

/// The parties with most acts, in order of their codes.
fn busiest(sums: &[PairSum], most: usize) -> Vec<ActorCode> {
    let mut counts: BTreeMap<ActorCode, usize> = BTreeMap::new();
    for sum in sums {
        let acts: usize = sum.acts.iter().sum();
        *counts.entry(sum.a).or_default() += acts;
        *counts.entry(sum.b).or_default() += acts;
    }
    let mut ranked: Vec<(ActorCode, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, acts)| std::cmp::Reverse(*acts));
    let mut parties: Vec<ActorCode> = ranked.into_iter().take(most).map(|(code, _)| code).collect();
    parties.sort();
    parties
}

impl Cell {
    fn of(sum: &PairSum, names: &Names) -> Option<Self> {
        let dyad = Dyad::new(sum.a, sum.b)?;
        let (cooperation, conflict) = (sum.acts[0] + sum.acts[1], sum.acts[2] + sum.acts[3]);
        let acts = cooperation + conflict;
        Some(Self {
            pair: PairRecord::of(dyad, names),
            acts,
            cooperation,
            conflict,
            balance: (cooperation as f64 - conflict as f64) / (acts as f64).max(1.0),
        })
    }

    /// Seven steps from conflict to cooperation, by the name of their class.
    pub fn heat(&self) -> String {
        let step = ((self.balance + 1.0) / 2.0 * 6.0).round();
        format!("heat-{step:.0}")
    }

    /// In words: "12 acts, 9 of cooperation, 3 of conflict".
    pub fn told(&self) -> String {
        let Self { acts, cooperation, conflict, .. } = self;
        format!("{acts} acts, {cooperation} of cooperation, {conflict} of conflict")
    }
}

impl Page for MatrixPage {
    type Data = Matrix;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv];

    fn data(&self) -> &Matrix {
        &self.matrix
    }

    fn csv(&self) -> Option<Csv> {
        let row = |cell: &Cell| {
            let counts = [cell.acts, cell.cooperation, cell.conflict].map(|count| count.to_string());
            let mut row = vec![cell.pair.a.code.clone(), cell.pair.b.code.clone()];
            row.extend(counts);
            row.push(format!("{:.3}", cell.balance));
            row
        };
        let rows = self.matrix.pairs.iter().map(row).collect();
        Some(Csv { header: &["a", "b", "acts", "cooperation", "conflict", "balance"], rows })
    }
}

/// A stretch of days that the matrix can be shown for.
struct Stretch {
    days: i64,
    href: String,
    shown: bool,
}

impl MatrixPage {
    fn stretches(&self) -> Vec<Stretch> {
        let stretch = |days: i64| {
            let query = href::query([("days", days.to_string().as_str()), ("on", self.matrix.to.as_str())]);
            Stretch { days, href: format!("/matrix{query}"), shown: days == self.days }
        };
        [28, 182, 730, 3650].map(stretch).into()
    }
}
