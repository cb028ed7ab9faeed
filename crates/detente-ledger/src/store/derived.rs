//! Clusters and contacts: made of the reports of one block at a time, where something new came to the block.

use std::collections::{BTreeMap, HashMap};

use detente_model::{Cluster, Contact, Report};
use sqlx::AnyConnection;

use super::act_rows::{self, ACTS};
use super::contact_rows::{self, CLUSTER_REPORTS, CLUSTERS, CONTACT_DYADS, CONTACT_STEPS, CONTACTS, Numbers};
use super::report_rows::{self, Blocks, CONTACT_BLOCKS, DIRTY, DYADS, INVOLVED, Kept};
use super::sql::{Cells, Dialect, Outcome, Sql, Value};
use super::{Ledger, LedgerError};
use crate::derive;

/// Blocks derived in one transaction.
const BLOCKS: usize = 256;
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

    /// The query for the living reports of some blocks, each with its block.
    fn members(self) -> (&'static str, &'static str) {
        match self {
            Self::Clusters => {
                ("SELECT cluster_block, id FROM reports WHERE superseded_by IS NULL AND ", "cluster_block")
            }
            Self::Contacts => ("SELECT block, report FROM contact_blocks WHERE ", "block"),
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
            loop {
                let mut transaction = self.begin().await?;
                let blocks = self.told(derive_some(&mut transaction, self.dialect, derived).await)?;
                self.commit(transaction).await?;
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
    let mut sql = Sql::new("SELECT block FROM dirty WHERE ");
    sql.push("derived = ? ORDER BY block LIMIT ?", [derived.name().into(), BLOCKS.into()]);
    let rows = sql.all(connection).await?;
    let blocks = rows.iter().map(|row| Cells::of(row).int()).collect::<Outcome<Vec<i64>>>()?;
    if blocks.is_empty() {
        return Ok(0);
    }
    for removal in derived.removals() {
        let (before, after) = removal.split_once("{}").unwrap_or((removal, ""));
        let mut sql = Sql::new(before);
        sql.push_in("block", values(&blocks)).push(after, []).run(connection).await?;
    }
    let members = members(connection, derived, &blocks).await?;
    match derived {
        Derived::Clusters => put_clusters(connection, dialect, &members).await?,
        Derived::Contacts => put_contacts(connection, dialect, &members).await?,
    }
    let mut sql = Sql::new("DELETE FROM dirty WHERE ");
    sql.push("derived = ? AND ", [derived.name().into()]).push_in("block", values(&blocks));
    sql.run(connection).await?;
    Ok(blocks.len())
}

fn values(blocks: &[i64]) -> impl Iterator<Item = Value<'static>> {
    blocks.iter().map(|block| Value::Int(*block))
}

/// The living reports of these blocks.
pub(super) async fn members(
    connection: &mut AnyConnection,
    derived: Derived,
    blocks: &[i64],
) -> Outcome<BTreeMap<i64, Vec<Kept>>> {
    let (select, column) = derived.members();
    let mut sql = Sql::new(select);
    sql.push_in(column, values(blocks));
    let mut seats: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in sql.all(connection).await? {
        let mut cells = Cells::of(&row);
        seats.entry(cells.int()?).or_default().push(cells.int()?);
    }
    let mut members = BTreeMap::new();
    for (block, mut ids) in seats {
        ids.sort_unstable();
        members.insert(block, report_rows::by_id(connection, &ids).await?);
    }
    Ok(members)
}

/// The clusters that the reports of a block make.
pub(super) fn clusters_of(members: &[Kept]) -> Vec<Cluster> {
    derive::clusters(&reports(members))
}

/// The contacts that the reports of a block make.
pub(super) fn contacts_of(members: &[Kept]) -> Vec<Contact> {
    derive::contacts(&reports(members))
}

/// The acts that the clusters of a block's reports are, for every pair they bear on.
pub(super) fn acts_of(members: &[Kept], clusters: &[Cluster]) -> Vec<derive::PairAct> {
    derive::acts(&reports(members), clusters)
}

fn reports(members: &[Kept]) -> Vec<Report> {
    members.iter().map(|kept| kept.report.clone()).collect()
}

pub(super) fn numbers(members: &[Kept]) -> Numbers {
    members.iter().map(|kept| (kept.report.key().to_owned(), kept.id)).collect::<HashMap<_, _>>()
}

async fn put_clusters(
    connection: &mut AnyConnection,
    dialect: Dialect,
    members: &BTreeMap<i64, Vec<Kept>>,
) -> Outcome<()> {
    for (block, members) in members {
        let (reports, numbers) = (reports(members), numbers(members));
        let clusters = derive::clusters(&reports);
        let rows = clusters.iter().map(|cluster| contact_rows::cluster_row(cluster, *block, &numbers));
        CLUSTERS.insert(connection, dialect, &rows.collect::<Outcome<Vec<_>>>()?).await?;
        let rows = clusters.iter().map(|cluster| contact_rows::cluster_report_rows(cluster, &numbers));
        let rows = rows.collect::<Outcome<Vec<_>>>()?.concat();
        CLUSTER_REPORTS.insert(connection, dialect, &rows).await?;
        let acts = derive::acts(&reports, &clusters);
        let rows = acts.iter().map(|act| act_rows::row(act, &numbers)).collect::<Outcome<Vec<_>>>()?;
        ACTS.insert(connection, dialect, &rows).await?;
    }
    Ok(())
}

async fn put_contacts(
    connection: &mut AnyConnection,
    dialect: Dialect,
    members: &BTreeMap<i64, Vec<Kept>>,
) -> Outcome<()> {
    for (block, members) in members {
        let (contacts, numbers) = (contacts_of(members), numbers(members));
        let rows: Vec<_> =
            contacts.iter().map(|contact| contact_rows::contact_row(contact, *block)).collect();
        CONTACTS.insert(connection, dialect, &rows).await?;
        let steps = contacts.iter().map(|contact| contact_rows::step_rows(contact, &numbers));
        let steps = steps.collect::<Outcome<Vec<_>>>()?.concat();
        CONTACT_STEPS.insert(connection, dialect, &steps).await?;
        let dyads: Vec<_> = contacts.iter().flat_map(contact_rows::dyad_rows).collect();
        CONTACT_DYADS.insert(connection, dialect, &dyads).await?;
    }
    Ok(())
}

/// Everything derived, in the order of their references.
const DERIVED_TABLES: [&str; 10] = [
    "acts",
    "cluster_reports",
    "clusters",
    "contact_steps",
    "contact_dyads",
    "contacts",
    "contact_blocks",
    "involved",
    "dyads",
    "dirty",
];

/// Empties the derived tables, fills the look-up tables, and marks every block.
async fn begin_anew(connection: &mut AnyConnection, dialect: Dialect) -> Outcome<()> {
    for table in DERIVED_TABLES {
        Sql::new(&format!("DELETE FROM {table}")).run(connection).await?;
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
    let (mut blocks, mut marks) = (Vec::new(), Vec::new());
    for kept in kept {
        let found = Blocks::of(&kept.report);
        let mut sql = Sql::new("UPDATE reports SET ");
        let (block, id) = (Value::from(found.cluster), Value::from(kept.id));
        // A block's name may change between versions; its number is derived as well.
        let update = match block {
            Value::Null => sql.push("cluster_block = NULL WHERE id = ? AND cluster_block IS NOT NULL", [id]),
            block => sql.push(
                "cluster_block = ? WHERE id = ? AND (cluster_block IS NULL OR cluster_block <> ?)",
                [block.clone(), id, block],
            ),
        };
        update.run(connection).await?;
        blocks.extend(found.contact.iter().map(|block| vec![Value::Int(*block), kept.id.into()]));
        marks.extend(found.marks().map(|(derived, block)| vec![Value::from(derived), block.into()]));
    }
    CONTACT_BLOCKS.insert(connection, dialect, &blocks).await?;
    DIRTY.insert(connection, dialect, &marks).await
}
