//! Proof that everything is as it was written, and that what is derived follows from it.

use std::fmt;

use sqlx::{AnyConnection, Row as _};

use super::act_rows::{self, ACTS};
use super::article_rows;
use super::contact_rows;
use super::derived::{Derived, acts_of, clusters_of, contacts_of, living_after, members, numbers};
use super::digest::Digest;
use super::report_rows::{self, Blocks, CONTACT_BLOCKS, DYADS, INVOLVED, Kept};
use super::sql::{Cells, Dialect, Kind, Outcome, Sql, Table, Value};
use super::{Ledger, LedgerError};
use crate::derive::PairAct;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name such as `ledger/report-changed`.
    pub code: &'static str,
    /// What and where.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// A part of the check that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// The database's own structure.
    Structure,
    /// So many articles.
    Articles(usize),
    /// So many reports.
    Reports(usize),
    /// So many blocks of clusters and contacts.
    Blocks(usize),
}

/// Rows looked at in one go.
const AT_ONCE: usize = 500;

impl Ledger {
    /// Looks at every row. No finding means: the file is whole, every reference leads somewhere, every article and report has the
    /// digest it was written with, no article lacks a report, and all that is derived is what would be derived now.
    pub async fn check(&self, progress: impl FnMut(Finished)) -> Result<Vec<Finding>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut check = Check {
            connection: &mut connection,
            dialect: self.dialect,
            findings: Vec::new(),
            progress: Box::new(progress),
        };
        let done = check.all().await;
        let findings = check.findings;
        self.told(done.map(|()| findings))
    }
}

struct Check<'c> {
    connection: &'c mut AnyConnection,
    dialect: Dialect,
    findings: Vec<Finding>,
    progress: Box<dyn FnMut(Finished) + 'c>,
}

