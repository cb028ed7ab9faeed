//! Who wants to be told of what, and what was told.

use detente::model::named_enum;
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::{Sqlite, Transaction};

use super::digests::{Rhythm, deliver};
use super::{Own, OwnError, now, secrets, told};

named_enum! {
    /// What somebody wants to be told of.
    Matter, "subject of a subscription", {
        /// New reports that fit a query.
        Reports = "reports",
        /// Contacts of which new reports that fit tell: each change of their status.
        Contacts = "contacts",
        /// The verdict on a pair, when it changes.
        Verdict = "verdict",
    }
}

named_enum! {
    /// How a delivery stands.
    Delivered, "state of a delivery", {
        /// It waits for its time.
        Waiting = "waiting",
        /// It was taken.
        Done = "done",
        /// It was tried so often that it is given up: a dead letter.
        Dead = "dead",
    }
}

/// A subscription, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Subscription {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub account: String,
    /// Where it is delivered.
    pub url: String,
    /// Of what.
    #[schemars(schema_with = "crate::schema::matters")]
    pub matter: Matter,
    /// The query that narrows it, as in the address of `/events`.
    pub query: String,
    /// How often.
    #[schemars(schema_with = "crate::schema::rhythms")]
    pub rhythm: Rhythm,
    /// Whether it has begun; letters begin when whoever gets them says so.
    pub confirmed: bool,
    /// Since when.
    pub made_at: String,
    /// Deliveries that were taken.
    pub done: i64,
    /// Deliveries that wait.
    pub waiting: i64,
    /// Deliveries that were given up.
    pub dead: i64,
    /// What went wrong last.
    pub trouble: Option<String>,
}

/// A subscription as whoever delivers needs it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its number.
    pub id: i64,
    /// Of what.
    pub matter: Matter,
    /// The query.
    pub query: String,
    /// How often.
    pub rhythm: Rhythm,
    /// The number of the last report that was looked at.
    pub report: i64,
    /// What was told last: the verdict.
    pub word: Option<String>,
}

/// A subscription as somebody wishes it.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Whose it is.
    pub account: String,
    /// Where it is delivered.
    pub url: String,
    /// Of what.
    pub matter: Matter,
    /// The query that narrows it.
    pub query: String,
    /// How often.
    pub rhythm: Rhythm,
    /// The report after which it begins.
    pub report: i64,
    /// The letter that asks whether it is wanted, where somebody has to say so first.
    pub question: Option<String>,
}

/// A subscription as its page of letters needs it.
#[derive(Debug, Clone)]
pub struct Addressed {
    /// Its number.
    pub id: i64,
    /// Where it is delivered.
    pub url: String,
    /// What its key is made of.
    pub secret: String,
    /// Of what.
    pub matter: Matter,
    /// The query.
    pub query: String,
    /// Whether it has begun.
    pub confirmed: bool,
}

/// Something new for a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What it is of: the same whenever it is found.
    pub event: String,
    /// What is sent of it at once: an object.
    pub body: String,
    /// What is told of it in a digest.
    pub line: String,
}

/// A delivery whose time has come.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its number.
    pub id: i64,
    /// The number of the subscription.
    pub subscription: i64,
    /// What it is of: the same for each attempt.
    pub event: String,
    /// What is sent.
    pub body: String,
    /// Attempts so far.
    pub attempts: i64,
    /// Where to.
    pub url: String,
    /// What it is signed with.
    pub secret: String,
}

/// Seconds between attempts: at once, then after a minute, five, half an hour, two hours, six hours, a day.
const WAITS: [i64; 6] = [60, 300, 1_800, 7_200, 21_600, 86_400];
/// Deliveries sent in one go.
const AT_ONCE: i64 = 50;
/// Seconds that a delivery which was taken is remembered, so that it is not sent again.
const REMEMBERED: i64 = 30 * 86_400;
/// Subscriptions of one account.
pub const MOST: i64 = 50;
/// Subscriptions of one account that wait for whoever gets the letters: nobody is to be sent more questions than that.
const MOST_OPEN: i64 = 5;

