//! Addresses of pages.

use detente::model::{ActorCode, Dyad};

/// The page of a report.
pub fn event(key: &str) -> String {
    format!("/event/{}", segment(key))
}

/// The page that says why a report was coded so.
pub fn why(key: &str) -> String {
    format!("/why/{}", segment(key))
}

/// The page of an article.
pub fn article(id: &str) -> String {
    format!("/article/{}", segment(id))
}

/// The page of a contact.
pub fn contact(id: &str) -> String {
    format!("/contact/{}", segment(id))
}

/// The page of a publication.
pub fn source(name: &str) -> String {
    format!("/source/{}", segment(name))
}

/// The page of a party.
pub fn actor(code: ActorCode) -> String {
    format!("/actor/{code}")
}

/// The page of a pair.
pub fn pair(dyad: Dyad) -> String {
    format!("/pair/{}/{}", dyad.a, dyad.b)
}

/// A text as one segment of a path: all but letters, digits and `-_~.` by their bytes.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' | b'.' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A query of these pairs, with its question mark; empty for none.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    match query.finish() {
        empty if empty.is_empty() => empty,
        query => format!("?{query}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_segment_has_no_signs_of_an_address() {
        assert_eq!(super::segment("a/b c.txt#1?é"), "a%2Fb%20c.txt%231%3F%C3%A9");
    }
}
