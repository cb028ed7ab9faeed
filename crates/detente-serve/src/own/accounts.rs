//! Who may write, and what.

use detente::model::named_enum;
use schemars::JsonSchema;
use serde::Serialize;

use super::{LEAST_PASSWORD, MOST_PASSWORD, Own, OwnError, now, secrets, told};

named_enum! {
    /// What somebody may do; each may what those before it may.
    Role, "role", {
        /// Reads, writes notes, suggests corrections.
        Reader = "reader",
        /// Decides on codes and on suggestions.
        Reviewer = "reviewer",
        /// Manages subscriptions of all and tokens of any role.
        Owner = "owner",
    }
}

/// Somebody who may write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Account {
    /// The name.
    pub name: String,
    /// What they may do.
    #[schemars(schema_with = "crate::schema::roles")]
    pub role: Role,
    /// Since when.
    pub made_at: String,
}

/// What those without an account are called.
pub const GUEST: &str = "guest";

impl Own {
    /// Makes an account.
    ///
    /// # Errors
    /// Where the name is taken or none, or the password too easy.
    pub async fn add_account(&self, name: &str, role: Role, password: &str) -> Result<(), OwnError> {
        let letters = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let is_name = (2..=40).contains(&name.chars().count()) && name.chars().all(letters);
        if !is_name || name == GUEST {
            return Err(OwnError::BadName(name.to_owned()));
        }
        if password.chars().count() < LEAST_PASSWORD || password.len() > MOST_PASSWORD {
            return Err(OwnError::BadPassword);
        }
        let hash = secrets::hash(password)?;
        let added = sqlx::query("INSERT INTO accounts VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(name)
            .bind(role.as_str())
            .bind(hash)
            .bind(now())
            .execute(&self.pool)
            .await?;
        if added.rows_affected() == 0 { Err(OwnError::Taken(name.to_owned())) } else { Ok(()) }
    }

    /// Takes an account away, with its sessions and tokens. What it wrote stays, under its name.
    ///
    /// # Errors
    /// Where there is none of this name.
    pub async fn remove_account(&self, name: &str) -> Result<(), OwnError> {
        let removed =
            sqlx::query("DELETE FROM accounts WHERE name = ?").bind(name).execute(&self.pool).await?;
        if removed.rows_affected() == 0 { Err(OwnError::NoAccount(name.to_owned())) } else { Ok(()) }
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub async fn accounts(&self) -> Result<Vec<Account>, OwnError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT name, role, made_at FROM accounts ORDER BY name")
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().filter_map(account).collect())
    }

    /// The account of this name.
    pub(crate) async fn account(&self, name: &str) -> Result<Option<Account>, OwnError> {
        let row: Option<(String, String, i64)> =
            sqlx::query_as("SELECT name, role, made_at FROM accounts WHERE name = ?")
                .bind(name)
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.and_then(account))
    }

    /// The account of this name, if this is its password.
    pub(crate) async fn who(&self, name: &str, password: &str) -> Result<Option<Account>, OwnError> {
        let kept: Option<String> = sqlx::query_scalar("SELECT password FROM accounts WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        let (given, known) = (password.to_owned(), kept);
        let is_right = move || given.len() <= MOST_PASSWORD && secrets::is_right(&given, known.as_deref());
        let right = tokio::task::spawn_blocking(is_right).await.unwrap_or(false);
        if right { self.account(name).await } else { Ok(None) }
    }
}

fn account((name, role, made_at): (String, String, i64)) -> Option<Account> {
    Some(Account { name, role: role.parse().ok()?, made_at: told(made_at) })
}
