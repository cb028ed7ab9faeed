//! The language gate: English is read, other languages are named and skipped.
//!
//! Names and figures are of no language, so what is judged is the rest of a text: its words without a capital. Where there
//! is enough of it, the shares of small English words and of trigrams decide; in a table or a flash, the small words alone.

use std::sync::LazyLock;

use detente_model::{Article, BlockKind};
use rustc_hash::FxHashMap;
use whatlang::{Detector, Lang};

use crate::tables::columns;

/// The language of a text, by its letters, its small words and its trigrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, or too little text to say otherwise.
    English,
    /// Another one; its ISO 639-3 code.
    Other(&'static str),
}

/// Fewer letters than this have no trigrams to speak of.
const FEWEST_LETTERS: usize = 40;
/// Fewer words than these, none of them small ones of another language, are that language's only where its trigrams leave no doubt.
const FEWEST_WORDS: usize = 24;
/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 4_000;
/// The share of small English words, in percent, at which no other language comes into question.
const PLAINLY_ENGLISH: usize = 20;
/// The share at which a text full of foreign words may still be English.
const PERHAPS_ENGLISH: usize = 10;

/// Judges a text by its first few thousand bytes.
pub fn detect(text: &str) -> Language {
    let words = prose(&text[..crate::lines::boundary(text, SAMPLE)]);
    let letters = words.iter().map(|word| word.chars().count()).sum::<usize>();
    let small = SmallWords::of(&words);
    if small.percent_english(words.len()) >= PLAINLY_ENGLISH {
        return Language::English;
    }
    let latin = words.iter().flat_map(|word| word.chars()).all(|c| c < '\u{250}');
    if latin && letters < FEWEST_LETTERS {
        return small.language();
    }
    let Some(found) = Detector::new().detect(&words.join(" ")) else { return small.language() };
    // "Released four detainees": trigrams of so few words are anybody's guess.
    let few = latin && words.len() < FEWEST_WORDS && small.language() == Language::English;
    let doubted = !found.is_reliable()
        && (few || small.percent_english(words.len()) >= PERHAPS_ENGLISH || small.speak_for_english());
    if found.lang() == Lang::Eng || doubted {
        Language::English
    } else {
        Language::Other(found.lang().code())
    }
}

/// Judges what an article says, furniture left out.
pub(crate) fn of_article(article: &Article) -> Language {
    let mut text = String::with_capacity(SAMPLE);
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Text) {
        if text.len() >= SAMPLE {
            break;
        }
        text.push_str(&article.text[block.span.range()]);
        text.push('\n');
    }
    detect(&text)
}

/// The words that are no names, in lower case; all of them where next to all are written in capitals.
fn prose(sample: &str) -> Vec<String> {
    let words: Vec<&str> =
        sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let capitals = sample.chars().filter(|c| c.is_uppercase()).count();
    let cried = capitals > sample.chars().filter(|c| c.is_lowercase()).count();
    let is_name = |at: usize| words.get(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    let between = |at: usize| {
        at > 0
            && at < words.len()
            && words[at].len() > 1
            && !is_name(at)
            && is_name(at - 1)
            && is_name(at + 1)
    };
    // "Rio de Janeiro" is one name, "Treffen der Minister am Montag" is German.
    let joins =
        |at: usize| words[at].len() <= 3 && between(at) && !between(at + 2) && !(at > 2 && between(at - 2));
    let kept = (0..words.len()).filter(|at| cried || !is_name(*at) && !joins(*at));
    kept.map(|at| words[at].to_lowercase()).collect()
}

/// How often the small words of each language occur; English is the first.
struct SmallWords(Vec<usize>);

/// Which languages a small word belongs to.
type Owners = FxHashMap<&'static str, Vec<usize>>;

static LANGUAGES: LazyLock<(Vec<&'static str>, Owners)> = LazyLock::new(|| {
    let (mut names, mut owners) = (Vec::new(), Owners::default());
    for [name, words] in columns::<2>(include_str!("../lexicon/small_words.txt")) {
        for word in words.split(' ') {
            owners.entry(word).or_default().push(names.len());
        }
        names.push(name);
    }
    (names, owners)
});

impl SmallWords {
    fn of(words: &[String]) -> Self {
        let (names, owners) = &*LANGUAGES;
        let mut hits = vec![0; names.len()];
        for owner in words.iter().filter_map(|word| owners.get(word.as_str())).flatten() {
            hits[*owner] += 1;
        }
        Self(hits)
    }

    fn english(&self) -> usize {
        self.0[0]
    }

    fn percent_english(&self, of: usize) -> usize {
        self.english() * 100 / of.max(1)
    }

    fn speak_for_english(&self) -> bool {
        self.english() > 0 && self.language() == Language::English
    }

    /// The language whose small words are most, two at least; else English.
    fn language(&self) -> Language {
        let best = (0..self.0.len()).rev().max_by_key(|at| self.0[*at]);
        match best {
            Some(at) if self.0[at] > self.english().max(1) => Language::Other(LANGUAGES.0[at]),
            _ => Language::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `language <tab> text`.
    const CASES: &str = include_str!("../tests/cases/languages.tsv");

    #[test]
    fn english_passes_and_others_are_named() {
        let mut wrong = Vec::new();
        for (number, row) in (1..).zip(CASES.lines()).filter(|(_, row)| !row.starts_with('#')) {
            let (expected, text) = row.split_once('\t').expect("two columns");
            let found = match detect(&text.replace(" / ", "\n\n")) {
                Language::English => "eng",
                Language::Other(code) => code,
            };
            // `-` is any language but English: near kin are told apart by longer texts only.
            if expected != found && !(expected == "-" && found != "eng") {
                wrong.push(format!("line {number}: {found} for {expected}: {text}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
