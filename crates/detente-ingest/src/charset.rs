//! Bytes to text, as browsers do it: a byte order mark, then what the transport said, then the page's own meta
//! element, then UTF-8 if it is valid, then a guess from the letters.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

/// What is known of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint<'a> {
    /// Nothing: plain text, JSON, CSV.
    None,
    /// A page: its head may name the encoding.
    Html,
    /// The transport named a `charset`.
    Label(&'a str),
}

/// Text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark; bytes that mean nothing are U+FFFD.
    pub text: String,
    /// The name of the encoding, as the WHATWG standard spells it.
    pub encoding: &'static str,
    /// Whether some bytes meant nothing in that encoding.
    pub damaged: bool,
}

/// How much of a page is searched for its meta element; the standard says 1024, pages say otherwise.
const HEAD: usize = 4096;

/// Decodes a whole text.
pub fn decode(bytes: &[u8], hint: Hint<'_>) -> Decoded {
    let encoding =
        Encoding::for_bom(bytes).map(|(encoding, _)| encoding).unwrap_or_else(|| choose(bytes, hint));
    let (text, encoding, damaged) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), damaged }
}

fn choose(bytes: &[u8], hint: Hint<'_>) -> &'static Encoding {
    let labelled = match hint {
        Hint::Label(label) => Encoding::for_label(label.trim().as_bytes()),
        Hint::Html => declared(bytes),
        Hint::None => None,
    };
    let valid = || std::str::from_utf8(bytes).is_ok().then_some(UTF_8);
    match labelled {
        Some(encoding) if encoding == WINDOWS_1252 => valid().unwrap_or(encoding),
        Some(encoding) => encoding,
        None => wide(bytes).or_else(valid).unwrap_or_else(|| guess(bytes)),
    }
}

/// `<meta charset=…>`, `<meta http-equiv … charset=…>` or `<?xml encoding=…?>`. A page that can be read so far as to
/// say UTF-16 is not in UTF-16.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let lower = head.to_ascii_lowercase();
    let label = ["charset", "encoding"].iter().find_map(|name| value_after(&lower, name.as_bytes()))?;
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The value in `name = "value"`, wherever the name first has one.
fn value_after<'a>(lower: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    memmem::find_iter(lower, name).find_map(|at| {
        let rest = lower[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let bare = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let length =
            bare.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')).count();
        (length > 0).then(|| &bare[..length])
    })
}

/// UTF-16 without a mark: every second byte of mostly Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count() * 10;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > sample.len() * 3 && even < sample.len() => Some(UTF_16LE),
        (even, odd) if even > sample.len() * 3 && odd < sample.len() => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new();
    detector.feed(&bytes[..bytes.len().min(64 << 10)], true);
    detector.guess(None, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_of_the_encoding_is_heard() {
        let cases: [(&[u8], Hint<'_>, &str, &str); 8] = [
            (b"\xef\xbb\xbfa", Hint::None, "a", "UTF-8"),
            ("é".as_bytes(), Hint::None, "é", "UTF-8"),
            (
                b"<meta charset=\"iso-8859-2\">\xb1",
                Hint::Html,
                "<meta charset=\"iso-8859-2\">ą",
                "ISO-8859-2",
            ),
            (
                b"<meta content='text/html; charset=windows-1251'>\xe4\xe0",
                Hint::Html,
                "<meta content='text/html; charset=windows-1251'>да",
                "windows-1251",
            ),
            (b"\xe9", Hint::Label("latin1"), "é", "windows-1252"),
            (b"a\0b\0c\0d\0", Hint::None, "abcd", "UTF-16LE"),
            (b"\xff\xfea\0", Hint::Html, "a", "UTF-16LE"),
            (b"caf\xe9 au lait", Hint::None, "café au lait", "windows-1252"),
        ];
        for (bytes, hint, text, encoding) in cases {
            let decoded = decode(bytes, hint);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
    }

    #[test]
    fn damage_is_seen() {
        assert!(decode(b"\xff\xff\xff", Hint::Label("utf-8")).damaged);
    }
}
