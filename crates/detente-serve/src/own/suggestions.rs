//! Suggestions of readers and guests, on which a named reviewer decides.

use detente::ledger::store::{Correction, Verdict};
use detente::model::named_enum;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Own, OwnError, now, told};

named_enum! {
    /// What became of a suggestion.
    Decision, "decision", {
        /// Nobody has decided.
        Open = "open",
        /// It became a review.
        Taken = "taken",
        /// It did not.
        Declined = "declined",
    }
}

/// What somebody says of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proposal {
    /// The key of the report.
    pub report: String,
    /// right, wrong or unsure.
    #[schemars(schema_with = "crate::schema::verdicts")]
    pub verdict: Verdict,
    /// What it should have been.
    #[schemars(schema_with = "crate::schema::maybe_correction")]
    pub correction: Option<Correction>,
    /// In words.
    pub note: Option<String>,
}

/// A proposal that waits for a decision, or had one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// Its number.
    pub id: i64,
    /// What is proposed.
    #[serde(flatten)]
    pub proposal: Proposal,
    /// Who proposes it.
    pub author: String,
    /// When.
    pub made_at: String,
    /// What became of it.
    #[schemars(schema_with = "crate::schema::decisions")]
    pub decision: Decision,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<String>,
}

type Row =
    (i64, String, String, Option<String>, Option<String>, String, i64, String, Option<String>, Option<i64>);
const SELECTION: &str = "SELECT id, report, verdict, correction, note, author, made_at, decision, decided_by, \
     decided_at FROM suggestions";
/// Open suggestions at most; then no more are taken until some are decided.
const MOST_OPEN: i64 = 5_000;

impl Own {
    /// Keeps a suggestion; `None` where too many wait.
    pub(crate) async fn suggest(&self, proposal: &Proposal, author: &str) -> Result<Option<i64>, OwnError> {
        let open: i64 = sqlx::query_scalar("SELECT count(*) FROM suggestions WHERE decision = 'open'")
            .fetch_one(&self.pool)
            .await?;
        if open >= MOST_OPEN {
            return Ok(None);
        }
        let correction = proposal.correction.as_ref().and_then(|c| serde_json::to_string(c).ok());
        let kept = sqlx::query(
            "INSERT INTO suggestions (report, verdict, correction, note, author, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&proposal.report)
        .bind(proposal.verdict.as_str())
        .bind(correction)
        .bind(&proposal.note)
        .bind(author)
        .bind(now())
        .execute(&self.pool)
        .await?;
        Ok(Some(kept.last_insert_rowid()))
    }

    /// The suggestions on a report, the first first.
    pub(crate) async fn suggestions_on(&self, report: &str) -> Result<Vec<Suggestion>, OwnError> {
        let rows: Vec<Row> = sqlx::query_as(&format!("{SELECTION} WHERE report = ? ORDER BY id LIMIT 200"))
            .bind(report)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.into_iter().filter_map(suggestion).collect())
    }

    /// Suggestions that stand so, the first first.
    pub(crate) async fn suggestions(&self, decision: Decision) -> Result<Vec<Suggestion>, OwnError> {
        let rows: Vec<Row> = sqlx::query_as(&format!("{SELECTION} WHERE decision = ? ORDER BY id LIMIT 200"))
            .bind(decision.as_str())
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.into_iter().filter_map(suggestion).collect())
    }

    /// The suggestion of this number.
    pub(crate) async fn suggestion(&self, id: i64) -> Result<Option<Suggestion>, OwnError> {
        let row: Option<Row> =
            sqlx::query_as(&format!("{SELECTION} WHERE id = ?")).bind(id).fetch_optional(&self.pool).await?;
        Ok(row.and_then(suggestion))
    }

    /// Decides on an open suggestion; false where somebody has decided already.
    pub(crate) async fn decide(&self, id: i64, decision: Decision, by: &str) -> Result<bool, OwnError> {
        let decided = sqlx::query(
            "UPDATE suggestions SET decision = ?, decided_by = ?, decided_at = ? WHERE id = ? AND decision = 'open'",
        )
        .bind(decision.as_str())
        .bind(by)
        .bind(now())
        .bind(id)
        .execute(&self.pool)
        .await?;
        Ok(decided.rows_affected() > 0)
    }
}

fn suggestion(row: Row) -> Option<Suggestion> {
    let (id, report, verdict, correction, note, author, made_at, decision, decided_by, decided_at) = row;
    let correction = correction.and_then(|text| serde_json::from_str(&text).ok());
    let proposal = Proposal { report, verdict: verdict.parse().ok()?, correction, note };
    Some(Suggestion {
        id,
        proposal,
        author,
        made_at: told(made_at),
        decision: decision.parse().ok()?,
        decided_by,
        decided_at: decided_at.map(told),
    })
}
