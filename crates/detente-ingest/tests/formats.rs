//! Each format gives its articles, with what the input says of them.

use detente_ingest::{
    Fetch, Fetched, InputError, Links, Options, Reader, Record, Source, article_from_record,
};
use detente_model::{Article, BlockKind, DateBasis};

const LONG: &str = "The envoys of the two countries met in the old customs house of the harbour on Monday to speak of grain. \
    They agreed to meet again in the spring, a spokesman for the port authority said after the talks had ended.";

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Article, InputError>> {
    Reader::new(Options::default()).read(Source::Bytes(name.to_owned(), bytes.into())).collect()
}

fn good(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Article> {
    read(name, bytes).into_iter().map(|result| result.expect("an article")).collect()
}

fn day(article: &Article) -> Option<(String, DateBasis)> {
    article.published.as_ref().and_then(|published| Some((published.day()?.to_string(), published.basis)))
}

fn body(article: &Article) -> String {
    let text = article.blocks.iter().filter(|block| block.kind == BlockKind::Text);
    text.map(|block| &article.text[block.span.range()]).collect::<Vec<_>>().join("\n")
}

fn page(title: &str) -> String {
    format!(
        "<html lang=en><head><title>{title} | Harbour Times</title><meta property='og:site_name' content='Harbour Times'>\
        <meta property='article:published_time' content='2017-05-02T09:00:00Z'><meta name=author content='Ann Lee'></head><body>\
        <nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>{title}</h1><p>{LONG}</p><p>{LONG} Nobody else spoke.</p>\
        <p>READ MORE: A storm closes the port</p></article><footer>© 2017 Harbour Times</footer></body></html>"
    )
}

#[test]
fn a_page_gives_its_text_and_what_it_states() {
    let article = &good("a.html", page("Envoys speak of grain"))[0];
    assert_eq!(article.title, "Envoys speak of grain");
    assert_eq!(article.author.as_deref(), Some("Ann Lee"));
    assert_eq!(article.site.as_deref(), Some("Harbour Times"));
    assert_eq!(day(article), Some(("2017-05-02".into(), DateBasis::Markup)));
    assert_eq!(body(article), format!("{LONG}\n{LONG} Nobody else spoke."));
    assert!(article.text.contains("READ MORE") && article.text.contains("© 2017"));
}

#[test]
fn docs_keep_their_text_and_day() {
    let text = "  Envoys met.\n\nShare this\n";
    let docs = serde_json::json!([{"id": "x", "published": "2017-05-02", "title": "T", "text": text}, {"id": 7, "published": null, "title": "", "text": "A"}]);
    let articles = good("DOCS.json", docs.to_string());
    assert_eq!(
        (articles[0].id.as_str(), articles[0].title.as_str(), articles[0].text.as_str()),
        ("x", "T", text)
    );
    assert_eq!(day(&articles[0]), Some(("2017-05-02".into(), DateBasis::Given)));
    assert_eq!(body(&articles[0]), "Envoys met.");
    assert_eq!((articles[1].id.as_str(), articles[1].published.as_ref()), ("7", None));
}

#[test]
fn json_lines_go_on_after_a_broken_line() {
    let lines = format!(
        "{{\"id\":\"a\",\"text\":\"{LONG}\"}}\n{{broken\n\n{{\"id\":\"b\",\"body\":\"{LONG}\",\"date\":\"2 May 2017\"}}\n{{\"id\":\"c\"}}\n"
    );
    let results = read("a.jsonl", lines);
    let codes: Vec<_> = results
        .iter()
        .map(|result| {
            result.as_ref().map_or_else(|error| error.problem.code(), |article| article.id.as_str())
        })
        .collect();
    assert_eq!(codes, ["a", "ingest/json", "b", "ingest/no-text"]);
}

#[test]
fn csv_rows_are_articles() {
    let rows = format!(
        "id,Title,text,date\n1,One,\"{LONG}\",2017-05-02\n2,\"Tw\"\"o\",\"a\nb, said \u{e9}\",\n3,Three,,\n"
    );
    let results = read("a.csv", rows);
    let first = results[0].as_ref().expect("an article");
    assert_eq!(
        (first.id.as_str(), first.title.as_str(), day(first).map(|d| d.0)),
        ("1", "One", Some("2017-05-02".to_owned()))
    );
    assert_eq!(results[1].as_ref().expect("an article").title, "Tw\"o");
    assert_eq!(results[2].as_ref().err().map(|error| error.problem.code()), Some("ingest/no-text"));
}

#[test]
fn rss_and_atom_give_an_article_an_entry() {
    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel><title>Feed</title><link>https://h.example</link>\
        <item><title>Grain &amp; ships</title><link>https://h.example/1</link><guid>g1</guid><pubDate>Tue, 02 May 2017 10:00:00 GMT</pubDate>\
        <dc:creator>Ann Lee</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>{LONG}</p><p>Share this</p>]]></content:encoded></item>\
        <item><title>Second</title><description>&lt;p&gt;{LONG}&lt;/p&gt;</description></item></channel></rss>"
    );
    let articles = good("feed.xml", rss);
    assert_eq!(articles[0].title, "Grain & ships");
    assert_eq!(
        (articles[0].id.as_str(), articles[0].url.as_deref(), articles[0].author.as_deref()),
        ("g1", Some("https://h.example/1"), Some("Ann Lee"))
    );
    assert_eq!(day(&articles[0]), Some(("2017-05-02".into(), DateBasis::Feed)));
    assert_eq!(body(&articles[0]), LONG);
    assert_eq!(body(&articles[1]), LONG);
    assert_eq!(articles[1].diagnostics[0].code, "ingest/summary");
    let atom = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>e</id><title>T</title><link rel='self' href='https://h.example/s'/>\
        <link rel='alternate' href='https://h.example/2'/><updated>2017-05-03T01:00:00Z</updated><published>2017-05-02T01:00:00Z</published>\
        <author><name>Bo Dahl</name></author><content type='html'>{LONG}</content></entry></feed>"
    );
    let article = &good("feed.atom", atom)[0];
    assert_eq!(
        (article.url.as_deref(), article.author.as_deref()),
        (Some("https://h.example/2"), Some("Bo Dahl"))
    );
    assert_eq!(day(article), Some(("2017-05-02".into(), DateBasis::Feed)));
}

