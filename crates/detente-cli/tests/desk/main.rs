//! The desk as readers and programs meet it: Debian's Chromium walks its pages, schemathesis asks its interface, a server of mail takes its letters.
//!
//! The first two need what `.ci/run` installs (`tests/browser`, `tests/python/requirements.txt`), and say so where it is absent.
#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on fails")]

#[cfg(feature = "mail")]
mod mail;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const DETENTE: &str = env!("CARGO_BIN_EXE_detente");
const PASSWORD: &str = "a long enough word";

/// A desk that runs until the test ends.
struct Desk {
    process: Child,
    address: String,
    ledger: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Desk {
    /// A desk over the demonstration ledger, with a reviewer `ann`.
    fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    /// The same with more words on its command line.
    fn start_with(name: &str, words: &[&str]) -> Self {
        let ledger =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{name}-{}.db", std::process::id()));
        for rest in ["", "-wal", "-shm", ".desk", ".desk-wal", ".desk-shm"] {
            let _ = std::fs::remove_file(format!("{}{rest}", ledger.display()));
        }
        let made = Command::new(DETENTE).arg("demo").arg(&ledger).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        add_reviewer(&ledger);
        let mut process = Command::new(DETENTE)
            .args([
                "serve",
                "--guests",
                "--bind",
                "127.0.0.1:0",
                "--watch",
                "KOR-PRK",
                "--watch",
                "CUB-USA",
                "--ledger",
            ])
            .arg(&ledger)
            .args(words)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = String::new();
        let mut lines = BufReader::new(process.stderr.take().unwrap());
        lines.read_line(&mut told).unwrap();
        std::thread::spawn(move || lines.lines().map_while(Result::ok).for_each(|line| eprintln!("{line}")));
        let address = told.split_whitespace().last().unwrap_or_default().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{told}");
        Self { process, address, ledger }
    }

    /// A command that brings an article into the ledger.
    fn ingest(&self, text: &str) -> String {
        let article = self.ledger.with_extension("txt");
        std::fs::write(&article, text).unwrap();
        let (ledger, article) = (self.ledger.display(), article.display());
        format!("'{DETENTE}' ingest --ledger '{ledger}' --published 2018-02-09 '{article}'")
    }

    fn token(&self) -> String {
        let words = ["account", "token", "ann", "--role", "reviewer", "--ledger"];
        let made = Command::new(DETENTE).args(words).arg(&self.ledger).output().unwrap();
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }
}

const NEWS: &str = "Envoys of the two Koreas meet\n\nEnvoys of the two Koreas met at Panmunjom on Friday. South Korea praised North Korea.\n";

fn add_reviewer(ledger: &Path) {
    let mut adding = Command::new(DETENTE)
        .args(["account", "add", "ann", "--role", "reviewer", "--ledger"])
        .arg(ledger)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(adding.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(adding.wait().unwrap().success());
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn a_browser_walks_the_journeys() {
    let folder = root().join("tests/browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let is_there = folder.join("node_modules/playwright-core").exists() && Path::new(&chromium).exists();
    if !is_there {
        eprintln!(
            "SKIPPED: no Chromium, or no packages in tests/browser/node_modules; .ci/run installs both"
        );
        return;
    }
    let desk = Desk::start("browser");
    let pictures = std::env::var("DETENTE_SCREENSHOTS")
        .map_or_else(|_| Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots"), PathBuf::from);
    let walked = Command::new("node")
        .arg(folder.join("journeys.mjs"))
        .arg(&desk.address)
        .arg(&pictures)
        .env("PASSWORD", PASSWORD)
        .env("INGEST", desk.ingest(NEWS))
        .env("CHROMIUM", &chromium)
        .current_dir(&folder)
        .output()
        .unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&walked.stdout), String::from_utf8_lossy(&walked.stderr));
    assert!(walked.status.success(), "{told}\nscreenshots: {}", pictures.display());
}

#[test]
fn the_interface_keeps_what_its_document_says() {
    let program = root().join(".venv/bin/schemathesis");
    let program = std::env::var("DETENTE_SCHEMATHESIS").map_or(program, PathBuf::from);
    if !program.exists() {
        eprintln!("SKIPPED: no {}; .ci/run installs it", program.display());
        return;
    }
    let desk = Desk::start_with("interface", &["--writes", "0"]);
    let asked = Command::new(program)
        .args([
            "run",
            "--max-examples",
            "25",
            "--seed",
            "7",
            "--workers",
            "1",
            "--exclude-path",
            "/api/v1/stream",
        ])
        .args(["--exclude-checks", "unsupported_method,ignored_auth,missing_required_header"])
        .args(["--suppress-health-check", "all", "--request-timeout", "20"])
        .arg("--header")
        .arg(format!("Authorization: Bearer {}", desk.token()))
        .arg(format!("{}/api/v1/openapi.json", desk.address))
        .env("PYTHONUTF8", "1")
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&asked.stdout), String::from_utf8_lossy(&asked.stderr));
    assert!(asked.status.success(), "{told}");
}
