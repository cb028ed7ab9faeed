//! Inputs that want more than to be read: files of the machine, places outside their folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use detente_ingest::{LanguageGate, Options, Reader, Source};
use detente_model::Article;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("detente-ingest-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("inside")).unwrap();
        fs::write(folder.join("secret.txt"), "The harbour keys are under the mat.").unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn reader() -> Reader {
    Reader::new(Options { gate: LanguageGate::Pass, ..Options::default() })
}

fn articles(name: &str, text: &str) -> Vec<Article> {
    reader().read(Source::Bytes(name.to_owned(), text.as_bytes().to_vec())).flatten().collect()
}

fn feed(head: &str, title: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>{head}<rss><channel><item><title>{title}</title><description>Ships left the port on Monday.</description></item></channel></rss>"
    )
}

#[test]
fn entities_of_a_feed_are_not_expanded() {
    let levels: String =
        (1..12).map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10))).collect();
    let head = format!("<!DOCTYPE rss [<!ENTITY l0 \"laugh\">{levels}]>");
    for article in articles("a.xml", &feed(&head, "Ships &l11; leave")) {
        assert!(article.title.len() < 200, "{} bytes", article.title.len());
        assert!(!article.title.contains("laughlaugh") && article.text.len() < 1_000);
    }
}

#[test]
fn no_file_is_read_by_an_entity() {
    let folder = Folder::new("entity");
    let secret = folder.0.join("secret.txt");
    for system in [format!("file://{}", secret.display()), secret.display().to_string()] {
        let head = format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"{system}\">]>");
        let found = articles("a.xml", &feed(&head, "Ships &x; leave"));
        assert!(found.iter().all(|article| !format!("{article:?}").contains("under the mat")), "{found:?}");
    }
}

#[test]
fn names_inside_archives_are_labels() {
    let folder = Folder::new("names");
    let secret = folder.0.join("secret.txt");
    let target = secret.display();
    let record = format!(
        "{{\"id\": \"{target}\", \"url\": \"file://{target}\", \"text\": \"Ships left the port.\"}}\n"
    );
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Ships left the port on Monday.</p></html>";
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: file://{target}\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    for (name, text) in [("a.jsonl", record.repeat(2)), ("a.warc", warc)] {
        let found = articles(name, &text);
        assert!(found.iter().all(|article| !article.text.contains("under the mat")), "{found:?}");
    }
    let before = listing(&folder.0);
    let csv = format!("id,text\n\"../../{target}\",Ships left the port.\n");
    assert_eq!(articles("a.csv", &csv).len(), 1);
    assert_eq!(listing(&folder.0), before);
}

fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[cfg(unix)]
#[test]
fn links_out_of_a_folder_are_not_followed() {
    let folder = Folder::new("links");
    let inside = folder.0.join("inside");
    std::os::unix::fs::symlink(&folder.0, inside.join("up")).unwrap();
    fs::write(inside.join("a.txt"), "Ships left the port on Monday.").unwrap();
    let found: Vec<Article> = reader().read(Source::Path(inside)).flatten().collect();
    assert_eq!(found.len(), 1);
    assert!(!found[0].text.contains("under the mat"));
}
