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
    /// Begins a session and gives its secret.
    pub(crate) async fn begin_session(&self, account: &str) -> Result<String, OwnError> {
        let (secret, csrf) = (secrets::secret()?, secrets::secret()?);
        sqlx::query("DELETE FROM sessions WHERE expires_at < ?").bind(now()).execute(&self.pool).await?;
        sqlx::query("INSERT INTO sessions VALUES (?, ?, ?, ?)")
            .bind(secrets::digest(&secret))
            .bind(account)
            .bind(csrf)
            .bind(now() + LASTS)
            .execute(&self.pool)
            .await?;
        Ok(secret)
    }

    /// The session of a secret, unless it is over.
    pub(crate) async fn session(&self, secret: &str) -> Result<Option<Session>, OwnError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT account, csrf FROM sessions WHERE digest = ? AND expires_at >= ?")
                .bind(secrets::digest(secret))
                .bind(now())
                .fetch_optional(&self.pool)
                .await?;
        let Some((name, csrf)) = row else { return Ok(None) };
        Ok(self.account(&name).await?.map(|account| Session { account, csrf }))
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
