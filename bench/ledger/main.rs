//! How fast a large ledger is filled and asked, a step at a time:
//!
//! ```text
//! ledger-bench fill PATH ARTICLES YEARS    so many articles, ten reports each, spread over so many years
//! ledger-bench derive PATH                 clusters and contacts of what waits
//! ledger-bench ask PATH [WORDS]            the questions, or those whose names begin so
//! ```
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod ask;
mod cpu;
mod made;

use std::time::{Duration, Instant};

use detente_ledger::store::{Ledger, OnDisk, Versions};
use jiff::civil::date;
use mimalloc::MiMalloc;

use made::{News, REPORTS};

/// As in the command.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Articles in one transaction: a page that many of them change is written once.
const BATCH: usize = 5_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [task, path, rest @ ..] = words.as_slice() else { panic!("wanted: fill, derive or ask, and a path") };
    let number = |at: usize| rest.get(at).and_then(|number| number.parse().ok());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = Ledger::open(path).await.unwrap();
        match *task {
            "fill" => fill(&ledger, number(0).unwrap_or(1_000_000), number(1).unwrap_or(20)).await,
            "derive" => derive(&ledger).await,
            "ask" => ask::all(&ledger, rest.first().unwrap_or(&"").to_string()).await,
            other => panic!("{other} is no task"),
        }
        ledger.close().await;
    });
}

/// Appends what is missing; only the time inside the ledger counts, not that of making the articles up.
async fn fill(ledger: &Ledger, articles: usize, years: usize) {
    let there = usize::try_from(ledger.info().await.unwrap().articles).unwrap();
    let versions = Versions { coder: "bench".to_owned(), ..Versions::default() };
    let mut news = News::new(articles, years).skip(there);
    let (mut kept, mut seconds, mut worked, mut since) = (0, 0.0, 0.0, (0, 0.0));
    let mut on_disk: Option<OnDisk> = None;
    loop {
        let entries: Vec<_> = news.by_ref().take(BATCH).collect();
        if entries.is_empty() {
            break;
        }
        let (begun, working) = (Instant::now(), cpu::worked());
        let (appended, now) = ledger.append_soon(&entries, &versions, date(2026, 1, 1)).await.unwrap();
        now.follow(&mut on_disk).await.unwrap();
        kept += appended.reports;
        seconds += begun.elapsed().as_secs_f64();
        worked += since_then(working);
        if kept - since.0 >= 500_000 {
            let rate = (kept - since.0) as f64 / (seconds - since.1);
            println!("{:>10} reports: {rate:.0} a second", there * REPORTS + kept);
            since = (kept, seconds);
        }
    }
    if let Some(last) = on_disk {
        let begun = Instant::now();
        last.reached().await.unwrap();
        seconds += begun.elapsed().as_secs_f64();
    }
    if kept > 0 {
        println!(
            "append: {kept} reports in {seconds:.1} s, {:.0} a second; {worked:.1} s of work, {:.0} a second",
            kept as f64 / seconds,
            kept as f64 / worked
        );
    }
}

async fn derive(ledger: &Ledger) {
    let (begun, working) = (Instant::now(), cpu::worked());
    let blocks = ledger.derive(|_| ()).await.unwrap();
    let (seconds, worked) = (begun.elapsed().as_secs_f64(), since_then(working));
    if blocks > 0 {
        println!("derive: {blocks} blocks in {seconds:.1} s, {worked:.1} s of work");
    }
}

/// Seconds worked since, where the system tells them.
fn since_then(then: Option<Duration>) -> f64 {
    cpu::worked().zip(then).map_or(f64::NAN, |(now, then)| (now - then).as_secs_f64())
}
