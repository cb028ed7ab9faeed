//! Reports, found again: a page at a time for people, all in their order for exports.

use detente_model::Report;
use sqlx::AnyConnection;

use super::filter::{Cursor, Direction, Filter, Pair};
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
    filter.own(&mut sql);
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
    let rare = match filter.text {
        Some(_) => None,
        None => rarest(connection, filter).await?,
    };
    for sql in queries(dialect, filter, rare, after, limit + 1) {
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

/// The queries whose merged answers are the page: two for a pair in both directions, else one.
fn queries<'f>(
    dialect: Dialect,
    filter: &'f Filter,
    rare: Option<Sql<'f>>,
    after: Option<&'f Cursor>,
    limit: usize,
) -> Vec<Sql<'f>> {
    if let Some(words) = filter.words(dialect) {
        return vec![by_words(dialect, filter, words, after, limit)];
    }
    if let Some(rare) = rare {
        return vec![by_rare(filter, rare, after, limit)];
    }
    match filter.pair {
        Some(Pair { a, b, direction }) => {
            let pairs = if direction == Direction::Both { vec![(a, b), (b, a)] } else { vec![(a, b)] };
            let lead = |(a, b): (detente_model::ActorCode, detente_model::ActorCode)| {
                let mut sql = Sql::default();
                sql.push("t.actor = ? AND t.recipient = ?", [a.to_string().into(), b.to_string().into()]);
                sql
            };
            pairs.into_iter().map(|pair| by_look_up(filter, "dyads", lead(pair), after, limit)).collect()
        }
        None => match filter.actor {
            Some(actor) => {
                let mut lead = Sql::default();
                lead.push("t.code = ?", [actor.to_string().into()]);
                vec![by_look_up(filter, "involved", lead, after, limit)]
            }
            None => vec![by_day(filter, after, limit)],
        },
    }
}

/// So many reports are looked at one by one rather than in the order of their days.
const FEW: usize = 4_000;

/// The condition of the filter that the fewest reports fulfil, if these are few: they are found first, and the rest is asked of them alone.
/// Where a party or a pair has fewer, or nothing is rare, the order of the days leads.
async fn rarest<'f>(connection: &mut AnyConnection, filter: &'f Filter) -> Outcome<Option<Sql<'f>>> {
    let mut few = FEW;
    for lead in filter.look_ups() {
        few = few.min(counted(connection, lead, few).await?);
    }
    let mut rarest = None;
    for lead in filter.own_leads() {
        let reports = counted(connection, lead.clone(), few).await?;
        if reports < few {
            (few, rarest) = (reports, Some(lead));
        }
    }
    Ok(rarest)
}

/// How many rows a query finds, counted up to a limit.
async fn counted(connection: &mut AnyConnection, query: Sql<'_>, limit: usize) -> Outcome<usize> {
    let mut sql = Sql::new("SELECT count(*) FROM (");
    sql.append(query).push(" LIMIT ?) few", [limit.into()]);
    Ok(usize::try_from(sql.number(connection).await?).unwrap_or(limit))
}

/// Led by the reports that fulfil a rare condition.
fn by_rare<'f>(filter: &'f Filter, rare: Sql<'f>, after: Option<&'f Cursor>, limit: usize) -> Sql<'f> {
    let mut sql = Sql::new("SELECT r.day, r.id FROM reports r WHERE r.id IN (");
    sql.append(rare).push(") AND r.superseded_by IS NULL", []);
    filter.shared(&mut sql, "r");
    filter.own(&mut sql);
    filter.parties(&mut sql);
    if let Some(after) = after {
        sql.push(" AND (r.day, r.id) < (?, ?)", [after.key.as_str().into(), after.report.into()]);
    }
    sql.push(" ORDER BY r.day DESC, r.id DESC LIMIT ?", [limit.into()]);
    sql
}

/// Led by a look-up table, which alone can tell the most common questions.
fn by_look_up<'f>(
    filter: &'f Filter,
    table: &str,
    lead: Sql<'f>,
    after: Option<&'f Cursor>,
    limit: usize,
) -> Sql<'f> {
    let joined = filter.has_own() || filter.pair.is_some() && filter.actor.is_some();
    let join = if joined { "JOIN reports r ON r.id = t.report " } else { "" };
    let mut sql = Sql::new(&format!("SELECT t.day, t.report FROM {table} t {join}WHERE "));
    sql.append(lead);
    filter.shared(&mut sql, "t");
    if joined {
        filter.own(&mut sql);
        if filter.pair.is_some() {
            filter.actor(&mut sql);
        }
    }
    if let Some(after) = after {
        sql.push(" AND (t.day, t.report) < (?, ?)", [after.key.as_str().into(), after.report.into()]);
    }
    sql.push(" ORDER BY t.day DESC, t.report DESC LIMIT ?", [limit.into()]);
    sql
}

fn by_day<'f>(filter: &'f Filter, after: Option<&'f Cursor>, limit: usize) -> Sql<'f> {
    let mut sql = Sql::new("SELECT r.day, r.id FROM reports r WHERE r.superseded_by IS NULL");
    filter.shared(&mut sql, "r");
    filter.own(&mut sql);
    if let Some(after) = after {
        sql.push(" AND (r.day, r.id) < (?, ?)", [after.key.as_str().into(), after.report.into()]);
    }
    sql.push(" ORDER BY r.day DESC, r.id DESC LIMIT ?", [limit.into()]);
    sql
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
    filter.own(sql);
    filter.parties(sql);
}
