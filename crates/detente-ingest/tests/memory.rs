//! No input, however large, takes more than 300 MiB. Each is read by a child process, whose peak the system tells.

#![allow(clippy::print_stdout, reason = "the peaks are what the test is for")]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use detente_ingest::{Fetch, Fetched, Links, Options, Reader, Source};
use flate2::Compression;
use flate2::write::GzEncoder;

const LONG: &str = "The envoys of the two countries met in the old customs house of the harbour on Monday to speak of grain. \
    They agreed to meet again in the spring, a spokesman for the port authority said after the talks had ended.";
/// Names the file that a child reads.
const SOURCE: &str = "DETENTE_INGEST_SOURCE";
const MOST_KIB: u64 = 300 << 10;
const MIB: usize = 1 << 20;

struct Dead;

impl Fetch for Dead {
    fn get(&self, _: &str) -> Result<Fetched, String> {
        Err("no answer".to_owned())
    }
}

#[test]
#[ignore = "run by the other tests as a child process"]
fn child() {
    let Some(source) = std::env::var_os(SOURCE) else { return };
    // The name of the test may stand on the line.
    println!();
    let reader =
        Reader::new(Options { links: Links::Follow, ..Options::default() }).with_fetcher(Box::new(Dead));
    for result in reader.read(Source::Path(PathBuf::from(source))) {
        match result {
            Ok(article) if article.diagnostics.is_empty() => println!("fine"),
            Ok(article) => println!("{}", article.diagnostics[0].code),
            Err(error) => println!("{}", error.problem.code()),
        }
    }
    println!("{}", std::fs::read_to_string("/proc/self/status").unwrap_or_default());
}

/// Writes a file, has a child read it, and gives the codes of what came out.
fn read(name: &str, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Vec<String> {
    let path = std::env::temp_dir().join(format!("detente-{}-{name}", std::process::id()));
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    write(&mut file).and_then(|()| file.flush()).expect("written");
    let shown = run(&path);
    std::fs::remove_file(&path).expect("removed");
    match peak(&shown) {
        Some(kib) => {
            println!("{name}: peak {} MiB", kib >> 10);
            assert!(kib < MOST_KIB, "{name} took {kib} KiB");
        }
        None => println!("skipped: this system does not tell the peak of {name}"),
    }
    shown.lines().filter(|line| *line == "fine" || line.starts_with("ingest/")).map(str::to_owned).collect()
}

fn run(path: &Path) -> String {
    let child = Command::new(std::env::current_exe().expect("this test"))
        .args(["child", "--exact", "--ignored", "--nocapture"])
        .env(SOURCE, path)
        .output()
        .expect("a child");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    String::from_utf8_lossy(&child.stdout).into_owned()
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn repeat(out: &mut impl Write, piece: &str, bytes: usize) -> io::Result<()> {
    let block = piece.repeat(MIB / piece.len() + 1);
    (0..bytes / block.len() + 1).try_for_each(|_| out.write_all(block.as_bytes()))
}

#[test]
fn a_page_of_a_hundred_megabytes() {
    let paragraphs = format!("<p class=text>{LONG}</p>\n");
    let codes = read("prose.html", |out| {
        out.write_all(b"<html><body><article>")?;
        repeat(out, &paragraphs, 100 * MIB)
    });
    assert_eq!(codes, ["ingest/cut-short"]);
    let codes = read("tags.html", |out| {
        write!(out, "<html><body><p>{LONG}</p><p>{LONG}</p>")?;
        repeat(out, "<b><i>x</i></b>", 100 * MIB)
    });
    assert_eq!(codes, ["ingest/cut-short"]);
    let codes = read("attributes.html", |out| {
        write!(out, "<html><body><p>{LONG}</p><p>{LONG}</p><p ")?;
        repeat(out, "class=x ", 100 * MIB)
    });
    assert_eq!(codes, ["ingest/cut-short"]);
}

#[test]
fn frames_and_elements_without_end_inside_one_another() {
    let codes = read("frames.html", |out| repeat(out, "<frameset><frame src=a>", 20 * MIB));
    assert_eq!(codes, ["ingest/cut-short"]);
    let codes = read("deep.html", |out| repeat(out, "<div>", 20 * MIB));
    assert_eq!(codes, ["ingest/cut-short"]);
}

/// A member that unpacks to a megabyte, and the same again a thousand times.
#[test]
fn a_bomb_of_a_gigabyte() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    repeat(&mut packer, LONG, MIB / 2).expect("memory");
    let member = packer.finish().expect("memory");
    let codes = read("bomb.html.gz", |out| (0..1000).try_for_each(|_| out.write_all(&member)));
    assert_eq!(codes, ["ingest/cut-short"]);
    let mut head = GzEncoder::new(Vec::new(), Compression::fast());
    write!(head, "id,text\n1,{LONG}\n2,\"").expect("memory");
    let head = head.finish().expect("memory");
    let codes = read("bomb.csv.gz", |out| {
        out.write_all(&head)?;
        (0..1000).try_for_each(|_| out.write_all(&member))
    });
    assert_eq!(codes.first().map(String::as_str), Some("fine"));
    assert!(codes.len() >= 2, "{codes:?}");
}

#[test]
fn an_archive_cut_in_half() {
    let page = format!("<html><body><article><p>{LONG}</p><p>{LONG}</p></article></body></html>");
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let head = |length: usize| format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
    let codes = read("cut.warc", |out| {
        write!(out, "{}{http}\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n", head(http.len()), head(usize::MAX >> 1))?;
        repeat(out, LONG, 100 * MIB)
    });
    assert_eq!(codes, ["fine", "ingest/warc"]);
}

#[test]
fn a_feed_of_a_thousand_dead_links() {
    let codes = read("feed.rss", |out| {
        out.write_all(b"<rss><channel>")?;
        (0..1000).try_for_each(|n| {
            write!(out, "<item><title>T{n}</title><link>https://h.example/{n}</link></item>")
        })?;
        out.write_all(b"</channel></rss>")
    });
    assert_eq!(codes.iter().filter(|code| *code == "ingest/fetch").count(), 1000);
}

#[test]
fn records_without_end_and_what_is_no_text() {
    let codes = read("line.jsonl", |out| {
        write!(out, "{{\"text\":\"{LONG}\"}}\n{{\"text\":\"")?;
        repeat(out, LONG, 100 * MIB)
    });
    assert_eq!(codes, ["fine", "ingest/too-large"]);
    let codes = read("paper.pdf", |out| {
        out.write_all(b"%PDF-1.7\n")?;
        repeat(out, LONG, 100 * MIB)
    });
    assert_eq!(codes, ["ingest/binary"]);
}