impl Check<'_> {
    async fn all(&mut self) -> Outcome<()> {
        if self.dialect == Dialect::Sqlite {
            self.structure().await?;
        }
        (self.progress)(Finished::Structure);
        self.articles().await?;
        self.reports().await?;
        for derived in Derived::BOTH {
            self.derived(derived).await?;
        }
        Ok(())
    }

    fn find(&mut self, code: &'static str, message: String) {
        self.findings.push(Finding { code, message });
    }

    /// What SQLite itself can tell; PostgreSQL keeps its references at all times.
    async fn structure(&mut self) -> Outcome<()> {
        for row in Sql::new("PRAGMA integrity_check(20)").all(self.connection).await? {
            match Cells::of(&row).text()? {
                "ok" => {}
                fault => self.find("ledger/structure", fault.to_owned()),
            }
        }
        for row in Sql::new("PRAGMA foreign_key_check").all(self.connection).await? {
            let (table, parent): (&str, &str) = (row.try_get(0)?, row.try_get(2)?);
            self.find("ledger/reference", format!("a row of {table} refers to no row of {parent}"));
        }
        Ok(())
    }

    async fn articles(&mut self) -> Outcome<()> {
        let columns: Vec<&str> = article_rows::content_columns().iter().map(|(name, _)| *name).collect();
        let mut after = 0;
        loop {
            let mut sql = Sql::new(&format!(
                "SELECT no, digest, reports, (SELECT count(*) FROM reports r WHERE r.article = a.no), {} FROM articles a WHERE ",
                columns.join(", ")
            ));
            sql.push("no > ? ORDER BY no LIMIT ?", [Value::Int(after), AT_ONCE.into()]);
            let rows = sql.all(self.connection).await?;
            for row in &rows {
                after = self.article(&mut Cells::of(row))?;
            }
            (self.progress)(Finished::Articles(rows.len()));
            if rows.len() < AT_ONCE {
                return Ok(());
            }
        }
    }

    fn article(&mut self, cells: &mut Cells<'_>) -> Outcome<i64> {
        let (no, digest) = (cells.int()?, cells.int()?);
        let (told, there) = (cells.maybe_int()?, cells.int()?);
        let content = values(cells, article_rows::content_columns())?;
        let name = content.first().map_or_else(String::new, |id| format!("{id:?}"));
        if article_rows::digest(&content) != digest {
            self.find("ledger/article-changed", format!("article {no} {name} is not as it was written"));
        }
        if told.is_some_and(|told| told != there) {
            self.find("ledger/half-article", format!("article {no} {name} has {there} reports of {told:?}"));
        }
        Ok(no)
    }

    /// Every report's digest, superseded ones too, and the look-up tables of the living.
    async fn reports(&mut self) -> Outcome<()> {
        let mut wanted = LookUps::default();
        let mut after = 0;
        loop {
            let kept = living_after(self.connection, after).await?;
            let Some(last) = kept.last() else { break };
            after = last.id;
            self.digests(&kept);
            kept.iter().for_each(|kept| wanted.add(kept));
            (self.progress)(Finished::Reports(kept.len()));
        }
        self.superseded().await?;
        let living = "SELECT count(*) FROM reports WHERE superseded_by IS NULL";
        let living = Sql::new(living).number(self.connection).await?;
        if living != wanted.reports {
            let lost = living - wanted.reports;
            self.find("ledger/unreadable", format!("{lost} reports have no article or no sentence"));
        }
        self.look_ups(&wanted).await
    }

    async fn superseded(&mut self) -> Outcome<()> {
        let mut after = 0;
        loop {
            let mut sql = Sql::new("SELECT id FROM reports WHERE superseded_by IS NOT NULL AND ");
            sql.push("id > ? ORDER BY id LIMIT ?", [Value::Int(after), AT_ONCE.into()]);
            let rows = sql.all(self.connection).await?;
            let ids = rows.iter().map(|row| Cells::of(row).int()).collect::<Outcome<Vec<_>>>()?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = *last;
            let kept = report_rows::by_id(self.connection, &ids).await?;
            self.digests(&kept);
            (self.progress)(Finished::Reports(kept.len()));
        }
    }

    fn digests(&mut self, kept: &[Kept]) {
        for kept in kept.iter().filter(|kept| report_rows::digest(&kept.report) != kept.digest) {
            self.find(
                "ledger/report-changed",
                format!("report {} is not as it was written", kept.report.key()),
            );
        }
    }

    async fn look_ups(&mut self, wanted: &LookUps) -> Outcome<()> {
        for (table, wanted) in
            [(&INVOLVED, wanted.involved), (&DYADS, wanted.dyads), (&CONTACT_BLOCKS, wanted.blocks)]
        {
            let kept = self.sum(table).await?;
            if kept != wanted {
                let message = format!("the rows of {} are not those that the reports give", table.name);
                self.find("ledger/look-up", message);
            }
        }
        Ok(())
    }

    /// The sum over a whole table, whatever the order of its rows.
    async fn sum(&mut self, table: &Table) -> Outcome<Sum> {
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let keys: Vec<&str> = columns.iter().copied().take(key_length(table)).collect();
        let (columns, keys) = (columns.join(", "), keys.join(", "));
        let mut sum = Sum::default();
        let mut after: Option<Vec<Value<'static>>> = None;
        loop {
            let mut sql = Sql::new(&format!("SELECT {columns} FROM {}", table.name));
            if let Some(after) = after {
                let marks = vec!["?"; after.len()].join(", ");
                sql.push(&format!(" WHERE ({keys}) > ({marks})"), after);
            }
            sql.push(&format!(" ORDER BY {keys} LIMIT ?"), [(AT_ONCE * 20).into()]);
            let rows = sql.all(self.connection).await?;
            let mut last = None;
            for row in &rows {
                let values = values(&mut Cells::of(row), table.columns)?;
                sum.add(table, &values);
                last = Some(values.into_iter().take(key_length(table)).collect());
            }
            match last {
                Some(last) => after = Some(last),
                None => return Ok(sum),
            }
        }
    }

    /// Every block of clusters or contacts, derived again.
    async fn derived(&mut self, derived: Derived) -> Outcome<()> {
        let waiting = Sql::default()
            .push("SELECT count(*) FROM dirty WHERE derived = ?", [derived.name().into()])
            .number(self.connection)
            .await?;
        if waiting > 0 {
            let message = format!("{waiting} blocks of {}s wait to be derived", derived.name());
            self.find("ledger/to-derive", message);
            return Ok(());
        }
        let mut after = None;
        loop {
            let blocks = self.blocks(derived, after).await?;
            let Some(last) = blocks.last() else { return Ok(()) };
            after = Some(*last);
            let members = members(self.connection, derived, &blocks).await?;
            for block in &blocks {
                let members = members.get(block).map_or(&[][..], Vec::as_slice);
                if !self.is_derived(derived, *block, members).await? {
                    let message =
                        format!("the {}s of block {block} do not follow from its reports", derived.name());
                    self.find("ledger/derived", message);
                }
            }
            (self.progress)(Finished::Blocks(blocks.len()));
        }
    }

    /// The next blocks that reports or derived rows name.
    async fn blocks(&mut self, derived: Derived, after: Option<i64>) -> Outcome<Vec<i64>> {
        let (first, second) = match derived {
            Derived::Clusters => (
                "SELECT cluster_block AS block FROM reports WHERE superseded_by IS NULL AND cluster_block IS NOT NULL",
                "SELECT block FROM clusters",
            ),
            Derived::Contacts => ("SELECT block FROM contact_blocks", "SELECT block FROM contacts"),
        };
        let mut sql = Sql::new(&format!("SELECT block FROM ({first} UNION {second}) b"));
        if let Some(after) = after {
            sql.push(" WHERE block > ?", [after.into()]);
        }
        sql.push(" ORDER BY block LIMIT ?", [AT_ONCE.into()]);
        let rows = sql.all(self.connection).await?;
        rows.iter().map(|row| Cells::of(row).int()).collect()
    }

    async fn is_derived(&mut self, derived: Derived, block: i64, members: &[Kept]) -> Outcome<bool> {
        match derived {
            Derived::Clusters => {
                let mut condition = Sql::default();
                condition.push("c.block = ?", [block.into()]);
                let mut kept = contact_rows::clusters(self.connection, condition).await?;
                let mut wanted = clusters_of(members);
                let acts = acts_of(members, &wanted);
                kept.sort_by(|a, b| a.id.cmp(&b.id));
                wanted.sort_by(|a, b| a.id.cmp(&b.id));
                Ok(kept == wanted && self.has_acts(block, members, &acts).await?)
            }
            Derived::Contacts => {
                let mut sql = Sql::default();
                sql.push("SELECT id FROM contacts WHERE block = ? ORDER BY id", [block.into()]);
                let rows = sql.all(self.connection).await?;
                let ids = rows.iter().map(|row| Cells::of(row).string()).collect::<Outcome<Vec<_>>>()?;
                let kept = contact_rows::contacts(self.connection, &ids).await?;
                let mut wanted = contacts_of(members);
                wanted.sort_by(|a, b| a.id.cmp(&b.id));
                Ok(kept == wanted)
            }
        }
    }
}

