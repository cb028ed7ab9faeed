//! Readers of a desk who come at a steady pace, whether earlier ones have been answered or not:
//!
//! ```text
//! serve-load HOST:PORT RATE SECONDS [STREAMS]    so many requests a second for so long, beside so many open streams
//! serve-load HOST:PORT RATE SECONDS STREAMS KIND  pages of one kind alone
//! ```
//!
//! Times between two arrivals are exponential (Poisson). A latency counts from the moment a request was due, so that a desk that falls behind
//! shows it.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod connection;
mod pages;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use connection::{Pool, listen};
use pages::{Chance, KINDS};

/// How long one request took, and what kind of page it asked for; `None` where it failed.
type Answered = (&'static str, Option<Duration>);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [at, rate, seconds, rest @ ..] = words.as_slice() else { panic!("wanted: HOST:PORT RATE SECONDS") };
    let (rate, seconds): (f64, u64) = (rate.parse().unwrap(), seconds.parse().unwrap());
    let streams = rest.first().map_or(0, |streams| streams.parse().unwrap());
    let only = rest.get(1).map(|kind| KINDS.iter().position(|known| known == kind).expect("a kind of page"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let lasting = Duration::from_secs(seconds);
        let open = open_streams(at, streams, lasting).await;
        let answered = load(at, rate, lasting, only).await;
        tell(&answered, seconds);
        if streams > 0 {
            let stayed = open.join_all().await.into_iter().filter(|stayed| *stayed).count();
            println!("{stayed} of {streams} streams stayed open");
        }
    });
}

/// Streams that stay open a little longer than the load lasts.
async fn open_streams(at: &str, streams: usize, lasting: Duration) -> JoinSet<bool> {
    let mut open = JoinSet::new();
    for _ in 0..streams {
        open.spawn(listen(at.to_owned(), lasting + Duration::from_secs(5)));
    }
    // Until all are open.
    tokio::time::sleep(Duration::from_secs(if streams > 0 { 3 } else { 0 })).await;
    open
}

/// Sends every request when it is due.
async fn load(at: &str, rate: f64, lasting: Duration, only: Option<usize>) -> Vec<Answered> {
    let (pool, mut chance, mut asked) = (Arc::new(Pool::new(at)), Chance::of_now(), JoinSet::new());
    let begun = Instant::now();
    let mut due = begun;
    while due < begun + lasting {
        tokio::time::sleep_until(due).await;
        let (kind, path) = pages::any(&mut chance, only);
        let (pool, since) = (Arc::clone(&pool), due);
        asked.spawn(async move { (kind, pool.get(&path).await.ok().map(|()| since.elapsed())) });
        due += Duration::from_secs_f64(chance.exponential() / rate);
    }
    asked.join_all().await
}

fn tell(answered: &[Answered], seconds: u64) {
    let mut by_kind: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for (kind, took) in answered {
        by_kind.entry(kind).or_default().extend(took);
    }
    println!(
        "{:<16} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "milliseconds", "number", "50 %", "95 %", "99 %", "slowest"
    );
    for (kind, took) in &by_kind {
        row(kind, took.clone());
    }
    let all: Vec<Duration> = by_kind.into_values().flatten().collect();
    let (failed, rate) = (answered.len() - all.len(), all.len() as f64 / seconds as f64);
    row("all", all);
    println!("{rate:.0} requests a second; {failed} failed");
}

fn row(name: &str, mut took: Vec<Duration>) {
    took.sort();
    let at = |share: usize| {
        took.get((took.len().max(1) - 1) * share / 100).map_or(f64::NAN, |d| d.as_secs_f64() * 1e3)
    };
    println!("{name:<16} {:>8} {:>8.1} {:>8.1} {:>8.1} {:>8.1}", took.len(), at(50), at(95), at(99), at(100));
}
