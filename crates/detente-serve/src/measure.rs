//! What a desk tells of itself to those who run it: whether it can answer, what it was asked and how long that took, in the text format of
//! Prometheus, and a warning in the log for each request that is slow. It tells no address as typed, only the pattern that it fits.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::http::{Asked, Fault};
use crate::own::Delivered;

/// Seconds up to which answers are counted together.
const BOUNDS: [f64; 11] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What was asked of a desk since it began.
#[derive(Debug, Default)]
pub struct Measures(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    /// Answers by method, pattern and status.
    answers: BTreeMap<(&'static str, String, u16), u64>,
    /// How long answers took, by pattern.
    took: BTreeMap<String, Histogram>,
}

#[derive(Debug, Default)]
struct Histogram {
    /// Answers within each bound and above the one before.
    within: [u64; BOUNDS.len()],
    all: u64,
    seconds: f64,
}

impl Histogram {
    fn add(&mut self, seconds: f64) {
        if let Some(bucket) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            self.within[bucket] += 1;
        }
        self.all += 1;
        self.seconds += seconds;
    }

    fn write(&self, route: &str, out: &mut String) {
        let name = "detente_request_seconds";
        let mut sum = 0;
        for (bound, count) in BOUNDS.iter().zip(self.within) {
            sum += count;
            _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {sum}");
        }
        _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", self.all);
        _ = writeln!(out, "{name}_sum{{route=\"{route}\"}} {:.6}", self.seconds);
        _ = writeln!(out, "{name}_count{{route=\"{route}\"}} {}", self.all);
    }
}

impl Measures {
    fn add(&self, method: &'static str, route: String, status: StatusCode, took: Duration) {
        let Ok(mut counts) = self.0.lock() else { return };
        counts.took.entry(route.clone()).or_default().add(took.as_secs_f64());
        *counts.answers.entry((method, route, status.as_u16())).or_default() += 1;
    }

    /// Requests and their times, in the text format of Prometheus.
    fn written(&self) -> String {
        let mut out = String::new();
        let Ok(counts) = self.0.lock() else { return out };
        head(&mut out, "detente_requests_total", "counter", "Requests answered");
        for ((method, route, status), count) in &counts.answers {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            _ = writeln!(out, "detente_requests_total{{{labels}}} {count}");
        }
        head(&mut out, "detente_request_seconds", "histogram", "Seconds until an answer began");
        for (route, histogram) in &counts.took {
            histogram.write(route, &mut out);
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    _ = writeln!(out, "# HELP {name} {help}.\n# TYPE {name} {kind}");
}

fn gauge(out: &mut String, name: &str, help: &str, value: i64) {
    head(out, name, "gauge", help);
    _ = writeln!(out, "{name} {value}");
}

/// Measures a request, and warns of one that is slow.
pub async fn measure(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let begun = Instant::now();
    let response = next.run(request).await;
    let (took, status) = (begun.elapsed(), response.status());
    if desk.options.slow.is_some_and(|slow| took >= slow) {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(code = "serve/slow", method, %route, status = status.as_u16(), milliseconds, "a slow request");
    }
    desk.measures.add(method, route, status, took);
    response
}

/// Anybody may invent a method; only these are told apart.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Whether the desk can answer: its ledger and its own file can be read.
pub async fn health(State(desk): State<Arc<Desk>>) -> Response {
    let own = match &desk.own {
        Some(own) => own.deliveries(Delivered::Waiting).await.is_ok(),
        None => true,
    };
    let (status, word) = match desk.ledger().tide().await {
        Ok(_) if own => (StatusCode::OK, "ok\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    };
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], word).into_response()
}

/// What is to be measured; for people with an account alone where the desk is.
pub async fn metrics(asked: Asked) -> Result<Response, Fault> {
    let desk = &asked.desk;
    let mut out = desk.measures.written();
    let tide = desk.ledger().tide().await?;
    gauge(
        &mut out,
        "detente_ledger_reports",
        "Living reports in the ledger",
        desk.ledger().living_reports().await?,
    );
    gauge(&mut out, "detente_ledger_last_report", "Number of the last report kept", tide.report);
    gauge(&mut out, "detente_ledger_last_article", "Number of the last article kept", tide.article);
    gauge(
        &mut out,
        "detente_ledger_blocks_waiting",
        "Groups of reports that wait to be derived",
        tide.waiting,
    );
    gauge(&mut out, "detente_streams_open", "Open streams of new reports", desk.listeners());
    if let Some(own) = &desk.own {
        head(
            &mut out,
            "detente_deliveries",
            "gauge",
            "Deliveries to subscribers, by state; dead ones were given up",
        );
        for state in Delivered::ALL.iter().copied() {
            let count = own.deliveries(state).await?;
            _ = writeln!(out, "detente_deliveries{{state=\"{state}\"}} {count}");
        }
    }
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], out).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_all_that_is_within_their_bound() {
        let measures = Measures::default();
        for seconds in [0.0005, 0.02, 0.02, 60.0] {
            measures.add("GET", "/pair/{a}/{b}".to_owned(), StatusCode::OK, Duration::from_secs_f64(seconds));
        }
        let written = measures.written();
        let line = |line: &str| assert!(written.contains(line), "{line}\n{written}");
        line("detente_requests_total{method=\"GET\",route=\"/pair/{a}/{b}\",status=\"200\"} 4");
        line("detente_request_seconds_bucket{route=\"/pair/{a}/{b}\",le=\"0.001\"} 1");
        line("detente_request_seconds_bucket{route=\"/pair/{a}/{b}\",le=\"0.025\"} 3");
        line("detente_request_seconds_bucket{route=\"/pair/{a}/{b}\",le=\"10\"} 3");
        line("detente_request_seconds_bucket{route=\"/pair/{a}/{b}\",le=\"+Inf\"} 4");
    }
}
