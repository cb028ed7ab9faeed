//! The page on which letters to an address begin and end; its address is the key to it.

use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};

use super::Sent;
use crate::destination::mailed;
use crate::http::{Answer, Asked, Fault, Frame};
use crate::letter::{is_key, numbered};
use crate::own::{Addressed, Own};

#[derive(Template)]
#[template(path = "letters.html")]
struct LettersPage {
    frame: Frame,
    key: String,
    address: String,
    what: String,
    said: Option<&'static str>,
    confirmed: bool,
}

/// Shows what the letters are of, and the buttons. Looking changes nothing: programs that read mail follow links.
pub async fn show(asked: Asked, Path(key): Path<String>) -> Answer {
    let own = asked.desk.own.clone().ok_or_else(Fault::read_only)?;
    let held = held(&own, &key).await?;
    page(&asked, key, &held, None)
}

/// Begins the letters or ends them; a program of a mailbox ends them with one click.
pub async fn take(asked: Asked, Path(key): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let own = sent.own()?;
    let mut held = held(&own, &key).await?;
    let said = match sent.form.text("do") {
        Some("begin") => {
            own.confirm(held.id).await?;
            held.confirmed = true;
            "The letters will come."
        }
        _ => {
            own.unsubscribe(held.id, None).await?;
            held.confirmed = false;
            "The letters have ended."
        }
    };
    page(&sent.asked, key, &held, Some(said))
}

/// The subscription that this is the key to.
async fn held(own: &Own, key: &str) -> Result<Addressed, Fault> {
    let missing = || Fault::missing("page of letters", key);
    let held = own.addressed(numbered(key).ok_or_else(missing)?).await?;
    held.filter(|held| mailed(&held.url).is_some() && is_key(key, &held.secret)).ok_or_else(missing)
}

fn page(asked: &Asked, key: String, held: &Addressed, said: Option<&'static str>) -> Answer {
    let page = LettersPage {
        frame: Frame::new(asked, "Letters", &[]),
        key,
        address: mailed(&held.url).unwrap_or_default().to_owned(),
        what: format!("{} {}", held.matter, held.query),
        said,
        confirmed: held.confirmed,
    };
    let page = page.render().map_err(|_| Fault::broken())?;
    Ok(([("cache-control", "no-store")], Html(page)).into_response())
}
