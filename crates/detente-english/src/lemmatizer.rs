//! The base form of a word, from its part of speech and features, by suffix rules and lists of known words.
//!
//! The word lists are sorted and searched where they stand, so there is nothing to load.

use std::borrow::Cow;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::characters::{Characters, Class};
use crate::labels::Pos;
use crate::ruler::Morph;
use crate::table::{TableError, lines};

const RULES: &str = include_str!("../model/lemma_rules.txt");

/// Finds base forms.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    characters: Arc<Characters>,
    adjectives: Words,
    adverbs: Words,
    nouns: Words,
    punctuation: Words,
    verbs: Words,
}

/// What is known of the words of one part of speech.
#[derive(Debug)]
struct Words {
    /// Endings and what takes their place, in the order in which they are tried.
    rules: Vec<(&'static str, &'static str)>,
    /// Irregular forms with their base forms.
    exceptions: SortedLines,
    /// Base forms.
    index: SortedLines,
}

impl Words {
    fn new(exceptions: &'static str, index: &'static str) -> Self {
        Self { rules: Vec::new(), exceptions: SortedLines(exceptions), index: SortedLines(index) }
    }
}

impl Lemmatizer {
    /// Reads the rules that are built in.
    pub(crate) fn load(characters: Arc<Characters>) -> Result<Self, TableError> {
        let mut lemmatizer = Self {
            characters,
            adjectives: Words::new(
                include_str!("../model/lemma_exceptions_adj.txt"),
                include_str!("../model/lemma_index_adj.txt"),
            ),
            adverbs: Words::new(
                include_str!("../model/lemma_exceptions_adv.txt"),
                include_str!("../model/lemma_index_adv.txt"),
            ),
            nouns: Words::new(
                include_str!("../model/lemma_exceptions_noun.txt"),
                include_str!("../model/lemma_index_noun.txt"),
            ),
            punctuation: Words::new("", ""),
            verbs: Words::new(
                include_str!("../model/lemma_exceptions_verb.txt"),
                include_str!("../model/lemma_index_verb.txt"),
            ),
        };
        for line in lines("lemma_rules", RULES) {
            let [part, old, new] = line.fields()?;
            let words = match part {
                "adj" => &mut lemmatizer.adjectives,
                "adv" => &mut lemmatizer.adverbs,
                "noun" => &mut lemmatizer.nouns,
                "punct" => &mut lemmatizer.punctuation,
                "verb" => &mut lemmatizer.verbs,
                _ => return Err(line.error("no such part of speech")),
            };
            words.rules.push((old, new));
        }
        Ok(lemmatizer)
    }

    /// The base form of a word. `lower` is the word in small letters.
    pub(crate) fn lemma<'a>(&self, text: &'a str, lower: &'a str, pos: Pos, morph: Morph) -> Cow<'a, str> {
        match self.words(pos) {
            _ if is_base_form(pos, morph) => Cow::Borrowed(lower),
            Some(words) => self.inflected(words, text, lower),
            None if pos == Pos::Propn => Cow::Borrowed(text),
            None => Cow::Borrowed(lower),
        }
    }

    /// Whether a word in small letters is a form of a known verb, or a known adjective or adverb.
    pub(crate) fn is_verb_or_adjective(&self, lower: &str) -> bool {
        let plain = [&self.verbs, &self.adjectives, &self.adverbs].into_iter();
        let mut lists = plain.flat_map(|words| [words.index, words.exceptions]);
        lists.any(|list| list.find(lower).is_some())
            || !self.made_by_rules(&self.verbs, lower).known.is_empty()
    }

    fn words(&self, pos: Pos) -> Option<&Words> {
        match pos {
            Pos::Adj => Some(&self.adjectives),
            Pos::Adv => Some(&self.adverbs),
            Pos::Noun => Some(&self.nouns),
            Pos::Punct => Some(&self.punctuation),
            Pos::Verb => Some(&self.verbs),
            _ => None,
        }
    }

