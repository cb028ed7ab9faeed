//! A whole ledger into another place: from one file to a server, or back.

use sqlx::AnyConnection;

use super::act_rows::ACTS;
use super::article_rows::ARTICLES;
use super::batch::{SOURCES, VERSIONS};
use super::contact_rows::{CLUSTER_REPORTS, CLUSTERS, CONTACT_DYADS, CONTACT_STEPS, CONTACTS};
use super::months::DYAD_MONTHS;
use super::report_rows::{DIRTY, DYADS, INVOLVED, PARTIES, REPORTS, SENTENCES};
use super::review::REVIEWS;
use super::sql::{Cells, Dialect, Kind, Outcome, Row, Sql, Table, Value};
use super::{Ledger, LedgerError};

/// Every table but the one that says what the ledger is, in the order in which they refer to each other.
const TABLES: [&Table; 17] = [
    &VERSIONS,
    &SOURCES,
    &ARTICLES,
    &SENTENCES,
    &REPORTS,
    &PARTIES,
    &INVOLVED,
    &DYADS,
    &DYAD_MONTHS,
    &CLUSTERS,
    &CLUSTER_REPORTS,
    &ACTS,
    &CONTACTS,
    &CONTACT_STEPS,
    &CONTACT_DYADS,
    &DIRTY,
    &REVIEWS,
];

/// Rows on their way at a time.
const AT_ONCE: usize = 5_000;

impl Ledger {
    /// Copies everything into an empty ledger, all or nothing: rows keep their numbers and digests, so that `check` proves the copy. Both are
    /// as they were if it fails. `progress` hears how many rows are written; what others write meanwhile is not copied.
    pub async fn copy_to(&self, to: &Self, mut progress: impl FnMut(u64)) -> Result<u64, LedgerError> {
        let mut here = self.snapshot().await?;
        let mut there = to.begin().await?;
        if !to.told(is_empty(&mut there).await)? {
            return Err(LedgerError::Occupied { at: to.at.clone() });
        }
        let mut written = 0;
        for table in TABLES {
            let mut last: Option<Row> = None;
            loop {
                let rows = self.told(after(&mut here, table, last.as_ref()).await)?;
                let values =
                    self.told(rows.iter().map(|row| values(table, row)).collect::<Outcome<Vec<_>>>())?;
                to.told(table.insert(&mut there, to.dialect, &values).await)?;
                written += rows.len() as u64;
                progress(written);
                last = match rows.len() < AT_ONCE {
                    true => break,
                    false => rows.into_iter().next_back(),
                };
            }
        }
        if to.dialect == Dialect::Sqlite {
            let index = Sql::new("INSERT INTO sentence_words (sentence_words) VALUES ('rebuild')");
            to.told(index.run(&mut there).await)?;
        }
        to.commit(there).await?;
        Ok(written)
    }

    /// A transaction that sees the ledger as it is now, whatever others write.
    async fn snapshot(&self) -> Result<sqlx::Transaction<'static, sqlx::Any>, LedgerError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.told(self.pool.begin_with(begin).await.map_err(super::sql::Trouble::from))
    }
}

async fn is_empty(connection: &mut AnyConnection) -> Outcome<bool> {
    Ok(Sql::new("SELECT count(*) FROM articles").number(connection).await? == 0)
}

/// The next rows of a table, in the order of what tells them apart.
async fn after(connection: &mut AnyConnection, table: &Table, last: Option<&Row>) -> Outcome<Vec<Row>> {
    let names =
        |columns: &[(&str, Kind)]| columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let (all, key) = (names(table.columns), names(&table.columns[..table.key]));
    let mut sql = Sql::new(&format!("SELECT {all} FROM {}", table.name));
    if let Some(last) = last {
        let marks = vec!["?"; table.key].join(", ");
        let values = values(table, last)?;
        sql.push(&format!(" WHERE ({key}) > ({marks})"), values.into_iter().take(table.key));
    }
    sql.push(&format!(" ORDER BY {key} LIMIT ?"), [AT_ONCE.into()]);
    sql.all(connection).await
}

/// A row as it came, as it is to be written.
fn values(table: &Table, row: &Row) -> Outcome<Vec<Value<'static>>> {
    let mut cells = Cells::of(row);
    let value = |(_, kind): &(&str, Kind)| {
        Ok(match kind {
            Kind::Text => cells.maybe_string()?.into(),
            Kind::Int => cells.maybe_int()?.into(),
            Kind::Real => cells.maybe_real()?.into(),
        })
    };
    table.columns.iter().map(value).collect()
}