impl Own {
    /// Makes a subscription, and gives the secret that its deliveries are signed with; `None` where its account has too many, or too many
    /// that nobody has confirmed.
    pub(crate) async fn subscribe(&self, wish: &Wish) -> Result<Option<String>, OwnError> {
        let (held, open): (i64, i64) = sqlx::query_as(
            "SELECT count(*), count(*) FILTER (WHERE confirmed = 0) FROM subscriptions WHERE account = ?",
        )
        .bind(&wish.account)
        .fetch_one(&self.pool)
        .await?;
        if held >= MOST || open >= MOST_OPEN && wish.question.is_some() {
            return Ok(None);
        }
        let mut transaction = self.pool.begin().await?;
        let secret = secrets::secret()?;
        let made = sqlx::query(
            "INSERT INTO subscriptions (account, url, secret, matter, query, made_at, report, rhythm, confirmed, digest_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&wish.account)
        .bind(&wish.url)
        .bind(&secret)
        .bind(wish.matter.as_str())
        .bind(&wish.query)
        .bind(now())
        .bind(wish.report)
        .bind(wish.rhythm.as_str())
        .bind(wish.question.is_none())
        .bind(wish.rhythm.next(now()))
        .execute(&mut *transaction)
        .await?;
        if let Some(question) = &wish.question {
            let id = made.last_insert_rowid();
            deliver(&mut transaction, id, &format!("question:{id}"), question, now()).await?;
        }
        transaction.commit().await?;
        Ok(Some(secret))
    }

    /// Ends a subscription of an account; of anybody, for an owner.
    pub(crate) async fn unsubscribe(&self, id: i64, account: Option<&str>) -> Result<bool, OwnError> {
        let ended = sqlx::query("DELETE FROM subscriptions WHERE id = ? AND (? IS NULL OR account = ?)")
            .bind(id)
            .bind(account)
            .bind(account)
            .execute(&self.pool)
            .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// A subscription, for its page of letters.
    pub(crate) async fn addressed(&self, id: i64) -> Result<Option<Addressed>, OwnError> {
        let row: Option<(i64, String, String, String, String, bool)> = sqlx::query_as(
            "SELECT id, url, secret, matter, query, confirmed FROM subscriptions WHERE id = ?",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.and_then(|(id, url, secret, matter, query, confirmed)| {
            Some(Addressed { id, url, secret, matter: matter.parse().ok()?, query, confirmed })
        }))
    }

    /// Begins a subscription whose letters are wanted.
    pub(crate) async fn confirm(&self, id: i64) -> Result<(), OwnError> {
        sqlx::query("UPDATE subscriptions SET confirmed = 1 WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The subscriptions of an account; of all, for an owner.
    pub(crate) async fn subscriptions(&self, account: Option<&str>) -> Result<Vec<Subscription>, OwnError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT s.id, s.account, s.url, s.matter, s.query, s.rhythm, s.confirmed, s.made_at, \
             (SELECT count(*) FROM deliveries d WHERE d.subscription = s.id AND d.state = 'done'), \
             (SELECT count(*) FROM deliveries d WHERE d.subscription = s.id AND d.state = 'waiting'), \
             (SELECT count(*) FROM deliveries d WHERE d.subscription = s.id AND d.state = 'dead'), \
             (SELECT d.trouble FROM deliveries d WHERE d.subscription = s.id AND d.trouble IS NOT NULL \
              ORDER BY d.id DESC LIMIT 1) \
             FROM subscriptions s WHERE ? IS NULL OR s.account = ? ORDER BY s.id",
        )
        .bind(account)
        .bind(account)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().filter_map(subscription).collect())
    }

    /// All subscriptions that have begun, for whoever looks what is new.
    pub(crate) async fn standing(&self) -> Result<Vec<Standing>, OwnError> {
        type Row = (i64, String, String, String, i64, Option<String>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, matter, query, rhythm, report, word FROM subscriptions WHERE confirmed = 1 ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        let read = |(id, matter, query, rhythm, report, word): Row| {
            Some(Standing {
                id,
                matter: matter.parse().ok()?,
                query,
                rhythm: rhythm.parse().ok()?,
                report,
                word,
            })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Keeps what is to be delivered, or gathered, and how far was looked, all or none; what was kept before is not kept again.
    pub(crate) async fn enqueue(
        &self,
        of: &Standing,
        news: &[News],
        report: i64,
        word: Option<&str>,
    ) -> Result<(), OwnError> {
        let mut transaction = self.pool.begin().await?;
        for News { event, body, line } in news {
            match of.rhythm {
                Rhythm::AtOnce => deliver(&mut transaction, of.id, event, body, now()).await?,
                Rhythm::Daily | Rhythm::Weekly => gather(&mut transaction, of.id, event, line).await?,
            }
        }
        sqlx::query("UPDATE subscriptions SET report = ?, word = coalesce(?, word) WHERE id = ?")
            .bind(report)
            .bind(word)
            .bind(of.id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Deliveries whose time has come by a second. One that would have to wait longer than any after so many attempts was put off by a
    /// clock that has been set back since: its time has come too.
    pub(crate) async fn due(&self, by: i64) -> Result<Vec<Due>, OwnError> {
        let longest = (1..).zip(WAITS).map(|(attempts, wait)| format!("WHEN {attempts} THEN {wait}"));
        let longest = longest.collect::<Vec<_>>().join(" ");
        let due = format!(
            "SELECT d.id, d.subscription, d.event, d.body, d.attempts, s.url, s.secret FROM deliveries d \
             JOIN subscriptions s ON s.id = d.subscription WHERE d.state = 'waiting' \
             AND (d.next_at <= ?1 OR d.next_at > ?1 + CASE d.attempts {longest} ELSE 0 END) \
             ORDER BY d.next_at, d.id LIMIT ?2"
        );
        let rows: Vec<(i64, i64, String, String, i64, String, String)> =
            sqlx::query_as(&due).bind(by).bind(AT_ONCE).fetch_all(&self.pool).await?;
        let read = |(id, subscription, event, body, attempts, url, secret)| Due {
            id,
            subscription,
            event,
            body,
            attempts,
            url,
            secret,
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// Notes that a delivery was taken, and forgets those of long ago.
    pub(crate) async fn delivered(&self, due: &Due) -> Result<(), OwnError> {
        sqlx::query(
            "UPDATE deliveries SET state = 'done', attempts = attempts + 1, trouble = NULL WHERE id = ?",
        )
        .bind(due.id)
        .execute(&self.pool)
        .await?;
        sqlx::query("DELETE FROM deliveries WHERE state = 'done' AND next_at < ?")
            .bind(now() - REMEMBERED)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Notes that a delivery failed at a second: it is tried again later, or given up.
    pub(crate) async fn failed(&self, due: &Due, trouble: &str, at: i64) -> Result<Delivered, OwnError> {
        let wait = usize::try_from(due.attempts).ok().and_then(|attempts| WAITS.get(attempts));
        let state = if wait.is_some() { Delivered::Waiting } else { Delivered::Dead };
        sqlx::query(
            "UPDATE deliveries SET state = ?, attempts = attempts + 1, next_at = ?, trouble = ? WHERE id = ?",
        )
        .bind(state.as_str())
        .bind(at + wait.copied().unwrap_or_default())
        .bind(trouble)
        .bind(due.id)
        .execute(&self.pool)
        .await?;
        Ok(state)
    }

    /// How many deliveries are in a state.
    pub(crate) async fn deliveries(&self, state: Delivered) -> Result<i64, OwnError> {
        let counted = sqlx::query_scalar("SELECT count(*) FROM deliveries WHERE state = ?");
        Ok(counted.bind(state.as_str()).fetch_one(&self.pool).await?)
    }

    /// Tries the dead letters of a subscription again from now on.
    pub(crate) async fn revive(&self, id: i64) -> Result<u64, OwnError> {
        let revived = sqlx::query(
            "UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = ? WHERE subscription = ? AND state = 'dead'",
        );
        Ok(revived.bind(now()).bind(id).execute(&self.pool).await?.rows_affected())
    }
}

/// Keeps something for the next digest.
async fn gather(
    transaction: &mut Transaction<'_, Sqlite>,
    subscription: i64,
    event: &str,
    line: &str,
) -> Result<(), OwnError> {
    sqlx::query("INSERT INTO items (subscription, event, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(subscription)
        .bind(event)
        .bind(line)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

type Row = (i64, String, String, String, String, String, bool, i64, i64, i64, i64, Option<String>);

fn subscription(row: Row) -> Option<Subscription> {
    let (id, account, url, matter, query, rhythm, confirmed, made_at, done, waiting, dead, trouble) = row;
    let (matter, rhythm, made_at) = (matter.parse().ok()?, rhythm.parse().ok()?, told(made_at));
    Some(Subscription {
        id,
        account,
        url,
        matter,
        query,
        rhythm,
        confirmed,
        made_at,
        done,
        waiting,
        dead,
        trouble,
    })
}
