//! The form in which words are compared: lower case, without accents, dots and apostrophes; hyphens part words.
//!
//! However a tokenizer cuts "al-Assad", "U.S." or "Côte d'Ivoire", the key is the same: `al assad`, `us`, `cote d ivoire`.

use std::sync::OnceLock;

/// Appends the words of one token to a key.
///
/// Letters and digits are folded, dots are dropped ("U.S." is `us`), and whatever else stands between letters parts words.
pub fn push_key(key: &mut String, token: &str) {
    break_word(key);
    for c in token.chars() {
        match c {
            'a'..='z' | '0'..='9' => key.push(c),
            'A'..='Z' => key.push(c.to_ascii_lowercase()),
            '.' => {}
            _ if c.is_ascii() => break_word(key),
            _ => push_folded(key, c),
        }
    }
}

/// The key of a phrase.
pub fn key_of(phrase: &str) -> String {
    let mut key = String::with_capacity(phrase.len());
    for word in phrase.split_whitespace() {
        push_key(&mut key, word);
    }
    key.truncate(key.trim_end().len());
    key
}

/// How a phrase must be written to be taken for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// A common word: any letters do.
    Any,
    /// A name: it begins with a capital.
    Capital,
    /// An acronym: every letter is a capital ("US", not "us").
    Upper,
}

impl Case {
    /// The case a listed form asks for: what it is itself written in. Acronyms are forms of at most six capitals.
    pub fn of_form(form: &str) -> Case {
        let mut letters = form.chars().filter(|c| c.is_alphabetic());
        match letters.next() {
            Some(first) if first.is_uppercase() || !has_case(first) => {
                let short = form.chars().filter(|c| c.is_alphanumeric()).count() <= 6;
                let upper = short && !form.contains(' ') && letters.all(|c| !c.is_lowercase());
                if upper { Case::Upper } else { Case::Capital }
            }
            _ if starts_with_particle(form) => Case::Capital,
            _ => Case::Any,
        }
    }

    /// Whether a phrase written in this case may be a form that asks for `wanted`.
    pub fn satisfies(self, wanted: Case) -> bool {
        self >= wanted
    }
}

/// The case that the words of a phrase are written in. A small particle in front of a name ("al-Assad", "de Gaulle") counts
/// for nothing; any other small word makes it a common phrase ("central African").
pub fn case_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Case {
    let (mut first, mut all_upper, mut any_upper) = (None, true, false);
    for word in
        words.into_iter().flat_map(|word| word.split(['-', '\''])).filter(|w| w.contains(char::is_alphabetic))
    {
        let initial = word.chars().find(|c| c.is_alphabetic()).unwrap_or(' ');
        if !is_particle(word) {
            first.get_or_insert(initial);
        }
        all_upper &= !word.contains(char::is_lowercase);
        any_upper |= !initial.is_lowercase();
    }
    match first {
        _ if all_upper => Case::Upper,
        Some(c) if !c.is_lowercase() => Case::Capital,
        None if any_upper => Case::Capital,
        _ => Case::Any,
    }
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "the", "al", "el", "de", "da", "di", "du", "del", "della", "van", "von", "der", "den", "bin", "ben",
        "ibn", "ul", "la", "le", "d", "l", "abu", "dos", "das", "do", "san", "ad", "as", "ash", "an", "ar",
        "at", "az", "ni", "i",
    ];
    PARTICLES.contains(&word)
}

fn has_case(c: char) -> bool {
    c.is_uppercase() || c.is_lowercase()
}

fn starts_with_particle(form: &str) -> bool {
    form.chars().any(char::is_uppercase)
}

fn break_word(key: &mut String) {
    if !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
}

fn push_folded(key: &mut String, c: char) {
    match fold(c) {
        Some(base) => key.push_str(base),
        None if c.is_alphanumeric() => c.to_lowercase().for_each(|lower| push_lower(key, c, lower)),
        None if is_silent(c) => {}
        None => break_word(key),
    }
}

/// The Kelvin sign is a k in lower case, and that is folded in its turn.
fn push_lower(key: &mut String, c: char, lower: char) {
    if lower == c {
        key.push(lower);
    } else {
        push_folded(key, lower);
    }
}

/// Combining accents and zero-width marks.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{ad}' | '\u{feff}')
}

/// The plain letters of an accented Latin letter.
fn fold(c: char) -> Option<&'static str> {
    const GROUPS: &[(&str, &str)] = &[
        ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶəƏ"),
        ("ae", "æÆ"),
        ("c", "çćĉċčÇĆĈĊČ"),
        ("d", "ďđðĎĐÐ"),
        ("dh", "ḏḎ"),
        ("e", "èéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"),
        ("g", "ĝğġģǧĜĞĠĢǦ"),
        ("h", "ĥħḥḩĤĦḤḨ"),
        ("i", "ìíîïĩīĭįıǐịỉÌÍÎÏĨĪĬĮİǏỊỈ"),
        ("j", "ĵĴ"),
        ("k", "ķĸḳĶḲ"),
        ("l", "ĺļľŀłĹĻĽĿŁ"),
        ("n", "ñńņňŋÑŃŅŇŊ"),
        ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợÒÓÔÕÖØŌŎŐǑƠỌỎỐỒỔỖỘỚỜỞỠỢ"),
        ("oe", "œŒ"),
        ("r", "ŕŗřŔŖŘ"),
        ("s", "śŝşšșṣŚŜŞŠȘṢ"),
        ("ss", "ß"),
        ("t", "ţťŧțṭŢŤŦȚṬ"),
        ("th", "þÞ"),
        ("u", "ùúûüũūŭůűųǔưụủứừửữựÙÚÛÜŨŪŬŮŰŲǓƯỤỦỨỪỬỮỰ"),
        ("w", "ŵŴ"),
        ("y", "ýÿŷỳỵỷỹÝŸŶỲỴỶỸ"),
        ("z", "źżžẓŹŻŽẒ"),
    ];
    static SORTED: OnceLock<Vec<(char, &'static str)>> = OnceLock::new();
    let sorted = SORTED.get_or_init(|| {
        let mut all: Vec<_> =
            GROUPS.iter().flat_map(|(base, letters)| letters.chars().map(|c| (c, *base))).collect();
        all.sort_by_key(|(c, _)| *c);
        all
    });
    sorted.binary_search_by_key(&c, |(c, _)| *c).ok().map(|i| sorted[i].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_depend_on_the_tokenizer() {
        for (a, b) in [
            ("al-Assad", "al - Assad"),
            ("U.S.", "US"),
            ("Côte d'Ivoire", "Cote d 'Ivoire"),
            ("People's Republic", "People 's Republic"),
            ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
            ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
        ] {
            assert_eq!(key_of(a), key_of(b));
        }
    }

    #[test]
    fn case_of_forms_and_words() {
        assert_eq!(Case::of_form("U.S."), Case::Upper);
        assert_eq!(Case::of_form("foreign minister"), Case::Any);
        assert_eq!(Case::of_form("Turkey"), Case::Capital);
        assert_eq!(Case::of_form("al-Assad"), Case::Capital);
        assert!(!case_of(["us"]).satisfies(Case::Upper));
        assert!(case_of(["U.S."]).satisfies(Case::Upper));
        assert!(!case_of(["turkey"]).satisfies(Case::Capital));
        assert!(case_of(["al", "-", "Assad"]).satisfies(Case::Capital));
    }
}
