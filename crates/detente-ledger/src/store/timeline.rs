//! What two did to each other, day by day.

use std::collections::BTreeMap;

use detente_model::{EventType, Status};
use jiff::civil::Date;

use super::filter::{Direction, Pair};
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

impl Ledger {
    /// The days of a pair between two days, both included, in order; what has no day is left out.
    pub async fn timeline(&self, pair: Pair, from: Date, to: Date) -> Result<Vec<DyadDay>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut days = Days::new();
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
}

/// How many reports tell of acts of a type and status ("CONSULT occurred"), day by day.
type Days = BTreeMap<String, BTreeMap<String, usize>>;

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

fn told(days: &Days) -> Outcome<Vec<DyadDay>> {
    let row = |(day, act, reports): (&String, &String, usize)| {
        let (kind, status) = act.split_once(' ').unwrap_or((act, ""));
        Ok(DyadDay { day: sql::parse(day)?, kind: sql::parse(kind)?, status: sql::parse(status)?, reports })
    };
    days.iter().flat_map(|(day, acts)| acts.iter().map(move |(act, n)| row((day, act, *n)))).collect()
}
