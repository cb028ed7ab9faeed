//! Clusters and contacts: made of the reports of one block at a time, where something new came to the block.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use detente_model::Report;
use sqlx::AnyConnection;

use super::act_rows::{self, ACTS};
use super::contact_rows::{
    self, CLUSTER_REPORTS, CLUSTERS, CONTACT_DYADS, CONTACT_STEPS, CONTACTS, Numbers, Row,
};
use super::cores::on_all_cores;
use super::log::OnDisk;
use super::months::Months;
use super::report_rows::{self, DIRTY, DYADS, INVOLVED, Kept, Shown};
use super::sql::{Cells, Dialect, Outcome, Sql, Table, Trouble, Value};
use super::{Ledger, LedgerError};
use crate::derive;

/// Blocks derived in one transaction at most, and the reports of which no further block is begun.
const BLOCKS: usize = 16_000;
const ENOUGH: usize = 20_000;
/// Reports looked at in one go while everything is rebuilt.
const REPORTS_AT_ONCE: i64 = 5_000;

/// What is derived from reports, block by block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Derived {
    Clusters,
    Contacts,
}

impl Derived {
    pub const BOTH: [Self; 2] = [Self::Clusters, Self::Contacts];

    pub fn name(self) -> &'static str {
        match self {
            Self::Clusters => "cluster",
            Self::Contacts => "contact",
        }
    }

    /// The column of a report that names its block.
    pub fn block(self) -> &'static str {
        match self {
            Self::Clusters => "cluster_block",
            Self::Contacts => "contact_block",
        }
    }

    /// What is derived, in the order in which the tables refer to each other.
    pub fn tables(self) -> &'static [&'static Table] {
        match self {
            Self::Clusters => &[&CLUSTERS, &CLUSTER_REPORTS, &ACTS],
            Self::Contacts => &[&CONTACTS, &CONTACT_STEPS, &CONTACT_DYADS],
        }
    }

    /// What the reports of a block give.
    fn rows(self, Members { block, reports, numbers }: &Members) -> Outcome<[Vec<Row>; 3]> {
        match self {
            Self::Clusters => cluster_rows(*block, numbers, reports),
            Self::Contacts => contact_rows(*block, numbers, reports),
        }
    }

    /// What takes away all that was derived of a block, in the order of their references.
    fn removals(self) -> &'static [&'static str] {
        match self {
            Self::Clusters => &[
                "DELETE FROM acts WHERE cluster IN (SELECT no FROM clusters WHERE {})",
                "DELETE FROM cluster_reports WHERE cluster IN (SELECT no FROM clusters WHERE {})",
                "DELETE FROM clusters WHERE {}",
            ],
            Self::Contacts => &[
                "DELETE FROM contact_steps WHERE contact IN (SELECT id FROM contacts WHERE {})",
                "DELETE FROM contact_dyads WHERE contact IN (SELECT id FROM contacts WHERE {})",
                "DELETE FROM contacts WHERE {}",
            ],
        }
    }
}

impl Ledger {
    /// Derives clusters and contacts wherever reports were kept or superseded since; says how many blocks that were.
    /// `progress` hears how many are done after each step.
    pub async fn derive(&self, mut progress: impl FnMut(usize)) -> Result<usize, LedgerError> {
        let mut done = 0;
        for derived in Derived::BOTH {
            let mut before: Option<OnDisk> = None;
            loop {
                let mut transaction = self.begin().await?;
                let blocks = self.told(derive_some(&mut transaction, self.dialect, derived).await)?;
                self.commit_soon(transaction).await?.follow(&mut before).await?;
                if blocks == 0 {
                    break;
                }
                done += blocks;
                progress(done);
            }
        }
        Ok(done)
    }

    /// How many blocks wait to be derived again.
    pub async fn blocks_to_derive(&self) -> Result<usize, LedgerError> {
        let mut connection = self.connection().await?;
        let number = self.told(Sql::new("SELECT count(*) FROM dirty").number(&mut connection).await)?;
        Ok(usize::try_from(number).unwrap_or(0))
    }

