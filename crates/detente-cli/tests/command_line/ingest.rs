//! `detente ingest`, killed and interrupted: it goes on from where it was, to the same ledger.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::console;

/// How often it is killed before it may finish.
const KILLS: u32 = 8;
const ARTICLES: usize = 1_200;

/// A folder of its own, gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("detente-ingest-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let lines = (0..ARTICLES).map(|n| {
            format!(
                "{{\"id\": \"n{n}\", \"published\": \"2015-07-{:02}\", \"title\": \"Envoys meet, {n}\", \"text\": \
                 \"The foreign ministers of Chile and Peru met in Lima on Monday. They agreed to meet again next week \
                 in Santiago for the {n}th time.\"}}\n",
                1 + n % 28
            )
        });
        fs::write(folder.join("news.jsonl"), lines.collect::<String>()).expect("the articles");
        Self(folder)
    }

    fn ingest(&self, ledger: &str) -> Command {
        console::detente(&self.0, &["ingest", "--ledger", ledger, "--kept-on", "2026-01-01", "news.jsonl"])
    }

    fn says(&self, arguments: &[&str]) -> String {
        let output = console::detente(&self.0, arguments).output().expect("the command starts");
        assert!(output.status.success(), "{arguments:?}: {}{}", text(&output.stdout), text(&output.stderr));
        text(&output.stdout)
    }

    fn info(&self, ledger: &str) -> String {
        let info = self.says(&["ledger", "info", ledger, "--format", "json"]);
        let bytes = info.find("\"bytes\"").unwrap_or(info.len());
        info[..bytes].to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_killed_ingest_goes_on_to_the_same_ledger() {
    let folder = Folder::new("killed");
    assert!(folder.ingest("whole.db").status().expect("it runs").success());
    for round in 0..KILLS {
        let mut child = folder.ingest("killed.db").stderr(Stdio::null()).spawn().expect("it starts");
        sleep(Duration::from_millis(u64::from(200 + round * 270)));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
    }
    assert!(folder.ingest("killed.db").status().expect("it runs").success());
    assert_eq!(folder.info("killed.db"), folder.info("whole.db"));
    let events =
        |ledger| folder.says(&["events", "--ledger", ledger, "--format", "jsonl", "--limit", "9000"]);
    assert_eq!(events("killed.db").lines().count(), events("whole.db").lines().count());
    assert!(folder.says(&["ledger", "check", "killed.db"]).contains("as it was written"));
}

/// Where SQLite counts in a file's head how often it was written to, which depends on when others read: no part of what it holds.
const COUNTERS: [std::ops::Range<usize>; 2] = [24..28, 92..96];

/// The file itself: whoever has the input can make the evidence again, and compare.
#[test]
fn the_same_input_gives_the_same_ledger_byte_for_byte_on_any_number_of_threads() {
    let folder = Folder::new("same");
    let made = |threads: &str| {
        let ledger = format!("{threads}-threads.db");
        let status = folder.ingest(&ledger).args(["--threads", threads]).status().expect("it runs");
        assert!(status.success());
        let mut bytes = fs::read(folder.0.join(ledger)).expect("a ledger");
        COUNTERS.into_iter().for_each(|counter| bytes[counter].fill(0));
        bytes
    };
    let one = made("1");
    assert!(one.starts_with(b"SQLite format 3") && one.len() > 1_000_000);
    for threads in ["01", "2", "3"] {
        let other = made(threads);
        let differs = one.iter().zip(&other).position(|(a, b)| a != b);
        assert_eq!((other.len(), differs), (one.len(), None), "with {threads} threads");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_ingest_finishes_its_batch_and_says_how_to_go_on() {
    let folder = Folder::new("interrupted");
    let child = folder.ingest("news.db").stderr(Stdio::piped()).spawn().expect("it starts");
    let log = folder.0.join("news.db-wal");
    // The empty tables take less than that: something was kept.
    while fs::metadata(&log).map_or(0, |log| log.len()) < 500_000 {
        sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    let said = text(&output.stderr);
    assert!(said.contains("the same command goes on from here"), "{said}");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(folder.says(&["ledger", "check", "news.db"]).contains("as it was written"));
    assert!(!folder.info("news.db").contains("\"articles\":0,"));
    assert!(folder.ingest("news.db").status().expect("it runs").success());
    assert!(
        folder.info("news.db").contains(&format!("\"articles\":{ARTICLES},")),
        "{}",
        folder.info("news.db")
    );
}
