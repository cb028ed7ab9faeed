//! Bad input gives a named diagnostic, and the rest goes on.

use std::io::{Read, Write};

use detente_ingest::{Fetch, Fetched, InputError, Limits, Links, Options, Reader, Source};
use detente_model::{Article, BlockKind};

const LONG: &str = "The envoys of the two countries met in the old customs house of the harbour on Monday to speak of grain. \
    They agreed to meet again in the spring, a spokesman for the port authority said after the talks had ended.";

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Article, InputError>> {
    Reader::new(Options::default()).read(Source::Bytes(name.to_owned(), bytes.into())).collect()
}

fn codes(results: &[Result<Article, InputError>]) -> Vec<String> {
    let code = |result: &Result<Article, InputError>| match result {
        Ok(article) => article.diagnostics.first().map_or("fine".to_owned(), |found| found.code.to_string()),
        Err(error) => error.problem.code().to_owned(),
    };
    results.iter().map(code).collect()
}

fn holds_text(article: &Article) -> bool {
    article.blocks.iter().any(|block| {
        block.kind == BlockKind::Text && article.text[block.span.range()].contains("customs house")
    })
}

#[test]
fn broken_html_is_read_as_browsers_read_it() {
    let page = format!(
        "<html><body><div><p>{LONG}<p>{LONG} Again.<div></span></table><b><i>bold</b></i><p class=\"x>{LONG}"
    );
    let results = read("a.html", page);
    assert!(results[0].as_ref().is_ok_and(holds_text));
}

#[test]
fn a_page_without_end_is_cut_short() {
    let page =
        format!("<html><body><article><p>{LONG}</p><p>{LONG}</p></article>{}", "<b>x</b>".repeat(2_000_000));
    let results = read("a.html", page);
    assert_eq!(codes(&results), ["ingest/cut-short"]);
    assert!(results[0].as_ref().is_ok_and(holds_text));
}

#[test]
fn deep_nesting_is_cut_short() {
    let results = read("a.html", format!("<html><body><p>{LONG}</p>{}", "<div>".repeat(200_000)));
    assert!(codes(&results)[0].starts_with("ingest/"));
}

#[test]
fn pages_of_frames_say_so() {
    let frames =
        "<html><frameset cols='1,2'><frame src=a><frameset><frame src=b></frameset></frameset></html>";
    assert_eq!(codes(&read("a.html", frames)), ["ingest/frames"]);
    let nested = format!("<html><body>{}</body></html>", "<iframe src=a></iframe>".repeat(50));
    assert_eq!(codes(&read("a.html", nested)), ["ingest/frames"]);
}

/// One sentence without end, packed: a few hundred kilobytes that unpack to hundreds of megabytes.
fn bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = LONG.repeat(5_000);
    for _ in 0..200 {
        encoder.write_all(block.as_bytes()).expect("memory");
    }
    encoder.finish().expect("memory")
}

#[test]
fn a_bomb_is_named_or_cut() {
    assert_eq!(codes(&read("a.txt.gz", bomb())), ["ingest/cut-short"]);
    let options = Options {
        limits: Limits { document_bytes: 1 << 30, unpack_ratio: 50, ..Limits::default() },
        ..Options::default()
    };
    let results: Vec<_> = Reader::new(options).read(Source::Bytes("a.txt.gz".to_owned(), bomb())).collect();
    assert_eq!(codes(&results), ["ingest/bomb"]);
}

#[test]
fn torn_packings_are_named() {
    let mut encoder = flate2::read::GzEncoder::new(LONG.as_bytes(), flate2::Compression::fast());
    let mut packed = Vec::new();
    encoder.read_to_end(&mut packed).expect("memory");
    packed.truncate(packed.len() / 2);
    assert_eq!(codes(&read("a.txt.gz", packed)), ["ingest/damaged"]);
    assert_eq!(codes(&read("a.zst", b"\x28\xb5\x2f\xfd\xff\xff\xff".to_vec())), ["ingest/damaged"]);
}

fn record(html: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len())
        .into_bytes()
}