    /// Makes everything that is derived anew from the reports: look-up tables at once, clusters and contacts as `derive` does.
    pub async fn rebuild(&self, progress: impl FnMut(usize)) -> Result<usize, LedgerError> {
        let mut transaction = self.begin().await?;
        self.told(begin_anew(&mut transaction, self.dialect).await)?;
        self.commit(transaction).await?;
        self.derive(progress).await
    }
}

/// Derives some of the blocks that wait; says how many.
async fn derive_some(connection: &mut AnyConnection, dialect: Dialect, derived: Derived) -> Outcome<usize> {
    let blocks = waiting(connection, derived).await?;
    if blocks.is_empty() {
        return Ok(0);
    }
    for removal in derived.removals() {
        let (before, after) = removal.split_once("{}").unwrap_or((removal, ""));
        let mut sql = Sql::new(before);
        sql.push_in("block", values(&blocks)).push(after, []).run(connection).await?;
    }
    for (table, mut rows) in derived_rows(connection, derived, &blocks).await? {
        // In the order of their keys: neighbours are written together.
        rows.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        table.insert(connection, dialect, &rows).await?;
    }
    let mut sql = Sql::new("DELETE FROM dirty WHERE ");
    sql.push("derived = ? AND ", [derived.name().into()]).push_in("block", values(&blocks));
    sql.run(connection).await?;
    Ok(blocks.len())
}

/// Blocks that wait, as many as are worth one transaction.
async fn waiting(connection: &mut AnyConnection, derived: Derived) -> Outcome<Vec<i64>> {
    let column = derived.block();
    let mut sql = Sql::new(&format!(
        "SELECT block, (SELECT count(*) FROM reports WHERE {column} = block) FROM dirty WHERE "
    ));
    sql.push("derived = ? ORDER BY block LIMIT ?", [derived.name().into(), BLOCKS.into()]);
    let (mut blocks, mut reports) = (Vec::new(), 0);
    for row in sql.all(connection).await? {
        let mut cells = Cells::of(&row);
        blocks.push(cells.int()?);
        reports += cells.count()?;
        if reports > ENOUGH {
            break;
        }
    }
    Ok(blocks)
}

fn values(blocks: &[i64]) -> impl Iterator<Item = Value<'static>> {
    blocks.iter().map(|block| Value::Int(*block))
}

/// A block and its living reports, with the numbers of their rows by their keys.
struct Members {
    block: i64,
    reports: Vec<Report>,
    numbers: Numbers,
}

/// The living reports of these blocks.
async fn members(connection: &mut AnyConnection, derived: Derived, blocks: &[i64]) -> Outcome<Vec<Members>> {
    let column = derived.block();
    let mut sql = Sql::new(&format!("SELECT {column}, id FROM reports WHERE superseded_by IS NULL AND "));
    sql.push_in(column, values(blocks));
    sql.push(" ORDER BY id", []);
    let (mut ids, mut seats) = (Vec::new(), Vec::new());
    for row in sql.all(connection).await? {
        let mut cells = Cells::of(&row);
        seats.push(cells.int()?);
        ids.push(cells.int()?);
    }
    let kept = report_rows::by_id(connection, &ids).await?;
    if kept.len() < ids.len() {
        return Err(Trouble::Row(format!(
            "{} reports have no article or no sentence",
            ids.len() - kept.len()
        )));
    }
    let mut members: BTreeMap<i64, Vec<Kept>> = BTreeMap::new();
    for (block, kept) in seats.into_iter().zip(kept) {
        members.entry(block).or_default().push(kept);
    }
    Ok(members.into_iter().map(|(block, members)| Members::of(block, members)).collect())
}

impl Members {
    fn of(block: i64, members: Vec<Kept>) -> Self {
        let numbers = members.iter().map(|kept| (kept.report.key().to_owned(), kept.id)).collect();
        Self { block, numbers, reports: members.into_iter().map(|kept| kept.report).collect() }
    }
}

