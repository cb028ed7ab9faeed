//! What was answered lately: many readers look at the same few pages, and a ledger changes seldom.
//!
//! An answer is given again while the ledger stands as it stood when it was made. Only what anybody may see is remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, ETAG, HOST, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use detente::ledger::store::Tide;

use crate::desk::Desk;

/// Bytes of bodies that are remembered at most.
const MOST_BYTES: usize = 64 << 20;
/// The largest body that is remembered.
const LARGEST: usize = 2 << 20;

/// Answers by what was asked.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    tide: Tide,
    bytes: usize,
    answers: HashMap<String, Remembered>,
}

#[derive(Debug, Clone)]
struct Remembered {
    headers: HeaderMap,
    body: Bytes,
}

impl Memory {
    fn find(&self, tide: Tide, key: &str) -> Option<Remembered> {
        let shelf = self.0.lock().ok()?;
        shelf.answers.get(key).filter(|_| shelf.tide == tide).cloned()
    }

    fn keep(&self, tide: Tide, key: String, answer: Remembered) {
        let Ok(mut shelf) = self.0.lock() else { return };
        if shelf.tide != tide || shelf.bytes > MOST_BYTES {
            *shelf = Shelf { tide, ..Shelf::default() };
        }
        shelf.bytes += answer.body.len() + key.len();
        shelf.answers.insert(key, answer);
    }
}

impl Remembered {
    fn response(&self, holds: Option<&HeaderValue>) -> Response {
        let is_held = holds.is_some() && self.headers.get(ETAG) == holds;
        let body = if is_held { Body::empty() } else { Body::from(self.body.clone()) };
        let mut response = Response::new(body);
        *response.headers_mut() = self.headers.clone();
        if is_held {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        response
    }
}

/// Gives an answer again, or remembers the one that comes.
pub async fn remember(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    let tide = desk.tide();
    if let Some(found) = desk.memory.find(tide, &key) {
        return found.response(request.headers().get(IF_NONE_MATCH));
    }
    let response = next.run(request).await;
    match may_be_kept(&response) {
        true => kept(&desk, tide, key, response).await,
        false => response,
    }
}

/// What tells questions apart; `None` for what is not remembered.
fn key(request: &Request) -> Option<String> {
    let headers = request.headers();
    let is_public = !headers.contains_key(COOKIE) && !headers.contains_key(AUTHORIZATION);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let shape = request.extensions().get::<crate::http::Shape>().copied().unwrap_or_default();
    (is_public && request.method() == Method::GET).then(|| format!("{shape} {host} {}", request.uri()))
}

fn may_be_kept(response: &Response) -> bool {
    let is_private =
        response.headers().get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"private"));
    response.status() == StatusCode::OK && response.headers().contains_key(ETAG) && !is_private
}

async fn kept(desk: &Desk, tide: Tide, key: String, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => {
            if bytes.len() <= LARGEST {
                desk.memory.keep(
                    tide,
                    key,
                    Remembered { headers: parts.headers.clone(), body: bytes.clone() },
                );
            }
            Response::from_parts(parts, Body::from(bytes))
        }
        Err(_) => Response::from_parts(parts, Body::empty()),
    }
}
