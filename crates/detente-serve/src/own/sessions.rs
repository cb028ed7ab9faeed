//! Sessions of browsers and tokens of programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::accounts::{Account, Role};
use super::{Own, OwnError, now, secrets, told};

/// A browser that somebody signed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// What every form of theirs must carry.
    pub csrf: String,
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What it is for.
    pub label: String,
    /// Whose it is.
    pub account: String,
    /// What it may do.
    #[schemars(schema_with = "crate::schema::roles")]
    pub role: Role,
    /// Since when.
    pub made_at: String,
}

/// Seconds that a session lasts: a fortnight.
pub const LASTS: i64 = 14 * 24 * 3600;

impl Own {
    /// Begins a session at a second and gives its secret.
    pub(crate) async fn begin_session(&self, account: &str, at: i64) -> Result<String, OwnError> {
        let (secret, csrf) = (secrets::secret()?, secrets::secret()?);
        sqlx::query("DELETE FROM sessions WHERE expires_at < ?").bind(at).execute(&self.pool).await?;
        sqlx::query("INSERT INTO sessions VALUES (?, ?, ?, ?)")
            .bind(secrets::digest(&secret))
            .bind(account)
            .bind(csrf)
            .bind(at + LASTS)
            .execute(&self.pool)
            .await?;
        Ok(secret)
    }

    /// The session of a secret, unless it is over at this second.
    pub(crate) async fn session(&self, secret: &str, at: i64) -> Result<Option<Session>, OwnError> {
        let digest = secrets::digest(secret);
        let row: Option<(String, String, i64)> = sqlx::query_as(
            "SELECT account, csrf, expires_at FROM sessions WHERE digest = ? AND expires_at >= ?",
        )
        .bind(&digest)
        .bind(at)
        .fetch_optional(&self.pool)
        .await?;
        let Some((name, csrf, expires_at)) = row else { return Ok(None) };
        if expires_at > at + LASTS {
            self.shorten_session(&digest, at + LASTS).await?;
        }
        Ok(self.account(&name).await?.map(|account| Session { account, csrf }))
    }

    /// A session that would last too long began under a clock that has been set back since: it gets what any has from now on.
    async fn shorten_session(&self, digest: &str, expires_at: i64) -> Result<(), OwnError> {
        let shorter = sqlx::query("UPDATE sessions SET expires_at = ? WHERE digest = ?");
        shorter.bind(expires_at).bind(digest).execute(&self.pool).await?;
        Ok(())
    }

    /// Ends a session.
    pub(crate) async fn end_session(&self, secret: &str) -> Result<(), OwnError> {
        let digest = secrets::digest(secret);
        sqlx::query("DELETE FROM sessions WHERE digest = ?").bind(digest).execute(&self.pool).await?;
        Ok(())
    }

    /// Makes a token that may do what this role may, and gives its secret: it is told this once.
    ///
    /// # Errors
    /// Where there is no such account.
    pub async fn add_token(&self, account: &str, role: Role, label: &str) -> Result<String, OwnError> {
        let found = self.account(account).await?;
        let found = found.ok_or_else(|| OwnError::NoAccount(account.to_owned()))?;
        let secret = format!("dt_{}", secrets::secret()?);
        sqlx::query("INSERT INTO tokens (digest, account, role, label, made_at) VALUES (?, ?, ?, ?, ?)")
            .bind(secrets::digest(&secret))
            .bind(account)
            .bind(role.min(found.role).as_str())
            .bind(label)
            .bind(now())
            .execute(&self.pool)
            .await?;
        Ok(secret)
    }

    /// The tokens of an account.
    pub(crate) async fn tokens(&self, account: &str) -> Result<Vec<Token>, OwnError> {
        let rows: Vec<(i64, String, String, String, i64)> = sqlx::query_as(
            "SELECT id, label, account, role, made_at FROM tokens WHERE account = ? ORDER BY id",
        )
        .bind(account)
        .fetch_all(&self.pool)
        .await?;
        let token = |(id, label, account, role, made_at): (i64, String, String, String, i64)| {
            Some(Token { id, label, account, role: role.parse().ok()?, made_at: told(made_at) })
        };
        Ok(rows.into_iter().filter_map(token).collect())
    }

    /// Takes a token of an account away.
    pub(crate) async fn remove_token(&self, account: &str, id: i64) -> Result<bool, OwnError> {
        let removed = sqlx::query("DELETE FROM tokens WHERE id = ? AND account = ?").bind(id).bind(account);
        Ok(removed.execute(&self.pool).await?.rows_affected() > 0)
    }

    /// Whose token a secret is, with the role that both the token and its account have.
    pub(crate) async fn bearer(&self, secret: &str) -> Result<Option<Account>, OwnError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT account, role FROM tokens WHERE digest = ?")
                .bind(secrets::digest(secret))
                .fetch_optional(&self.pool)
                .await?;
        let Some((name, role)) = row else { return Ok(None) };
        let role: Option<Role> = role.parse().ok();
        let account = self.account(&name).await?;
        Ok(account.zip(role).map(|(account, role)| Account { role: role.min(account.role), ..account }))
    }
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqlitePoolOptions;

    use super::super::SCHEMAS;
    use super::*;

    const NOON: i64 = 1_800_000_000;
    const YEAR: i64 = 365 * 24 * 3600;

    /// Seconds after [`NOON`] at which a session still is one that began then, its clock having shown these seconds in turn.
    async fn lasts(clock: &[i64]) -> Vec<bool> {
        let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
        for schema in SCHEMAS {
            sqlx::raw_sql(schema).execute(&pool).await.unwrap();
        }
        let own = Own { pool };
        own.add_account("ann", Role::Reader, "correct horse").await.unwrap();
        let secret = own.begin_session("ann", NOON).await.unwrap();
        let mut lasts = Vec::new();
        for at in clock {
            lasts.push(own.session(&secret, NOON + at).await.unwrap().is_some());
        }
        lasts
    }

    #[tokio::test]
    async fn a_session_lasts_a_fortnight() {
        assert_eq!(lasts(&[0, LASTS, LASTS + 1]).await, [true, true, false]);
    }

    #[tokio::test]
    async fn a_clock_that_is_set_back_ends_no_session_and_makes_none_last() {
        let (back, over) = (-YEAR, -YEAR + LASTS + 1);
        assert_eq!(lasts(&[0, back, over - 1, over]).await, [true, true, true, false]);
    }
}
