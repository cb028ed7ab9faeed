//! The regular plural of a title: "minister", "secretary of state", "attorney general".

/// The plural of a phrase: its head noun, the last word before "of", "in", "for", "to" or "at", is made plural.
pub fn of(phrase: &str) -> String {
    const STOPS: &[&str] =
        &[" of ", " in ", " for ", " to ", " at ", " on ", "-in-", "-at-", "-general", " general", "-elect"];
    let cut = STOPS
        .iter()
        .filter_map(|stop| phrase.find(stop))
        .min()
        .filter(|&i| i > 0 && !is_plain_general(phrase, i));
    let (head, rest) = phrase.split_at(cut.unwrap_or(phrase.len()));
    format!("{}{rest}", word(head))
}

/// "brigadier general", "major general": the last word is the head; "attorney general", "secretary-general": the first.
fn is_plain_general(phrase: &str, at: usize) -> bool {
    let military = ["major", "brigadier", "lieutenant", "colonel", "army", "retired", "top"];
    phrase[at..].trim_start_matches([' ', '-']) == "general"
        && military.iter().any(|rank| phrase[..at].ends_with(rank))
}

fn word(word: &str) -> String {
    let stem = |n: usize| &word[..word.len() - n];
    let last = word.rsplit([' ', '-']).next().unwrap_or(word);
    match last {
        _ if last.ends_with("woman") || last.ends_with("man") && !is_regular_man(last) => {
            format!("{}en", stem(2))
        }
        _ if last.ends_with("person") => format!("{}people", stem(6)),
        "child" => format!("{word}ren"),
        "wife" => format!("{}ves", stem(2)),
        "chief" | "staff" | "proof" => format!("{word}s"),
        _ if last.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|end| last.ends_with(end)) => {
            format!("{}ies", stem(1))
        }
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| last.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn is_regular_man(word: &str) -> bool {
    ["german", "roman", "shaman", "ottoman", "human", "talisman"].contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn plurals() {
        for (one, many) in [
            ("minister", "ministers"),
            ("secretary of state", "secretaries of state"),
            ("spokeswoman", "spokeswomen"),
            ("spokesperson", "spokespeople"),
            ("attorney general", "attorneys general"),
            ("major general", "major generals"),
            ("secretary-general", "secretaries-general"),
            ("commander-in-chief", "commanders-in-chief"),
            ("chief", "chiefs"),
            ("envoy", "envoys"),
            ("witness", "witnesses"),
            ("army", "armies"),
        ] {
            assert_eq!(of(one), many);
        }
    }
}
