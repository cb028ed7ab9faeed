//! The day in an address: `/2017/05/02/`, `/2017/may/02/`, `-2017-05-02-`, `/20170502/`.

use jiff::civil::Date;

use super::{is_plausible, written};

/// The day an address states, if it states one to the day.
pub(crate) fn day(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    by_folders(path).or_else(|| by_run(path)).filter(|day| is_plausible(*day))
}

/// Three folders, or the first two and the head of the third.
fn by_folders(path: &str) -> Option<Date> {
    let folders: Vec<&str> = path.split('/').collect();
    folders.windows(3).find_map(|window| {
        let day: String = window[2].chars().take_while(char::is_ascii_digit).collect();
        let year = window[0].len() == 4 && window[0].bytes().all(|b| b.is_ascii_digit());
        (year && (1..=2).contains(&day.len()))
            .then(|| written::first_day(&format!("{} {day} {}", window[1], window[0])))
            .flatten()
            .or_else(|| {
                year.then(|| written::first_day(&format!("{}/{}/{day}", window[0], window[1]))).flatten()
            })
    })
}

/// `2017-05-02`, `2017_05_02` or `20170502` between other signs.
fn by_run(path: &str) -> Option<Date> {
    let bytes = path.as_bytes();
    let apart = |at: usize| at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_digit());
    let starts = (0..bytes.len()).filter(|at| apart(*at) && bytes[*at].is_ascii_digit());
    starts.into_iter().find_map(|at| run(&bytes[at..]))
}

fn run(bytes: &[u8]) -> Option<Date> {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let number = |from: usize, to: usize| std::str::from_utf8(&bytes[from..to]).ok()?.parse::<i16>().ok();
    let (month, day, end) = match digits {
        8 => (4, 6, 8),
        4 if bytes.len() >= 10 && matches!(bytes[4], b'-' | b'_' | b'.') && bytes[7] == bytes[4] => {
            (5, 8, 10)
        }
        _ => return None,
    };
    let closed = bytes.get(end).is_none_or(|b| !b.is_ascii_digit());
    let part = |from: usize| i8::try_from(number(from, from + 2)?).ok();
    closed.then(|| Date::new(number(0, 4)?, part(month)?, part(day)?).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_state_their_day() {
        let cases = [
            ("https://a.example/2017/05/02/talks", Some("2017-05-02")),
            ("https://a.example/2017/may/02/talks", Some("2017-05-02")),
            ("https://a.example/world/talks-2017-05-02.html", Some("2017-05-02")),
            ("https://a.example/a/20170502/talks", Some("2017-05-02")),
            ("https://a.example/2017/05/talks", None),
            ("https://a.example/id/1234567890", None),
            ("https://a.example/9999/99/99/", None),
            ("", None),
        ];
        for (url, expected) in cases {
            assert_eq!(day(url).map(|day| day.to_string()).as_deref(), expected, "{url}");
        }
    }
}
