//! What a request for a page asks.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{HOST, IF_NONE_MATCH};
use axum::http::request::Parts;
use detente::model::{ActorCode, Dyad};
use jiff::civil::Date;

use super::fault::Fault;
use super::params::Params;
use super::shape::{Shape, Typed};
use super::visitor::Visitor;
use crate::desk::Desk;

/// The desk, and what is asked of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The shape that is wanted.
    pub shape: Shape,
    /// The path without the ending that names the shape.
    pub path: String,
    /// The path as typed.
    pub typed: String,
    /// The query.
    pub params: Params,
    /// What the asker holds already.
    pub holds: Option<String>,
    /// Who asks.
    pub visitor: Visitor,
    /// Where the desk is reached from outside: `http://127.0.0.1:8080`.
    pub origin: String,
}

impl FromRequestParts<Arc<Desk>> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Fault> {
        let path = parts.uri.path().to_owned();
        let visitor = Visitor::of(desk, &parts.headers).await?;
        if desk.options.private && visitor.account().is_none() && path != "/sign-in" {
            return Err(Fault::sign_in());
        }
        let typed = parts.extensions.get::<Typed>().map_or_else(|| path.clone(), |typed| typed.0.clone());
        Ok(Self {
            desk: Arc::clone(desk),
            shape: shape(parts),
            path,
            typed,
            params: Params::parse(parts.uri.query().unwrap_or_default()),
            holds: text(&parts.headers, IF_NONE_MATCH),
            visitor,
            origin: origin(desk, &parts.headers),
        })
    }
}

impl Asked {
    /// Whether the address ends like a shape does.
    pub fn has_ending(&self) -> bool {
        self.typed != self.path
    }

    /// The day asked about: `on`, else the last of the ledger.
    pub async fn day(&self) -> Result<Date, Fault> {
        self.desk.day(self.params.day("on")?).await
    }

    /// The party that a text names.
    pub fn party(&self, words: &str) -> Result<ActorCode, Fault> {
        self.desk.names.find(words).ok_or_else(|| Fault::unknown_party(words))
    }

    /// The pair that two texts name.
    pub fn pair(&self, a: &str, b: &str) -> Result<Dyad, Fault> {
        let (a, b) = (self.party(a)?, self.party(b)?);
        Dyad::new(a, b).ok_or_else(|| Fault::parameter("pair", format!("{a} and itself are no pair")))
    }
}

/// What the address asks for; the interface for programs speaks JSON.
fn shape(parts: &Parts) -> Shape {
    match parts.uri.path().starts_with("/api/") {
        true => Shape::Json,
        false => parts.extensions.get::<Shape>().copied().unwrap_or_default(),
    }
}

fn origin(desk: &Desk, headers: &HeaderMap) -> String {
    let host = || text(headers, HOST).unwrap_or_else(|| "localhost".to_owned());
    desk.options.public_address.clone().unwrap_or_else(|| format!("http://{}", host()))
}

fn text(headers: &HeaderMap, name: axum::http::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
