//! Phrases that give a line away: read from a lexicon, found in a line word by word.

use std::str::FromStr;

use rustc_hash::FxHashMap;

/// Where in a line a phrase has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the whole line, but for punctuation at both ends.
    Line,
    /// The line begins with it.
    Start,
    /// The line ends with it.
    End,
    /// Anywhere.
    Within,
}

impl Place {
    /// Reads the name used in the lexicon.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "line" => Some(Self::Line),
            "start" => Some(Self::Start),
            "end" => Some(Self::End),
            "within" => Some(Self::Within),
            _ => None,
        }
    }
}

/// A phrase and what it means.
#[derive(Debug, Clone)]
pub(crate) struct Cue<K> {
    pub kind: K,
    place: Place,
    most_words: usize,
    tokens: Vec<String>,
}

impl<K: FromStr> Cue<K> {
    /// A cue from the columns of a lexicon row.
    pub(crate) fn new(kind: &str, place: &str, most_words: usize, phrase: &str) -> Option<Self> {
        let folded = fold(phrase);
        let tokens = tokens(&folded).into_iter().map(str::to_owned).collect();
        Some(Self { kind: kind.parse().ok()?, place: Place::named(place)?, most_words, tokens })
    }
}

/// Many cues, found by their first word.
#[derive(Debug)]
pub(crate) struct Cues<K> {
    by_first: FxHashMap<String, Vec<Cue<K>>>,
    most_words: usize,
}

impl<K: Copy> Cues<K> {
    /// The cues in the order given; of several that fit at one word the first wins.
    pub(crate) fn new(cues: impl IntoIterator<Item = Cue<K>>) -> Self {
        let mut by_first: FxHashMap<String, Vec<Cue<K>>> = FxHashMap::default();
        let mut most_words = 0;
        for cue in cues {
            most_words = most_words.max(cue.most_words);
            if let Some(first) = cue.tokens.first() {
                by_first.entry(first.clone()).or_default().push(cue);
            }
        }
        Self { by_first, most_words }
    }

    /// What the line is by its words, and the bytes of the words that say so.
    pub(crate) fn find<'a>(&self, line: &'a str) -> Option<(K, &'a str)> {
        let length = crate::lines::words(line, self.most_words);
        if length > self.most_words {
            return None;
        }
        let folded = fold(line);
        let words = tokens(&folded);
        (0..words.len()).find_map(|at| self.find_at(&words, at, length)).map(|(kind, from, to)| {
            let found = (offset(&folded, words[from]), offset(&folded, words[to - 1]) + words[to - 1].len());
            (kind, original(line, &folded, found))
        })
    }

    fn find_at(&self, words: &[&str], at: usize, length: usize) -> Option<(K, usize, usize)> {
        let number = words[at].starts_with(|c: char| c.is_ascii_digit());
        let exact = self.by_first.get(words[at]);
        let numeric = number.then(|| self.by_first.get("#")).flatten();
        let cues = exact.into_iter().chain(numeric).flatten();
        let fitting = cues.filter(|cue| length <= cue.most_words).find(|cue| cue.fits(words, at));
        fitting.map(|cue| (cue.kind, at, at + cue.tokens.len()))
    }
}

impl<K> Cue<K> {
    fn fits(&self, words: &[&str], at: usize) -> bool {
        let end = at + self.tokens.len();
        if end > words.len() || !self.tokens.iter().zip(&words[at..]).all(|(want, have)| same(want, have)) {
            return false;
        }
        let opens = || words[..at].iter().all(|word| is_mark(word));
        let closes = || words[end..].iter().all(|word| is_mark(word));
        match self.place {
            Place::Within => true,
            Place::Start => opens(),
            Place::End => closes(),
            Place::Line => opens() && closes(),
        }
    }
}

fn same(want: &str, have: &str) -> bool {
    want == have || want == "#" && have.starts_with(|c: char| c.is_ascii_digit())
}

fn is_mark(token: &str) -> bool {
    !token.starts_with(char::is_alphanumeric)
}

/// Lower case with plain apostrophes, byte for byte no longer a match of the original but token for token one.
fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '’' | '‘' | '`' => folded.push('\''),
            _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Words (letters, digits, and apostrophes inside) and single marks.
fn tokens(folded: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in folded.char_indices() {
        let inside =
            c.is_alphanumeric() || matches!(c, '\'' | '-' | '.' | ',') && joins(folded, at, c, start);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(&folded[from..at]);
                start = None;
            }
            _ => {}
        }
        if !inside && !c.is_whitespace() {
            found.push(&folded[at..at + c.len_utf8()]);
        }
    }
    found.extend(start.map(|from| &folded[from..]));
    found
}

/// Whether a mark at `at` stands between two letters or digits of one word.
fn joins(folded: &str, at: usize, mark: char, start: Option<usize>) -> bool {
    let next = folded[at + mark.len_utf8()..].chars().next();
    let fits = |c: char| if mark == ',' { c.is_ascii_digit() } else { c.is_alphanumeric() };
    start.is_some() && next.is_some_and(fits)
}

fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// The part of the original line that folded to the bytes `found`, counted by characters where lengths differ.
fn original<'a>(line: &'a str, folded: &str, found: (usize, usize)) -> &'a str {
    let place = |bytes: usize| {
        let count = folded[..bytes].chars().count();
        line.char_indices().nth(count).map_or(line.len(), |(at, _)| at)
    };
    line.get(place(found.0)..place(found.1)).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> Cues<u8> {
        let rows = [
            ("1", "line", 5, "# comments"),
            ("2", "start", 20, "read more :"),
            ("3", "within", 20, "editor's pick"),
            ("4", "end", 20, "/ afp"),
        ];
        Cues::new(
            rows.iter().filter_map(|(kind, place, words, phrase)| Cue::new(kind, place, *words, phrase)),
        )
    }

    #[test]
    fn a_phrase_is_found_in_its_place_only() {
        let cases = [
            ("12 Comments", Some((1, "12 Comments"))),
            ("12 comments were made", None),
            ("READ MORE: A visit ends", Some((2, "READ MORE:"))),
            ("To read more: click", None),
            ("Today an Editor’s pick", Some((3, "Editor’s pick"))),
            ("(A crowd in Oslo. Someone / AFP)", Some((4, "/ AFP"))),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(cues().find(line), expected, "{line}");
        }
    }
}
