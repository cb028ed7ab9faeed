//! Reads a synthetic WARC.gz that is made while it is read, and says how long it took and how much memory.
//!
//!     warc --write [MEGABYTES] | warc
//!
//! The records are short pages of made-up sentences, each packed on its own as CC-NEWS ships them; the size is that of
//! the unpacked archive. The archive goes through a pipe of the system, so that nothing of it lies in memory.

#![allow(clippy::print_stdout, reason = "what is measured is printed")]

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use detente_ingest::{Options, Reader, Source};
use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> io::Result<()> {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("--write") {
        let size = std::env::args().nth(2).and_then(|size| size.parse().ok()).unwrap_or(1024);
        return write(size);
    }
    let path = argument.map_or_else(|| PathBuf::from("/dev/stdin"), PathBuf::from);
    let started = Instant::now();
    let (mut articles, mut errors, mut bytes) = (0u64, 0u64, 0u64);
    for result in Reader::new(Options::default()).read(Source::Path(path)) {
        match result {
            Ok(article) => {
                articles += 1;
                bytes += article.text.len() as u64;
            }
            Err(error) => {
                errors += 1;
                eprintln!("{error}");
            }
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{articles} articles, {errors} errors, {bytes} bytes of text, {seconds:.1} s, {:.0} pages/s, peak {}",
        articles as f64 / seconds,
        peak()
    );
    Ok(())
}

/// The most memory this process had, as the system tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

/// Writes an archive of so many megabytes to standard output.
fn write(megabytes: u64) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut written, mut number) = (0, 0u64);
    while written < megabytes << 20 {
        let record = record(number);
        written += record.len() as u64;
        number += 1;
        let mut packed = GzEncoder::new(&mut out, Compression::fast());
        packed.write_all(record.as_bytes())?;
        packed.finish()?;
    }
    out.flush()
}

fn record(number: u64) -> String {
    let page = page(number);
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/2017/05/02/{number}\r\nWARC-Date: 2017-05-03T00:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
}

/// A page of news size: a menu, twelve paragraphs, neighbours, and as much script as pages have.
fn page(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut page = format!(
        "<!doctype html><html lang=en><head><title>Report {number}</title></head><body><nav><a href=/>Home</a></nav><article><h1>Report {number} from the harbour</h1>"
    );
    for _ in 0..12 {
        page.push_str("<p>");
        for _ in 0..4 {
            page.push_str(&sentence(&mut state));
        }
        page.push_str("</p>");
    }
    page.push_str("</article><aside><h2>Related</h2>");
    for _ in 0..10 {
        page.push_str(&format!("<div><a href=/x>{}</a></div>", sentence(&mut state)));
    }
    page.push_str("</aside><script>");
    for _ in 0..3_000 {
        page.push_str(&format!("var a{}=1;", next(&mut state) % 100_000));
    }
    page.push_str("</script></body></html>");
    page
}

fn sentence(state: &mut u64) -> String {
    let who = ["The envoy", "A minister", "The harbour master", "An officer", "The council", "A spokesman"];
    let act = ["met", "praised", "warned", "called", "received", "left", "accused", "invited"];
    let whom =
        ["the delegation", "the pilots", "a neighbour", "the crew", "both governments", "the port authority"];
    let when = [
        "on Monday",
        "after the storm",
        "in the spring",
        "before the talks",
        "late at night",
        "for the second time",
    ];
    let mut pick = |list: &[&'static str]| list[(next(state) % list.len() as u64) as usize];
    format!("{} {} {} {}. ", pick(&who), pick(&act), pick(&whom), pick(&when))
}

/// Xorshift (Marsaglia 2003).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state >> 16
}
