//! Lists of feeds as readers of feeds write them: OPML.

use std::collections::BTreeSet;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use crate::charset::{Hint, decode};

/// The addresses of the feeds that an OPML file lists, each once, in its order; of a broken one, those before the break.
pub fn feeds(bytes: &[u8]) -> Vec<String> {
    let text = decode(bytes, Hint::Html).text;
    let mut xml = XmlReader::from_str(&text);
    xml.config_mut().check_end_names = false;
    let (mut seen, mut feeds) = (BTreeSet::new(), Vec::new());
    while let Ok(event) = xml.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                feeds.extend(address(&tag).filter(|address| seen.insert(address.clone())));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    feeds
}

/// The `xmlUrl` of an outline, in whatever letters the name is written.
fn address(tag: &BytesStart<'_>) -> Option<String> {
    let is_address = |name: &[u8]| name.eq_ignore_ascii_case(b"xmlurl");
    let found = tag.html_attributes().flatten().find(|attribute| is_address(attribute.key.as_ref()))?;
    let address = found.unescape_value().ok()?.trim().to_owned();
    (address.starts_with("http://") || address.starts_with("https://")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::feeds;

    #[test]
    fn outlines_in_folders_are_found_once_and_other_addresses_left_out() {
        let opml = r#"<?xml version="1.0"?><opml version="2.0"><body>
            <outline text="World"><outline text="A" type="rss" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
            <outline text="B" xmlurl="http://b.example/atom"></outline></outline>
            <outline xmlUrl="https://a.example/feed?x=1&amp;y=2"/><outline xmlUrl="file:///etc/passwd"/><outline text="none"/>
            </body></opml>"#;
        assert_eq!(feeds(opml.as_bytes()), ["https://a.example/feed?x=1&y=2", "http://b.example/atom"]);
    }

    #[test]
    fn a_broken_list_gives_what_stands_before_the_break() {
        let broken = b"<opml><outline xmlUrl='http://a.example/'/><outline xmlUrl='http://b.exam";
        assert_eq!(feeds(broken), ["http://a.example/"]);
        assert!(feeds(b"no list \xff\x00").is_empty());
    }
}
