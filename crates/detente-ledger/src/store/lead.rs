//! What leads a search: of the conditions of a filter, the one that the fewest reports fulfil.
//!
//! What fulfils a condition stands in an index in the order of days, so that a page is full as soon as enough of the latest fulfil the other
//! conditions too. How long that takes does not grow with the ledger, as long as the conditions have something to do with each other.

use detente_model::ActorCode;
use sqlx::AnyConnection;

use super::filter::{Cursor, Filter, LookUp, Own, after_all};
use super::sql::{Cells, Dialect, Outcome, Sql};

/// What leads.
pub(super) enum Lead<'f> {
    /// The order of days alone.
    Days,
    /// The reports of a party or a pair.
    LookUp(LookUp),
    /// A condition on reports, one after the other in each way it can be fulfilled; and its place among the conditions of the filter.
    Own { at: usize, ways: Vec<Own<'f>> },
}

/// Reports are counted up to here to see which condition fewest fulfil.
const COUNTED: usize = 10_000;
/// Names of places that begin alike and are gone through one by one, at most.
const NAMES: usize = 40;

/// What leads the search for what fits a filter.
pub(super) async fn of<'f>(
    connection: &mut AnyConnection,
    dialect: Dialect,
    filter: &'f Filter,
) -> Outcome<Lead<'f>> {
    let (look_up, own) = (filter.look_up(), filter.own_conditions());
    let mut fewest = COUNTED;
    if let (Some(look_up), false) = (&look_up, own.is_empty()) {
        fewest = counted(connection, filter, look_up.rows(), "t").await?;
    }
    let mut leads = None;
    for (at, own) in own.into_iter().enumerate() {
        let reports = counted(connection, filter, vec![own.rows(dialect)], "r").await?;
        // Where all are many, reports lead: who takes part is then asked of small tables.
        if reports <= fewest {
            (fewest, leads) = (reports, Some((at, own)));
        }
    }
    Ok(match (leads, look_up) {
        (Some((at, own)), _) => Lead::Own { at, ways: ways(connection, own).await? },
        (None, Some(look_up)) => Lead::LookUp(look_up),
        (None, None) => Lead::Days,
    })
}

/// How many rows these queries find on the days asked for, each counted up to a limit.
async fn counted(
    connection: &mut AnyConnection,
    filter: &Filter,
    queries: Vec<Sql<'_>>,
    name: &str,
) -> Outcome<usize> {
    let mut sum = 0;
    for query in queries {
        let mut sql = Sql::new("SELECT count(*) FROM (");
        sql.append(query);
        filter.on_days(&mut sql, name);
        sql.push(" LIMIT ?) few", [COUNTED.into()]);
        sum += usize::try_from(sql.number(connection).await?).unwrap_or(COUNTED);
    }
    Ok(sum.min(COUNTED))
}

/// The ways to fulfil a condition, each with its reports in the order of days: names of places that begin so, one by one.
async fn ways<'f>(connection: &mut AnyConnection, own: Own<'f>) -> Outcome<Vec<Own<'f>>> {
    let Some(beginning) = own.beginning else { return Ok(vec![own]) };
    let (mut names, mut from, mut at_least) = (Vec::new(), beginning.to_owned(), ">=");
    while let Some(name) = next_place(connection, at_least, &from, beginning).await? {
        if names.len() == NAMES {
            return Ok(vec![own]);
        }
        (from, at_least) = (name.clone(), ">");
        names.push(name);
    }
    let named = |name: String| Own { condition: "r.place = ?", values: vec![name.into()], ..own.clone() };
    Ok(names.into_iter().map(named).collect())
}

async fn next_place(
    connection: &mut AnyConnection,
    at_least: &str,
    from: &str,
    beginning: &str,
) -> Outcome<Option<String>> {
    let mut sql = Sql::new("SELECT min(r.place) FROM reports r WHERE r.superseded_by IS NULL AND ");
    sql.push(&format!("r.place {at_least} ? AND r.place < ?"), [from.into(), after_all(beginning)]);
    let rows = sql.all(connection).await?;
    rows.first().map_or(Ok(None), |row| Cells::of(row).maybe_string())
}

