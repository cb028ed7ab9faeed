//! Reports, found again: a page at a time for people, all in their order for exports.

use detente_model::Report;
use sqlx::AnyConnection;

use super::filter::{Cursor, Filter};
use super::lead;
use super::report_rows;
use super::sql::{Cells, Dialect, Outcome, Sql};
use super::{Ledger, LedgerError};

/// Reports in a row, and where the next page begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The reports: the latest day first, of one day the last kept first; where words are asked for, the last kept first.
    pub reports: Vec<Report>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

impl Ledger {
    /// Reports that fit, the latest first, from the beginning or after a cursor.
    pub async fn page(
        &self,
        filter: &Filter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page, LedgerError> {
        let mut connection = self.connection().await?;
        self.told(page(&mut connection, self.dialect, filter, after, limit).await)
    }

    /// The report of this key; a superseded one only where none lives.
    pub async fn report(&self, key: &str) -> Result<Option<Report>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql = Sql::new("SELECT id FROM reports WHERE superseded_by IS NULL AND ");
        sql.push("key = ?", [key.into()]);
        let found = async {
            let id = sql.number(&mut connection).await?;
            Ok(report_rows::by_id(&mut connection, &[id]).await?.pop().map(|kept| kept.report))
        };
        self.told(found.await)
    }

    /// All reports that fit, in the order in which they were kept, a batch at a time.
    pub fn reports(&self, filter: Filter) -> Reports {
        Reports { ledger: self.clone(), filter, after: 0 }
    }
}

/// Reports in the order in which they were kept.
#[derive(Debug)]
pub struct Reports {
    ledger: Ledger,
    filter: Filter,
    after: i64,
}

/// Reports in one batch of an export.
const BATCH: usize = 500;

impl Reports {
    /// The next batch; empty at the end.
    pub async fn next(&mut self) -> Result<Vec<Report>, LedgerError> {
        let mut connection = self.ledger.connection().await?;
        let found = async {
            let ids =
                kept_after(&mut connection, self.ledger.dialect, &self.filter, self.after, BATCH).await?;
            Ok((ids.last().copied(), report_rows::by_id(&mut connection, &ids).await?))
        };
        let (last, kept) = self.ledger.told(found.await)?;
        self.after = last.unwrap_or(self.after);
        Ok(kept.into_iter().map(|kept| kept.report).collect())
    }
}

/// The numbers of the reports that fit and were kept after this one.
pub(super) async fn kept_after(
    connection: &mut AnyConnection,
    dialect: Dialect,
    filter: &Filter,
    after: i64,
    limit: usize,
) -> Outcome<Vec<i64>> {
    let mut sql = Sql::new("SELECT r.id FROM reports r WHERE r.superseded_by IS NULL");
    filter.shared(&mut sql, "r");
    filter.own(&mut sql, None);
    filter.parties(&mut sql);
    if let Some(words) = filter.words(dialect) {
        let told = match dialect {
            Dialect::Sqlite => {
                " AND r.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?)"
            }
            Dialect::Postgres => {
                " AND r.sentence IN (SELECT id FROM sentences WHERE words @@ websearch_to_tsquery('english', ?))"
            }
        };
        sql.push(told, [words.into()]);
    }
    sql.push(" AND r.id > ? ORDER BY r.id LIMIT ?", [after.into(), limit.into()]);
    let rows = sql.all(connection).await?;
    rows.iter().map(|row| Cells::of(row).int()).collect()
}

/// The numbers of the latest reports that fit, and whether there are more.
pub(super) async fn latest(
    connection: &mut AnyConnection,
    dialect: Dialect,
    filter: &Filter,
    limit: usize,
) -> Outcome<(Vec<i64>, bool)> {
    let (found, more) = cursors(connection, dialect, filter, None, limit).await?;
    Ok((found.iter().map(|cursor| cursor.report).collect(), more))
}

/// Where the reports of a page stand, and whether there are more.
async fn cursors(
    connection: &mut AnyConnection,
    dialect: Dialect,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: usize,
) -> Outcome<(Vec<Cursor>, bool)> {
    let mut found = Vec::new();
    let queries = match filter.words(dialect) {
        Some(words) => vec![by_words(dialect, filter, words, after, limit + 1)],
        None => lead::of(connection, dialect, filter).await?.queries(dialect, filter, after, limit + 1),
    };
    for sql in queries {
        for row in sql.all(connection).await? {
            let mut cells = Cells::of(&row);
            found.push(Cursor { key: cells.string()?, report: cells.int()? });
        }
    }
    if filter.text.is_none() {
        found.sort_by(|a, b| b.cmp(a));
    }
    found.dedup();
    let more = found.len() > limit;
    found.truncate(limit);
    Ok((found, more))
}

async fn page(
    connection: &mut AnyConnection,
    dialect: Dialect,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: usize,
) -> Outcome<Page> {
    let (mut found, more) = cursors(connection, dialect, filter, after, limit).await?;
    let ids: Vec<i64> = found.iter().map(|cursor| cursor.report).collect();
    let kept = report_rows::by_id(connection, &ids).await?;
    let reports = kept.into_iter().map(|kept| kept.report).collect();
    Ok(Page { reports, next: found.pop().filter(|_| more) })
}

/// The last sentences that hold the words and tell a report that fits are found first, in the order of the index of words, and then their
/// reports: put in order all together, those of a word that stands in every third sentence would take a second.
fn by_words<'f>(
    dialect: Dialect,
    filter: &'f Filter,
    words: String,
    after: Option<&'f Cursor>,
    limit: usize,
) -> Sql<'f> {
    let last = after.map(|after| after.key.parse::<i64>().unwrap_or(i64::MAX));
    let mut sql = Sql::new("SELECT CAST(r.sentence AS TEXT), r.id FROM reports r WHERE r.sentence IN (");
    sql.append(sentences(dialect, filter, words, last, limit + 1));
    sql.push(") AND r.superseded_by IS NULL", []);
    all_but_words(filter, &mut sql);
    if let (Some(after), Some(last)) = (after, last) {
        sql.push(" AND (r.sentence, r.id) < (?, ?)", [last.into(), after.report.into()]);
    }
    sql.push(" ORDER BY r.sentence DESC, r.id DESC LIMIT ?", [limit.into()]);
    sql
}

/// The last sentences up to one that hold the words and tell a report that fits.
fn sentences<'f>(
    dialect: Dialect,
    filter: &'f Filter,
    words: String,
    last: Option<i64>,
    limit: usize,
) -> Sql<'f> {
    let (table, id, condition) = match dialect {
        Dialect::Sqlite => ("sentence_words", "rowid", "sentence_words MATCH ?"),
        Dialect::Postgres => ("sentences", "id", "w.words @@ websearch_to_tsquery('english', ?)"),
    };
    let mut sql = Sql::new(&format!("SELECT w.{id} FROM {table} w WHERE "));
    sql.push(condition, [words.into()]);
    if let Some(last) = last {
        sql.push(&format!(" AND w.{id} <= ?"), [last.into()]);
    }
    sql.push(
        &format!(
            " AND EXISTS (SELECT 1 FROM reports r WHERE r.sentence = w.{id} AND r.superseded_by IS NULL"
        ),
        [],
    );
    all_but_words(filter, &mut sql);
    sql.push(&format!(") ORDER BY w.{id} DESC LIMIT ?"), [limit.into()]);
    sql
}

fn all_but_words<'f>(filter: &'f Filter, sql: &mut Sql<'f>) {
    filter.shared(sql, "r");
    filter.own(sql, None);
    filter.parties(sql);
}
