//! What two did to each other, day by day.

use detente_model::{EventType, Status};
use jiff::civil::Date;

use super::filter::{Direction, Pair};
use super::sql::{Cells, Outcome, Sql, Value};
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
            let rows = query(pair, from, to).all(&mut connection).await?;
            rows.iter().map(|row| read(&mut Cells::of(row))).collect::<Outcome<Vec<_>>>()
        };
        self.told(found.await)
    }
}

fn query(pair: Pair, from: Date, to: Date) -> Sql<'static> {
    let (a, b) = (Value::from(pair.a.to_string()), Value::from(pair.b.to_string()));
    let mut sql = Sql::new("SELECT day, type, status, count(*) FROM (");
    let forth = [a.clone(), b.clone(), from.into(), to.into()];
    sql.push(
        "SELECT day, type, status FROM dyads WHERE actor = ? AND recipient = ? AND day BETWEEN ? AND ?",
        forth,
    );
    if pair.direction == Direction::Both {
        // What both do together stands in both directions, and is one.
        sql.push(
            " UNION ALL SELECT d.day, d.type, d.status FROM dyads d \
             WHERE d.actor = ? AND d.recipient = ? AND d.day BETWEEN ? AND ? AND NOT EXISTS (\
             SELECT 1 FROM dyads e WHERE e.actor = ? AND e.recipient = ? AND e.day = d.day AND e.report = d.report)",
            [b.clone(), a.clone(), from.into(), to.into(), a, b],
        );
    }
    sql.push(") t GROUP BY day, type, status ORDER BY day, type, status", []);
    sql
}

fn read(cells: &mut Cells<'_>) -> Outcome<DyadDay> {
    Ok(DyadDay { day: cells.named()?, kind: cells.named()?, status: cells.named()?, reports: cells.count()? })
}
