//! Whatever kills the writer, what it was told is kept is there, and nothing is there by half.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use detente_ledger::store::{Entry, Filter, Ledger};
use detente_model::EventType;

use crate::child::started;
use crate::made::{act, entry};
use crate::on_both;
use crate::promises::keep;

on_both! { a_killed_writer_loses_nothing_and_leaves_no_half }

/// How often the writer is killed on each database.
const ROUNDS: u32 = 50;
/// Articles of a batch, and reports of an article.
const ARTICLES: usize = 4;
const REPORTS: usize = 3;

/// Batch `n`; every third one corrects an article of the batch before.
fn batch(n: u32) -> Vec<Entry> {
    let acts: Vec<_> = (0..REPORTS).map(|_| act("RUS", EventType::Consult, "USA", "2017-05-02")).collect();
    let mut entries: Vec<Entry> =
        (0..ARTICLES).map(|i| entry(&format!("batch{n}-{i}"), "2017-05-02", &acts)).collect();
    if n % 3 == 1 {
        let acts = [act("RUS", EventType::Accuse, "UKR", "2017-05-02")];
        entries.push(entry(&format!("batch{}-0", n - 1), "2017-05-03", &acts));
    }
    entries
}

/// What the ledger must tell of after batches `0..=last`.
fn keys(last: u32) -> BTreeSet<String> {
    let of_entry = |entry: Entry| entry.events.into_iter().map(|event| event.id);
    let corrected = |n: u32| (n.is_multiple_of(3) && n < last).then(|| format!("batch{n}-0"));
    let replaced: BTreeSet<String> = (0..=last).filter_map(corrected).collect();
    let first =
        |key: &String| key.rsplit_once('#').is_some_and(|(doc, n)| n == "1" || !replaced.contains(doc));
    (0..=last).flat_map(batch).flat_map(of_entry).filter(first).collect()
}

/// The writer that is killed. It says which batch is kept once that is so, and never ends by itself.
#[test]
#[ignore = "runs in a process of its own"]
fn writer() {
    let Ok(address) = std::env::var("DETENTE_WRITER") else { return };
    let first: u32 = std::env::var("DETENTE_BATCH").unwrap().parse().unwrap();
    crate::place::block_on(async {
        let ledger = Ledger::open(&address).await.unwrap();
        for n in first.. {
            keep(&ledger, &batch(n)).await;
            println!("\nkept {n}");
            std::io::stdout().flush().unwrap();
            if n % 4 == 0 {
                ledger.derive(|_| ()).await.unwrap();
            }
        }
    });
}

/// Lets a writer go on from batch `first` and kills it; gives the last batch that it said is kept.
fn killed(address: &str, first: u32, after: Duration) -> Option<u32> {
    let told = [("DETENTE_WRITER", address), ("DETENTE_BATCH", &first.to_string())];
    let (mut child, lines) = started("crash::writer", &told);
    let said = Arc::new(AtomicU32::new(first));
    let hears = Arc::clone(&said);
    let (begun, began) = std::sync::mpsc::channel();
    let listener = std::thread::spawn(move || {
        for line in lines {
            if let Some(n) = line.strip_prefix("kept ") {
                hears.store(n.parse::<u32>().unwrap() + 1, Ordering::SeqCst);
                let _ = begun.send(());
            }
        }
    });
    began.recv_timeout(Duration::from_secs(60)).expect("the writer kept nothing");
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    listener.join().unwrap();
    said.load(Ordering::SeqCst).checked_sub(1)
}

async fn a_killed_writer_loses_nothing_and_leaves_no_half(ledger: Ledger, at: String) {
    let mut next = 0;
    for round in 0..ROUNDS {
        let after = Duration::from_millis(u64::from(round * 37 % 61));
        let last = tokio::task::block_in_place(|| killed(&at, next, after)).unwrap();
        // A server may still be committing what a killed writer asked for last: whoever writes waits for it.
        keep(&ledger, &[]).await;
        let there = all_keys(&ledger).await;
        // The batch that was under way is there whole, or not at all.
        assert!(there == keys(last) || there == keys(last + 1), "round {round}, after batch {last}");
        next = last + 1;
        if round % 10 == 9 {
            ledger.derive(|_| ()).await.unwrap();
            assert_eq!(ledger.check(|_| ()).await.unwrap(), [], "round {round}");
        }
    }
    assert!(next > ROUNDS, "the writer was killed too early to write");
}

async fn all_keys(ledger: &Ledger) -> BTreeSet<String> {
    let mut reports = ledger.reports(Filter::default());
    let mut keys = BTreeSet::new();
    loop {
        match reports.next().await.unwrap() {
            batch if batch.is_empty() => return keys,
            batch => keys.extend(batch.iter().map(|report| report.key().to_owned())),
        }
    }
}