/// Rows, and the table they go to.
pub(super) type Rows = (&'static Table, Vec<Row>);

/// What the reports of these blocks give, in the order in which the tables refer to each other.
pub(super) async fn derived_rows(
    connection: &mut AnyConnection,
    derived: Derived,
    blocks: &[i64],
) -> Outcome<Vec<Rows>> {
    let mut all: Vec<Rows> = derived.tables().iter().map(|table| (*table, Vec::new())).collect();
    for rows in on_all_cores(&members(connection, derived, blocks).await?, |block| derived.rows(block)) {
        all.iter_mut().zip(rows?).for_each(|((_, all), rows)| all.extend(rows));
    }
    Ok(all)
}

fn cluster_rows(block: i64, numbers: &Numbers, reports: &[Report]) -> Outcome<[Vec<Row>; 3]> {
    let clusters = derive::clusters(reports);
    let rows = clusters.iter().map(|cluster| contact_rows::cluster_row(cluster, block, numbers));
    let members = clusters.iter().map(|cluster| contact_rows::cluster_report_rows(cluster, numbers));
    let acts = derive::acts(reports, &clusters);
    Ok([
        rows.collect::<Outcome<_>>()?,
        members.collect::<Outcome<Vec<_>>>()?.concat(),
        acts.iter().map(|act| act_rows::row(act, numbers)).collect::<Outcome<_>>()?,
    ])
}

fn contact_rows(block: i64, numbers: &Numbers, reports: &[Report]) -> Outcome<[Vec<Row>; 3]> {
    let contacts = derive::contacts(reports);
    let steps = contacts.iter().map(|contact| contact_rows::step_rows(contact, numbers));
    Ok([
        contacts.iter().map(|contact| contact_rows::contact_row(contact, block)).collect(),
        steps.collect::<Outcome<Vec<_>>>()?.concat(),
        contacts.iter().flat_map(contact_rows::dyad_rows).collect(),
    ])
}

/// Everything derived, in the order of their references.
const DERIVED_TABLES: [&str; 10] = [
    "acts",
    "cluster_reports",
    "clusters",
    "contact_steps",
    "contact_dyads",
    "contacts",
    "involved",
    "dyads",
    "dyad_months",
    "dirty",
];

/// Empties the derived tables, fills the look-up tables, and marks every block.
async fn begin_anew(connection: &mut AnyConnection, dialect: Dialect) -> Outcome<()> {
    for table in DERIVED_TABLES {
        Sql::new(&format!("DELETE FROM {table}")).run(connection).await?;
    }
    if dialect == Dialect::Sqlite {
        Sql::new("INSERT INTO sentence_words (sentence_words) VALUES ('rebuild')").run(connection).await?;
    }
    let mut after = 0;
    loop {
        let kept = living_after(connection, after).await?;
        let Some(last) = kept.last() else { return Ok(()) };
        after = last.id;
        look_up(connection, dialect, &kept).await?;
    }
}

/// The next living reports, in the order of their numbers.
pub(super) async fn living_after(connection: &mut AnyConnection, after: i64) -> Outcome<Vec<Kept>> {
    let mut sql = Sql::new("SELECT id FROM reports WHERE superseded_by IS NULL AND ");
    sql.push("id > ? ORDER BY id LIMIT ?", [after.into(), REPORTS_AT_ONCE.into()]);
    let rows = sql.all(connection).await?;
    let ids = rows.iter().map(|row| Cells::of(row).int()).collect::<Outcome<Vec<_>>>()?;
    report_rows::by_id(connection, &ids).await
}

async fn look_up(connection: &mut AnyConnection, dialect: Dialect, kept: &[Kept]) -> Outcome<()> {
    let involved: Vec<_> = kept.iter().flat_map(|k| report_rows::involved(&k.report, k.id)).collect();
    INVOLVED.insert(connection, dialect, &involved).await?;
    let dyads: Vec<_> = kept.iter().flat_map(|k| report_rows::dyads(&k.report, k.id)).collect();
    DYADS.insert(connection, dialect, &dyads).await?;
    let mut months = Months::default();
    kept.iter().for_each(|kept| months.add(&kept.report));
    months.put(connection, dialect).await?;
    let shown = report_rows::shown(connection, kept).await?;
    let mut marks = BTreeSet::new();
    for kept in kept {
        let wanted = Shown::of(&kept.report);
        if shown.get(&kept.id) != Some(&wanted) {
            wanted.put(connection, kept.id).await?;
        }
        marks.extend(wanted.blocks.marks());
    }
    let marks: Vec<_> =
        marks.into_iter().map(|(derived, block)| vec![derived.into(), block.into()]).collect();
    DIRTY.insert(connection, dialect, &marks).await
}
