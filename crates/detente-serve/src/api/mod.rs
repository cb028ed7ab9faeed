//! The interface for programs under `/api/v1`.
//!
//! Every operation stands once, in `operations`: the router answers by this list and the OpenAPI document is written from it, so
//! that neither can say what the other does not. Reading operations are the pages themselves in their JSON shape.

mod document;
mod operations;
mod parameter;
mod stream;

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};

pub use stream::Fresh;

use crate::desk::Desk;
use crate::http::Fault;
use operations::Operation;
use url::form_urlencoded;

/// Where the interface begins.
pub const ROOT: &str = "/api/v1";

/// The router of all operations.
pub fn router() -> Router<Arc<Desk>> {
    let document = get(async || Json(document::document()));
    let mut router = Router::new().route(&format!("{ROOT}/openapi.json"), document);
    for operation in operations::all() {
        let path = format!("{ROOT}{}", operation.path);
        router = router.route(&path, guarded(operation));
    }
    router
}

/// An operation that refuses parameters it does not know.
fn guarded(operation: Operation) -> MethodRouter<Arc<Desk>> {
    let names: Vec<&'static str> = operation.parameters.iter().map(|parameter| parameter.name).collect();
    let known = Arc::new(names);
    operation.route.layer(from_fn(move |request, next| only(Arc::clone(&known), request, next)))
}

/// What is wrong with the names of a query, or with a value that is empty: a form of a page may send one, a program means something.
fn refused(known: &[&str], query: &str) -> Option<Fault> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find_map(|(name, value)| match known.contains(&&*name) {
        false => Some(Fault::parameter(&name, "this operation has no such parameter")),
        true => value.trim().is_empty().then(|| Fault::parameter(&name, "it is empty")),
    })
}

async fn only(known: Arc<Vec<&'static str>>, request: Request, next: Next) -> Response {
    match refused(&known, request.uri().query().unwrap_or_default()) {
        Some(fault) => fault.into_response(),
        None => next.run(request).await,
    }
}
