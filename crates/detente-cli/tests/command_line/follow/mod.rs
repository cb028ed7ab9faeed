//! `detente follow`, against a server of the test's own: polite, never twice the same, alive after any death.

mod server;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use self::server::{Page, Server};
use crate::console;

/// A folder of its own with a list of one feed, and the server that has it.
struct Newsroom {
    folder: PathBuf,
    server: Server,
}

impl Newsroom {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("detente-follow-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let server = Server::start();
        let opml = format!(
            "<opml><body><outline text=\"News\" type=\"rss\" xmlUrl=\"{}/feed\"/></body></opml>",
            server.address
        );
        fs::write(folder.join("feeds.opml"), opml).expect("the list");
        Self { folder, server }
    }

    /// Puts so many reports there, and the feed that names them.
    fn publish(&self, reports: usize, delay: Duration) {
        let links = (0..reports).map(|n| {
            let (path, body) = (format!("/report-{n}"), report(n));
            self.server.put(&path, Page { delay, ..Page::of(body) });
            format!("{}{path}", self.server.address)
        });
        let feed = feed(links);
        self.server.put("/feed", Page { etag: Some(format!("\"{reports}\"")), ..Page::of(feed) });
    }

    fn command(&self, more: &[&str]) -> Command {
        let words =
            ["follow", "--ledger", "news.db", "feeds.opml", "--once", "--pause", "0", "--allow-private"];
        console::detente(&self.folder, &[&words, more].concat())
    }

