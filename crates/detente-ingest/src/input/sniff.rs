//! What a stream is, by its first bytes, and by its name where bytes cannot tell.

use std::io::{self, BufRead, Cursor, Read};
use std::path::Path;

use memchr::memmem;

use crate::{Binary, Problem};

/// How much of a stream is looked at.
pub(super) const HEAD: usize = 4096;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Html,
    Feed,
    Warc,
    /// One JSON value a line.
    JsonLines,
    /// One JSON value, or a list of them.
    Json,
    /// Rows with this separator.
    Csv(u8),
    Markdown,
    Text,
}

/// The first bytes of a stream, and the stream as if they had not been read.
pub(super) fn peek(mut stream: Box<dyn BufRead>) -> io::Result<(Vec<u8>, Box<dyn BufRead>)> {
    let mut head = Vec::with_capacity(HEAD);
    stream.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(stream))))
}

/// The format of what begins with `head` and is called `name`.
pub(super) fn format(head: &[u8], name: &Path) -> Result<Format, Problem> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    // An archive may hold anything, packed pages and pictures too.
    if text.starts_with(b"WARC/") {
        return Ok(Format::Warc);
    }
    if let Some(kind) = binary(head) {
        return Err(Problem::Binary(kind));
    }
    let extension = name.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    Ok(by_bytes(text, extension.as_deref()).unwrap_or_else(|| by_name(extension.as_deref())))
}

fn by_bytes(text: &[u8], extension: Option<&str>) -> Option<Format> {
    let lower = text[..text.len().min(1024)].to_ascii_lowercase();
    let holds = |mark: &[u8]| memmem::find(&lower, mark).is_some();
    if lower.starts_with(b"<") {
        let feed = holds(b"<rss") || holds(b"<feed") || holds(b"<rdf:rdf");
        let page =
            holds(b"<!doctype html") || holds(b"<html") || holds(b"<head") || holds(b"<body") || holds(b"<p");
        return match (feed, page || extension.is_some_and(is_page)) {
            (true, _) => Some(Format::Feed),
            (_, true) => Some(Format::Html),
            _ if lower.starts_with(b"<?xml") || lower.starts_with(b"<!") || holds(b"</") => {
                Some(Format::Html)
            }
            _ => None,
        };
    }
    match text[0] {
        b'{' => Some(if matches!(extension, Some("jsonl" | "ndjson")) || is_lines(text) {
            Format::JsonLines
        } else {
            Format::Json
        }),
        b'[' if text[1..].trim_ascii_start().starts_with(b"{") || extension == Some("json") => {
            Some(Format::Json)
        }
        _ => None,
    }
}

/// Whether the first line is a value of its own and another line follows: one line a record. A first line that is longer
/// than what is looked at cannot be told from a single value; the reader of values in a row takes either.
fn is_lines(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.len() < text.len() && first.trim_ascii_end().ends_with(b"}")
}

fn is_page(extension: &str) -> bool {
    matches!(extension, "html" | "htm" | "xhtml" | "shtml" | "php" | "asp" | "aspx")
}

fn by_name(extension: Option<&str>) -> Format {
    match extension {
        Some("csv") => Format::Csv(b','),
        Some("tsv" | "tab") => Format::Csv(b'\t'),
        Some("jsonl" | "ndjson") => Format::JsonLines,
        Some("json") => Format::Json,
        Some("md" | "markdown") => Format::Markdown,
        Some(extension) if is_page(extension) => Format::Html,
        _ => Format::Text,
    }
}

/// What a file is that holds no text, by its first bytes; else data with many zeros or control signs.
pub fn binary(head: &[u8]) -> Option<Binary> {
    let marks: [(&[u8], Binary); 16] = [
        (b"%PDF", Binary::Pdf),
        (b"\x89PNG", Binary::Picture),
        (b"\xff\xd8\xff", Binary::Picture),
        (b"GIF8", Binary::Picture),
        (b"RIFF", Binary::Sound),
        (b"ID3", Binary::Sound),
        (b"OggS", Binary::Sound),
        (b"PK\x03\x04", Binary::Zip),
        (b"\xd0\xcf\x11\xe0", Binary::Office),
        (b"{\\rtf", Binary::Office),
        (b"\x7fELF", Binary::Program),
        (b"MZ\x90", Binary::Program),
        (b"SQLite format 3", Binary::Database),
        (b"PAR1", Binary::Parquet),
        (b"BZh", Binary::Bzip2),
        (b"\xfd7zXZ", Binary::Xz),
    ];
    let named = marks.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, kind)| *kind);
    named.or_else(|| (!is_wide(head) && controls(head) * 20 > head.len()).then_some(Binary::Data))
}

fn controls(head: &[u8]) -> usize {
    head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count()
}

/// UTF-16, whose zeros are letters.
fn is_wide(head: &[u8]) -> bool {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count() * 10;
    head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || (zeros(0) < head.len()) != (zeros(1) < head.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_head() {
        let cases: [(&[u8], &str, Format); 13] = [
            (b"<!DOCTYPE html><p>", "a", Format::Html),
            (b"<?xml version='1.0'?><rss>", "a", Format::Feed),
            (b"<feed xmlns='x'>", "a.html", Format::Feed),
            (b"WARC/1.0\r\n", "a", Format::Warc),
            (b"{\"a\":1}\n{\"a\":2}\n", "a", Format::JsonLines),
            (b"[{\"a\":1}]", "a", Format::Json),
            (b"{\n \"a\": 1\n}", "a", Format::Json),
            (b"id,text\n1,a", "a.csv", Format::Csv(b',')),
            (b"# A", "a.md", Format::Markdown),
            (b"Envoys met.", "a.txt", Format::Text),
            (b"Envoys met.", "-", Format::Text),
            (b"[1] A note", "a.txt", Format::Text),
            (b"<3 is a sign", "a.txt", Format::Text),
        ];
        for (head, name, expected) in cases {
            assert_eq!(
                format(head, Path::new(name)).ok(),
                Some(expected),
                "{}",
                String::from_utf8_lossy(head)
            );
        }
    }

    #[test]
    fn what_holds_no_text_is_named() {
        for head in [&b"%PDF-1.7"[..], b"\x89PNG\r\n", b"PK\x03\x04", b"\0\0\0\0\x01\x02\x03\x04abc"] {
            assert!(matches!(format(head, Path::new("a")), Err(Problem::Binary(_))));
        }
        assert!(matches!(format(b" \n ", Path::new("a")), Err(Problem::Empty)));
    }
}
