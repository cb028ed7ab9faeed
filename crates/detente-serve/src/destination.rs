//! Where subscriptions are delivered: an address of the web, or one of mail.
//!
//! The document of the interface tells an address by the pattern that it is tested by, so that what is told and what is taken are one.
//! Whether an address of the web may be reached is asked later and elsewhere, each time something is sent.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

/// An address as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Of the web.
    Web(String),
    /// Of mail, with `mailto:` before it.
    Mail(String),
}

/// Characters of an address.
pub const LONGEST: usize = 500;

/// Addresses of the web: a host by name or by number, no name or password before it.
pub const WEB: &str = "^https?://\
    (([A-Za-z0-9]+(-{1,2}[A-Za-z0-9]+)*\\.)*[A-Za-z][A-Za-z0-9]*(-{1,2}[A-Za-z0-9]+)*\
    |(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}\
    |\\[[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){7}\\]\
    |\\[([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,2})?::([0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,3})?\\])\
    (:([1-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?([/?#][!-~]*)?$";

/// Addresses of mail: nothing that could be taken for more than one, or for a header.
pub const MAIL: &str = "^(mailto:)?[A-Za-z0-9]+((\\.|\\.?([_+-]+\\.?)+)[A-Za-z0-9]+)*\
    @[A-Za-z0-9]+(-+[A-Za-z0-9]+)*(\\.[A-Za-z0-9]+(-+[A-Za-z0-9]+)*)+$";

static IS_WEB: LazyLock<Regex> = LazyLock::new(|| compiled(WEB));
static IS_MAIL: LazyLock<Regex> = LazyLock::new(|| compiled(MAIL));

impl Destination {
    /// The destination that a text tells; nothing where it tells none.
    pub fn of(text: &str) -> Option<Self> {
        if text.chars().count() > LONGEST {
            return None;
        }
        if IS_MAIL.is_match(text) {
            let (name, host) = mailed(text).unwrap_or(text).split_once('@')?;
            return Some(Self::Mail(format!("{MAILTO}{name}@{}", host.to_lowercase())));
        }
        let url = IS_WEB.is_match(text).then(|| Url::parse(text).ok())??;
        Some(Self::Web(url.to_string()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Web(address) | Self::Mail(address) => address,
        }
    }
}

/// What addresses of mail begin with.
const MAILTO: &str = "mailto:";

/// The address that a subscription is mailed to, if it is.
pub fn mailed(url: &str) -> Option<&str> {
    url.strip_prefix(MAILTO)
}

#[allow(clippy::expect_used, reason = "both patterns are ours; the tests compile them")]
fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

#[cfg(test)]
mod tests {
    use super::Destination::{Mail, Web};
    use super::*;

    #[test]
    fn addresses_of_the_web_are_told_by_name_and_number() {
        for (given, kept) in [
            ("https://hooks.test/desk?to=a#b", "https://hooks.test/desk?to=a#b"),
            ("HTTPS://hooks.test", ""),
            ("https://Hooks.Test", "https://hooks.test/"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example/"),
            ("https://3cx.example:8443/in", "https://3cx.example:8443/in"),
            ("http://192.168.0.1", "http://192.168.0.1/"),
            ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]/x"),
            ("http://[1:2:3:4:5:6:7:8]/", "http://[1:2:3:4:5:6:7:8]/"),
            ("http://[::1]:65535/", "http://[::1]:65535/"),
            ("http://a.test:65536/", ""),
            ("http://256.0.0.1/", ""),
            ("http://010.0.0.1/", ""),
            ("http://1.2.3/", ""),
            ("http://a..b/", ""),
            ("http://user:word@a.test/", ""),
            ("http://a.test@b.test/", ""),
            ("http://a.test/ b", ""),
            ("http://a.test/\n", ""),
            ("ftp://a.test/", ""),
        ] {
            let kept = (!kept.is_empty()).then(|| Web(kept.to_owned()));
            assert_eq!(Destination::of(given), kept, "{given}");
        }
    }

    #[test]
    fn addresses_of_mail_are_one_each() {
        for (given, kept) in [
            ("ann.b-c+news@Example.org", "mailto:ann.b-c+news@example.org"),
            ("mailto:ann@example.org", "mailto:ann@example.org"),
            ("ann@example", ""),
            ("ann..b@example.org", ""),
            (".ann@example.org", ""),
            ("ann@example.org,bob@example.org", ""),
            ("ann@example.org\nBcc: x@y.org", ""),
            ("mailto:a@b.org?cc=c@d.org", ""),
            ("mailto:ann.b+c@News.Example.org", "mailto:ann.b+c@news.example.org"),
            ("mailto:", ""),
            ("mailto:ann", ""),
            ("mailto:\"a b\"@example.org", ""),
            ("mailto:<ann@example.org>", ""),
            ("mailto:ann@[127.0.0.1]", ""),
            ("mailto:ann%0a@example.org", ""),
        ] {
            let kept = (!kept.is_empty()).then(|| Mail(kept.to_owned()));
            assert_eq!(Destination::of(given), kept, "{given}");
        }
    }
}
