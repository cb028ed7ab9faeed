//! What is wrong is said by its name, and what was there is left as it was.

use std::path::{Path, PathBuf};
use std::process::Command;

use detente_ledger::store::{Access, Appended, FORMAT, Ledger, LedgerError};

use crate::made::{entry, versions};
use crate::place::{Place, block_on};
use crate::promises::{ON, keep, meddle, two};
use crate::{made, on_both};

on_both! {
    a_newer_ledger_is_refused,
    two_writers_wait_for_each_other,
    a_writer_that_waits_too_long_says_so,
}

async fn code(address: &str, access: Access) -> &'static str {
    match Ledger::open_for(address, access).await {
        Ok(_) => "opened",
        Err(error) => {
            assert!(error.hint().is_some() && error.to_string().contains("detente-"), "{error:?}");
            error.code()
        }
    }
}

async fn a_newer_ledger_is_refused(ledger: Ledger, at: String) {
    keep(&ledger, &two()).await;
    meddle(&at, &format!("UPDATE ledger SET format = {}", FORMAT + 1)).await;
    for access in [Access::Read, Access::Write, Access::Create] {
        let error = Ledger::open_for(&at, access).await.unwrap_err();
        assert!(matches!(error, LedgerError::Newer { found, known: FORMAT, .. } if found == FORMAT + 1));
        assert!(error.hint().unwrap().contains("later version"));
    }
    meddle(&at, &format!("UPDATE ledger SET format = {FORMAT}")).await;
    assert_eq!(Ledger::open(&at).await.unwrap().info().await.unwrap().reports, 4);
}

async fn two_writers_wait_for_each_other(ledger: Ledger, at: String) {
    let write = |name: &'static str, at: String| async move {
        let ledger = Ledger::open(&at).await.unwrap();
        let mut sum = Appended::default();
        for n in 0..12 {
            let own = entry(&format!("{name}{n}"), "2017-05-02", &[]);
            let both = entry(&format!("both{n}"), "2017-05-02", &[]);
            sum = sum.and(keep(&ledger, &[own, both]).await);
            ledger.derive(|_| ()).await.unwrap();
        }
        sum
    };
    let one = tokio::spawn(write("one", at.clone()));
    let other = tokio::spawn(write("other", at.clone()));
    let sum = one.await.unwrap().and(other.await.unwrap());
    assert_eq!((sum.articles, sum.corrected, sum.unchanged), (36, 0, 12));
    assert_eq!(ledger.check(|_| ()).await.unwrap(), []);
}

async fn a_writer_that_waits_too_long_says_so(ledger: Ledger, at: String) {
    use sqlx::Connection as _;
    let (url, hold) = match at.starts_with("postgres") {
        true => (at.clone(), "SELECT pg_advisory_lock(7233182114)"),
        false => (format!("sqlite://{at}"), "BEGIN IMMEDIATE"),
    };
    sqlx::any::install_default_drivers();
    let mut holder = sqlx::AnyConnection::connect(&url).await.unwrap();
    sqlx::query(hold).execute(&mut holder).await.unwrap();
    let error = ledger.append(&two(), &versions(), made::day(ON)).await.unwrap_err();
    assert_eq!(error.code(), "ledger/busy", "{error:?}");
    holder.close().await.unwrap();
    assert_eq!(keep(&ledger, &two()).await.articles, 2);
}

/// A file with a ledger of two articles, closed.
fn closed(place: &Place) -> PathBuf {
    block_on(async {
        let ledger = Ledger::open(&place.address).await.unwrap();
        keep(&ledger, &two()).await;
        ledger.close().await;
    });
    assert_eq!(std::fs::metadata(format!("{}-wal", place.address)).map_or(0, |log| log.len()), 0);
    PathBuf::from(&place.address)
}

const ALL: [Access; 3] = [Access::Read, Access::Write, Access::Create];

#[test]
fn what_is_not_there_is_not_made_by_reading() {
    let place = Place::sqlite("missing");
    for access in [Access::Read, Access::Write] {
        assert_eq!(block_on(code(&place.address, access)), "ledger/missing");
    }
    assert!(!Path::new(&place.address).exists());
}

#[test]
fn a_truncated_file_is_damaged() {
    let place = Place::sqlite("truncated");
    let path = closed(&place);
    let whole = std::fs::read(&path).unwrap();
    for length in [80, 100, 1_000, 4_096, 5_000, whole.len() / 2, whole.len() - 4_096] {
        for access in ALL {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(
                block_on(code(&place.address, access)),
                "ledger/damaged",
                "{length} bytes, {access:?}"
            );
            assert_eq!(std::fs::read(&path).unwrap(), &whole[..length], "{length} bytes, {access:?}");
        }
    }
}

