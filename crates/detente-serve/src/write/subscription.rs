//! Making a subscription, ending one, trying its dead letters again.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::Sent;
use crate::http::{Answer, Asked, Fault, Params};
use crate::notify::{look, pair_of};
use crate::own::{Matter, Role};
use crate::page::events::filter_of;

/// What a program sends.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionBody {
    /// Where it is delivered.
    #[schemars(regex(pattern = "^https?://[a-z0-9.-]+(/[A-Za-z0-9/._-]*)?$"), length(max = 500))]
    url: String,
    /// Of what.
    #[schemars(schema_with = "crate::schema::matters")]
    matter: Matter,
    /// The query that narrows it, as in the address of `/events`.
    #[serde(default)]
    #[schemars(length(max = 500))]
    query: String,
}

/// The secret that deliveries are signed with; it is told this once.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Subscribed {
    secret: String,
}

/// Makes a subscription.
pub async fn make(asked: Asked, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let account = sent.asked.visitor.allowed(Role::Reader)?.name.clone();
    let body = match sent.is_from_program() {
        true => sent.object::<SubscriptionBody>()?,
        false => SubscriptionBody {
            url: sent.form.text("url").unwrap_or_default().to_owned(),
            matter: sent.form.one("matter")?.unwrap_or(Matter::Reports),
            query: sent.form.text("query").unwrap_or_default().to_owned(),
        },
    };
    let url = address(&body.url)?;
    let query = Params::parse(body.query.rsplit('?').next().unwrap_or_default());
    let filter = filter_of(&sent.asked.desk, &query)?;
    if body.matter == Matter::Verdict && pair_of(&filter).is_none() {
        return Err(Fault::parameter("query", "a verdict is on a pair: actor=RUS&with=USA"));
    }
    let report = sent.asked.desk.ledger().tide().await?.report;
    let query = query.query();
    let made =
        sent.own()?.subscribe(&account, &url, body.matter, query.trim_start_matches('?'), report).await?;
    // What stands now is noted, so that the first change is told.
    look(&sent.asked.desk, &sent.own()?).await?;
    let secret = made.ok_or_else(|| {
        Fault::new(
            StatusCode::CONFLICT,
            "serve/subscriptions",
            "an account has so many subscriptions at most",
        )
    })?;
    match sent.is_from_program() {
        true => Ok(sent.done("", Subscribed { secret })),
        false => super::token::shown(&sent.asked, format!("deliveries to {url}"), secret),
    }
}

/// Ends a subscription.
pub async fn end(asked: Asked, Path(id): Path<i64>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let account = sent.asked.visitor.allowed(Role::Reader)?.clone();
    let whose = Some(account.name.as_str()).filter(|_| account.role < Role::Owner);
    match sent.own()?.unsubscribe(id, whose).await? {
        true => Ok(Redirect::to("/subscriptions").into_response()),
        false => Err(Fault::missing("subscription", &id.to_string())),
    }
}

/// Tries the dead letters of a subscription again.
pub async fn revive(asked: Asked, Path(id): Path<i64>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let account = sent.asked.visitor.allowed(Role::Reader)?.clone();
    let own = sent.own()?;
    let whose = Some(account.name.as_str()).filter(|_| account.role < Role::Owner);
    if !own.subscriptions(whose).await?.iter().any(|held| held.id == id) {
        return Err(Fault::missing("subscription", &id.to_string()));
    }
    own.revive(id).await?;
    Ok(Redirect::to("/subscriptions").into_response())
}

/// An address of the web without a name and password in it.
fn address(text: &str) -> Result<String, Fault> {
    let url = Url::parse(text).map_err(|error| Fault::parameter("url", error.to_string()))?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    match matches!(url.scheme(), "http" | "https") && url.has_host() && is_plain {
        true => Ok(url.to_string()),
        false => Err(Fault::parameter("url", "it begins with http:// or https:// and holds no password")),
    }
}
