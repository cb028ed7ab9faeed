//! What must hold for any input of `detente-ingest`. The fuzz targets ask it of what they make up, `crates/detente-ingest/tests/seeds.rs` of the seeds.

#![allow(dead_code, reason = "each target asks one of them")]

use detente_ingest::{
    Hint, LanguageGate, Limits, Options, Reader, Source, article_from_html, decode, follow,
};

/// Blocks in order that cover every visible byte once.
pub fn html(bytes: &[u8]) {
    let options = Options { gate: LanguageGate::Pass, ..Options::default() };
    let article = article_from_html("a", &decode(bytes, Hint::Html).text, &options);
    let mut end = 0;
    for block in &article.blocks {
        assert!(article.text[end..block.span.start].trim().is_empty());
        assert!(block.span.start < block.span.end);
        end = block.span.end;
    }
    assert!(article.text[end..].trim().is_empty());
}

/// Text comes out whatever the label; UTF-8 comes out as it was.
pub fn charset(label: &str, bytes: &[u8]) {
    let _ = decode(bytes, Hint::Label(label));
    let _ = decode(bytes, Hint::Html);
    let decoded = decode(bytes, Hint::None);
    if let Ok(text) = std::str::from_utf8(bytes).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text)) {
        assert!(text.contains('\0') || bytes.starts_with(b"\xfe\xff") || decoded.text == text);
    }
}

/// An archive.
pub fn warc(bytes: &[u8]) {
    collection("a.warc", &[b"WARC/1.0\r\n", bytes]);
}

/// RSS, Atom or a JSON feed, read whole and entry by entry; a list of feeds.
pub fn feed(bytes: &[u8]) {
    assert!(follow::feeds(bytes).iter().all(|feed| feed.starts_with("http")));
    let reader = Reader::new(Options { gate: LanguageGate::Pass, ..Options::default() });
    for entry in reader.entries(bytes).0 {
        assert!(entry.link().is_none_or(|link| link.starts_with("http")));
        let _ = (entry.mark(), reader.entry("a", &entry, None));
    }
    let whole = bytes.starts_with(b"<") || bytes.starts_with(b"{");
    let head: &[u8] = if whole { b"" } else { b"<?xml version='1.0'?><rss><channel>" };
    collection("a.xml", &[head, bytes]);
}

/// JSON Lines or a JSON list.
pub fn jsonl(bytes: &[u8]) {
    let head: &[u8] = if bytes.starts_with(b"[") { b"" } else { b"{\"text\":\"a\"}\n" };
    collection("a.jsonl", &[head, bytes]);
}

/// A table.
pub fn csv(bytes: &[u8]) {
    collection("a.csv", &[b"id,title,text\n", bytes]);
}

/// gzip or Zstandard, as the first byte says.
pub fn compressed(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let magic: &[u8] = if first % 2 == 0 { b"\x1f\x8b\x08" } else { b"\x28\xb5\x2f\xfd" };
    collection("a.txt.gz", &[magic, rest]);
}

/// It ends; each record is an error or an article whose blocks stand in order, on character boundaries.
fn collection(name: &str, pieces: &[&[u8]]) {
    let limits = Limits { document_bytes: 1 << 16, ..Limits::default() };
    let reader = Reader::new(Options { gate: LanguageGate::Pass, limits, ..Options::default() });
    for article in reader.read(Source::Bytes(name.to_owned(), pieces.concat())).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            assert!(end <= block.span.start && block.span.start < block.span.end);
            assert!(article.text.get(block.span.range()).is_some());
            end = block.span.end;
        }
    }
}
