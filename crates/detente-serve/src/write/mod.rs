//! What readers send: a word on a code, a note, a decision; signing in and out.
//!
//! Each is the same from a form of a page and as an object from a program. A form leads back to its page.

pub mod decision;
pub mod letters;
pub mod note;
pub mod review;
pub mod sign;
pub mod subscription;
pub mod token;

use axum::Json;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::http::{Asked, Fault, Params, Shape};
use crate::own::Own;

/// What was sent, and by whom.
struct Sent {
    asked: Asked,
    form: Params,
    body: Bytes,
}

impl Sent {
    /// Takes what was sent, unless another site sent it in somebody's name.
    fn of(asked: Asked, headers: &HeaderMap, body: Bytes) -> Result<Self, Fault> {
        let is_json =
            headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        let form = match is_json {
            true => Params::default(),
            false => {
                Params::parse(std::str::from_utf8(&body).map_err(|_| Fault::body("it is no UTF-8 text"))?)
            }
        };
        asked.visitor.sends(headers, &form, &asked.origin)?;
        Ok(Self { asked, form, body })
    }

    /// Whether a program sent it.
    fn is_from_program(&self) -> bool {
        self.asked.shape == Shape::Json
    }

    /// The object that a program sent.
    fn object<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_slice(&self.body).map_err(|error| Fault::body(error.to_string()))
    }

    /// The desk's own file.
    fn own(&self) -> Result<Own, Fault> {
        self.asked.desk.own.clone().ok_or_else(Fault::read_only)
    }

    /// Leads a browser back to a page, and tells a program what was made.
    fn done(&self, page: &str, made: impl Serialize) -> Response {
        match self.is_from_program() {
            true => (StatusCode::CREATED, Json(made)).into_response(),
            false => Redirect::to(page).into_response(),
        }
    }
}

/// A text of at most so many characters as it was sent, without control characters but line ends.
fn written(name: &str, text: &str, most: usize) -> Result<String, Fault> {
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let clean = clean.trim();
    // A browser sends two characters for the end of a line.
    let length = text.chars().filter(|c| *c != '\r').count();
    match clean.is_empty() {
        true => Err(Fault::parameter(name, "it is empty")),
        false if length > most => Err(Fault::parameter(name, format!("it has more than {most} characters"))),
        false => Ok(clean.to_owned()),
    }
}

impl Fault {
    /// What was sent is not understood.
    fn body(reason: impl Into<String>) -> Self {
        let message = format!("what was sent is not understood: {}", reason.into());
        Self::new(StatusCode::BAD_REQUEST, "serve/body", message)
            .hint("/api/v1/openapi.json tells what is wanted")
    }

    /// This desk takes nothing.
    pub fn read_only() -> Self {
        Self::new(StatusCode::FORBIDDEN, "serve/read-only", "this desk is for reading only")
    }
}