    /// The last exception; else the last known word that a rule makes; else the first odd one; else the first
    /// unknown one; else the word itself. An exception that a rule makes as well counts as made by the rule.
    fn inflected<'a>(&self, words: &Words, text: &'a str, lower: &'a str) -> Cow<'a, str> {
        let made = self.made_by_rules(words, lower);
        let exceptions = words.exceptions.find(lower).unwrap_or("");
        let exception = exceptions.split(' ').rfind(|form| !form.is_empty() && !made.has(form));
        if let Some(form) = exception {
            return Cow::Borrowed(form);
        }
        let Made { known, odd, unknown } = made;
        let first = known.into_iter().next_back().or_else(|| odd.into_iter().next());
        first.or_else(|| unknown.into_iter().next()).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn made_by_rules(&self, words: &Words, lower: &str) -> Made {
        let mut made = Made::default();
        for (old, new) in &words.rules {
            let Some(stem) = lower.strip_suffix(old) else { continue };
            let form = [stem, new].concat();
            if form.is_empty() {
            } else if words.index.find(&form).is_some() {
                made.known.push(form);
            } else if form.chars().all(|c| self.characters.is(c, Class::LETTER)) {
                made.unknown.push(form);
            } else {
                made.odd.push(form);
            }
        }
        made
    }
}

/// What the rules make of a word.
#[derive(Default)]
struct Made {
    /// Forms that the index knows.
    known: SmallVec<[String; 2]>,
    /// Others with characters that are no letters.
    odd: SmallVec<[String; 2]>,
    /// The rest.
    unknown: SmallVec<[String; 2]>,
}

impl Made {
    fn has(&self, form: &str) -> bool {
        self.known.iter().chain(&self.odd).any(|made| made == form)
    }
}

/// Whether the features say that a word is its own base form.
fn is_base_form(pos: Pos, morph: Morph) -> bool {
    let is = |name, value| morph.get(name) == Some(value);
    (pos == Pos::Noun && is("Number", "Sing"))
        || (pos == Pos::Verb && is("VerbForm", "Fin") && is("Tense", "Pres") && morph.get("Number").is_none())
        || is("VerbForm", "Inf")
        || is("Degree", "Pos")
}

/// Lines in the order of their bytes, each a key or a key, a tab and a value.
#[derive(Debug, Clone, Copy)]
struct SortedLines(&'static str);

impl SortedLines {
    /// The value of a key, empty if the key has none.
    fn find(self, key: &str) -> Option<&'static str> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let (start, line) = self.line_around((low + high) / 2);
            let (found, value) = line.split_once('\t').unwrap_or((line, ""));
            match found.cmp(key) {
                std::cmp::Ordering::Equal => return Some(value),
                std::cmp::Ordering::Less => low = start + line.len() + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }

    /// The line that this byte belongs to and where it begins.
    fn line_around(self, byte: usize) -> (usize, &'static str) {
        let bytes = self.0.as_bytes();
        let start = bytes[..byte].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end = bytes[byte..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| byte + at);
        (start, &self.0[start..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::{Dep, Tag};
    use crate::lexeme::lowercase;
    use crate::reference;
    use crate::ruler::{Ruler, Tagged};

    fn lemmatizer() -> Lemmatizer {
        Lemmatizer::load(Arc::new(Characters::load().unwrap())).unwrap()
    }

    #[test]
    fn lists_are_sorted_and_searched() {
        let lemmatizer = lemmatizer();
        for words in [&lemmatizer.adjectives, &lemmatizer.adverbs, &lemmatizer.nouns, &lemmatizer.verbs] {
            for list in [words.exceptions, words.index] {
                let keys: Vec<_> = list.0.lines().map(|l| l.split('\t').next().unwrap()).collect();
                assert!(keys.is_sorted() && !keys.is_empty());
                assert!(keys.iter().all(|key| list.find(key).is_some()));
            }
        }
        assert_eq!(lemmatizer.nouns.exceptions.find("mice"), Some("mouse"));
        assert_eq!(lemmatizer.nouns.index.find("moused"), None);
    }

    /// The fixtures hold the lemmas that spaCy finds for words and tags of our own choice.
    #[test]
    fn lemmas_are_as_spacy_finds_them() {
        let (lemmatizer, ruler) = (lemmatizer(), Ruler::load().unwrap());
        let mut wrong = Vec::new();
        for line in include_str!("../tests/fixtures/lemmas.tsv").lines() {
            let [word, tag, dep, pos, morph, lemma] =
                line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            let (tag, dep): (Tag, Dep) = (tag.parse().unwrap(), dep.parse().unwrap());
            let lower = lowercase(word);
            let found = ruler.attributes(&[Tagged { lower: &lower, is_space: false, tag, dep }], 0);
            let base = match found.lemma {
                Some(lemma) => Cow::Borrowed(lemma),
                None => lemmatizer.lemma(word, &lower, found.pos, found.morph),
            };
            if (found.pos.as_str(), found.morph.as_str(), &*base) != (pos, morph, lemma) {
                wrong.push(format!("{line}: {} {} {base}", found.pos, found.morph.as_str()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn lemmas_of_the_reference_are_found() {
        let (lemmatizer, ruler) = (lemmatizer(), Ruler::load().unwrap());
        let Some(documents) = reference::documents() else { return };
        let mut wrong = Vec::new();
        for document in documents {
            let lower: Vec<_> = document.words().map(lowercase).collect();
            let tokens: Vec<_> =
                document.tokens.iter().zip(&lower).map(|(t, lower)| t.tagged(lower)).collect();
            for (i, (token, text)) in document.tokens.iter().zip(document.words()).enumerate() {
                let found = ruler.attributes(&tokens, i);
                let by_rules = || lemmatizer.lemma(text, &lower[i], found.pos, found.morph);
                let lemma = found.lemma.map_or_else(by_rules, Cow::Borrowed);
                if lemma != token.lemma {
                    wrong.push(format!("{:?}: {lemma} for {}", tokens[i], token.lemma));
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    }
}
