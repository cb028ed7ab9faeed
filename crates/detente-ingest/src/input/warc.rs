//! WARC archives (ISO 28500), record by record: the pages of their responses.

use std::io::{self, BufRead, Read};

use detente_model::{Article, DateBasis};

use super::document::{Beside, Page};
use super::{Documents, Reader, packed};
use crate::Problem;
use crate::date::{stated, written};

/// No head of a record or of an HTTP answer is longer.
const LONGEST_HEAD: u64 = 64 << 10;

/// The pages of an archive. A broken head ends it, because there is no way to find the next record.
pub(super) fn read<'r>(reader: &'r Reader, name: String, stream: Box<dyn BufRead>) -> Documents<'r> {
    let mut records = Records { stream, over: false };
    let limit = reader.options.limits.document_bytes;
    Box::new(std::iter::from_fn(move || {
        loop {
            match records.next(limit)? {
                Ok(Some(page)) => return Some(Ok(page.into())),
                Ok(None) => {}
                Err(problem) => return Some(Err(problem.of(name.clone()))),
            }
        }
    }))
}

/// A page that does not say its day is dated by the day on which it was got.
pub(super) fn date(article: &mut Article, crawled: &str) {
    if article.published.as_ref().is_none_or(|found| found.basis == DateBasis::Inferred) {
        let crawled = written::first_day(crawled).map(|day| stated(day, DateBasis::Warc));
        article.published = crawled.or(article.published.take());
    }
}

struct Records {
    stream: Box<dyn BufRead>,
    over: bool,
}

impl Records {
    /// The next record: a page, nothing of interest, or what is wrong with it. `None` at the end.
    fn next(&mut self, limit: usize) -> Option<Result<Option<Page>, Problem>> {
        if self.over {
            return None;
        }
        let result = self.record(limit);
        match result {
            Ok(Some(found)) => Some(Ok(found)),
            Ok(None) => {
                self.over = true;
                None
            }
            Err(problem) => {
                self.over = true;
                Some(Err(problem))
            }
        }
    }

    fn record(&mut self, limit: usize) -> Result<Option<Option<Page>>, Problem> {
        let Some(head) = self.head()? else { return Ok(None) };
        let length = head.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| Problem::Warc("a record without a length".to_owned()))?;
        let wanted = matches!(head.get("warc-type"), Some("response" | "resource" | "conversion"));
        if !wanted {
            self.skip(length)?;
            return Ok(Some(None));
        }
        let mut body = Vec::new();
        let most = length.min(limit as u64 + LONGEST_HEAD);
        let read = self.stream.by_ref().take(most).read_to_end(&mut body).map_err(broken)? as u64;
        if read < most {
            return Err(Problem::Warc(format!("it ends {} bytes before the end of a record", length - read)));
        }
        self.skip(length - read)?;
        Ok(Some(page(&head, body, read < length, limit)))
    }

    /// The named lines before a record; empty lines before them belong to the record before.
    fn head(&mut self) -> Result<Option<Head>, Problem> {
        let version = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !version.starts_with("WARC/") {
            return Err(Problem::Warc("no record begins where one should".to_owned()));
        }
        let mut head = Head::default();
        loop {
            let line = self
                .line()?
                .ok_or_else(|| Problem::Warc("it ends inside the head of a record".to_owned()))?;
            if line.is_empty() {
                return Ok(Some(head));
            }
            head.push(&line);
            if head.fields.len() > 200 {
                return Err(Problem::Warc("the head of a record has no end".to_owned()));
            }
        }
    }

    fn line(&mut self) -> Result<Option<String>, Problem> {
        let mut line = Vec::new();
        let read = self.stream.by_ref().take(LONGEST_HEAD).read_until(b'\n', &mut line).map_err(broken)?;
        Ok((read > 0).then(|| String::from_utf8_lossy(line.trim_ascii()).into_owned()))
    }

    fn skip(&mut self, length: u64) -> Result<(), Problem> {
        let skipped = io::copy(&mut self.stream.by_ref().take(length), &mut io::sink()).map_err(broken)?;
        if skipped < length {
            return Err(Problem::Warc(format!(
                "it ends {} bytes before the end of a record",
                length - skipped
            )));
        }
        Ok(())
    }
}

