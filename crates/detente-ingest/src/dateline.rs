//! "GENEVA, April 8 (AFP) -": the place, day and agency at the head of a wire report.

use std::sync::LazyLock;

use detente_model::{Dateline, Span};

use crate::date::written;
use crate::tables::list;

static AGENCIES: LazyLock<Vec<&str>> = LazyLock::new(|| list("agency"));
static PLACE_PARTICLES: LazyLock<Vec<&str>> = LazyLock::new(|| list("place-particle"));

/// No dateline is longer than this.
const LONGEST: usize = 110;

/// The dateline that opens `text[at]`, the first paragraph of a report.
pub(crate) fn find(text: &str, at: Span) -> Option<Dateline> {
    let paragraph = &text[at.range()];
    let (head, end) = marks(paragraph).find_map(|(from, to)| {
        let head = paragraph[..from].trim_end();
        let rest = paragraph[to..].trim_start();
        parse(head, rest).map(|parts| (parts, to))
    })?;
    let span = Span::new(at.start, at.start + end);
    Some(Dateline {
        span,
        place: head.place.map(str::to_owned),
        date: head.date.map(str::to_owned),
        agency: head.agency.map(str::to_owned),
    })
}

/// The dashes that could close a dateline: from their first byte to one past their last.
fn marks(paragraph: &str) -> impl Iterator<Item = (usize, usize)> {
    let starts = paragraph.char_indices().take_while(|(at, _)| *at < LONGEST);
    starts.filter_map(|(at, c)| {
        let rest = &paragraph[at..];
        let length = match c {
            '—' | '–' => c.len_utf8(),
            '-' if rest.starts_with("--") => rest.len() - rest.trim_start_matches('-').len(),
            '-' | '_' | ':' if spaced(paragraph, at) => 1,
            _ => return None,
        };
        Some((at, at + length))
    })
}

/// Whether a single mark stands apart from the words: a space before and after it, or a bracket before it.
fn spaced(paragraph: &str, at: usize) -> bool {
    let before = paragraph[..at].chars().next_back();
    let after = paragraph[at + 1..].chars().next();
    match paragraph.as_bytes()[at] {
        b':' => before == Some(')') && after.is_none_or(char::is_whitespace),
        b'_' => after.is_none_or(char::is_whitespace),
        _ => {
            matches!(before, Some(c) if c == ')' || c.is_whitespace())
                && after.is_none_or(char::is_whitespace)
        }
    }
}

#[derive(Debug, Default)]
struct Head<'a> {
    place: Option<&'a str>,
    date: Option<&'a str>,
    agency: Option<&'a str>,
}

/// Takes `GENEVA, April 8 (AFP)` apart; `None` when it is no dateline.
fn parse<'a>(head: &'a str, rest: &str) -> Option<Head<'a>> {
    let (bare, agency) = split_agency(head);
    let (place, date) = split_date(bare);
    let place = place.trim_matches([',', ' ', ';']);
    let capital = place.split([' ', ',', '/']).next().is_some_and(is_capitals);
    let marked = agency.is_some() || date.is_some();
    if place.is_empty() || !is_place(place) || !(capital || marked) || !opens_report(rest) {
        return None;
    }
    Some(Head { place: Some(place), date, agency })
}

/// What follows a dateline begins a sentence.
fn opens_report(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\'' | '`'))
}

/// `(AFP)` at the end, or set off by a comma or slash: `Moscow, TASS`.
fn split_agency(head: &str) -> (&str, Option<&str>) {
    if let Some(open) = head.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        let name = head[open + 1..head.len() - 1].trim();
        let fits = !name.is_empty() && name.len() <= 40 && name.starts_with(char::is_uppercase);
        return if fits { (head[..open].trim_end(), Some(name)) } else { (head, None) };
    }
    let last = head.rfind([',', '/', ' ']).map(|cut| (head[..cut].trim_end(), head[cut + 1..].trim()));
    match last {
        Some((before, name)) if AGENCIES.contains(&name) => {
            (before.trim_end_matches([',', '/', ' ']), Some(name))
        }
        _ => (head, None),
    }
}

/// The day at the end: `MOSCOW, April 8`, `Oslo, 8 April 2017`, `PARIS, Jan. 3, 2006`.
fn split_date(head: &str) -> (&str, Option<&str>) {
    let cuts = head.char_indices().filter(|(_, c)| matches!(c, ',' | ' ')).map(|(at, _)| at + 1);
    let starts = std::iter::once(0).chain(cuts);
    for from in starts {
        let tail = head[from..].trim();
        if !tail.is_empty() && written::is_day(tail) {
            return (head[..from].trim_end_matches([',', ' ']), Some(tail));
        }
    }
    (head, None)
}

/// One to seven words that all open with a capital, but for small joining words.
fn is_place(place: &str) -> bool {
    let words = place.split([' ', '/', '-']).filter(|word| !word.is_empty());
    let fits = |word: &str| {
        word.starts_with(char::is_uppercase) || PLACE_PARTICLES.contains(&word.to_lowercase().as_str())
    };
    let marks =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '\'' | '’' | '-' | '/' | '(' | ')');
    place.chars().all(marks) && place.starts_with(char::is_uppercase) && words.clone().count() <= 7 && {
        words
    }
    .all(fits)
}

fn is_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && { letters }.all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_taken_apart() {
        let cases: [(&str, Option<[&str; 3]>); 13] = [
            ("GENEVA, April 8 (AFP) - Envoys met.", Some(["GENEVA", "April 8", "AFP"])),
            ("BEIJING, Nov. 14(Xinhua)-- Passengers left.", Some(["BEIJING", "Nov. 14", "Xinhua"])),
            ("WASHINGTON (AP) --", Some(["WASHINGTON", "", "AP"])),
            ("CANBERRA, Australia (AP)_ The ships sailed.", Some(["CANBERRA, Australia", "", "AP"])),
            ("CHARLESTON, W.Va. -- All lanes are open.", Some(["CHARLESTON, W.Va.", "", ""])),
            ("Oslo, 8 April 2017 - The minister left.", Some(["Oslo", "8 April 2017", ""])),
            ("MOSCOW, May 2. /TASS/. Talks go on.", None),
            ("LONDON — The cabinet met.", Some(["LONDON", "", ""])),
            ("Moscow, TASS - The envoy left.", Some(["Moscow", "", "TASS"])),
            ("The minister left -- and came back.", None),
            ("Rebels in the north -- Some of them armed -- fled.", None),
            ("He said: \"No.\"", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = find(text, Span::new(0, text.len()));
            let parts = found.map(|d| [d.place, d.date, d.agency].map(Option::unwrap_or_default));
            assert_eq!(parts, expected.map(|parts| parts.map(str::to_owned)), "{text}");
        }
    }
}