impl LookUp {
    /// Its rows, a query for each of its codes.
    fn rows(&self) -> Vec<Sql<'static>> {
        let rows = |codes: &Vec<ActorCode>| {
            let mut sql = Sql::new(&format!("SELECT 1 FROM {} t WHERE ", self.table));
            sql.push(self.condition, codes.iter().map(|code| code.to_string().into()));
            sql
        };
        self.codes.iter().map(rows).collect()
    }
}

impl<'f> Own<'f> {
    /// The reports that fulfil it.
    fn rows(&self, dialect: Dialect) -> Sql<'f> {
        let mut sql =
            Sql::new(&format!("SELECT 1 FROM {} WHERE r.superseded_by IS NULL AND ", self.from(dialect)));
        sql.push(self.condition, self.values.iter().cloned());
        sql
    }

    /// The reports with the index that leads: SQLite counts no rows before it chooses one, and is told.
    fn from(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => format!("reports r INDEXED BY {}", self.index),
            Dialect::Postgres => "reports r".to_owned(),
        }
    }
}

impl<'f> Lead<'f> {
    /// The queries whose merged answers are the page.
    pub fn queries(
        self,
        dialect: Dialect,
        filter: &'f Filter,
        after: Option<&'f Cursor>,
        limit: usize,
    ) -> Vec<Sql<'f>> {
        let rest = Rest { filter, after, limit };
        match self {
            Self::Days => vec![rest.by_day()],
            Self::LookUp(look_up) => {
                look_up.codes.iter().map(|codes| rest.by_look_up(&look_up, codes)).collect()
            }
            Self::Own { at, ways } => ways.iter().map(|way| rest.by_own(dialect, at, way)).collect(),
        }
    }
}

/// What is asked of the reports that the lead finds.
struct Rest<'f> {
    filter: &'f Filter,
    after: Option<&'f Cursor>,
    limit: usize,
}

impl<'f> Rest<'f> {
    fn by_day(&self) -> Sql<'f> {
        let mut sql = Sql::new("SELECT r.day, r.id FROM reports r WHERE r.superseded_by IS NULL");
        self.filter.shared(&mut sql, "r");
        self.latest(sql, "r.day", "r.id")
    }

    fn by_look_up(&self, look_up: &LookUp, codes: &[ActorCode]) -> Sql<'f> {
        let Filter { actor, pair, .. } = self.filter;
        let own = self.filter.has_own();
        let join =
            if own || actor.is_some() && pair.is_some() { "JOIN reports r ON r.id = t.report " } else { "" };
        let mut sql = Sql::new(&format!("SELECT t.day, t.report FROM {} t {join}WHERE ", look_up.table));
        sql.push(look_up.condition, codes.iter().map(|code| code.to_string().into()));
        self.filter.shared(&mut sql, "t");
        self.filter.own(&mut sql, None);
        if pair.is_some() {
            self.filter.actor(&mut sql);
        }
        self.latest(sql, "t.day", "t.report")
    }

    fn by_own(&self, dialect: Dialect, at: usize, way: &Own<'f>) -> Sql<'f> {
        let from = way.from(dialect);
        let mut sql = Sql::new(&format!("SELECT r.day, r.id FROM {from} WHERE r.superseded_by IS NULL AND "));
        sql.push(way.condition, way.values.iter().cloned());
        self.filter.shared(&mut sql, "r");
        self.filter.own(&mut sql, Some(at));
        self.filter.parties(&mut sql);
        self.latest(sql, "r.day", "r.id")
    }

    fn latest(&self, mut sql: Sql<'f>, day: &str, report: &str) -> Sql<'f> {
        if let Some(after) = self.after {
            sql.push(
                &format!(" AND ({day}, {report}) < (?, ?)"),
                [after.key.as_str().into(), after.report.into()],
            );
        }
        sql.push(&format!(" ORDER BY {day} DESC, {report} DESC LIMIT ?"), [self.limit.into()]);
        sql
    }
}
