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
    /// A condition on reports, one after the other in each way it can be fulfilled; and its place among the conditions of the filter, if it has one.
    Own { at: Option<usize>, ways: Vec<Own<'f>> },
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
        (Some((at, own)), _) => Lead::Own { at: Some(at), ways: ways(connection, own).await? },
        (None, Some(look_up)) => Lead::LookUp(look_up),
        (None, None) => Lead::of_acts(filter),
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
    let Some(beginning) = own.beginning.as_deref() else { return Ok(vec![own]) };
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

    fn from(&self, dialect: Dialect) -> String {
        indexed("reports r", self.index, dialect)
    }
}

/// A table with the index that leads: SQLite counts no rows before it chooses one, and is told.
pub(super) fn indexed(table: &str, index: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!("{table} INDEXED BY {index}"),
        Dialect::Postgres => table.to_owned(),
    }
}

impl<'f> Lead<'f> {
    /// Where nobody and nothing else is asked for: types and statuses, else the order of days alone.
    fn of_acts(filter: &'f Filter) -> Self {
        match filter.ways_of_acting() {
            ways if ways.is_empty() => Self::Days,
            ways => Self::Own { at: None, ways },
        }
    }

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
            Self::Days => vec![rest.by_day(dialect)],
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
    fn by_day(&self, dialect: Dialect) -> Sql<'f> {
        let from = indexed("reports r", "reports_day", dialect);
        let mut sql = Sql::new(&format!("SELECT r.day, r.id FROM {from} WHERE r.superseded_by IS NULL"));
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

    fn by_own(&self, dialect: Dialect, at: Option<usize>, way: &Own<'f>) -> Sql<'f> {
        let from = way.from(dialect);
        let mut sql = Sql::new(&format!("SELECT r.day, r.id FROM {from} WHERE r.superseded_by IS NULL AND "));
        sql.push(way.condition, way.values.iter().cloned());
        match at {
            Some(_) => self.filter.shared(&mut sql, "r"),
            None => self.filter.on_days(&mut sql, "r"),
        }
        self.filter.own(&mut sql, at);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Direction, Ledger, Pair};

    /// Every way to ask for reports: each condition there or not.
    fn filters() -> Vec<Filter> {
        let code = |code: &str| code.parse().ok();
        let pair = Pair { a: "RUS".parse().unwrap(), b: "USA".parse().unwrap(), direction: Direction::Both };
        let with = |bits: u32| {
            let asked = |bit: u32| bits & (1 << bit) != 0;
            Filter {
                actor: code("RUS").filter(|_| asked(0)),
                pair: Some(pair).filter(|_| asked(1)),
                kinds: if asked(2) { vec![detente_model::EventType::Aid] } else { Vec::new() },
                country: code("CHE").filter(|_| asked(3)),
                place: asked(4).then(|| "Geneva".to_owned()),
                speaker: code("USA").filter(|_| asked(5)),
                publisher: asked(6).then(|| "Desk Wire".to_owned()),
                from: "2017-05-02".parse().ok().filter(|_| asked(7)),
                ..Filter::default()
            }
        };
        (0..1 << 8).map(with).collect()
    }

    /// Everything that may lead the search for what fits a filter.
    fn leads(filter: &Filter) -> Vec<Lead<'_>> {
        let own = filter.own_conditions().into_iter().enumerate().map(|(at, own)| {
            let way = match own.beginning.clone() {
                Some(name) => Own { condition: "r.place = ?", values: vec![name.into()], ..own },
                None => own,
            };
            Lead::Own { at: Some(at), ways: vec![way] }
        });
        own.chain([filter.look_up().map_or_else(|| Lead::of_acts(filter), Lead::LookUp), Lead::Days])
            .collect()
    }

    /// A page does not take longer in a larger ledger: no query sorts, none goes through a table but in the order of days.
    #[test]
    fn every_search_goes_along_an_index_in_the_order_of_days() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        runtime.unwrap().block_on(look_at_every_plan());
    }

    async fn look_at_every_plan() {
        let path = std::env::temp_dir().join(format!("detente-plans-{}.db", std::process::id()));
        let ledger = Ledger::open(path.to_str().unwrap()).await.unwrap();
        let mut connection = ledger.connection().await.unwrap();
        let cursor: Cursor = "2017-05-02:7".parse().unwrap();
        let mut plans = 0;
        for filter in filters() {
            for after in [None, Some(&cursor)] {
                for query in leads(&filter)
                    .into_iter()
                    .flat_map(|lead| lead.queries(Dialect::Sqlite, &filter, after, 50))
                {
                    let plan = query.plan(&mut connection).await.unwrap();
                    let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
                    let by_day = |step: &String| {
                        step.starts_with("SCAN r USING") && step.ends_with("INDEX reports_day")
                    };
                    let scans = plan.iter().any(|step| step.starts_with("SCAN") && !by_day(step));
                    assert!(!sorts && !scans, "{filter:?}: {query:?}: {plan:#?}");
                    plans += 1;
                }
            }
        }
        assert!(plans > 1_000);
        drop(connection);
        ledger.close().await;
        std::fs::remove_file(path).unwrap();
    }
}
