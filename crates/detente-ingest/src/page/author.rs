//! Names of writers, as pages print them.

use crate::date::written;

/// A writer's name without "By", roles and addresses; `None` for what is no name.
pub(super) fn name(text: &str) -> Option<String> {
    let mut bare = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for prefix in [
        "Post author ",
        "View all posts by ",
        "Written by ",
        "written by ",
        "Posted by ",
        "posted by ",
        "Published by ",
        "Author: ",
        "Author:",
        "Autor: ",
        "By: ",
        "By ",
        "by ",
        "BY ",
        "Von: ",
        "Von ",
        "von ",
        "Por ",
        "Par ",
    ] {
        if let Some(rest) = bare.strip_prefix(prefix) {
            bare = rest.trim().to_owned();
        }
    }
    if let Some((_, after)) =
        bare.rsplit_once(" by ").filter(|(before, _)| written::first_day(before).is_some())
    {
        bare = after.to_owned();
    }
    for sign in [
        " | ",
        " • ",
        " · ",
        " – ",
        " — ",
        " on ",
        " / ",
        " Published ",
        " Updated ",
        " in ",
        "\u{2022}",
        " says",
        " Shares",
        ", Staff",
        " (",
        " @",
    ] {
        if let Some((before, _)) = bare.split_once(sign) {
            bare = before.trim().to_owned();
        }
    }
    let bare = bare.trim_matches([',', '|', ' ', ':', '-']);
    let bare = bare
        .split_once(", ")
        .filter(|(_, role)| role.len() <= 4)
        .map_or(bare, |(before, _)| before)
        .to_owned();
    let wordy = (1..=12).contains(&bare.split_whitespace().count());
    let address = bare.starts_with("http") || bare.contains("www.") || bare.contains('@');
    let dated = written::first_day(&bare).is_some();
    let empty = [
        "by",
        "von",
        "posted",
        "follow",
        "no author",
        "author",
        "admin",
        "unknown",
        "staff",
        "editor",
        "guest",
    ];
    let numbers = bare.chars().filter(char::is_ascii_digit).count();
    let named = numbers <= 3
        && !bare.contains(':')
        && !empty.contains(&bare.to_lowercase().as_str())
        && !bare.ends_with(" says")
        && bare.starts_with(|c: char| !c.is_numeric());
    (wordy && named && !address && !dated && bare.chars().any(char::is_alphabetic) && bare.len() <= 120)
        .then_some(bare)
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
