//! The words of acts: which verbs, nouns and adjectives name an act of one of the sixteen PLOVER event types.
//!
//! The data stand in `data/*.tsv`, a file for each type, in the format of `data/README.md`; they are checked when the crate
//! is built. This room knows words and their patterns. It does not read text: matching a pattern against a parse is the
//! coder's work.

mod describe;
mod pattern;
mod reader;
mod rule;
mod rule_id;
mod sense;
mod symbol;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use pattern::{Complement, Pattern, Step, TriggerPos, WordSet};
pub use reader::{Fault, File};
pub use rule::Rule;
pub use sense::{
    Construction, Effect, Location, Meaning, Need, Operator, RoleSpec, Sense, Slot, Theme, WordClass,
};
pub use symbol::{Symbol, Symbols};

/// All senses and operators, found by the lemma of their trigger, and the constructions.
#[derive(Debug)]
pub struct Acts {
    symbols: Symbols,
    senses: Vec<Sense>,
    operators: Vec<Operator>,
    constructions: Vec<Construction>,
    classes: Vec<(WordClass, WordSet)>,
    senses_at: FxHashMap<Symbol, Vec<u32>>,
    operators_at: FxHashMap<Symbol, Vec<u32>>,
}

const FILES: &[File<'static>] = include!(concat!(env!("OUT_DIR"), "/data.rs"));

impl Acts {
    /// The words that come with detente.
    pub fn builtin() -> &'static Acts {
        static ACTS: LazyLock<Acts> = LazyLock::new(|| Acts::read(FILES).0);
        &ACTS
    }

    /// A number that tells one set of built-in words from another.
    pub fn fingerprint() -> u64 {
        detente_model::fingerprint(FILES.iter().map(|file| file.text.as_bytes()))
    }

    /// Reads files in the format of `data/README.md`; what is faulty is left out and named.
    pub fn read(files: &[File<'_>]) -> (Acts, Vec<Fault>) {
        let (content, faults) = reader::read(files);
        let senses_at = index(content.senses.iter().map(|sense| &sense.pattern));
        let operators_at = index(content.operators.iter().map(|operator| &operator.pattern));
        let acts = Acts {
            symbols: content.symbols,
            senses: content.senses,
            operators: content.operators,
            constructions: content.constructions,
            classes: content.classes,
            senses_at,
            operators_at,
        };
        (acts, faults)
    }

    /// The words that patterns speak of.
    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    /// All senses, in the order of the files.
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// All operators, in the order of the file.
    pub fn operators(&self) -> &[Operator] {
        &self.operators
    }

    /// The acts that grammar alone names, in the order of the file.
    pub fn constructions(&self) -> &[Construction] {
        &self.constructions
    }

    /// Whether a word is of a class.
    pub fn is_of(&self, class: WordClass, word: Option<Symbol>) -> bool {
        self.classes.iter().any(|(known, words)| *known == class && words.contains(word))
    }

    /// Every rule: senses, operators, constructions.
    pub fn rules(&self) -> impl Iterator<Item = Rule<'_>> {
        let constructions = self.constructions.iter().map(Rule::Construction);
        self.senses
            .iter()
            .map(Rule::Sense)
            .chain(self.operators.iter().map(Rule::Operator))
            .chain(constructions)
    }

    /// The rule of this name.
    pub fn rule(&self, id: &str) -> Option<Rule<'_>> {
        self.rules().find(|rule| rule.id() == id)
    }

    /// Senses that name no act and share a trigger with this pattern: what it is easily taken for.
    pub fn lookalikes<'a>(&'a self, pattern: &'a Pattern) -> impl Iterator<Item = &'a Sense> {
        let shares = |sense: &&Sense| {
            let head = |symbol: &Symbol| pattern.head.contains(Some(*symbol));
            sense.pattern.pos == pattern.pos && sense.pattern.head.symbols().iter().any(head)
        };
        self.senses.iter().filter(|sense| sense.meaning == Meaning::Nothing).filter(shares)
    }

    /// The senses whose trigger has this lemma, the most specific first.
    pub fn senses_of(&self, lemma: Symbol) -> impl Iterator<Item = &Sense> {
        self.senses_at.get(&lemma).into_iter().flatten().map(|&i| &self.senses[i as usize])
    }

    /// The operators whose trigger has this lemma, the most specific first.
    pub fn operators_of(&self, lemma: Symbol) -> impl Iterator<Item = &Operator> {
        self.operators_at.get(&lemma).into_iter().flatten().map(|&i| &self.operators[i as usize])
    }
}

fn index<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> FxHashMap<Symbol, Vec<u32>> {
    let patterns: Vec<&Pattern> = patterns.collect();
    let mut at: FxHashMap<Symbol, Vec<u32>> = FxHashMap::default();
    for (i, pattern) in patterns.iter().enumerate() {
        for &symbol in pattern.head.symbols() {
            at.entry(symbol).or_default().push(i as u32);
        }
    }
    for list in at.values_mut() {
        list.sort_by_key(|&i| std::cmp::Reverse(patterns[i as usize].specificity()));
    }
    at
}
