//! Proof that everything is as it was written, and that what is derived follows from it.

use std::fmt;

use sqlx::AnyConnection;

use super::article_rows;
use super::derived::{Derived, derived_rows, living_after};
use super::digest::Digest;
use super::months::{DYAD_MONTHS, Months};
use super::report_rows::{self, DYADS, INVOLVED, Kept, Shown};
use super::sql::{Again, Cells, Dialect, Kind, Outcome, Sql, Table, Value};
use super::{Ledger, LedgerError};

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

const HOMELESS: &str = "SELECT count(*) FROM reports r WHERE r.superseded_by IS NULL AND NOT EXISTS \
     (SELECT 1 FROM sentences s JOIN articles a ON a.no = s.article WHERE s.id = r.sentence AND a.no = r.article)";

/// An article that was read here is superseded with all its reports.
const ESTRANGED: &str = "SELECT count(*) FROM reports r JOIN articles a ON a.no = r.article \
     WHERE (r.superseded_by IS NULL AND a.superseded_by IS NOT NULL) \
     OR (r.superseded_by IS NOT NULL AND a.superseded_by IS NULL AND a.reports IS NOT NULL)";

/// Rows looked at in one go.
const AT_ONCE: usize = 500;

impl Ledger {
    /// Looks at every row. No finding means: the file is whole, every reference leads somewhere, every article and report has the
    /// digest it was written with, no article lacks a report, and all that is derived is what would be derived now.
    pub async fn check(&self, progress: impl FnMut(Finished)) -> Result<Vec<Finding>, LedgerError> {
        let mut connection = self.connection_of_its_own().await?;
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
        for row in Sql::new("SELECT integrity_check FROM pragma_integrity_check LIMIT 20")
            .all(self.connection)
            .await?
        {
            match Cells::of(&row).text()? {
                "ok" => {}
                fault => self.find("ledger/structure", fault.to_owned()),
            }
        }
        let references = "SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check";
        for row in Sql::new(references).all(self.connection).await? {
            let mut cells = Cells::of(&row);
            let (table, parent) = (cells.text()?, cells.text()?);
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
        let mut wanted = Wanted::of(&[&INVOLVED, &DYADS, &DYAD_MONTHS]);
        let mut after = 0;
        loop {
            let kept = living_after(self.connection, after).await?;
            let Some(last) = kept.last() else { break };
            after = last.id;
            self.digests(&kept);
            self.shown(&kept).await?;
            for kept in &kept {
                wanted.add(&INVOLVED, &report_rows::involved(&kept.report, kept.id));
                wanted.add(&DYADS, &report_rows::dyads(&kept.report, kept.id));
            }
            let mut months = Months::default();
            kept.iter().for_each(|kept| months.add(&kept.report));
            wanted.add(&DYAD_MONTHS, &months.rows());
            (self.progress)(Finished::Reports(kept.len()));
        }
        self.superseded().await?;
        self.none(HOMELESS, "ledger/unreadable", "reports have no article or no sentence").await?;
        self.none(
            ESTRANGED,
            "ledger/superseded",
            "reports live or are superseded otherwise than their articles",
        )
        .await?;
        let empty = "SELECT count(*) FROM dyad_months WHERE reports < 1";
        self.none(empty, "ledger/look-up", "rows of dyad_months count no report").await?;
        self.compare(&wanted, "ledger/look-up").await
    }

    /// Finds what a query counts.
    async fn none(&mut self, count: &str, code: &'static str, what: &str) -> Outcome<()> {
        let number = Sql::new(count).number(self.connection).await?;
        if number > 0 {
            self.find(code, format!("{number} {what}"));
        }
        Ok(())
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

    /// The columns that follow from the rest of a report.
    async fn shown(&mut self, kept: &[Kept]) -> Outcome<()> {
        let shown = report_rows::shown(self.connection, kept).await?;
        for kept in kept.iter().filter(|kept| shown.get(&kept.id) != Some(&Shown::of(&kept.report))) {
            let key = kept.report.key();
            self.find("ledger/look-up", format!("report {key} is sorted where it does not belong"));
        }
        Ok(())
    }

    async fn compare(&mut self, wanted: &Wanted, code: &'static str) -> Outcome<()> {
        for (table, wanted) in &wanted.0 {
            if self.sum(table).await? != *wanted {
                self.find(code, format!("the rows of {} are not those that the reports give", table.name));
            }
        }
        Ok(())
    }

    /// The sum over a whole table, whatever the order of its rows.
    async fn sum(&mut self, table: &Table) -> Outcome<Sum> {
        let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        let keys: Vec<&str> = columns.iter().copied().take(table.key).collect();
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
                last = Some(values.into_iter().take(table.key).collect());
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
        let mut wanted = Wanted::of(derived.tables());
        let mut after = i64::MIN;
        loop {
            let blocks = self.blocks(derived, after).await?;
            let Some(last) = blocks.last() else { break };
            after = *last;
            for (table, rows) in derived_rows(self.connection, derived, &blocks).await? {
                wanted.add(table, &rows);
            }
            (self.progress)(Finished::Blocks(blocks.len()));
        }
        self.compare(&wanted, "ledger/derived").await
    }

    /// The next blocks that reports name.
    async fn blocks(&mut self, derived: Derived, after: i64) -> Outcome<Vec<i64>> {
        let block = derived.block();
        let mut sql = Sql::new(&format!("SELECT DISTINCT {block} FROM reports WHERE superseded_by IS NULL"));
        let next = format!(" AND {block} > ? ORDER BY {block} LIMIT ?");
        sql.push(&next, [after.into(), AT_ONCE.into()]);
        let rows = sql.all(self.connection).await?;
        rows.iter().map(|row| Cells::of(row).int()).collect()
    }
}

/// What derived tables should hold.
struct Wanted(Vec<(&'static Table, Sum)>);

impl Wanted {
    fn of(tables: &[&'static Table]) -> Self {
        Self(tables.iter().map(|table| (*table, Sum::default())).collect())
    }

    fn add(&mut self, table: &Table, rows: &[Vec<Value<'_>>]) {
        let sum = self.0.iter_mut().find(|(wanted, _)| wanted.name == table.name);
        if let Some((table, sum)) = sum {
            rows.iter().for_each(|row| sum.add(table, row));
        }
    }
}

/// A sum over rows that does not depend on their order, nor on whether rows of one key were added up before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sum {
    rows: u64,
    digests: i64,
}

impl Sum {
    fn add(&mut self, table: &Table, row: &[Value<'_>]) {
        if table.again == Again::Adds {
            return self.add_sums(table, row);
        }
        self.rows += 1;
        self.digests = self.digests.wrapping_add(Digest::default().row(table.columns, row).finish());
    }

    /// Each sum counts as often as its like would if it came one by one.
    fn add_sums(&mut self, table: &Table, row: &[Value<'_>]) {
        for (column, value) in table.columns.iter().zip(row).skip(table.key) {
            let Value::Int(number) = value else { continue };
            let one = Digest::default().row(&table.columns[..table.key], row).text("sum", column.0).finish();
            self.digests = self.digests.wrapping_add(one.wrapping_mul(*number));
        }
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
