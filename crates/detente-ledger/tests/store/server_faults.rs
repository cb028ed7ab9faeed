//! What goes wrong with a server, said by its name; what was acknowledged is there when it is back.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use detente_ledger::store::{Access, Entry, Filter, Ledger};
use detente_model::EventType;
use sqlx::{Connection as _, Row as _};

use crate::faults::{Mount, long};
use crate::made::{act, day, entry, versions};
use crate::place::{Place, block_on};
use crate::promises::{ON, keep, meddle, two};
use crate::server::{self, Server};

/// How often the server is stopped under a writer.
const ROUNDS: u64 = 8;

fn batch(n: u32) -> Vec<Entry> {
    let acts: Vec<_> = (0..3).map(|_| act("RUS", EventType::Consult, "USA", "2017-05-02")).collect();
    (0..4).map(|i| entry(&format!("batch{n}-{i}"), "2017-05-02", &acts)).collect()
}

/// Keeps one batch after the other until told to end; what the server did not acknowledge is sent again, on the same ledger.
async fn write(ledger: Ledger, kept: &AtomicU32, refused: &AtomicU32, end: &AtomicU32) {
    while end.load(Ordering::SeqCst) == 0 {
        match ledger.append(&batch(kept.load(Ordering::SeqCst)), &versions(), day(ON)).await {
            Ok(_) => drop(kept.fetch_add(1, Ordering::SeqCst)),
            Err(error) => {
                assert_eq!(error.code(), "ledger/unreachable", "{error:?}");
                refused.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

#[test]
fn a_server_stopped_under_a_writer_loses_nothing() {
    let Some(mut server) = Server::of_its_own("stopped") else { return };
    let at = server.database("stopped");
    let (kept, refused, end) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let ledger = block_on(async { Ledger::open(&at).await.unwrap().info().await.unwrap() });
    assert_eq!(ledger.articles, 0);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            block_on(async { write(Ledger::open(&at).await.unwrap(), &kept, &refused, &end).await });
        });
        for round in 0..ROUNDS {
            std::thread::sleep(Duration::from_millis(150 + round * 37 % 61));
            server.stop();
            let acknowledged = kept.load(Ordering::SeqCst);
            server.start();
            let there = block_on(articles(&at));
            // The batch that was under way is there whole, or not at all; the writer may have gone on meanwhile.
            assert!(
                there.len() >= 4 * acknowledged as usize,
                "round {round}: {} of {acknowledged}",
                there.len()
            );
            assert!((0..acknowledged).flat_map(batch).all(|entry| there.contains(&entry.article.id)));
        }
        end.store(1, Ordering::SeqCst);
        writer.join().unwrap();
    });
    assert!(refused.load(Ordering::SeqCst) > 0, "no batch was ever refused");
    block_on(async {
        let ledger = Ledger::open(&at).await.unwrap();
        ledger.derive(|_| ()).await.unwrap();
        assert_eq!(ledger.info().await.unwrap().articles, i64::from(4 * kept.load(Ordering::SeqCst)));
        assert_eq!(ledger.check(|_| ()).await.unwrap(), []);
    });
}

async fn articles(at: &str) -> std::collections::BTreeSet<String> {
    let ledger = Ledger::open_for(at, Access::Read).await.unwrap();
    let mut reports = ledger.reports(Filter::default());
    let mut articles = std::collections::BTreeSet::new();
    loop {
        match reports.next().await.unwrap() {
            batch if batch.is_empty() => return articles,
            batch => articles.extend(batch.into_iter().map(|report| report.source.article)),
        }
    }
}

#[test]
fn a_server_that_went_away_is_named_and_found_again() {
    let Some(mut server) = Server::of_its_own("away") else { return };
    let at = server.database("away");
    block_on(async {
        let ledger = Ledger::open(&at).await.unwrap();
        keep(&ledger, &two()).await;
        server.stop();
        let error = ledger.append(&[long(0)], &versions(), day(ON)).await.unwrap_err();
        assert_eq!(error.code(), "ledger/unreachable", "{error:?}");
        assert!(error.hint().is_some());
        assert_eq!(Ledger::open(&at).await.unwrap_err().code(), "ledger/unreachable");
        server.start();
        assert_eq!(ledger.info().await.unwrap().articles, 2);
        assert_eq!(keep(&ledger, &[long(0)]).await.articles, 1);
    });
}