/// A packed archive that is cut in half ends in the middle of its packing.
fn broken(error: io::Error) -> Problem {
    match packed::problem(error) {
        Problem::Damaged(error) => Problem::Warc(format!("it ends inside a record: {error}")),
        other => other,
    }
}

/// Names in lower case and values.
#[derive(Debug, Default)]
struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    fn push(&mut self, line: &str) {
        if let Some((name, value)) = line.split_once(':') {
            self.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }
}

/// The page in a record, if its answer was a page.
fn page(head: &Head, mut body: Vec<u8>, cut: bool, limit: usize) -> Option<Page> {
    let mut charset = None;
    let mut kind = head.get("content-type").map(str::to_owned);
    if body.starts_with(b"HTTP/") {
        let end = memchr::memmem::find(&body, b"\r\n\r\n").map(|at| at + 4);
        let end = end.or_else(|| memchr::memmem::find(&body, b"\n\n").map(|at| at + 2))?;
        let mut answer = Head::default();
        let text = String::from_utf8_lossy(&body[..end]).into_owned();
        text.lines().for_each(|line| answer.push(line));
        let found = text.split(' ').nth(1).is_some_and(|status| status.starts_with('2'));
        kind = found.then(|| answer.get("content-type").map(str::to_owned)).flatten();
        body.drain(..end);
        body = unpack(&answer, body, limit)?;
    }
    let kind = kind?.to_ascii_lowercase();
    if let Some((_, label)) = kind.split_once("charset=") {
        charset = Some(label.trim_matches(['"', '\'', ' ']).to_owned());
    }
    let readable = kind.contains("html")
        || kind.starts_with("text/plain") && head.get("warc-type") == Some("conversion");
    let url = head.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let id = head.get("warc-record-id").unwrap_or_default().to_owned();
    let beside = head.get("warc-date").map_or(Beside::Nothing, |date| Beside::Crawled(date.to_owned()));
    readable.then(|| Page { id: url.clone().unwrap_or(id), url, charset, body, cut, beside })
}

/// The body as the server meant it: chunks joined, gzip undone as far as one byte behind the limit.
fn unpack(answer: &Head, body: Vec<u8>, limit: usize) -> Option<Vec<u8>> {
    let body = if answer.get("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
        dechunk(body)
    } else {
        body
    };
    match answer.get("content-encoding") {
        Some("gzip" | "x-gzip") if body.starts_with(b"\x1f\x8b") => {
            let mut plain = Vec::new();
            let most = limit as u64 + 1;
            let _ = flate2::read::MultiGzDecoder::new(body.as_slice()).take(most).read_to_end(&mut plain);
            Some(plain)
        }
        Some("br" | "zstd" | "deflate") => None,
        _ => Some(body),
    }
}

/// Joins the chunks; archives often say "chunked" of bodies that no longer are, those stay as they are.
fn dechunk(body: Vec<u8>) -> Vec<u8> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body.as_slice();
    while let Some(end) = memchr::memmem::find(&rest[..rest.len().min(32)], b"\r\n") {
        let size = std::str::from_utf8(&rest[..end])
            .ok()
            .and_then(|size| usize::from_str_radix(size.split(';').next()?.trim(), 16).ok());
        let Some(size) = size else { break };
        let from = end + 2;
        if size == 0 {
            return joined;
        }
        let to = from.saturating_add(size).min(rest.len());
        joined.extend_from_slice(&rest[from..to]);
        rest = rest[to..].strip_prefix(b"\r\n").unwrap_or(&rest[to..]);
    }
    if joined.is_empty() { body } else { joined }
}
