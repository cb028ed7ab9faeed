//! What a pair is judged by, found again: its acts, the contacts told of beside it, how much was read.

use std::collections::BTreeMap;

use detente_model::{Contact, Days, Dyad, Observation, Report};
use jiff::civil::Date;

use super::act_rows::{self, SELECTION, Told};
use super::contact_rows;
use super::report_rows;
use super::sql::{Cells, Outcome, Sql, Value, rows_of};
use super::{Ledger, LedgerError};
use crate::exchange::Coverage;

/// Names bound in one query at most.
const AT_ONCE: usize = 400;

impl Ledger {
    /// The acts of a pair on these days, one a cluster, in the order of their days.
    pub async fn acts(&self, dyad: Dyad, days: Days) -> Result<Vec<Observation>, LedgerError> {
        let mut connection = self.connection().await?;
        let (a, b, turned) = act_rows::in_order(dyad);
        let mut sql = Sql::new(&format!("SELECT {SELECTION} FROM acts WHERE "));
        sql.push(
            "a = ? AND b = ? AND day BETWEEN ? AND ? ORDER BY day, cluster",
            [a.to_string().into(), b.to_string().into(), days.from.into(), days.to.into()],
        );
        let found = async {
            let json = sql.json(&mut connection).await?;
            let rows: Vec<Told<'_>> = rows_of(&json)?;
            rows.into_iter().map(|told| act_rows::read(told, turned)).collect()
        };
        self.told(found.await)
    }

    /// How many articles were published on each of these days; days without any are left out.
    pub async fn articles_by_day(&self, days: Days) -> Result<Vec<(Date, u32)>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql =
            Sql::new("SELECT published, count(*) FROM articles WHERE superseded_by IS NULL AND published ");
        sql.push("BETWEEN ? AND ? GROUP BY published ORDER BY published", [days.from.into(), days.to.into()]);
        let found = async {
            let rows = sql.all(&mut connection).await?;
            rows.iter().map(|row| day_and_count(&mut Cells::of(row))).collect()
        };
        self.told(found.await)
    }

    /// The last day on which an article was published.
    pub async fn last_day(&self) -> Result<Option<Date>, LedgerError> {
        let mut connection = self.connection().await?;
        let sql = Sql::new("SELECT max(published) FROM articles WHERE superseded_by IS NULL");
        let found = async {
            let rows = sql.all(&mut connection).await?;
            rows.first().map_or(Ok(None), |row| Cells::of(row).maybe_named())
        };
        self.told(found.await)
    }

    /// The contacts that these articles tell of, in order of ids.
    pub async fn contacts_told_in(&self, articles: &[&str]) -> Result<Vec<Contact>, LedgerError> {
        let mut connection = self.connection().await?;
        let told = "SELECT DISTINCT t.contact FROM articles a JOIN reports r ON r.article = a.no \
                    JOIN contact_steps t ON t.report = r.id WHERE a.superseded_by IS NULL AND ";
        let found = contact_rows::told(&mut connection, told, "a.id", articles).await;
        self.told(found)
    }

    /// How widely the acts of these reports are told of, by the keys of those that are in a cluster.
    pub async fn coverage(&self, keys: &[&str]) -> Result<BTreeMap<String, Coverage>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut coverage = BTreeMap::new();
            for keys in keys.chunks(AT_ONCE) {
                let mut sql = Sql::new(COVERAGE);
                sql.push_in("r.key", keys.iter().map(|key| Value::from(*key)));
                sql.push(" GROUP BY r.key, c.reports, c.sources", []);
                for row in sql.all(&mut connection).await? {
                    let mut cells = Cells::of(&row);
                    let key = cells.string()?;
                    let (mentions, sources, articles) = (cells.count()?, cells.count()?, cells.count()?);
                    coverage.insert(key, Coverage { mentions, sources, articles });
                }
            }
            Ok(coverage)
        };
        self.told(found.await)
    }

    /// The living reports of these keys, in the order given.
    pub async fn reports_of_keys(&self, keys: &[&str]) -> Result<Vec<Report>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut ids = Vec::new();
            for keys in keys.chunks(AT_ONCE) {
                let mut sql = Sql::new("SELECT id FROM reports WHERE superseded_by IS NULL AND ");
                sql.push_in("key", keys.iter().map(|key| Value::from(*key)));
                let rows = sql.all(&mut connection).await?;
                ids.extend(rows.iter().map(|row| Cells::of(row).int()).collect::<Outcome<Vec<_>>>()?);
            }
            let kept = report_rows::by_id(&mut connection, &ids).await?;
            let mut reports: Vec<Report> = kept.into_iter().map(|kept| kept.report).collect();
            reports.sort_by_key(|report| keys.iter().position(|key| *key == report.key()));
            Ok(reports)
        };
        self.told(found.await)
    }
}

const COVERAGE: &str = "SELECT r.key, c.reports, c.sources, count(DISTINCT o.article) FROM reports r \
     JOIN cluster_reports x ON x.report = r.id JOIN clusters c ON c.no = x.cluster \
     JOIN cluster_reports y ON y.cluster = c.no JOIN reports o ON o.id = y.report \
     WHERE r.superseded_by IS NULL AND ";

fn day_and_count(cells: &mut Cells<'_>) -> Outcome<(Date, u32)> {
    Ok((cells.named()?, u32::try_from(cells.count()?).unwrap_or(u32::MAX)))
}
