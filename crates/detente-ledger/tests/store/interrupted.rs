//! A copy or a migration that is killed on its way leaves what was there, and is done by the next who asks for it.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use detente_ledger::store::{Entry, Ledger};
use detente_model::EventType;

use crate::child::started;
use crate::compat;
use crate::copied::places;
use crate::made::{act, entry};
use crate::on_both;
use crate::place::{Place, block_on};
use crate::promises::keep;

on_both! { a_killed_copy_leaves_an_empty_ledger_or_a_whole_one }

/// How often each is killed, a little later each time.
const ROUNDS: u64 = 12;
/// Articles to copy: enough that a copy takes a while.
const ARTICLES: usize = 300;

/// What is killed. It says when it begins.
#[test]
#[ignore = "runs in a process of its own"]
fn copier() {
    let Ok(from) = std::env::var("DETENTE_FROM") else { return };
    let to = std::env::var("DETENTE_TO").unwrap();
    block_on(async {
        let (from, to) = (Ledger::open(&from).await.unwrap(), Ledger::open(&to).await.unwrap());
        begun();
        from.copy_to(&to, |_| ()).await.unwrap();
    });
}

#[test]
#[ignore = "runs in a process of its own"]
fn migrator() {
    let Ok(at) = std::env::var("DETENTE_FROM") else { return };
    begun();
    block_on(async { Ledger::open(&at).await.unwrap() });
}

fn begun() {
    let mut out = std::io::stdout();
    out.write_all(b"\nbegun\n").and_then(|()| out.flush()).unwrap();
}

/// Starts one of them and kills it so long after it began; whether it was still at work.
fn killed(what: &str, from: &str, to: &str, after: Duration) -> bool {
    let told = [("DETENTE_FROM", from), ("DETENTE_TO", to)];
    let (mut child, mut lines) = started(&format!("interrupted::{what}"), &told);
    assert!(lines.any(|line| line == "begun"), "{what} never began");
    std::thread::sleep(after);
    let at_work = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    child.wait().unwrap();
    at_work
}

async fn a_killed_copy_leaves_an_empty_ledger_or_a_whole_one(ledger: Ledger, at: String) {
    let acts = [
        act("RUS", EventType::Consult, "USA", "2017-05-02"),
        act("USA", EventType::Accuse, "RUS", "2017-05-02"),
    ];
    let entries: Vec<Entry> = (0..ARTICLES).map(|n| entry(&format!("a{n}"), "2017-05-02", &acts)).collect();
    keep(&ledger, &entries).await;
    ledger.derive(|_| ()).await.unwrap();
    let mut interrupted = 0;
    for round in 0..ROUNDS {
        for place in places(&at, &format!("killed_copy_{round}")) {
            let after = Duration::from_millis(round * 8);
            tokio::task::block_in_place(|| killed("copier", &at, &place.address, after));
            interrupted += u32::from(copied_or_empty(&ledger, &place).await);
        }
    }
    assert!(interrupted > 0, "no copy was killed before it was done");
    assert_eq!(ledger.check(|_| ()).await.unwrap(), []);
}

/// Checks what a killed copy left, and copies if that is nothing; whether it was.
async fn copied_or_empty(ledger: &Ledger, place: &Place) -> bool {
    let copy = Ledger::open(&place.address).await.unwrap();
    // A server may still be committing what was asked for last: whoever writes waits for it.
    keep(&copy, &[]).await;
    let is_empty = copy.info().await.unwrap().articles == 0;
    if is_empty {
        ledger.copy_to(&copy, |_| ()).await.unwrap();
    }
    let (there, here) = (copy.info().await.unwrap(), ledger.info().await.unwrap());
    assert_eq!((there.articles, there.reports), (here.articles, here.reports), "{}", place.address);
    assert_eq!(copy.check(|_| ()).await.unwrap(), [], "{}", place.address);
    copy.close().await;
    is_empty
}

#[test]
fn a_killed_migration_leaves_a_ledger_that_the_next_can_open() {
    let mut interrupted = 0;
    for round in 0..ROUNDS * 2 {
        let place = Place::sqlite(&format!("killed-migration-{round}"));
        std::fs::copy(compat::folder().join("format-1.db"), Path::new(&place.address)).unwrap();
        interrupted += u32::from(killed("migrator", &place.address, "", Duration::from_millis(round)));
        block_on(compat::opened(&place.address, 1));
    }
    assert!(interrupted > 0, "no migration was killed before it was done");
}
