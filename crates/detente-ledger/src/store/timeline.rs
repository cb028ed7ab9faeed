//! What two did to each other, day by day or month by month.

use std::collections::BTreeMap;

use detente_model::{Days, EventType, Status};
use jiff::ToSpan;
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::filter::{Direction, Pair};
use super::months::month_of;
use super::sql::{self, Cells, Dialect, Outcome, Sql, Value};
use super::{Ledger, LedgerError};

/// How many reports tell of acts of one type and status on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DyadDay {
    /// The day of the act, else that of the article.
    pub day: Date,
    /// The type.
    pub kind: EventType,
    /// The status.
    pub status: Status,
    /// How many reports.
    pub reports: usize,
}

/// How many reports tell of acts of one type and status in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DyadMonth {
    /// The first day of the month.
    pub month: Date,
    /// The type.
    pub kind: EventType,
    /// The status.
    pub status: Status,
    /// How many reports.
    pub reports: usize,
}

impl Ledger {
    /// The days of a pair between two days, both included, in order; what has no day is left out.
    pub async fn timeline(&self, pair: Pair, from: Date, to: Date) -> Result<Vec<DyadDay>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut days = ByDay::new();
            for sql in queries(self.dialect, pair, from, to) {
                for row in sql.all(&mut connection).await? {
                    let mut cells = Cells::of(&row);
                    count(days.entry(cells.string()?).or_default(), cells.text()?);
                }
            }
            told(&days)
        };
        self.told(found.await)
    }

    /// The months of a pair that have a day among these, whole and in order. Many years are told as fast as one.
    pub async fn timeline_by_month(&self, pair: Pair, days: Days) -> Result<Vec<DyadMonth>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut sums = ByMonth::new();
            for months in months(&mut connection, days).await?.chunks(AT_ONCE) {
                for sql in month_queries(pair, months) {
                    for row in sql.all(&mut connection).await? {
                        add_month(&mut sums, &mut Cells::of(&row))?;
                    }
                }
            }
            let month = |((month, kind, status), reports)| DyadMonth { month, kind, status, reports };
            Ok(sums.into_iter().filter(|(_, reports)| *reports > 0).map(month).collect())
        };
        self.told(found.await)
    }
}

/// Months named in one query at most.
const AT_ONCE: usize = 1_000;

/// How many reports tell of acts of a type and status, month by month.
type ByMonth = BTreeMap<(Date, EventType, Status), usize>;

/// The months that have one of these days, as far as anything is told of them.
async fn months(connection: &mut AnyConnection, days: Days) -> Outcome<Vec<String>> {
    // Each end by itself: SQLite finds the least or the greatest at once, but not both.
    let ends = "SELECT (SELECT min(month) FROM dyad_months), (SELECT max(month) FROM dyad_months)";
    let known = Sql::new(ends).all(connection).await?;
    let Some(row) = known.first() else { return Ok(Vec::new()) };
    let mut cells = Cells::of(row);
    let (Some(first), Some(last)) = (cells.maybe_text()?, cells.maybe_text()?) else { return Ok(Vec::new()) };
    let (from, to) = (days.from.max(first_of(first)?), days.to.min(first_of(last)?.last_of_month()));
    let all = from.first_of_month().series(1.month()).take_while(|month| *month <= to);
    Ok(all.filter_map(|first| month_of(&first.to_string()).map(str::to_owned)).collect())
}

fn first_of(month: &str) -> Outcome<Date> {
    sql::parse(&format!("{month}-01"))
}

/// What the first does to the second and, where it does not matter who acts, what the second alone does to the first.
fn month_queries(pair: Pair, months: &[String]) -> Vec<Sql<'_>> {
    let query = |sum: &str, actor: String, recipient: String| {
        let mut sql = Sql::new(&format!("SELECT month, type, status, {sum} FROM dyad_months WHERE "));
        sql.push_in("month", months.iter().map(|month| Value::from(month.as_str())));
        sql.push(" AND actor = ? AND recipient = ?", [actor.into(), recipient.into()]);
        sql
    };
    let (a, b) = (pair.a.to_string(), pair.b.to_string());
    match pair.direction {
        Direction::Forth => vec![query("reports", a, b)],
        Direction::Both => vec![query("reports", a.clone(), b.clone()), query("reports - mutual", b, a)],
    }
}

fn add_month(sums: &mut ByMonth, cells: &mut Cells<'_>) -> Outcome<()> {
    let key = (first_of(cells.text()?)?, cells.named()?, cells.named()?);
    *sums.entry(key).or_default() += cells.count()?;
    Ok(())
}

/// How many reports tell of acts of a type and status ("CONSULT occurred"), day by day.
type ByDay = BTreeMap<String, BTreeMap<String, usize>>;

/// What each direction's days tell, all acts of a day in one text: a row for each would cost more than finding it.
fn queries(dialect: Dialect, pair: Pair, from: Date, to: Date) -> Vec<Sql<'static>> {
    let acts = match dialect {
        Dialect::Sqlite => "group_concat(d.type || ' ' || d.status, ',')",
        Dialect::Postgres => "string_agg(d.type || ' ' || d.status, ',')",
    };
    let (a, b) = (Value::from(pair.a.to_string()), Value::from(pair.b.to_string()));
    let query = |actor: &Value<'static>, recipient: &Value<'static>| {
        let mut sql = Sql::new(&format!("SELECT d.day, {acts} FROM dyads d WHERE "));
        let values = [actor.clone(), recipient.clone(), from.into(), to.into()];
        sql.push("d.actor = ? AND d.recipient = ? AND d.day BETWEEN ? AND ?", values);
        sql
    };
    let mut all = vec![query(&a, &b)];
    if pair.direction == Direction::Both {
        // What both do together stands in both directions, and is one.
        let mut back = query(&b, &a);
        back.push(
            " AND NOT EXISTS (SELECT 1 FROM dyads e \
             WHERE e.actor = ? AND e.recipient = ? AND e.day = d.day AND e.report = d.report)",
            [a, b],
        );
        all.push(back);
    }
    for sql in &mut all {
        sql.push(" GROUP BY d.day", []);
    }
    all
}

fn count(day: &mut BTreeMap<String, usize>, acts: &str) {
    for act in acts.split(',') {
        match day.get_mut(act) {
            Some(reports) => *reports += 1,
            None => drop(day.insert(act.to_owned(), 1)),
        }
    }
}

fn told(days: &ByDay) -> Outcome<Vec<DyadDay>> {
    let row = |(day, act, reports): (&String, &String, usize)| {
        let (kind, status) = act.split_once(' ').unwrap_or((act, ""));
        Ok(DyadDay { day: sql::parse(day)?, kind: sql::parse(kind)?, status: sql::parse(status)?, reports })
    };
    days.iter().flat_map(|(day, acts)| acts.iter().map(move |(act, n)| row((day, act, *n)))).collect()
}
