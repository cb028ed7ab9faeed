//! A reviewer's decision on a suggestion: taken, it becomes a review under the reviewer's name.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Sent, review};
use crate::http::{Answer, Asked, Fault};
use crate::own::{Decision, Role};

/// What a program sends.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    #[schemars(schema_with = "crate::schema::outcomes")]
    decision: Decision,
}

/// Takes a decision.
pub async fn take(asked: Asked, Path(id): Path<i64>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let by = sent.asked.visitor.allowed(Role::Reviewer)?.name.clone();
    let own = sent.own()?;
    let suggestion = own.suggestion(id).await?;
    let suggestion = suggestion.ok_or_else(|| Fault::missing("suggestion", &id.to_string()))?;
    let decision = match sent.is_from_program() {
        true => sent.object::<DecisionBody>()?.decision,
        false => sent.form.one("decision")?.unwrap_or(Decision::Open),
    };
    if decision == Decision::Open {
        return Err(Fault::parameter("decision", "it is `taken` or `declined`"));
    }
    if !own.decide(id, decision, &by).await? {
        return Err(decided_already(&suggestion.decided_by.unwrap_or_else(|| "somebody".to_owned())));
    }
    if decision == Decision::Taken {
        review::review(&sent.asked, &suggestion.proposal, Some(&suggestion.author)).await?;
    }
    Ok(sent.done("/reviews", DecisionBody { decision }))
}

fn decided_already(by: &str) -> Fault {
    Fault::new(StatusCode::CONFLICT, "serve/decided", format!("{by} has decided on it already"))
}
