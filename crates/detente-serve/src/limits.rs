//! How often somebody may ask: buckets that fill with time and are emptied by requests.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::http::Fault;
use crate::options::Options;

/// What a bucket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Read,
    Write,
    SignIn,
}

/// How full a bucket is, as of when.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

/// The buckets of all who asked lately.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(Kind, Option<IpAddr>), Bucket>>);

/// Askers that are remembered at most; then all begin anew.
const MOST_ASKERS: usize = 100_000;
/// Writing requests a second where the owner says nothing.
const WRITES: u32 = 5;
/// So many may be sent in one go, for each that may be sent in a second.
const WRITES_AT_ONCE: f64 = 20.0;
/// A reader of another machine may send so many requests in one go, for each that it may send in a second.
const BURST: f64 = 5.0;

impl Kind {
    fn of(request: &Request) -> Self {
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/sign-in") => Self::SignIn,
            (&Method::GET | &Method::HEAD, _) => Self::Read,
            _ => Self::Write,
        }
    }

    /// How many a second, and how many in one go.
    fn pace(self, options: &Options) -> (f64, f64) {
        let (reads, writes) = (f64::from(options.reads), f64::from(options.writes.unwrap_or(WRITES)));
        match self {
            Self::Read => (reads, reads * BURST),
            Self::Write => (writes, writes * WRITES_AT_ONCE),
            Self::SignIn => (0.1, 10.0),
        }
    }

    /// Whether the owner sets no limit.
    fn is_free(self, options: &Options, is_local: bool) -> bool {
        match self {
            Self::Read => is_local || options.reads == 0,
            Self::Write => options.writes == Some(0),
            Self::SignIn => false,
        }
    }
}

impl Limits {
    /// Takes one out of a bucket; the seconds to wait where it is empty.
    fn take(&self, kind: Kind, who: Option<IpAddr>, pace: (f64, f64), now: Instant) -> Result<(), f64> {
        let (rate, most) = pace;
        let Ok(mut buckets) = self.0.lock() else { return Ok(()) };
        if buckets.len() > MOST_ASKERS {
            buckets.clear();
        }
        let bucket = buckets.entry((kind, who)).or_insert(Bucket { left: most, at: now });
        let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + passed * rate).min(most);
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err((1.0 - bucket.left) / rate);
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

/// Lets a request through, or says when to come again. Reading from this machine is not limited.
pub async fn limit(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>().map(|at| at.0.ip());
    let kind = Kind::of(&request);
    let is_local = peer.is_none_or(|peer| peer.is_loopback());
    if kind.is_free(&desk.options, is_local) {
        return next.run(request).await;
    }
    match desk.limits.take(kind, peer, kind.pace(&desk.options), Instant::now()) {
        Ok(()) => next.run(request).await,
        Err(wait) => too_many(wait.ceil().max(1.0)),
    }
}

fn too_many(wait: f64) -> Response {
    let fault = Fault::new(StatusCode::TOO_MANY_REQUESTS, "serve/rate", "that was too often")
        .hint(format!("wait {wait:.0} seconds"));
    let mut response = fault.into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("{wait:.0}")) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_fills_again() {
        let (limits, begun) = (Limits::default(), Instant::now());
        let take =
            |after: u64| limits.take(Kind::SignIn, None, (0.5, 2.0), begun + Duration::from_secs(after));
        assert!(take(0).is_ok() && take(0).is_ok());
        assert_eq!(take(0), Err(2.0));
        assert!(take(2).is_ok() && take(2).is_err());
    }
}
