//! Names of writers, as pages print them.

use std::sync::LazyLock;

use crate::date::written;
use crate::tables::list;

static BEFORE: LazyLock<Vec<&str>> = LazyLock::new(|| list("before-name"));
static AFTER: LazyLock<Vec<&str>> = LazyLock::new(|| list("after-name"));
static NOBODY: LazyLock<Vec<&str>> = LazyLock::new(|| list("nobody"));
static BYLINE: LazyLock<Vec<&str>> = LazyLock::new(|| list("byline"));

/// A line of writers has no more words than this.
const MOST_WORDS: usize = 12;
const MOST_BYTES: usize = 120;
/// "2" may be of a name, a date has more of them.
const MOST_DIGITS: usize = 3;

/// A writer's name without "By", roles and addresses; `None` for what is no name.
pub(super) fn name(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = without_role(before_more(after_date(without_opening(&folded))));
    is_name(name).then(|| name.to_owned())
}

/// Whether a line opens as bylines do.
pub(super) fn opens_byline(line: &str) -> bool {
    let line = line.to_lowercase();
    BYLINE.iter().any(|open| line.starts_with(open))
}

fn without_opening(text: &str) -> &str {
    BEFORE.iter().fold(text, |rest, open| rest.strip_prefix(open).map_or(rest, str::trim))
}

/// "Posted on May 2, 2017 by Ann Lee": what follows the date.
fn after_date(text: &str) -> &str {
    let split = text.rsplit_once(" by ").filter(|(before, _)| written::first_day(before).is_some());
    split.map_or(text, |(_, after)| after)
}

/// What stands before a sign or word that ends the name.
fn before_more(text: &str) -> &str {
    let cut =
        AFTER.iter().fold(text, |rest, sign| rest.split_once(sign).map_or(rest, |(name, _)| name.trim()));
    cut.trim_matches([',', '|', ' ', ':', '-'])
}

/// "Ann Lee, AFP" without the abbreviation.
fn without_role(name: &str) -> &str {
    let split = name.split_once(", ").filter(|(_, role)| role.len() <= 4);
    split.map_or(name, |(before, _)| before)
}

fn is_name(text: &str) -> bool {
    let words = (1..=MOST_WORDS).contains(&text.split_whitespace().count()) && text.len() <= MOST_BYTES;
    let address = text.starts_with("http") || text.contains("www.") || text.contains(['@', ':']);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    words
        && !address
        && digits <= MOST_DIGITS
        && text.starts_with(|c: char| !c.is_numeric())
        && text.contains(char::is_alphabetic)
        && !text.ends_with(" says")
        && !NOBODY.contains(&text.to_lowercase().as_str())
        && written::first_day(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bare() {
        let cases = [
            ("By Ann Lee", Some("Ann Lee")),
            ("Ann Lee | 2 May 2017", Some("Ann Lee")),
            ("Posted on May 2, 2017 by Ann Lee", Some("Ann Lee")),
            ("desk4 02/05 at 11:30", None),
            ("https://a.example/ann", None),
            ("2 May 2017", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
    }
}
