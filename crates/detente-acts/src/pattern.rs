//! Patterns: a trigger and the words that must stand with it.

use crate::symbol::{Symbol, Symbols};
use rustc_hash::FxHashMap;

/// A trigger with its surroundings; see `data/README.md` for how it is written.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What part of speech the trigger is.
    pub pos: TriggerPos,
    /// Words right before a noun trigger, in order.
    pub before: Vec<WordSet>,
    /// The trigger's lemma.
    pub head: WordSet,
    /// What must hang on it or follow it, in order.
    pub after: Vec<Step>,
    /// As written in the file.
    pub source: Box<str>,
}

/// The part of speech a trigger must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerPos {
    /// `v:`
    Verb,
    /// `n:`
    Noun,
    /// `a:`
    Adjective,
}

/// One more thing a pattern asks for.
#[derive(Debug, Clone)]
pub enum Step {
    /// A particle, preposition or adverb.
    Word(WordSet),
    /// The head of the object, or of the preposition's object after a preposition.
    Object(WordSet),
    /// The head of the subject, or of the by-phrase of a passive.
    Subject(WordSet),
    /// A kind of complement.
    Complement(Complement),
    /// A lemma anywhere below the trigger.
    Below(WordSet),
}

/// The kinds of complement a pattern can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complement {
    /// `+to`
    Infinitive,
    /// `+that`
    Clause,
    /// `+ing`
    Gerund,
}

/// Alternatives for one word.
#[derive(Debug, Clone)]
pub struct WordSet(Box<[Symbol]>);

impl WordSet {
    /// Whether the word is one of them.
    pub fn contains(&self, symbol: Option<Symbol>) -> bool {
        symbol.is_some_and(|symbol| self.0.binary_search(&symbol).is_ok())
    }

    /// All of them, sorted.
    pub fn symbols(&self) -> &[Symbol] {
        &self.0
    }
}

/// The named sets of words.
pub(crate) type Sets = FxHashMap<String, Vec<Symbol>>;

impl Pattern {
    /// How many things it asks for; objects and subjects count more, since they decide the sense.
    pub fn specificity(&self) -> usize {
        let step = |step: &Step| match step {
            Step::Object(_) | Step::Subject(_) => 3,
            Step::Word(_) | Step::Below(_) => 2,
            Step::Complement(_) => 1,
        };
        1 + 2 * self.before.len() + self.after.iter().map(step).sum::<usize>()
    }

    /// All words it speaks of, sets opened.
    pub fn symbols(&self) -> impl Iterator<Item = Symbol> {
        let after = self.after.iter().filter_map(|step| match step {
            Step::Word(set) | Step::Object(set) | Step::Subject(set) | Step::Below(set) => Some(set),
            Step::Complement(_) => None,
        });
        self.before.iter().chain([&self.head]).chain(after).flat_map(|set| set.symbols().iter().copied())
    }

    pub(crate) fn parse(source: &str, symbols: &mut Symbols, sets: &Sets) -> Result<Self, String> {
        let (pos, words) = source.split_once(':').ok_or("a pattern begins with v:, n: or a:")?;
        let pos = match pos {
            "v" => TriggerPos::Verb,
            "n" => TriggerPos::Noun,
            "a" => TriggerPos::Adjective,
            _ => return Err(format!("`{pos}:` is not v:, n: or a:")),
        };
        let words: Vec<&str> = words.split(' ').collect();
        if words.iter().any(|word| word.is_empty()) {
            return Err("words of a pattern are separated by single spaces".into());
        }
        let head = head_position(pos, &words);
        let mut set = |word: &str| word_set(word, symbols, sets);
        let before = words[..head].iter().map(|word| set(word)).collect::<Result<_, _>>()?;
        let trigger = set(words[head])?;
        let after = words[head + 1..].iter().map(|word| step(word, &mut set)).collect::<Result<_, _>>()?;
        Ok(Self { pos, before, head: trigger, after, source: source.into() })
    }
}

/// A noun phrase runs up to the first preposition or step that follows a noun; its last word is the trigger.
fn head_position(pos: TriggerPos, words: &[&str]) -> usize {
    if pos != TriggerPos::Noun {
        return 0;
    }
    let ends = |word: &str| word.starts_with(['>', '<', '+', '~']) || word.split('|').all(is_preposition);
    let first = words.iter().position(|word| !ends(word)).unwrap_or(0);
    first + words[first..].iter().position(|word| ends(word)).unwrap_or(words.len() - first).max(1) - 1
}

fn step(word: &str, set: &mut impl FnMut(&str) -> Result<WordSet, String>) -> Result<Step, String> {
    match word.split_at_checked(1) {
        Some((">", rest)) => set(rest).map(Step::Object),
        Some(("<", rest)) => set(rest).map(Step::Subject),
        Some(("~", rest)) => set(rest).map(Step::Below),
        Some(("+", "to")) => Ok(Step::Complement(Complement::Infinitive)),
        Some(("+", "that")) => Ok(Step::Complement(Complement::Clause)),
        Some(("+", "ing")) => Ok(Step::Complement(Complement::Gerund)),
        Some(("+", other)) => Err(format!("`+{other}` is not +to, +that or +ing")),
        _ => set(word).map(Step::Word),
    }
}

pub(crate) fn word_set(text: &str, symbols: &mut Symbols, sets: &Sets) -> Result<WordSet, String> {
    let mut found = Vec::new();
    for word in text.split('|') {
        match word.strip_prefix('@') {
            Some(name) => found.extend(sets.get(name).ok_or_else(|| format!("no set is called @{name}"))?),
            None if is_word(word) => found.push(symbols.intern(word)),
            None => return Err(format!("`{word}` is not a lower-case word")),
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(WordSet(found.into()))
}

pub(crate) fn is_word(word: &str) -> bool {
    !word.is_empty()
        && !word.contains(char::is_uppercase)
        && word.chars().all(|c| c.is_alphanumeric() || "-'’.&%$".contains(c))
}

pub(crate) fn is_preposition(word: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "about",
        "above",
        "across",
        "after",
        "against",
        "ahead",
        "along",
        "alongside",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "away",
        "back",
        "before",
        "behind",
        "beside",
        "below",
        "between",
        "beyond",
        "by",
        "despite",
        "down",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "regarding",
        "since",
        "through",
        "throughout",
        "to",
        "together",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ];
    PREPOSITIONS.contains(&word)
}
