//! Digests: what is new for a subscription, gathered until its hour, and then one delivery like any other.
//!
//! What stands in a digest is decided once, with the digest itself and in one transaction: however often that is sent, it is the same letter
//! under the same id, and nothing stands in two.

use detente::model::named_enum;
use sqlx::{Sqlite, Transaction};

use super::{Own, OwnError};

named_enum! {
    /// How often somebody is told.
    Rhythm, "rhythm of a subscription", {
        /// Of each thing as soon as it is known.
        AtOnce = "at-once",
        /// Once a day, at six in the morning UTC.
        Daily = "daily",
        /// Once a week, on Monday at six in the morning UTC.
        Weekly = "weekly",
    }
}

/// A digest whose hour has come, before it is written.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The query that narrows the subscription.
    pub query: String,
    /// How often it comes.
    pub rhythm: Rhythm,
    /// What is new, the first first; no more than fits a letter.
    pub lines: Vec<String>,
    /// How much more there is.
    pub more: usize,
}

const DAY: i64 = 86_400;
/// Six in the morning, and the first Monday of the epoch.
const HOUR: i64 = 6 * 3_600;
const MONDAY: i64 = 4 * DAY;
/// Things told in one letter.
const MOST: usize = 200;
/// Seconds that something told is remembered, so that it is not told again.
const REMEMBERED: i64 = 30 * DAY;

impl Rhythm {
    /// The hour of the next digest after a second of the epoch; none where nothing is gathered.
    pub fn next(self, after: i64) -> Option<i64> {
        let (first, every) = match self {
            Self::AtOnce => return None,
            Self::Daily => (HOUR, DAY),
            Self::Weekly => (MONDAY + HOUR, 7 * DAY),
        };
        Some(first + (after - first).div_euclid(every) * every + every)
    }
}

impl Own {
    /// Closes the digests whose hour has come by a second: `write` makes a letter of what was gathered, and it is to be delivered.
    pub(crate) async fn close_digests(
        &self,
        by: i64,
        write: impl Fn(&Gathered) -> String,
    ) -> Result<(), OwnError> {
        let due: Vec<(i64, i64, String, String)> = sqlx::query_as(
            "SELECT id, digest_at, query, rhythm FROM subscriptions WHERE confirmed = 1 AND digest_at <= ? ORDER BY id",
        )
        .bind(by)
        .fetch_all(&self.pool)
        .await?;
        for (subscription, hour, query, rhythm) in due {
            let Ok(rhythm) = rhythm.parse::<Rhythm>() else { continue };
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            let (lines, more) = gather(&mut transaction, subscription, hour).await?;
            if !lines.is_empty() {
                let event = format!("digest:{subscription}:{hour}");
                let body = write(&Gathered { query, rhythm, lines, more });
                deliver(&mut transaction, subscription, &event, &body, by).await?;
            }
            sqlx::query("UPDATE subscriptions SET digest_at = ? WHERE id = ? AND digest_at = ?")
                .bind(rhythm.next(by))
                .bind(subscription)
                .bind(hour)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}

/// Takes all that is new into the digest of an hour: as many lines as fit, and how many more there are. What was told long ago is forgotten.
async fn gather(
    transaction: &mut Transaction<'_, Sqlite>,
    subscription: i64,
    hour: i64,
) -> Result<(Vec<String>, usize), OwnError> {
    let mut lines: Vec<String> =
        sqlx::query_scalar("SELECT line FROM items WHERE subscription = ? AND digest IS NULL ORDER BY id")
            .bind(subscription)
            .fetch_all(&mut **transaction)
            .await?;
    sqlx::query("UPDATE items SET digest = ? WHERE subscription = ? AND digest IS NULL")
        .bind(hour)
        .bind(subscription)
        .execute(&mut **transaction)
        .await?;
    sqlx::query("DELETE FROM items WHERE digest < ?")
        .bind(hour - REMEMBERED)
        .execute(&mut **transaction)
        .await?;
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    Ok((lines, more))
}

/// Keeps a letter to be delivered.
pub(super) async fn deliver(
    transaction: &mut Transaction<'_, Sqlite>,
    subscription: i64,
    event: &str,
    body: &str,
    at: i64,
) -> Result<(), OwnError> {
    sqlx::query(
        "INSERT INTO deliveries (subscription, event, body, next_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(subscription)
    .bind(event)
    .bind(body)
    .bind(at)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn next(rhythm: Rhythm, after: &str) -> String {
        let after: Timestamp = after.parse().unwrap();
        Timestamp::from_second(rhythm.next(after.as_second()).unwrap()).unwrap().to_string()
    }

    #[test]
    fn digests_come_at_six_and_weekly_ones_on_monday() {
        assert_eq!(next(Rhythm::Daily, "2026-11-30T05:59:59Z"), "2026-11-30T06:00:00Z");
        assert_eq!(next(Rhythm::Daily, "2026-11-30T06:00:00Z"), "2026-12-01T06:00:00Z");
        // 30 November 2026 is a Monday.
        assert_eq!(next(Rhythm::Weekly, "2026-11-30T05:00:00Z"), "2026-11-30T06:00:00Z");
        assert_eq!(next(Rhythm::Weekly, "2026-11-30T06:00:00Z"), "2026-12-07T06:00:00Z");
        assert_eq!(Rhythm::AtOnce.next(0), None);
    }
}