#[test]
fn json_feed_is_a_feed() {
    let feed = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [
        {"id": "1", "url": "https://h.example/1", "title": "T", "content_html": format!("<p>{LONG}</p>"), "date_published": "2017-05-02T10:00:00Z"}]});
    let article = &good("feed.json", feed.to_string())[0];
    assert_eq!((article.id.as_str(), body(article).as_str()), ("1", LONG));
}

#[test]
fn markdown_keeps_its_signs_and_tells_headings() {
    let text = format!(
        "---\ntitle: From the front\ndate: 2017-05-02\n---\n\n# Envoys speak\n\n{LONG}\n\n## Later\n\n{LONG}\n"
    );
    let article = &good("a.md", text.clone())[0];
    assert_eq!((article.title.as_str(), article.text.as_str()), ("Envoys speak", text.as_str()));
    assert_eq!(day(article).map(|day| day.0).as_deref(), Some("2017-05-02"));
    assert_eq!(body(article), format!("{LONG}\n{LONG}"));
}

fn record(url: &str, html: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
    format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-05-04T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len()).into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn archives_are_read_record_by_record_packed_or_not() {
    let undated =
        format!("<html><body><article><h1>Second</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>");
    let (first, second) = (
        record("https://h.example/1", &page("Envoys speak of grain")),
        record("https://h.example/2", &undated),
    );
    let info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n".to_vec();
    let plain = [info.clone(), first.clone(), second.clone()].concat();
    let packed = [gzip(&info), gzip(&first), gzip(&second)].concat();
    for bytes in [plain, packed] {
        let articles = good("a.warc.gz", bytes);
        let days: Vec<_> =
            articles.iter().map(|article| (article.id.as_str(), day(article).expect("a day").1)).collect();
        assert_eq!(
            days,
            [("https://h.example/1", DateBasis::Markup), ("https://h.example/2", DateBasis::Warc)]
        );
    }
}

#[test]
fn other_languages_are_named_and_skipped() {
    let german = "Die Gesandten beider Länder trafen sich am Montag im alten Zollhaus am Hafen, um über das Getreide zu sprechen.";
    let error = read("a.txt", german).remove(0).expect_err("skipped");
    assert_eq!(error.problem.code(), "ingest/language");
}

#[test]
fn folders_are_read_whole_and_in_order() {
    let folder = std::env::temp_dir().join(format!("detente-ingest-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("b")).expect("a folder");
    std::fs::write(folder.join("c.txt"), LONG).expect("a file");
    std::fs::write(folder.join("b/a.txt.gz"), gzip(LONG.as_bytes())).expect("a file");
    std::fs::write(folder.join("a.pdf"), b"%PDF-1.4").expect("a file");
    let reader = Reader::new(Options::default());
    let results: Vec<_> = reader
        .read(Source::Path(folder.clone()))
        .map(|result| result.map_err(|error| error.problem.code()))
        .collect();
    std::fs::remove_dir_all(&folder).expect("removed");
    assert_eq!(results[0].as_ref().err(), Some(&"ingest/binary"));
    assert_eq!(
        results[1..]
            .iter()
            .filter(|result| result.as_ref().is_ok_and(|article| body(article) == LONG))
            .count(),
        2
    );
}

struct Pages;

impl Fetch for Pages {
    fn get(&self, url: &str) -> Result<Fetched, String> {
        if url.contains("dead") {
            return Err("404".to_owned());
        }
        Ok(Fetched {
            url: url.to_owned(),
            charset: Some("utf-8".to_owned()),
            body: page("From the page").into_bytes(),
        })
    }
}

#[test]
fn links_are_followed_when_asked() {
    let rss = format!(
        "<rss><channel><item><title>A</title><link>https://h.example/1</link><description>{LONG}</description></item>\
        <item><title>B</title><link>https://h.example/dead</link><description>{LONG}</description></item></channel></rss>"
    );
    let options = Options { links: Links::Follow, ..Options::default() };
    let reader = Reader::new(options).with_fetcher(Box::new(Pages));
    let results: Vec<_> = reader.read(Source::Bytes("f.rss".to_owned(), rss.into_bytes())).collect();
    let shown: Vec<_> = results
        .iter()
        .map(|result| {
            result.as_ref().map_or_else(|error| error.problem.code(), |article| article.title.as_str())
        })
        .collect();
    assert_eq!(shown, ["From the page", "ingest/fetch", "B"]);
}

#[test]
fn a_dateline_is_found_behind_a_title_that_the_text_repeats() {
    let report = "Talks open in Port Larsen\n\nPORT LARSEN, May 2 (Northern Wire) - Envoys of Arland and Besk met on Tuesday.";
    let record = Record {
        title: "Talks open in Port Larsen".to_owned(),
        text: report.to_owned(),
        ..Record::default()
    };
    let article = article_from_record(record, &Options::default());
    assert_eq!(article.dateline.and_then(|dateline| dateline.place).as_deref(), Some("PORT LARSEN"));
}