#[test]
fn a_role_that_may_only_read_reads_and_does_not_write() {
    let Some(server) = server::running() else { return };
    let at = server.database("read_only");
    block_on(async {
        let ledger = Ledger::open(&at).await.unwrap();
        keep(&ledger, &two()).await;
        for sql in [
            "CREATE ROLE detente_reader LOGIN",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO detente_reader",
            "CREATE ROLE detente_standby LOGIN SUPERUSER",
            "ALTER ROLE detente_standby SET default_transaction_read_only = on",
        ] {
            meddle(&at, sql).await;
        }
        for role in ["detente_reader", "detente_standby"] {
            let at = server.address(role, "read_only");
            let reader = Ledger::open_for(&at, Access::Read).await.unwrap();
            assert_eq!(reader.info().await.unwrap().reports, 4);
            assert_eq!(reader.page(&Filter::default(), None, 10).await.unwrap().reports.len(), 4);
            let writer = Ledger::open_for(&at, Access::Write).await.unwrap();
            let error = writer.append(&[long(0)], &versions(), day(ON)).await.unwrap_err();
            assert_eq!(error.code(), "ledger/read-only", "{role}: {error:?}");
            assert!(error.hint().unwrap().contains("the right to write"));
        }
        assert_eq!(ledger.info().await.unwrap().articles, 2);
        assert_eq!(ledger.check(|_| ()).await.unwrap().len(), 2, "only what waits to be derived");
    });
}

#[test]
fn a_role_that_may_not_make_tables_says_so() {
    let Some(server) = server::running() else { return };
    let at = server.database("bare");
    block_on(async {
        meddle(&at, "CREATE ROLE detente_guest LOGIN").await;
        let error = Ledger::open(&server.address("detente_guest", "bare")).await.unwrap_err();
        assert_eq!(error.code(), "ledger/read-only", "{error:?}");
    });
}

#[test]
fn a_full_tablespace_loses_nothing() {
    let Some(server) = Server::of_its_own("full") else { return };
    let place = Place::sqlite("tablespace");
    let Some(mount) = Mount::of_nobody(&place, "full tablespace", "size=28m") else { return };
    block_on(async {
        let maintenance = server.address("detente", "postgres");
        meddle(&maintenance, &format!("CREATE TABLESPACE small LOCATION '{}'", mount.0.display())).await;
        let at = server.database_in("full", "small");
        let ledger = Ledger::open(&at).await.unwrap();
        let mut kept = 0;
        let error = loop {
            match ledger.append(&many(kept), &versions(), day(ON)).await {
                Ok(_) => kept += 1,
                Err(error) => break error,
            }
            assert!(kept < 1_000, "the tablespace never filled");
        };
        assert_eq!(error.code(), "ledger/disk-full", "{error:?}");
        assert!(error.hint().unwrap().contains("make room"));
        assert!(kept > 0);
        assert_eq!(ledger.info().await.unwrap().articles, i64::from(kept * MANY));
        assert!(mount.mount("remount,size=200m"));
        assert_eq!(keep(&ledger, &many(kept)).await.articles, MANY as usize);
        ledger.derive(|_| ()).await.unwrap();
        assert_eq!(ledger.check(|_| ()).await.unwrap(), []);
        ledger.close().await;
        server.drop_database("full");
        meddle(&maintenance, "DROP TABLESPACE small").await;
    });
}

/// Articles of a batch that fills a disk.
const MANY: u32 = 100;

/// A batch of articles whose texts hardly shrink when they are packed.
fn many(n: u32) -> Vec<Entry> {
    let article = |i: u32| {
        let mut entry =
            entry(&format!("many{n}-{i}"), "2017-05-02", &[act("RUS", EventType::Aid, "USA", "2017-05-02")]);
        let mut number = u64::from(n * MANY + i);
        for _ in 0..300 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            entry.article.text.push_str(&format!("{number:x} "));
        }
        entry
    };
    (0..MANY).map(article).collect()
}

#[test]
fn a_table_damaged_on_the_disk_is_damaged() {
    let Some(mut server) = Server::of_its_own("damaged") else { return };
    let at = server.database("damaged");
    let file = block_on(async {
        let ledger = Ledger::open(&at).await.unwrap();
        keep(&ledger, &two()).await;
        ledger.close().await;
        meddle(&at, "CHECKPOINT").await;
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&at).await.unwrap();
        let file =
            sqlx::query("SELECT pg_relation_filepath('reports')").fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        file.get::<String, _>(0)
    });
    server.stop();
    let file = server.data().join(Path::new(&file));
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    server.start();
    block_on(async {
        let ledger = Ledger::open(&at).await.unwrap();
        let error = ledger.page(&Filter::default(), None, 10).await.unwrap_err();
        assert_eq!(error.code(), "ledger/damaged", "{error:?}");
        assert_eq!(ledger.check(|_| ()).await.unwrap_err().code(), "ledger/damaged");
    });
}
