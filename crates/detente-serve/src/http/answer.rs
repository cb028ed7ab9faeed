//! A page in the shape that was asked for, with its `ETag`.

use askama::Template;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::asked::Asked;
use super::fault::Fault;
use super::shape::Shape;
use super::visitor::Visitor;

/// A response, or why there is none.
pub type Answer = Result<Response, Fault>;

/// What stands around every page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// What the page is of.
    pub title: String,
    /// Its path.
    pub path: String,
    /// The other shapes it comes in.
    pub twins: Vec<Twin>,
    /// Who looks.
    pub visitor: Visitor,
    /// Whether readers can take part.
    pub writes: bool,
}

/// The same content in another shape.
#[derive(Debug, Clone)]
pub struct Twin {
    /// The shape.
    pub shape: Shape,
    /// Where it is.
    pub href: String,
}

impl Twin {
    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        self.shape.media_type()
    }
}

impl Frame {
    /// The frame of a page that comes in these shapes.
    pub fn new(asked: &Asked, title: impl Into<String>, shapes: &[Shape]) -> Self {
        let path = if asked.path == "/" { "/desk" } else { &asked.path };
        let query = asked.params.query();
        let twin = |shape: &Shape| Twin { shape: *shape, href: format!("{path}.{shape}{query}") };
        Self {
            title: title.into(),
            path: asked.path.clone(),
            twins: shapes.iter().map(twin).collect(),
            visitor: asked.visitor.clone(),
            writes: asked.desk.own.is_some(),
        }
    }

    /// The frame of a page that stands alone.
    pub fn bare(path: &str, title: &str) -> Self {
        Self { title: title.to_owned(), path: path.to_owned(), ..Self::default() }
    }

    /// "page" where this section of the desk is shown.
    pub fn current(&self, section: &str) -> bool {
        let begins = |rest: &str| rest.is_empty() || rest.starts_with('/');
        match section {
            "/" => self.path == "/" || self.path == "/desk",
            section => self.path.strip_prefix(section).is_some_and(begins),
        }
    }
}

/// A page: for people by its template, for machines by its data.
pub trait Page: Template {
    /// What it shows.
    type Data: Serialize;

    /// The shapes it comes in beside HTML.
    const SHAPES: &'static [Shape];

    /// What it shows.
    fn data(&self) -> &Self::Data;

    /// As a table.
    fn csv(&self) -> Option<Csv> {
        None
    }

    /// As a calendar.
    fn ics(&self) -> Option<String> {
        None
    }

    /// As a feed, for somebody who reaches the desk at this address.
    fn atom(&self, _origin: &str) -> Option<String> {
        None
    }

    /// As a picture.
    fn svg(&self) -> Option<String> {
        None
    }
}

/// A table: its header and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csv {
    /// The names of the columns.
    pub header: &'static [&'static str],
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Csv {
    fn written(&self) -> Option<String> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(self.header).ok()?;
        for row in &self.rows {
            out.write_record(row.iter().map(|cell| harmless(cell))).ok()?;
        }
        String::from_utf8(out.into_inner().ok()?).ok()
    }
}

/// A cell that a spreadsheet does not take for a formula.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// The page in the shape that was asked for.
pub fn answer<P: Page>(asked: &Asked, page: &P) -> Answer {
    let shape = asked.shape;
    let body = match shape {
        Shape::Html => page.render().ok(),
        Shape::Json => serde_json::to_string(page.data()).ok(),
        Shape::Csv => page.csv().and_then(|csv| csv.written()),
        Shape::Ics => page.ics(),
        Shape::Atom => page.atom(&asked.origin),
        Shape::Svg => page.svg(),
    };
    match body {
        Some(body) => Ok(private(asked, respond(asked.holds.as_deref(), shape.media_type(), body))),
        None if shape == Shape::Html => Err(Fault::broken()),
        None => Err(Fault::shape(shape, P::SHAPES)),
    }
}

/// An object without a page of its own.
pub fn answer_json(asked: &Asked, data: &impl Serialize) -> Answer {
    let body = serde_json::to_string(data).map_err(|_| Fault::broken())?;
    Ok(private(asked, respond(asked.holds.as_deref(), Shape::Json.media_type(), body)))
}

/// What somebody known sees is for them alone.
fn private(asked: &Asked, mut response: Response) -> Response {
    if asked.visitor.account().is_some() {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response.headers_mut().insert(VARY, HeaderValue::from_static("cookie, authorization"));
    response
}

/// A body with its `ETag`; nothing where the asker holds it already.
pub fn respond(holds: Option<&str>, media_type: &'static str, body: String) -> Response {
    let tag = etag(body.as_bytes());
    let is_held = holds.is_some_and(|held| held.split(',').any(|held| same_tag(held, &tag)));
    let mut response = match is_held {
        true => Response::new(Body::empty()),
        false => Response::new(Body::from(body)),
    };
    if is_held {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

fn same_tag(held: &str, tag: &str) -> bool {
    let held = held.trim();
    held == "*" || held.strip_prefix("W/").unwrap_or(held) == tag
}

/// A tag that is equal for equal bytes.
pub fn etag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

#[cfg(test)]
mod tests {
    use super::{Csv, Frame, harmless};

    #[test]
    fn formulas_are_defused() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("-9.5"), "-9.5");
        let csv = Csv { header: &["a", "b"], rows: vec![vec!["x,y".to_owned(), "@cmd".to_owned()]] };
        assert_eq!(csv.written().unwrap(), "a,b\n\"x,y\",'@cmd\n");
    }

    #[test]
    fn a_section_is_current_for_its_pages() {
        let frame = Frame::bare("/agenda/x", "");
        assert!(frame.current("/agenda"));
        assert!(!frame.current("/") && !frame.current("/age"));
    }
}
