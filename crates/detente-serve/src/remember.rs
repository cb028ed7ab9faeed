//! What was answered lately: many readers look at the same few pages, and a ledger changes seldom.
//!
//! An answer is given again while nothing was kept or written since it was made, and made once however many ask for it at a time. What is
//! asked for again stays longest. Only what anybody may see is remembered.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, ETAG, HOST, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use detente::ledger::store::Tide;
use tokio::sync::Semaphore;

use crate::desk::Desk;

/// Bytes of bodies that are remembered at most.
const MOST_BYTES: usize = 64 << 20;
/// The largest body that is remembered.
const LARGEST: usize = 2 << 20;

/// Answers by what was asked.
#[derive(Debug, Default)]
pub struct Memory {
    shelf: Mutex<Shelf>,
    /// Answers that are being made.
    making: Mutex<HashMap<String, Arc<Making>>>,
    hands: Hands,
    /// What readers sent so far: the desk's own file has no tide.
    writes: AtomicU64,
}

/// Answers that are made at a time. More would be no faster, and each holds what it has read: whoever comes while these are being made waits
/// with empty hands.
const AT_ONCE: usize = 16;

/// Who may make an answer now.
#[derive(Debug)]
struct Hands(Semaphore);

impl Default for Hands {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

/// How far all has come that an answer may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Moment {
    tide: Tide,
    writes: u64,
}

/// Held by whoever makes an answer; others wait for it.
type Making = tokio::sync::Mutex<()>;

/// Answers in two generations: what is found in the old one moves to the young, and when that is full the old one goes.
#[derive(Debug, Default)]
struct Shelf {
    moment: Moment,
    /// Bytes of the young.
    bytes: usize,
    young: HashMap<String, Remembered>,
    old: HashMap<String, Remembered>,
}

#[derive(Debug, Clone)]
struct Remembered {
    headers: HeaderMap,
    body: Bytes,
}

impl Memory {
    fn moment(&self, tide: Tide) -> Moment {
        Moment { tide, writes: self.writes.load(Ordering::Acquire) }
    }

    /// Something was written: what was answered before may show less.
    fn wrote(&self) {
        self.writes.fetch_add(1, Ordering::AcqRel);
    }

    fn find(&self, moment: Moment, key: &str) -> Option<Remembered> {
        let mut shelf = self.shelf.lock().ok()?;
        if shelf.moment == moment { shelf.find(key) } else { None }
    }

    fn keep(&self, moment: Moment, key: &str, answer: Remembered) {
        let Ok(mut shelf) = self.shelf.lock() else { return };
        if shelf.moment != moment {
            *shelf = Shelf { moment, ..Shelf::default() };
        }
        shelf.put(key.to_owned(), answer);
    }

    /// The turn to make an answer.
    fn turn(&self, key: &str) -> Turn<'_> {
        let making =
            self.making.lock().map(|mut making| Arc::clone(making.entry(key.to_owned()).or_default()));
        Turn { memory: self, key: key.to_owned(), making: making.unwrap_or_default() }
    }
}

impl Shelf {
    fn find(&mut self, key: &str) -> Option<Remembered> {
        if let Some(found) = self.young.get(key) {
            return Some(found.clone());
        }
        let (key, found) = self.old.remove_entry(key)?;
        self.put(key, found.clone());
        Some(found)
    }

    fn put(&mut self, key: String, answer: Remembered) {
        if self.bytes > MOST_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += answer.body.len() + key.len();
        self.young.insert(key, answer);
    }
}

/// The turn to make an answer; whoever drops it last, also one who went away, tidies up.
struct Turn<'m> {
    memory: &'m Memory,
    key: String,
    making: Arc<Making>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let Ok(mut making) = self.memory.making.lock() else { return };
        // One is here, one in the map.
        if Arc::strong_count(&self.making) <= 2 {
            making.remove(&self.key);
        }
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
    let Some(key) = key(&request) else { return passed(&desk, request, next).await };
    let moment = desk.memory.moment(desk.tide());
    if let Some(found) = desk.memory.find(moment, &key) {
        return found.response(request.headers().get(IF_NONE_MATCH));
    }
    let turn = desk.memory.turn(&key);
    let _made_by_nobody_else = turn.making.lock().await;
    if let Some(found) = desk.memory.find(moment, &key) {
        return found.response(request.headers().get(IF_NONE_MATCH));
    }
    let _hand = desk.memory.hands.0.acquire().await;
    let response = next.run(request).await;
    match may_be_kept(&response) {
        true => kept(&desk, moment, &key, response).await,
        false => response,
    }
}

/// A request whose answer is not remembered; one that writes makes all be answered anew.
async fn passed(desk: &Desk, request: Request, next: Next) -> Response {
    let writes = !request.method().is_safe();
    let response = next.run(request).await;
    if writes && !response.status().is_client_error() {
        desk.memory.wrote();
    }
    response
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

async fn kept(desk: &Desk, moment: Moment, key: &str, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => {
            if bytes.len() <= LARGEST {
                desk.memory.keep(
                    moment,
                    key,
                    Remembered { headers: parts.headers.clone(), body: bytes.clone() },
                );
            }
            Response::from_parts(parts, Body::from(bytes))
        }
        Err(_) => Response::from_parts(parts, Body::empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Remembered {
        Remembered { headers: HeaderMap::new(), body: vec![b'a'; bytes].into() }
    }

    #[test]
    fn what_is_asked_for_again_outlives_what_is_not() {
        let (memory, now) = (Memory::default(), Moment::default());
        memory.keep(now, "asked", answer(1 << 20));
        memory.keep(now, "forgotten", answer(1 << 20));
        for n in 0..200 {
            memory.keep(now, &format!("other {n}"), answer(1 << 20));
            assert!(memory.find(now, "asked").is_some(), "after {n} others");
        }
        assert!(memory.find(now, "forgotten").is_none());
        let shelf = memory.shelf.lock().unwrap();
        assert!(shelf.young.len() + shelf.old.len() <= 70, "{} and {}", shelf.young.len(), shelf.old.len());
    }

    #[test]
    fn another_moment_begins_anew() {
        let memory = Memory::default();
        let before = memory.moment(Tide::default());
        memory.wrote();
        let after = memory.moment(Tide::default());
        assert_ne!(after, memory.moment(Tide { report: 1, ..Tide::default() }));
        memory.keep(before, "page", answer(1));
        assert!(memory.find(after, "page").is_none());
        memory.keep(after, "other", answer(1));
        assert!(memory.find(before, "page").is_none() && memory.find(after, "other").is_some());
    }

    #[test]
    fn one_makes_an_answer_and_who_goes_away_leaves_nothing() {
        let memory = Memory::default();
        let (first, second) = (memory.turn("page"), memory.turn("page"));
        let made = first.making.try_lock().unwrap();
        assert!(second.making.try_lock().is_err(), "the second waits");
        drop(made);
        drop(first);
        assert!(second.making.try_lock().is_ok());
        drop(second);
        assert!(memory.making.lock().unwrap().is_empty());
    }
}
