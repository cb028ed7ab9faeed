//! Making a subscription, ending one, trying its dead letters again.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Sent;
use crate::desk::Desk;
use crate::destination::{Destination, LONGEST};
use crate::http::{Answer, Asked, Fault, Params};
use crate::letter;
use crate::notify::{look, pair_of};
use crate::own::{Matter, Rhythm, Role, Wish};
use crate::page::events::filter_of;

/// What a program sends.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = crate::schema::destinations()), extend("if" = {"properties": {"matter": {"const": "verdict"}}}, "then" = {
    "required": ["query"], "properties": {"query": {"pattern": "^actor=[A-Z]{3}&with=[A-Z]{3}$"}}
}))]
pub struct SubscriptionBody {
    /// Where it is delivered.
    #[schemars(length(max = LONGEST))]
    url: String,
    /// How often: letters (`mailto:`) come daily or weekly, other deliveries at once.
    #[serde(default)]
    #[schemars(schema_with = "crate::schema::maybe_rhythm")]
    rhythm: Option<Rhythm>,
    /// Of what.
    #[schemars(schema_with = "crate::schema::matters")]
    matter: Matter,
    /// The query that narrows it, as in the address of `/events`.
    #[serde(default)]
    #[schemars(length(max = 500))]
    query: String,
}

/// Characters of a query.
const LONGEST_QUERY: usize = 500;

/// The secret that deliveries are signed with; it is told this once.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Subscribed {
    secret: String,
}

/// Makes a subscription.
pub async fn make(asked: Asked, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let account = sent.asked.visitor.allowed(Role::Reader)?.name.clone();
    let body = SubscriptionBody::of(&sent)?;
    let (destination, rhythm) = delivery(&sent.asked.desk, &body)?;
    let query = Params::parse(body.query.rsplit('?').next().unwrap_or_default());
    let filter = filter_of(&sent.asked.desk, &query)?;
    if body.matter == Matter::Verdict && pair_of(&filter).is_none() {
        return Err(Fault::parameter("query", "a verdict is on a pair: actor=RUS&with=USA"));
    }
    let report = sent.asked.desk.ledger().tide().await?.report;
    let query = query.query().trim_start_matches('?').to_owned();
    let is_letter = matches!(destination, Destination::Mail(_));
    let question = is_letter.then(|| letter::question(&account, &query));
    let url = destination.as_str().to_owned();
    let wish = Wish { account, url, matter: body.matter, query, rhythm, report, question };
    let made = sent.own()?.subscribe(&wish).await?;
    // What stands now is noted, so that the first change is told.
    look(&sent.asked.desk, &sent.own()?).await?;
    let secret = made.ok_or_else(too_many)?;
    match sent.is_from_program() {
        true => Ok(sent.done("", Subscribed { secret })),
        // Letters are not signed: their secret is in their links.
        false if is_letter => Ok(Redirect::to("/subscriptions").into_response()),
        false => super::token::shown(&sent.asked, format!("deliveries to {}", destination.as_str()), secret),
    }
}

impl SubscriptionBody {
    fn of(sent: &Sent) -> Result<Self, Fault> {
        let body = match sent.is_from_program() {
            true => sent.object::<Self>()?,
            false => Self {
                url: sent.form.text("url").unwrap_or_default().trim().to_owned(),
                rhythm: sent.form.one("rhythm")?,
                matter: sent.form.one("matter")?.unwrap_or(Matter::Reports),
                query: sent.form.text("query").unwrap_or_default().to_owned(),
            },
        };
        match body.query.chars().count() > LONGEST_QUERY {
            true => Err(Fault::parameter("query", "it is longer than 500 characters")),
            false => Ok(body),
        }
    }
}

fn too_many() -> Fault {
    let message =
        "an account has so many subscriptions at most, and so many letters that nobody has said yes to";
    Fault::new(StatusCode::CONFLICT, "serve/subscriptions", message)
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

/// Where to deliver, and how often, if this desk can.
fn delivery(desk: &Desk, body: &SubscriptionBody) -> Result<(Destination, Rhythm), Fault> {
    let destination = Destination::of(&body.url).ok_or_else(no_address)?;
    let rhythm = match (&destination, body.rhythm) {
        (Destination::Mail(_), Some(Rhythm::AtOnce)) => {
            return Err(Fault::parameter("rhythm", "letters come daily or weekly"));
        }
        (Destination::Mail(_), _) if desk.senders.mail.is_none() => return Err(no_letters()),
        (Destination::Mail(_), rhythm) => rhythm.unwrap_or(Rhythm::Daily),
        (Destination::Web(_), Some(Rhythm::Daily | Rhythm::Weekly)) => {
            return Err(Fault::parameter("rhythm", "only letters are gathered; this is delivered at once"));
        }
        (Destination::Web(_), _) => Rhythm::AtOnce,
    };
    Ok((destination, rhythm))
}

fn no_address() -> Fault {
    let message = format!(
        "it is an address of the web, http:// or https:// without a password, or one of mail, of at most {LONGEST} characters"
    );
    Fault::parameter("url", message).hint("a program writes signs that no address has as %20")
}

fn no_letters() -> Fault {
    let hint = "give an address of the web, or ask the owner of this desk for `--smtp`";
    Fault::new(StatusCode::CONFLICT, "serve/letters", "this desk sends no letters").hint(hint)
}
