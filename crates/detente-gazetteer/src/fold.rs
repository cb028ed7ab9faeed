//! One spelling for the many ways of writing a name.

/// The key under which a name is looked up: lower case, without accents, dots and apostrophes, words joined by one
/// space; "Saint", "Mount" and "Fort" in their short form.
///
/// ```
/// # use detente_gazetteer::fold;
/// assert_eq!(fold("Saint-Étienne"), "st etienne");
/// assert_eq!(fold("N. Y."), "n y");
/// assert_eq!(fold("Côte d’Ivoire"), "cote divoire");
/// ```
pub fn fold(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut word = String::new();
    for c in name.chars().chain([' ']) {
        if !fold_char(c, &mut word) && !word.is_empty() {
            push_word(&mut key, &word);
            word.clear();
        }
    }
    key
}

fn push_word(key: &mut String, word: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    key.push_str(match word {
        "saint" => "st",
        "mount" => "mt",
        "fort" => "ft",
        other => other,
    });
}

/// Adds the folded letter to the word; false where the character parts words.
fn fold_char(c: char, word: &mut String) -> bool {
    match c {
        '.' | '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | '´' => {}
        'a'..='z' | '0'..='9' => word.push(c),
        'A'..='Z' => word.push(c.to_ascii_lowercase()),
        '\u{300}'..='\u{36f}' => {}
        _ => return fold_letter(c, word),
    }
    true
}

fn fold_letter(c: char, word: &mut String) -> bool {
    match c {
        'Æ' | 'æ' => word.push_str("ae"),
        'Œ' | 'œ' => word.push_str("oe"),
        'ß' => word.push_str("ss"),
        'Þ' | 'þ' => word.push_str("th"),
        _ => match accented(c) {
            Some(base) => word.push(base),
            None if c.is_alphanumeric() => c.to_lowercase().for_each(|lower| fold_lower(c, lower, word)),
            None => return false,
        },
    }
    true
}

/// The Ångström sign is an å in lower case, and that is folded in its turn.
fn fold_lower(c: char, lower: char, word: &mut String) {
    if lower == c {
        word.push(lower);
    } else {
        fold_char(lower, word);
    }
}

/// The plain letter under an accented one of Latin-1, Latin Extended-A and -B, and Latin Extended Additional.
fn accented(c: char) -> Option<char> {
    let code = c as u32;
    let base = match code {
        0xc0..0x250 => LATIN.as_bytes().get(code as usize - 0xc0),
        0x1e00..0x1f00 => ADDITIONAL.as_bytes().get(code as usize - 0x1e00),
        0x259 => Some(&b'a'),
        _ => None,
    };
    base.filter(|b| b.is_ascii_lowercase()).map(|b| *b as char)
}

/// U+00C0 to U+024F, a letter each; `.` and `*` stand for what has no plain letter.
const LATIN: &str = concat!(
    "aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*yaaaaaaccccccccddddeeeeeeeeee",
    "gggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz",
    "s.b........d...ea........kk......oo.............uu..yy...............*********aaiioouuuuuuuuuueaaaa",
    "**..ggkkoooo..j***gg..nnaa**ooaaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy",
    "............................",
);

/// U+1E00 to U+1EFF.
const ADDITIONAL: &str = concat!(
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr",
    "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas..*.aaaaaaaaaaaaaaaaaaaaaaaa",
    "eeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_a_letter_a_character() {
        assert_eq!((LATIN.len(), ADDITIONAL.len()), (0x250 - 0xc0, 0x100));
    }

    #[test]
    fn every_letter_folds_once_and_for_all() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "{c} U+{:04X}", c as u32);
        }
    }

    #[test]
    fn names_fold_to_one_key() {
        for (name, key) in [
            ("São Tomé", "sao tome"),
            ("St. Louis", "st louis"),
            ("Saint Louis", "st louis"),
            ("Mount Hood", "mt hood"),
            ("Winston-Salem", "winston salem"),
            ("U.S.", "us"),
            ("Łódź", "lodz"),
            ("Đà Nẵng", "da nang"),
            ("Trinidad & Tobago", "trinidad tobago"),
            ("Hawai‘i", "hawaii"),
            ("  ", ""),
            ("Бишкек", "бишкек"),
            ("\u{212b}ngstr\u{f6}m", "angstrom"),
        ] {
            assert_eq!(fold(name), key, "{name}");
        }
    }
}
