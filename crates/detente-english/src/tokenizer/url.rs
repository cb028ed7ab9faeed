//! Whether a run of non-space characters is an address: a web address, a host name or an e-mail address.
//!
//! The same language as the model's address pattern: an optional scheme, an optional user, a host that is a public
//! IPv4 address or a domain name, an optional port, an optional path. The pattern tries all ways to split a text; a
//! host, however, holds no `@`, so each possible begin of a host is read once and no further than the next `@`,
//! which makes the test linear.

use crate::characters::{Characters, Class};

/// Whether the whole text is an address.
pub(crate) fn is_address(characters: &Characters, text: &str) -> bool {
    if !text.contains('.') {
        return false;
    }
    let reader = Reader { characters };
    let after_user = text.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| at + 1);
    [0].into_iter()
        .chain(reader.after_scheme(text))
        .chain(after_user)
        .any(|host| reader.is_host_and_rest(&text[host..]))
}

struct Reader<'a> {
    characters: &'a Characters,
}

impl Reader<'_> {
    /// Where a text goes on after its scheme, if it has one of at least two characters.
    fn after_scheme(&self, text: &str) -> Option<usize> {
        let end = text.find("://")?;
        let scheme = &text[..end];
        let fits = |c: char| matches!(c, '+' | '-' | '.') || self.characters.is(c, Class::WORD);
        (scheme.chars().nth(1).is_some() && scheme.chars().all(fits)).then_some(end + 3)
    }

    fn is_host_and_rest(&self, text: &str) -> bool {
        self.ip_address(text).is_some_and(|end| self.is_rest(&text[end..]))
            || self.domain_name(text).is_some_and(|end| self.is_rest(&text[end..]))
    }

    /// The end of a domain name: labels, each with a full stop, and a top-level domain in small letters.
    fn domain_name(&self, text: &str) -> Option<usize> {
        let mut at = 0;
        while let Some(label) = label(&text[at..]) {
            at += label + 1;
        }
        let last = &text[at..];
        let length = last.find(|c| !self.characters.is(c, Class::ALPHA_LOWER)).unwrap_or(last.len());
        let letters = last[..length].chars().take(64).count();
        (at > 0 && (2..=63).contains(&letters)).then_some(at + length)
    }

    /// The end of an IPv4 address, if it is none of the private ones.
    fn ip_address(&self, text: &str) -> Option<usize> {
        let mut at = 0;
        let mut octets = [""; 4];
        for (i, octet) in octets.iter_mut().enumerate() {
            if i > 0 {
                at += text[at..].starts_with('.').then_some(1)?;
            }
            *octet = self.digits(&text[at..], 3)?;
            at += octet.len();
        }
        let [first, second, third, last] = octets;
        let private = match first {
            "10" | "127" => true,
            "169" => second == "254",
            "172" => self.is_private_172(second),
            "192" => second == "168",
            _ => false,
        };
        (!private
            && self.is_first(first)
            && self.is_middle(second)
            && self.is_middle(third)
            && self.is_last(last))
        .then_some(at)
    }

    /// All the digits that a text begins with, if there are any and at most `most`.
    fn digits<'t>(&self, text: &'t str, most: usize) -> Option<&'t str> {
        let mut end = 0;
        for (i, c) in text.chars().take_while(|c| self.characters.is(*c, Class::DECIMAL)).enumerate() {
            if i == most {
                return None;
            }
            end += c.len_utf8();
        }
        (end > 0).then(|| &text[..end])
    }

    fn is_private_172(&self, octet: &str) -> bool {
        matches!(octet, "16" | "17" | "18" | "19" | "30" | "31") || self.is_like(octet, "2d")
    }

    fn is_first(&self, octet: &str) -> bool {
        ["n", "nd", "1dd"].iter().any(|p| self.is_like(octet, p))
            || ["20d", "21d"].iter().any(|p| self.is_like(octet, p))
            || matches!(octet, "220" | "221" | "222" | "223")
    }

    fn is_middle(&self, octet: &str) -> bool {
        ["d", "dd", "1dd"].iter().any(|p| self.is_like(octet, p)) || self.is_two_hundred(octet, b'5')
    }

    fn is_last(&self, octet: &str) -> bool {
        ["n", "nd", "1dd"].iter().any(|p| self.is_like(octet, p)) || self.is_two_hundred(octet, b'4')
    }

    /// 200 to 249, or 250 up to the given last digit.
    fn is_two_hundred(&self, octet: &str, last: u8) -> bool {
        ["20d", "21d", "22d", "23d", "24d"].iter().any(|p| self.is_like(octet, p))
            || matches!(octet.as_bytes(), [b'2', b'5', c] if (b'0'..=last).contains(c))
    }

    /// Whether a text fits a shape: `d` stands for any digit, `n` for 1 to 9, all else for itself.
    fn is_like(&self, text: &str, shape: &str) -> bool {
        let fits = |(c, s): (char, char)| match s {
            'd' => self.characters.is(c, Class::DECIMAL),
            'n' => ('1'..='9').contains(&c),
            _ => c == s,
        };
        text.chars().count() == shape.len() && text.chars().zip(shape.chars()).all(fits)
    }

    /// Whether what stands after the host is a port, a path, both or nothing.
    fn is_rest(&self, text: &str) -> bool {
        is_path(text) || text.strip_prefix(':').is_some_and(|port| self.is_port(port))
    }

    fn is_port(&self, text: &str) -> bool {
        self.digits(text, 5).is_some_and(|port| port.chars().count() >= 2 && is_path(&text[port.len()..]))
    }
}

fn is_path(text: &str) -> bool {
    text.is_empty() || text.starts_with(['/', '?', '#'])
}

/// The length of a domain label that a full stop follows: 1 to 64 characters, no hyphen or underscore at the ends.
fn label(text: &str) -> Option<usize> {
    let (mut length, mut at_end) = (0, true);
    for (i, c) in text.char_indices() {
        match c {
            '.' => return (length > 0 && !at_end).then_some(i),
            '-' | '_' if length > 0 => at_end = true,
            c if is_host_character(c) => at_end = false,
            _ => return None,
        }
        length += 1;
        if length > 64 {
            return None;
        }
    }
    None
}

fn is_host_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}
