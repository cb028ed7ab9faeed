//! How many reports tell of what one did to another, month by month: sums beside the reports, so that many years are told at once.
//!
//! A month's rows lie together, since what is kept together was mostly done together; a pair's are found month by month.

use std::collections::BTreeMap;

use detente_model::{ActorCode, Report};
use sqlx::AnyConnection;

use super::report_rows;
use super::sql::{Again, Dialect, Kind, Outcome, Sql, Table, Value};

pub(super) const DYAD_MONTHS: Table = Table {
    name: "dyad_months",
    columns: &[
        ("month", Kind::Text),
        ("actor", Kind::Text),
        ("recipient", Kind::Text),
        ("type", Kind::Text),
        ("status", Kind::Text),
        ("reports", Kind::Int),
        ("mutual", Kind::Int),
    ],
    key: 5,
    again: Again::Adds,
};

/// What is added to the sums that are kept, or taken from them.
#[derive(Debug, Default)]
pub(super) struct Months(BTreeMap<Month, Sums>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Month {
    month: String,
    actor: ActorCode,
    recipient: ActorCode,
    kind: &'static str,
    status: &'static str,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    reports: i64,
    mutual: i64,
}

impl Months {
    /// Counts a report; one without a day is of no month.
    pub fn add(&mut self, report: &Report) {
        self.count(report, 1);
    }

    /// Takes a report from what was counted.
    pub fn take(&mut self, report: &Report) {
        self.count(report, -1);
    }

    fn count(&mut self, report: &Report, by: i64) {
        let day = report_rows::day(report);
        let Some(month) = month_of(&day) else { return };
        let pairs = report_rows::pairs(report);
        for &(actor, recipient) in &pairs {
            let (kind, status) = (report.event.kind.as_str(), report.event.status.as_str());
            let month = Month { month: month.to_owned(), actor, recipient, kind, status };
            let sums = self.0.entry(month).or_default();
            sums.reports += by;
            sums.mutual += if pairs.contains(&(recipient, actor)) { by } else { 0 };
        }
    }

    /// The rows, in the order of their keys.
    pub fn rows(&self) -> Vec<Vec<Value<'_>>> {
        self.0
            .iter()
            .map(|(month, sums)| month.values().chain([sums.reports.into(), sums.mutual.into()]).collect())
            .collect()
    }

    /// Brings the sums that are kept up to date; a row that counts nothing goes.
    pub async fn put(&self, connection: &mut AnyConnection, dialect: Dialect) -> Outcome<()> {
        DYAD_MONTHS.insert(connection, dialect, &self.rows()).await?;
        for (month, _) in self.0.iter().filter(|(_, sums)| sums.reports < 0) {
            let mut sql = Sql::new("DELETE FROM dyad_months WHERE ");
            sql.push(
                "month = ? AND actor = ? AND recipient = ? AND type = ? AND status = ? AND reports = 0",
                month.values(),
            );
            sql.run(connection).await?;
        }
        Ok(())
    }
}

/// The month of a day that is written out: "2017-05" of "2017-05-02".
pub(super) fn month_of(day: &str) -> Option<&str> {
    day.rsplit_once('-').map(|(month, _)| month)
}

impl Month {
    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        let codes = [self.actor, self.recipient].map(|code| Value::from(code.to_string()));
        let [actor, recipient] = codes;
        [self.month.as_str().into(), actor, recipient, self.kind.into(), self.status.into()].into_iter()
    }
}
