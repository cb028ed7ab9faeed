//! JSON Lines, lists of records such as `DOCS.json`, single records, and JSON Feed.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use super::document::Unread;
use super::{Document, Documents, Reader, feed, one, packed};
use crate::date::written;
use crate::options::Fields;
use crate::{InputError, Options, Problem, Record, article_from_html, article_from_record};
use detente_model::Article;

/// One record a line; a broken line is an error of its own.
pub(super) fn lines<'r>(reader: &'r Reader, name: String, stream: Box<dyn BufRead>) -> Documents<'r> {
    let limit = reader.options.limits.document_bytes;
    let mut lines = Lines { stream, limit, number: 0, over: false };
    Box::new(std::iter::from_fn(move || {
        let (number, line) = lines.next()?;
        let place = format!("{name}:{number}");
        Some(match line {
            Ok(json) => Ok(Document(Unread::Line { place, json })),
            Err(problem) => Err(problem.of(place)),
        })
    }))
}

/// The record of a line.
pub(super) fn of_line(reader: &Reader, json: &[u8], place: &str) -> Result<Record, InputError> {
    let value = serde_json::from_slice(json).map_err(|error| Problem::Json(error.to_string()).of(place))?;
    of_value(reader, value, place)
}

/// A list of records, read one by one; a single object is a record or a JSON Feed.
pub(super) fn items<'r>(reader: &'r Reader, name: String, stream: Box<dyn BufRead>) -> Documents<'r> {
    let mut items = Items { stream, limit: reader.options.limits.document_bytes, over: false };
    let mut number = 0;
    let name_of_feed = name.clone();
    let values = std::iter::from_fn(move || {
        let item = items.next()?;
        number += 1;
        Some((format!("{name}#{number}"), item))
    });
    Box::new(values.flat_map(move |(place, item)| {
        let value: Result<Value, Problem> = item.and_then(|bytes| {
            serde_json::from_slice(&bytes).map_err(|error| Problem::Json(error.to_string()))
        });
        match value {
            Ok(value) if feed::is_json_feed(&value) => feed::read_json(reader, name_of_feed.clone(), &value),
            Ok(value) => one(of_value(reader, value, &place).map(Document::from)),
            Err(problem) => one(Err(problem.of(place))),
        }
    }))
}

fn of_value(reader: &Reader, value: Value, place: &str) -> Result<Record, InputError> {
    let Value::Object(object) = value else {
        return Err(Problem::Json("an object is expected".to_owned()).of(place));
    };
    record(&object, &reader.options.fields, place)
}

/// The article of a record, whose text may be a whole page.
pub(super) fn article_of(record: Record, options: &Options) -> Article {
    if !is_markup(&record.text) {
        return article_from_record(record, options);
    }
    let url = record.url.clone().or_else(|| options.url.clone());
    let mut article = article_from_html(&record.id, &record.text, &Options { url, ..options.clone() });
    take_known(&mut article, record);
    article
}

/// What the record says beside its page outranks what the page says.
fn take_known(article: &mut Article, record: Record) {
    if !record.title.is_empty() {
        article.title = record.title;
    }
    if let Some(day) = record.published {
        article.published = Some(crate::date::stated(day, detente_model::DateBasis::Given));
    }
    article.author = record.author.or(article.author.take());
}

/// Whether the text of a record is a whole page.
fn is_markup(text: &str) -> bool {
    let head = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

fn record(object: &Map<String, Value>, fields: &Fields, place: &str) -> Result<Record, InputError> {
    let field = |names: &[String]| names.iter().find_map(|name| text_of(object.get(name)?));
    let text = field(&fields.text).ok_or_else(|| Problem::NoText(fields.text.join(", ")).of(place))?;
    Ok(Record {
        id: field(&fields.id).unwrap_or_else(|| place.to_owned()),
        url: field(&fields.url),
        title: field(&fields.title).unwrap_or_default(),
        published: field(&fields.published).and_then(|day| written::first_day(&day)),
        author: field(&fields.author),
        text,
    })
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

struct Lines {
    stream: Box<dyn BufRead>,
    limit: usize,
    number: usize,
    over: bool,
}

impl Lines {
    fn next(&mut self) -> Option<(usize, Result<Vec<u8>, Problem>)> {
        while !self.over {
            self.number += 1;
            match self.line() {
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) if line.len() > self.limit => {
                    return Some((self.number, Err(Problem::TooLarge(self.limit))));
                }
                Ok(Some(line)) => return Some((self.number, Ok(line))),
                Ok(None) => self.over = true,
                Err(error) => {
                    self.over = true;
                    return Some((self.number, Err(packed::problem(error))));
                }
            }
        }
        None
    }

    /// The next line; of one beyond the limit only so much as shows it.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.stream.by_ref().take(self.limit as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if line.len() > self.limit && !line.ends_with(b"\n") {
            self.stream.skip_until(b'\n')?;
        }
        Ok(Some(line))
    }
}

/// The values of a list, or of several values in a row, each as its bytes.
struct Items {
    stream: Box<dyn BufRead>,
    limit: usize,
    over: bool,
}

impl Items {
    fn next(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        if self.over {
            return None;
        }
        let found = self.value().map_err(packed::problem).and_then(|value| value.transpose()).transpose();
        self.over = !matches!(found, Some(Ok(_) | Err(Problem::TooLarge(_))));
        found
    }

    /// The next `{…}`, skipping what stands between values.
    fn value(&mut self) -> io::Result<Option<Result<Vec<u8>, Problem>>> {
        loop {
            let Some(byte) = self.byte()? else { return Ok(None) };
            match byte {
                b'{' => return self.object(),
                b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf => {}
                other => {
                    let message = format!(
                        "`{}` stands where a record should begin",
                        char::from(other).escape_default()
                    );
                    return Ok(Some(Err(Problem::Json(message))));
                }
            }
        }
    }

    fn object(&mut self) -> io::Result<Option<Result<Vec<u8>, Problem>>> {
        let mut bytes = vec![b'{'];
        let (mut depth, mut quoted, mut escaped, mut large) = (1, false, false, false);
        while depth > 0 {
            let Some(byte) = self.byte()? else {
                return Ok(Some(Err(Problem::Json("the data ends inside a record".to_owned()))));
            };
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth -= 1,
                _ => {}
            }
            large |= bytes.len() >= self.limit;
            if !large {
                bytes.push(byte);
            }
        }
        Ok(Some(if large { Err(Problem::TooLarge(self.limit)) } else { Ok(bytes) }))
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.stream.fill_buf()?.first().copied();
        if byte.is_some() {
            self.stream.consume(1);
        }
        Ok(byte)
    }
}