    /// Follows once; what it said.
    fn follow(&self, more: &[&str]) -> String {
        let output = self.command(more).output().expect("it runs");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn articles(&self) -> usize {
        let info = self.says(&["ledger", "info", "news.db", "--format", "json"]);
        let rest = info.split("\"articles\":").nth(1).expect("a number of articles");
        rest.split(',').next().and_then(|number| number.parse().ok()).expect("a number")
    }

    fn says(&self, arguments: &[&str]) -> String {
        let output = console::detente(&self.folder, arguments).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The second of the epoch at which the feed is asked next.
    fn next(&self) -> u64 {
        let state = fs::read_to_string(self.folder.join("news.db.feeds")).expect("the state");
        let rest = state.split("\"next\":").nth(1).expect("a next time");
        rest.split(['}', ',']).next().and_then(|second| second.parse().ok()).expect("a second")
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn report(n: usize) -> String {
    format!(
        "<html><head><title>Envoys of Chile and Peru meet, {n}</title><meta property=\"article:published_time\" \
         content=\"2015-07-{:02}T08:00:00Z\"></head><body><article><h1>Envoys of Chile and Peru meet, {n}</h1><p>The \
         foreign ministers of Chile and Peru met in Lima on Monday. They agreed to meet again next week in Santiago for \
         the {n}th time.</p><p>Chile praised Peru. Nothing else was decided on that day, a spokesman said.</p></article></body></html>",
        1 + n % 28
    )
}

fn feed(links: impl Iterator<Item = String>) -> String {
    let items: String = links
        .map(|link| format!("<item><guid>{link}</guid><link>{link}</link><title>Envoys meet</title></item>"))
        .collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>")
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs()
}

#[test]
fn only_what_is_new_is_fetched() {
    let room = Newsroom::new("new");
    room.publish(3, Duration::ZERO);
    let said = room.follow(&[]);
    assert!(said.contains("1 feed asked, 1 changed, 0 in trouble, 0 resting; 3 new articles"), "{said}");
    assert_eq!(room.articles(), 3);
    let first = room.server.asked();
    assert_eq!(first.iter().filter(|asked| *asked == "/robots.txt 404").count(), 1, "{first:?}");
    assert_eq!(first.iter().filter(|asked| asked.ends_with(" 200")).count(), 4, "{first:?}");

    room.follow(&[]);
    assert_eq!(room.server.asked(), ["/robots.txt 404", "/feed 304"]);

    room.publish(4, Duration::ZERO);
    room.follow(&[]);
    assert_eq!(room.server.asked(), ["/robots.txt 404", "/feed 200", "/report-3 200"]);
    assert_eq!(room.articles(), 4);
    assert!((now() + 700..now() + 1100).contains(&room.next()));
}

#[test]
fn a_server_that_wants_to_be_left_alone_is() {
    let room = Newsroom::new("wait");
    let busy = Page { status: 503, headers: vec![("Retry-After", "5000".to_owned())], ..Page::default() };
    room.server.put("/feed", busy);
    let said = room.follow(&[]);
    assert!(said.contains("the server answers 503 [follow/feed]"), "{said}");
    assert!((now() + 4900..=now() + 5000).contains(&room.next()), "{}", room.next());
    room.server.asked();
    room.publish(1, Duration::ZERO);
    room.follow(&[]);
    assert!(room.server.asked().is_empty(), "it was asked again too soon");

    let dated = Newsroom::new("dated");
    let until = [("Date", "Mon, 30 Nov 2026 10:00:00 GMT"), ("Retry-After", "Mon, 30 Nov 2026 12:00:00 GMT")];
    let headers = until.map(|(name, value)| (name, value.to_owned())).into();
    dated.server.put("/feed", Page { status: 429, headers, ..Page::default() });
    dated.follow(&[]);
    assert!((now() + 7100..=now() + 7200).contains(&dated.next()), "{}", dated.next());
}

#[test]
fn robots_txt_is_kept() {
    let room = Newsroom::new("robots");
    room.publish(2, Duration::ZERO);
    room.server.put("/robots.txt", Page::of("User-agent: detente\nDisallow: /report-1\n"));
    let said = room.follow(&[]);
    assert!(said.contains("/report-1: cannot be fetched: robots.txt does not allow it"), "{said}");
    assert!(room.server.asked().iter().all(|asked| !asked.starts_with("/report-1")));
    assert_eq!(room.articles(), 1);
}

#[test]
fn a_feed_leads_to_no_private_address_that_nobody_named() {
    let (room, secret) = (Newsroom::new("private"), Server::start());
    secret.put("/", Page::of(report(0)));
    let links = ["/", "/moved"].map(|path| format!("{}{path}", secret.address));
    let port = secret.address.rsplit(':').next().expect("a port");
    let dressed = ["http://localhost", "http://[::ffff:127.0.0.1]", "http://2130706433", "http://0x7f.1"];
    let dressed = dressed.map(|host| format!("{host}:{port}/"));
    room.server
        .put("/away", Page { status: 302, headers: vec![("Location", links[0].clone())], ..Page::default() });
    let away = format!("{}/away", room.server.address);
    let others = ["file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)"].map(str::to_owned);
    let all = links.into_iter().chain(dressed).chain(others);
    room.server.put("/feed", Page::of(feed(all)));
    let said = room.follow(&[]);
    assert_eq!(secret.count(), 0, "{said}");
    assert!(said.matches("private address").count() >= 5, "{said}");

    // What the user did not allow is not asked at all.
    let output = console::detente(
        &room.folder,
        &["follow", "--ledger", "other.db", "--once", &away, &format!("{}/feed", room.server.address)],
    );
    room.server.asked();
    let said = String::from_utf8_lossy(&{ output }.output().expect("it runs").stderr).into_owned();
    assert!(said.contains("private address") && room.server.count() == 0, "{said}");
}

#[test]
fn hostile_feeds_give_trouble_and_no_more() {
    let room = Newsroom::new("hostile");
    let deep = format!("<rss>{}<item><title>x</title></item>", "<a>".repeat(50_000));
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><rss><item><title>&b;&b;</title></item></rss>";
    for body in
        ["", "<html>no feed</html>", "{\"a\": 1}", "\u{0}\u{1}\u{fffd}", &deep, bomb, "<rss><item><title>x"]
    {
        room.server.put("/feed", Page::of(body));
        let _ = fs::remove_file(room.folder.join("news.db.feeds"));
        let output = room.command(&[]).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{body:.40}: {said}");
        assert!(output.status.code().is_some(), "{body:.40}");
    }
    fs::write(room.folder.join("news.db.feeds"), "{\"feeds\": 7}").expect("a broken state");
    let said = room.follow(&[]);
    assert!(said.contains("news.db.feeds"), "{said}");
}

#[test]
fn a_killed_follower_loses_nothing_and_keeps_nothing_twice() {
    const REPORTS: usize = 12;
    let room = Newsroom::new("killed");
    room.publish(REPORTS, Duration::from_millis(60));
    for round in 0..6 {
        let mut child = room.command(&[]).stderr(Stdio::null()).spawn().expect("it starts");
        let until = room.server.count() + 3 + round * 3;
        for _ in 0..200 {
            if room.server.count() >= until {
                break;
            }
            sleep(Duration::from_millis(20));
        }
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
    }
    let said = room.follow(&[]);
    assert_eq!(room.articles(), REPORTS, "{said}");
    assert!(room.says(&["ledger", "check", "news.db"]).contains("as it was written"));
    room.server.asked();
    room.follow(&[]);
    assert_eq!(room.server.asked(), ["/robots.txt 404", "/feed 304"]);
}
