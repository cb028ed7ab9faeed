//! Tokens that somebody makes for their programs and takes away again.

use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect};

use super::{Sent, written};
use crate::http::{Answer, Asked, Fault, Frame};
use crate::own::Role;

#[derive(Template)]
#[template(path = "token.html")]
struct TokenPage {
    frame: Frame,
    secret: String,
    label: String,
}

/// Makes a token and shows its secret, this once.
pub async fn make(asked: Asked, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let account = sent.asked.visitor.allowed(Role::Reader)?.clone();
    let label = written("label", sent.form.text("label").unwrap_or_default(), 80)?;
    let role = sent.form.one("role")?.unwrap_or(Role::Reader);
    let secret = sent.own()?.add_token(&account.name, role, &label).await?;
    shown(&sent.asked, label, secret)
}

/// A secret on a page that no cache keeps.
pub fn shown(asked: &Asked, label: String, secret: String) -> Answer {
    let frame = Frame::new(asked, "A new secret", &[]);
    let page = TokenPage { frame, secret, label }.render().map_err(|_| Fault::broken())?;
    Ok(([("cache-control", "no-store")], Html(page)).into_response())
}

/// Takes a token away.
pub async fn remove(asked: Asked, Path(id): Path<i64>, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let account = sent.asked.visitor.allowed(Role::Reader)?.clone();
    match sent.own()?.remove_token(&account.name, id).await? {
        true => Ok(Redirect::to("/account").into_response()),
        false => Err(Fault::missing("token", &id.to_string())),
    }
}
