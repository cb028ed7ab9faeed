//! The shapes of a page: the ending of its address says which is wanted.

use axum::extract::Request;
use axum::http::Uri;
use detente::model::named_enum;

named_enum! {
    /// A shape that content is given in.
    #[derive(Default)]
    Shape, "shape", {
        /// A page for people.
        #[default]
        Html = "html",
        /// One JSON object.
        Json = "json",
        /// A table.
        Csv = "csv",
        /// A calendar.
        Ics = "ics",
        /// A feed.
        Atom = "atom",
        /// A picture.
        Svg = "svg",
    }
}

impl Shape {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ics => "text/calendar; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Svg => "image/svg+xml; charset=utf-8",
        }
    }

    /// The shape that an address asks for, and the address without it.
    fn split(path: &str) -> Option<(&str, Self)> {
        let (page, ending) = path.rsplit_once('.')?;
        let shape = Self::ALL.iter().copied().find(|shape| shape.as_str() == ending)?;
        (shape != Self::Html && !page.ends_with('/')).then_some((page, shape))
    }
}

/// The address as it was typed, before its ending was taken off.
#[derive(Debug, Clone)]
pub struct Typed(pub String);

/// Takes the ending off the address and keeps it beside the request. Addresses of the interface and of files have no shapes.
pub fn shaped(mut request: Request) -> Request {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/static/") {
        return request;
    }
    let Some((page, shape)) = Shape::split(path) else { return request };
    let typed = Typed(path.to_owned());
    let target = match request.uri().query() {
        Some(query) => format!("{page}?{query}"),
        None => page.to_owned(),
    };
    if let Ok(uri) = target.parse::<Uri>() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(shape);
        request.extensions_mut().insert(typed);
    }
    request
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn only_known_endings_are_shapes() {
        assert_eq!(Shape::split("/pair/RUS/USA.json"), Some(("/pair/RUS/USA", Shape::Json)));
        assert_eq!(Shape::split("/pair/RUS/USA"), None);
        assert_eq!(Shape::split("/article/a.txt"), None);
        assert_eq!(Shape::split("/article/a.html"), None);
        assert_eq!(Shape::split("/.json"), None);
    }
}