#[test]
fn a_file_of_another_kind_is_refused_and_left_as_it_is() {
    let place = Place::sqlite("foreign");
    let path = PathBuf::from(&place.address);
    for access in ALL {
        std::fs::write(&path, "Paris (AFP) - Ministers met.\n".repeat(100)).unwrap();
        assert_eq!(block_on(code(&place.address, access)), "ledger/foreign");
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("Paris"));
    }
    std::fs::remove_file(&path).unwrap();
    block_on(meddle(&format!("{}?mode=rwc", place.address), "CREATE TABLE reports (id INTEGER)"));
    let before = std::fs::read(&path).unwrap();
    for access in ALL {
        assert_eq!(block_on(code(&place.address, access)), "ledger/foreign");
        assert_eq!(std::fs::read(&path).unwrap(), before, "{access:?}");
    }
}

#[test]
fn a_server_that_does_not_answer_is_named_without_its_password() {
    let error = block_on(Ledger::open("postgres://reader:secret@127.0.0.1:1/news")).unwrap_err();
    assert_eq!(error.code(), "ledger/unreachable");
    assert!(error.to_string().contains("postgres://reader@127.0.0.1:1/news"), "{error}");
    assert!(!format!("{error}").contains("secret"));
}

#[test]
fn a_foreign_database_is_refused_on_postgresql() {
    let Some(place) = Place::postgres("foreign") else { return };
    block_on(async {
        meddle(&place.address, "CREATE TABLE somebody (name TEXT)").await;
        assert_eq!(Ledger::open(&place.address).await.unwrap_err().code(), "ledger/foreign");
    });
}

/// A small file system of its own; `None`, said aloud, where none may be mounted.
pub struct Mount(pub PathBuf);

impl Mount {
    fn new(place: &Place, name: &str) -> Option<Self> {
        Self::with(place, name, "size=2m")
    }

    /// One whose owner is the user as whom PostgreSQL runs.
    pub fn of_nobody(place: &Place, name: &str, options: &str) -> Option<Self> {
        let id = |what: &str| {
            let found = Command::new("id").args([what, "nobody"]).output().ok()?;
            Some(String::from_utf8(found.stdout).ok()?.trim().to_owned())
        };
        Self::with(place, name, &format!("{options},mode=0700,uid={},gid={}", id("-u")?, id("-g")?))
    }

    fn with(place: &Place, name: &str, options: &str) -> Option<Self> {
        let folder = Path::new(&place.address).parent().unwrap().join(format!("detente-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        let mount = Self(folder);
        if mount.mount(options) {
            return Some(mount);
        }
        eprintln!("\n*** NOT TESTED: {name}: no file system may be mounted here ***\n");
        None
    }

    pub fn mount(&self, options: &str) -> bool {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&self.0);
        command.output().is_ok_and(|output| output.status.success())
    }

    fn address(&self) -> String {
        self.0.join("news.db").display().to_string()
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let place = Place::sqlite("full");
    let Some(mount) = Mount::new(&place, "full disk") else { return };
    block_on(async {
        let ledger = Ledger::open(&mount.address()).await.unwrap();
        let mut kept = 0;
        let error = loop {
            match ledger.append(&[long(kept)], &versions(), made::day(ON)).await {
                Ok(_) => kept += 1,
                Err(error) => break error,
            }
            assert!(kept < 1_000, "the disk never filled");
        };
        assert_eq!(error.code(), "ledger/disk-full", "{error:?}");
        assert!(error.hint().unwrap().contains("make room"));
        assert!(kept > 0);
        assert_eq!(ledger.info().await.unwrap().articles, i64::from(kept));
        ledger.close().await;
        assert!(mount.mount("remount,size=50m"));
        let ledger = Ledger::open(&mount.address()).await.unwrap();
        assert_eq!(ledger.info().await.unwrap().articles, i64::from(kept));
        assert_eq!(keep(&ledger, &[long(kept)]).await.articles, 1);
        ledger.derive(|_| ()).await.unwrap();
        assert_eq!(ledger.check(|_| ()).await.unwrap(), []);
        ledger.close().await;
    });
}

pub fn long(n: u32) -> detente_ledger::store::Entry {
    let mut entry = entry(&format!("long{n}"), "2017-05-02", &[]);
    entry.article.text.push_str(&format!("Paper {n} goes on and on. ").repeat(2_000));
    entry
}

#[test]
fn a_read_only_folder_is_read_and_not_written() {
    let place = Place::sqlite("read-only");
    let Some(mount) = Mount::new(&place, "read-only folder") else { return };
    std::fs::copy(closed(&place), mount.address()).unwrap();
    assert!(mount.mount("remount,ro"));
    block_on(async {
        let ledger = Ledger::open_for(&mount.address(), Access::Read).await.unwrap();
        assert_eq!(ledger.info().await.unwrap().reports, 4);
        ledger.close().await;
        let error = match Ledger::open_for(&mount.address(), Access::Write).await {
            Ok(ledger) => ledger.append(&[long(0)], &versions(), made::day(ON)).await.unwrap_err(),
            Err(error) => error,
        };
        assert_eq!(error.code(), "ledger/read-only", "{error:?}");
        let elsewhere = mount.address().replace("news.db", "other.db");
        let error = Ledger::open(&elsewhere).await.unwrap_err();
        assert!(["ledger/unreachable", "ledger/read-only"].contains(&error.code()), "{error:?}");
    });
}
