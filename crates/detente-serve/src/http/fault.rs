//! What can go wrong with a request: one shape of error for people and one for machines.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use detente::ledger::store::LedgerError;
use serde::Serialize;

use super::answer::Frame;
use super::shape::Shape;
use crate::desk::Desk;
use crate::own::OwnError;

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The status of the response.
    #[serde(skip)]
    pub status: StatusCode,
    /// A stable name.
    pub code: &'static str,
    /// What is wrong, in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The body of every error: `{"error": {"code", "message", "hint"}}`.
#[derive(Debug, Serialize)]
struct Body<'f> {
    error: &'f Fault,
}

impl Fault {
    /// A fault without advice.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), hint: None }
    }

    /// The same with advice.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// There is nothing of this name.
    pub fn missing(what: &str, name: &str) -> Self {
        let message = format!("there is no {what} `{name}` in this ledger");
        Self::new(StatusCode::NOT_FOUND, "serve/missing", message)
            .hint("follow a link from the front desk, or search")
    }

    /// There is no page at this address.
    pub fn address() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    /// A party that no record names.
    pub fn unknown_party(words: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "serve/party", format!("`{words}` is no party that is known"))
            .hint("name a state, an organisation or an office-holder, or a code such as RUS")
    }

    /// A parameter that is not understood.
    pub fn parameter(name: &str, reason: impl Into<String>) -> Self {
        let message = format!("`{name}`: {}", reason.into());
        Self::new(StatusCode::BAD_REQUEST, "serve/parameter", message)
            .hint("docs/serve.md and /api/v1/openapi.json tell every parameter")
    }

    /// The page does not come in this shape.
    pub fn shape(wanted: Shape, given: &[Shape]) -> Self {
        let given: Vec<String> = given.iter().map(|shape| format!(".{shape}")).collect();
        let message = format!("this page does not come as .{wanted}");
        Self::new(StatusCode::NOT_FOUND, "serve/shape", message)
            .hint(format!("it comes as a page and as {}", given.join(", ")))
    }

    /// The words are no question that is understood.
    pub fn no_question() -> Self {
        Self::new(StatusCode::NOT_FOUND, "serve/question", "this question is not understood")
            .hint("/ask lists the questions that are")
    }

    /// Nothing was kept yet.
    pub fn empty_ledger() -> Self {
        Self::new(StatusCode::NOT_FOUND, "serve/empty", "this ledger holds no article with a day yet")
            .hint("read some with `detente ingest --ledger LEDGER INPUT`")
    }

    /// Coding the article again gives no event of this number.
    pub fn coded_otherwise() -> Self {
        let message = "this version codes the article otherwise, and has no event of this number";
        Self::new(StatusCode::NOT_FOUND, "serve/coded-otherwise", message)
            .hint("the event stays as it was kept; `detente ledger info` tells by which version")
    }

    /// Something in the desk itself failed.
    pub fn broken() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "serve/broken", "the desk could not answer this")
            .hint("try again; if it stays so, report the address to the owner of this desk")
    }

    /// What a status alone tells.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::new(status, "serve/address", "there is no page at this address")
                .hint("begin at the front desk"),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(status, "serve/method", "this address does not take this method")
            }
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(status, "serve/large", "that is too large").hint("docs/serve.md tells the limits")
            }
            status => Self::new(
                status,
                "serve/request",
                status.canonical_reason().unwrap_or("refused").to_lowercase(),
            ),
        }
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        let status = match error {
            LedgerError::Cursor { .. } => StatusCode::BAD_REQUEST,
            LedgerError::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            LedgerError::ReadOnly { .. } => StatusCode::FORBIDDEN,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // What a database says may hold more than a reader should see.
        let message = match status {
            StatusCode::INTERNAL_SERVER_ERROR => "the ledger could not be read".to_owned(),
            _ => error.to_string(),
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(code = error.code(), "{error}");
        }
        Self { status, code: error.code(), message, hint: error.hint().map(str::to_owned) }
    }
}

impl From<OwnError> for Fault {
    fn from(error: OwnError) -> Self {
        let status = match error {
            OwnError::BadName(_) | OwnError::BadPassword => StatusCode::BAD_REQUEST,
            OwnError::Taken(_) => StatusCode::CONFLICT,
            OwnError::NoAccount(_) => StatusCode::NOT_FOUND,
            OwnError::Database(_) | OwnError::Newer(_) | OwnError::NoRandom => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(code = error.code(), "{error}");
            return Self { code: error.code(), ..Self::broken() };
        }
        Self::new(status, error.code(), error.to_string())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Body { error: &self })).into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'f> {
    frame: Frame,
    fault: &'f Fault,
}

/// Gives every error its shape: a page for people, an object for machines.
pub async fn faults(State(_): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let shape = request.extensions().get::<Shape>().copied().unwrap_or_default();
    let for_people = shape == Shape::Html && !path.starts_with("/api/") && !wants_json(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let told = response.extensions().get::<Arc<Fault>>().cloned();
    let fault = told.clone().unwrap_or_else(|| Arc::new(Fault::of_status(status)));
    match (for_people, told) {
        (true, _) => keep_headers(response.headers(), page(&path, &fault)),
        (false, Some(_)) => response,
        (false, None) => keep_headers(response.headers(), (*fault).clone().into_response()),
    }
}

/// What the first response said beside its body.
fn keep_headers(from: &HeaderMap, mut to: Response) -> Response {
    for name in [axum::http::header::ALLOW, axum::http::header::RETRY_AFTER, axum::http::header::SET_COOKIE] {
        if let Some(value) = from.get(&name) {
            to.headers_mut().insert(name, value.clone());
        }
    }
    to
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(axum::http::header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

fn page(path: &str, fault: &Fault) -> Response {
    let frame = Frame::bare(path, &fault.message);
    let page = FaultPage { frame, fault }.render().unwrap_or_else(|_| "error".to_owned());
    (fault.status, Html(page)).into_response()
}
