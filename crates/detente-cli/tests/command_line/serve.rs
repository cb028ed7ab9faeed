//! `detente serve`, killed while readers write: what it said is kept is there when it comes back.

use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::console;

/// How often the desk is killed.
const KILLS: u64 = 8;

/// A folder of its own with a ledger, a reviewer and a token of theirs.
struct Newsroom {
    folder: PathBuf,
    token: String,
    keys: Vec<String>,
}

/// A desk that serves, and where.
struct Served {
    process: Child,
    at: String,
}

impl Newsroom {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("detente-serve-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let mut room = Self { folder, token: String::new(), keys: Vec::new() };
        room.says(&["demo", "news.db", "--kept-on", "2026-01-01"]);
        let words = ["account", "add", "ann", "--role", "reviewer", "--ledger", "news.db"];
        let mut adding =
            console::detente(&room.folder, &words).stdin(Stdio::piped()).spawn().expect("it runs");
        adding
            .stdin
            .take()
            .expect("its input")
            .write_all(b"correct horse battery staple\n")
            .expect("it reads");
        assert!(adding.wait().expect("it ends").success());
        let words =
            ["account", "token", "ann", "--role", "reviewer", "--label", "test", "--ledger", "news.db"];
        room.token = room.says(&words).trim().to_owned();
        let events = room.says(&["events", "--ledger", "news.db", "--format", "jsonl", "--limit", "500"]);
        let key = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            row["event"]["id"].as_str().expect("an id").to_owned()
        };
        room.keys = events.lines().map(key).collect();
        room
    }

    fn says(&self, arguments: &[&str]) -> String {
        let output = console::detente(&self.folder, arguments).output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn serve(&self) -> Served {
        let words = ["serve", "--ledger", "news.db", "--bind", "127.0.0.1:0"];
        let mut process =
            console::detente(&self.folder, &words).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut told =
            BufReader::new(process.stderr.take().expect("its messages")).lines().map_while(Result::ok);
        let said = told.find(|line| line.contains("http://")).expect("it says where it serves");
        // It may go on to speak.
        std::thread::spawn(move || told.for_each(drop));
        let at = said.split("http://").nth(1).expect("an address");
        let end = at.find(|c: char| c != '.' && c != ':' && !c.is_ascii_digit()).unwrap_or(at.len());
        Served { process, at: at[..end].to_owned() }
    }

    /// Sends a review of an event, as a program does; whether it was said to be kept.
    fn review(&self, at: &str, key: &str, note: &str) -> bool {
        let path = format!("/events/{}/reviews", key.replace('/', "%2F").replace('#', "%23"));
        let answer =
            self.ask(at, "POST", &path, &format!("{{\"verdict\": \"right\", \"note\": \"{note}\"}}"));
        answer.is_ok_and(|answer| answer.split(' ').nth(1).is_some_and(|status| status.starts_with('2')))
    }

    /// All reviews that a desk tells of, as it tells them.
    fn reviews(&self) -> String {
        let mut served = self.serve();
        let (mut all, mut after) = (String::new(), 0);
        loop {
            let page = self.ask(&served.at, "GET", &format!("/reviews?after={after}"), "").expect("a page");
            let body = page.split_once("\r\n\r\n").expect("a body").1;
            all.push_str(body);
            let page: serde_json::Value = serde_json::from_str(body).expect("JSON");
            match page["next"].as_i64() {
                Some(next) => after = next,
                None => break,
            }
        }
        served.process.kill().expect("it is killed");
        served.process.wait().expect("it ends");
        all
    }

    fn ask(&self, at: &str, method: &str, path: &str, body: &str) -> std::io::Result<String> {
        let head = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: {at}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.token,
            body.len()
        );
        let (mut wire, mut answer) = (TcpStream::connect(at)?, String::new());
        wire.write_all((head + body).as_bytes())?;
        wire.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_killed_desk_keeps_every_review_that_it_acknowledged() {
    let room = Newsroom::new();
    let mut kept = Vec::new();
    for round in 0..KILLS {
        let Served { mut process, at } = room.serve();
        let note = |n: usize| format!("round {round}, {n}");
        assert!(room.review(&at, &room.keys[0], &note(0)), "nothing is kept");
        kept.push(note(0));
        let death = std::thread::spawn(move || {
            sleep(Duration::from_millis(round * 25));
            process.kill().expect("it is killed");
            process.wait().expect("it ends");
        });
        let keys = room.keys.iter().cycle().enumerate().skip(1);
        kept.extend(keys.map_while(|(n, key)| room.review(&at, key, &note(n)).then(|| note(n))));
        death.join().expect("it is dead");
    }
    let told = room.reviews();
    for note in &kept {
        assert!(told.contains(&format!("\"{note}\"")), "{note} of {} is lost", kept.len());
    }
    assert!(room.says(&["ledger", "check", "news.db"]).contains("as it was written"));
}