impl Check<'_> {
    /// Whether the rows of a block's acts are these.
    async fn has_acts(&mut self, block: i64, members: &[Kept], acts: &[PairAct]) -> Outcome<bool> {
        let columns: Vec<&str> = ACTS.columns.iter().map(|(name, _)| *name).collect();
        let mut sql = Sql::new(&format!("SELECT {} FROM acts WHERE cluster IN ", columns.join(", ")));
        sql.push("(SELECT no FROM clusters WHERE block = ?)", [block.into()]);
        let (mut kept, mut wanted) = (Sum::default(), Sum::default());
        for row in sql.all(self.connection).await? {
            kept.add(&ACTS, &values(&mut Cells::of(&row), ACTS.columns)?);
        }
        let numbers = numbers(members);
        for act in acts {
            wanted.add(&ACTS, &act_rows::row(act, &numbers)?);
        }
        Ok(kept == wanted)
    }
}

/// How many of its first columns tell a look-up table's rows apart.
fn key_length(table: &Table) -> usize {
    match table.name {
        "involved" => 3,
        "dyads" => 4,
        _ => table.columns.len(),
    }
}

/// What the look-up tables should hold.
#[derive(Default)]
struct LookUps {
    reports: i64,
    involved: Sum,
    dyads: Sum,
    blocks: Sum,
}

impl LookUps {
    fn add(&mut self, kept: &Kept) {
        self.reports += 1;
        report_rows::involved(&kept.report, kept.id).iter().for_each(|row| self.involved.add(&INVOLVED, row));
        report_rows::dyads(&kept.report, kept.id).iter().for_each(|row| self.dyads.add(&DYADS, row));
        for block in Blocks::of(&kept.report).contact {
            self.blocks.add(&CONTACT_BLOCKS, &[block.into(), kept.id.into()]);
        }
    }
}

/// A sum over rows that does not depend on their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sum {
    rows: u64,
    digests: i64,
}

impl Sum {
    fn add(&mut self, table: &Table, row: &[Value<'_>]) {
        self.rows += 1;
        self.digests = self.digests.wrapping_add(Digest::default().row(table.columns, row).finish());
    }
}

fn values(cells: &mut Cells<'_>, columns: &[(&str, Kind)]) -> Outcome<Vec<Value<'static>>> {
    let value = |(_, kind): &(&str, Kind)| {
        Ok(match kind {
            Kind::Text => cells.maybe_string()?.into(),
            Kind::Int => cells.maybe_int()?.into(),
            Kind::Real => cells.maybe_real()?.into(),
        })
    };
    columns.iter().map(value).collect()
}
