//! A whole ledger into another place: from one file to a server, or back.

use sqlx::postgres::PgPoolOptions;
use sqlx::{Any, AnyConnection, Executor as _, Postgres, Transaction};

use super::act_rows::ACTS;
use super::article_rows::ARTICLES;
use super::batch::{SOURCES, VERSIONS};
use super::connect::POSTGRES;
use super::contact_rows::{CLUSTER_REPORTS, CLUSTERS, CONTACT_DYADS, CONTACT_STEPS, CONTACTS};
use super::months::DYAD_MONTHS;
use super::report_rows::{DIRTY, DYADS, INVOLVED, PARTIES, REPORTS, SENTENCES};
use super::review::REVIEWS;
use super::sql::{Cells, Dialect, Kind, Outcome, Row, Sql, Table, Trouble, Value};
use super::{Ledger, LedgerError, WRITER};

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
/// Rows that are sent to a server together.
const IN_A_MESSAGE: usize = 100;

impl Ledger {
    /// Copies everything into an empty ledger, all or nothing: rows keep their numbers and digests, so that `check` proves the copy. Both are
    /// as they were if it fails. `progress` hears how many rows are written; what others write meanwhile is not copied.
    pub async fn copy_to(&self, to: &Self, mut progress: impl FnMut(u64)) -> Result<u64, LedgerError> {
        let mut here = self.snapshot().await?;
        let mut there = There::of(to).await?;
        if !to.told(there.is_empty().await)? {
            return Err(LedgerError::Occupied { at: to.at.clone() });
        }
        let mut written = 0;
        for table in TABLES {
            let mut last: Option<Row> = None;
            loop {
                let rows = self.told(after(&mut here, table, last.as_ref()).await)?;
                let values =
                    self.told(rows.iter().map(|row| values(table, row)).collect::<Outcome<Vec<_>>>())?;
                to.told(there.write(table, &values).await)?;
                written += rows.len() as u64;
                progress(written);
                last = match rows.len() < AT_ONCE {
                    true => break,
                    false => rows.into_iter().next_back(),
                };
            }
        }
        there.finish(to).await?;
        Ok(written)
    }

    /// A transaction that sees the ledger as it is now, whatever others write.
    async fn snapshot(&self) -> Result<Transaction<'static, Any>, LedgerError> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.told(self.pool.begin_with(begin).await.map_err(Trouble::from))
    }
}

/// Where everything goes, in one transaction of whoever alone may write.
enum There {
    File(Transaction<'static, Any>),
    /// A connection that can do what only PostgreSQL can: take a table as one stream.
    Server(Transaction<'static, Postgres>),
}

impl There {
    async fn of(ledger: &Ledger) -> Result<Self, LedgerError> {
        match ledger.dialect {
            Dialect::Sqlite => Ok(Self::File(ledger.begin().await?)),
            Dialect::Postgres => ledger.told(Self::server(ledger).await),
        }
    }

    async fn server(ledger: &Ledger) -> Outcome<Self> {
        let address = &ledger.pool.connect_options().database_url;
        let pool = PgPoolOptions::new().max_connections(1).connect(address.as_str()).await?;
        let mut transaction = pool.begin().await?;
        transaction.execute(POSTGRES).await?;
        transaction.execute(WRITER).await?;
        Ok(Self::Server(transaction))
    }

    async fn is_empty(&mut self) -> Outcome<bool> {
        const ARTICLES: &str = "SELECT count(*) FROM articles";
        let articles: i64 = match self {
            Self::File(transaction) => Sql::new(ARTICLES).number(transaction).await?,
            Self::Server(transaction) => sqlx::query_scalar(ARTICLES).fetch_one(&mut **transaction).await?,
        };
        Ok(articles == 0)
    }

    async fn write(&mut self, table: &Table, rows: &[Vec<Value<'_>>]) -> Outcome<()> {
        match self {
            Self::File(transaction) => table.insert(transaction, Dialect::Sqlite, rows).await,
            Self::Server(transaction) => {
                let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
                let copy = format!("COPY {} ({}) FROM STDIN", table.name, columns.join(", "));
                let mut stream = transaction.copy_in_raw(&copy).await?;
                for rows in rows.chunks(IN_A_MESSAGE) {
                    stream.send(lines(rows).into_bytes()).await?;
                }
                stream.finish().await?;
                Ok(())
            }
        }
    }

    /// Makes what follows from the rows, and commits.
    async fn finish(self, to: &Ledger) -> Result<(), LedgerError> {
        match self {
            Self::File(mut transaction) => {
                let index = Sql::new("INSERT INTO sentence_words (sentence_words) VALUES ('rebuild')");
                to.told(index.run(&mut transaction).await)?;
                to.commit(transaction).await
            }
            Self::Server(transaction) => to.told(transaction.commit().await.map_err(Trouble::from)),
        }
    }
}

/// Rows in the text that `COPY` reads: a line a row, tabs between values, `\N` for none.
fn lines(rows: &[Vec<Value<'_>>]) -> String {
    let mut lines = String::new();
    for row in rows {
        for (column, value) in row.iter().enumerate() {
            lines.push_str(if column == 0 { "" } else { "\t" });
            match value {
                Value::Null => lines.push_str("\\N"),
                Value::Int(number) => lines.push_str(&number.to_string()),
                Value::Real(number) => lines.push_str(&number.to_string()),
                Value::Text(text) => lines.extend(text.chars().flat_map(escaped)),
            }
        }
        lines.push('\n');
    }
    lines
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let (mark, c) = match c {
        '\\' => (Some('\\'), '\\'),
        '\t' => (Some('\\'), 't'),
        '\n' => (Some('\\'), 'n'),
        '\r' => (Some('\\'), 'r'),
        c => (None, c),
    };
    mark.into_iter().chain([c])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_a_row_whatever_is_in_it() {
        let rows = [vec![Value::Null, Value::Int(-7), Value::Real(0.5)], vec![Value::from("a\tb\\N\r\nc")]];
        assert_eq!(lines(&rows), "\\N\t-7\t0.5\na\\tb\\\\N\\r\\nc\n");
    }
}