#[test]
fn an_archive_cut_in_half_gives_what_stands_before_the_cut() {
    let page = format!("<html><body><article><p>{LONG}</p><p>{LONG}</p></article></body></html>");
    let mut archive = [record(&page), record(&page)].concat();
    archive.truncate(archive.len() - 100);
    let results = read("a.warc", archive);
    assert!(results[0].as_ref().is_ok_and(holds_text));
    assert_eq!(codes(&results)[1], "ingest/warc");
    assert_eq!(results.len(), 2);
    assert_eq!(codes(&read("b.warc", "WARC/1.0\r\nContent-Length: many\r\n\r\n")), ["ingest/warc"]);
}

struct Dead;

impl Fetch for Dead {
    fn get(&self, _: &str) -> Result<Fetched, String> {
        Err("no answer".to_owned())
    }
}

#[test]
fn a_thousand_dead_links_are_a_thousand_errors() {
    let items: String = (0..1000)
        .map(|n| format!("<item><title>T</title><link>https://h.example/{n}</link></item>"))
        .collect();
    let options = Options { links: Links::Follow, ..Options::default() };
    let reader = Reader::new(options).with_fetcher(Box::new(Dead));
    let results: Vec<_> = reader
        .read(Source::Bytes(
            "f.rss".to_owned(),
            format!("<rss><channel>{items}</channel></rss>").into_bytes(),
        ))
        .collect();
    assert_eq!(codes(&results).iter().filter(|code| *code == "ingest/fetch").count(), 1000);
}

#[test]
fn a_broken_feed_gives_the_entries_before_the_break() {
    let feed = format!(
        "<rss><channel><item><title>A</title><description>{LONG}</description></item><item><title>B</ti"
    );
    let results = read("f.rss", feed);
    assert!(results[0].as_ref().is_ok_and(holds_text));
    assert_eq!(codes(&results).last().map(String::as_str), Some("ingest/feed"));
}

#[test]
fn what_is_no_text_is_named() {
    for bytes in [&b"%PDF-1.7 x"[..], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"] {
        assert_eq!(codes(&read("a", bytes.to_vec())), ["ingest/binary"]);
    }
    assert_eq!(codes(&read("a", Vec::new())), ["ingest/empty"]);
    let reader = Reader::new(Options::default());
    assert_eq!(codes(&reader.read(Source::named("/no/such/file")).collect::<Vec<_>>()), ["ingest/io"]);
    assert_eq!(
        codes(&reader.read(Source::named("https://h.example/")).collect::<Vec<_>>()),
        ["ingest/no-fetcher"]
    );
}

#[test]
fn records_that_never_end_are_named() {
    let options =
        || Options { limits: Limits { document_bytes: 10_000, ..Limits::default() }, ..Options::default() };
    let read = |name: &str, text: String| -> Vec<_> {
        Reader::new(options()).read(Source::Bytes(name.to_owned(), text.into_bytes())).collect()
    };
    let fine = format!("{{\"text\":\"{LONG}\"}}\n");
    let large = format!("{{\"text\":\"{}\"}}\n", "a ".repeat(50_000));
    assert_eq!(codes(&read("a.jsonl", format!("{fine}{large}{fine}"))), ["fine", "ingest/too-large", "fine"]);
    assert_eq!(
        codes(&read("a.json", format!("[{fine},{large},{fine}]"))),
        ["fine", "ingest/too-large", "fine"]
    );
    assert_eq!(codes(&read("a.json", "[{\"text\": \"torn".to_owned())), ["ingest/json"]);
    assert_eq!(codes(&read("a.csv", format!("id,text\n1,\"{}", "a ".repeat(50_000)))), ["ingest/csv"]);
}

/// A record of a few kilobytes whose page unpacks to a hundred megabytes.
#[test]
fn a_bomb_inside_an_archive_is_read_as_far_as_the_limit() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    write!(packer, "<html><body><article><p>{LONG}</p><p>{LONG}</p></article>").expect("memory");
    let block = " ".repeat(1 << 20);
    (0..100).try_for_each(|_| packer.write_all(block.as_bytes())).expect("memory");
    let packed = packer.finish().expect("memory");
    let http =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n", packed.as_slice()]
            .concat();
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", http.len());
    let results = read("a.warc", [head.as_bytes(), &http, b"\r\n\r\n"].concat());
    assert_eq!(codes(&results), ["ingest/cut-short"]);
    assert!(results[0].as_ref().is_ok_and(holds_text));
}
