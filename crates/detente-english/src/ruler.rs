//! From fine tags to parts of speech and morphological features, by the model's ordered list of rules.
//!
//! A rule looks at one token or two neighbours, at what the tagger and the parser said of them and not at what other
//! rules set. All that match are applied in the order of `model/ruler.txt`, later ones over earlier ones.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::labels::{Dep, Pos, Tag};
use crate::table::{Line, TableError, lines};

const TABLE: &str = include_str!("../model/ruler.txt");

/// Morphological features in the notation of Universal Dependencies: `Number=Sing|Person=3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Morph(&'static str);

impl Morph {
    /// The features, sorted by name; empty if there are none.
    pub(crate) fn as_str(self) -> &'static str {
        self.0
    }

    /// The value of a feature.
    pub(crate) fn get(self, name: &str) -> Option<&'static str> {
        self.0.split('|').find_map(|feature| feature.strip_prefix(name)?.strip_prefix('='))
    }
}

/// What the rules look at in a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tagged<'a> {
    /// The word in small letters.
    pub(crate) lower: &'a str,
    /// Whether it is white space.
    pub(crate) is_space: bool,
    /// The tagger's tag.
    pub(crate) tag: Tag,
    /// The parser's relation.
    pub(crate) dep: Dep,
}

/// What the rules make of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// The tag, corrected for white space.
    pub(crate) tag: Tag,
    /// The relation, corrected for white space.
    pub(crate) dep: Dep,
    /// Part of speech.
    pub(crate) pos: Pos,
    /// Features.
    pub(crate) morph: Morph,
    /// The base form, where a rule knows it; else the lemmatizer finds it.
    pub(crate) lemma: Option<&'static str>,
}

/// The rules.
#[derive(Debug)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// The rules that ask for the target's word, by that word.
    by_word: FxHashMap<&'static str, Vec<usize>>,
    /// The others, by each tag that the target may have.
    by_tag: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    /// Which of the pattern's tokens is changed.
    target: usize,
    pattern: Vec<Conditions>,
    changes: Changes,
}

/// What one token must be like. Tags and relations are sets of bits, by the order of the labels.
#[derive(Debug)]
struct Conditions {
    tags: u64,
    deps: u64,
    words: Option<Vec<&'static str>>,
    is_space: Option<bool>,
}

#[derive(Debug, Default)]
struct Changes {
    tag: Option<Tag>,
    dep: Option<Dep>,
    pos: Option<Pos>,
    morph: Option<Morph>,
    lemma: Option<&'static str>,
}

impl Ruler {
    /// Reads the rules that are built in.
    pub(crate) fn load() -> Result<Self, TableError> {
        let rules = lines("ruler", TABLE).map(Rule::read).collect::<Result<Vec<_>, _>>()?;
        let mut ruler =
            Self { rules, by_word: FxHashMap::default(), by_tag: vec![Vec::new(); Tag::ALL.len()] };
        for (number, rule) in ruler.rules.iter().enumerate() {
            let target = &rule.pattern[rule.target];
            match &target.words {
                Some(words) => words.iter().for_each(|w| ruler.by_word.entry(w).or_default().push(number)),
                None => Tag::ALL
                    .iter()
                    .filter(|tag| target.tags & bit(**tag as usize) != 0)
                    .for_each(|tag| ruler.by_tag[*tag as usize].push(number)),
            }
        }
        Ok(ruler)
    }

    /// What the rules make of the token with number `i`.
    ///
    /// # Panics
    /// If there is no such token.
    pub(crate) fn attributes(&self, tokens: &[Tagged<'_>], i: usize) -> Attributes {
        let token = &tokens[i];
        let mut out =
            Attributes { tag: token.tag, dep: token.dep, pos: Pos::X, morph: Morph::default(), lemma: None };
        let by_word = self.by_word.get(token.lower).map_or(&[][..], Vec::as_slice);
        let mut candidates: SmallVec<[usize; 16]> = SmallVec::from_slice(&self.by_tag[token.tag as usize]);
        candidates.extend_from_slice(by_word);
        candidates.sort_unstable();
        for rule in candidates.iter().map(|number| &self.rules[*number]) {
            if rule.fits(tokens, i) {
                rule.changes.apply(&mut out);
            }
        }
        out
    }
}

impl Rule {
    fn read(line: Line) -> Result<Self, TableError> {
        let [target, pattern, changes] = line.fields()?;
        let target = target.parse().map_err(|_| line.error("not a number"))?;
        let pattern =
            pattern.split(" then ").map(|t| Conditions::read(line, t)).collect::<Result<Vec<_>, _>>()?;
        if target >= pattern.len() {
            return Err(line.error("a target outside of the pattern"));
        }
        Ok(Self { target, pattern, changes: Changes::read(line, changes)? })
    }

    /// Whether the pattern fits with its target at the token with number `at`.
    fn fits(&self, tokens: &[Tagged<'_>], at: usize) -> bool {
        let window =
            at.checked_sub(self.target).and_then(|start| tokens.get(start..start + self.pattern.len()));
        window.is_some_and(|tokens| self.pattern.iter().zip(tokens).all(|(c, t)| c.fit(t)))
    }
}

impl Conditions {
    fn read(line: Line, text: &'static str) -> Result<Self, TableError> {
        let mut conditions = Self { tags: u64::MAX, deps: u64::MAX, words: None, is_space: None };
        for condition in text.split(" & ") {
            let (attribute, test) = condition.split_once(' ').ok_or(line.error("no condition"))?;
            let (verb, values) = test.split_once(' ').unwrap_or((test, ""));
            let positive = match verb {
                "is" => true,
                "not" => false,
                _ => return Err(line.error("neither `is` nor `not`")),
            };
            match attribute {
                "TAG" => conditions.tags &= label_set::<Tag>(values, positive),
                "DEP" => conditions.deps &= label_set::<Dep>(values, positive),
                "LOWER" if positive => conditions.words = Some(values.split(' ').collect()),
                "IS_SPACE" => conditions.is_space = Some(positive),
                _ => return Err(line.error("no such condition")),
            }
        }
        Ok(conditions)
    }

    fn fit(&self, token: &Tagged<'_>) -> bool {
        self.tags & bit(token.tag as usize) != 0
            && self.deps & bit(token.dep as usize) != 0
            && self.is_space.is_none_or(|is_space| is_space == token.is_space)
            && self.words.as_ref().is_none_or(|words| words.contains(&token.lower))
    }
}

impl Changes {
    fn read(line: Line, text: &'static str) -> Result<Self, TableError> {
        let mut changes = Self::default();
        for change in text.split(' ') {
            let (attribute, value) = change.split_once('=').ok_or(line.error("not a change"))?;
            match attribute {
                "TAG" => changes.tag = Some(label(line, value)?),
                "DEP" => changes.dep = Some(label(line, value)?),
                "POS" => changes.pos = Some(label(line, value)?),
                "MORPH" => changes.morph = Some(Morph(if value == "_" { "" } else { value })),
                "LEMMA" => changes.lemma = Some(value),
                _ => return Err(line.error("no such attribute")),
            }
        }
        Ok(changes)
    }

    fn apply(&self, to: &mut Attributes) {
        to.tag = self.tag.unwrap_or(to.tag);
        to.dep = self.dep.unwrap_or(to.dep);
        to.pos = self.pos.unwrap_or(to.pos);
        to.morph = self.morph.unwrap_or(to.morph);
        to.lemma = self.lemma.or(to.lemma);
    }
}

/// Labels whose place among their like fits into 64 bits.
trait Label: std::str::FromStr {
    fn place(self) -> usize;
}

impl Label for Tag {
    fn place(self) -> usize {
        self as usize
    }
}

impl Label for Dep {
    fn place(self) -> usize {
        self as usize
    }
}

const _: () = assert!(Tag::ALL.len() <= 64 && Dep::ALL.len() <= 64);

fn bit(place: usize) -> u64 {
    1 << place
}

/// The set of labels that a condition names. The rules also name tags that the tagger has not: these match nothing.
fn label_set<L: Label>(values: &str, positive: bool) -> u64 {
    let names = values.split(' ').map(|value| if value == "\"\"" { "" } else { value });
    let set = names.filter_map(|name| name.parse::<L>().ok()).fold(0, |set, l| set | bit(l.place()));
    if positive { set } else { !set }
}

fn label<L: std::str::FromStr>(line: Line, name: &str) -> Result<L, TableError> {
    name.parse().map_err(|_| line.error("no such label"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference;

    fn attributes(tokens: &[(&str, Tag, Dep)], i: usize) -> Attributes {
        let tokens: Vec<_> = tokens
            .iter()
            .map(|&(lower, tag, dep)| Tagged { lower, is_space: lower == " ", tag, dep })
            .collect();
        Ruler::load().unwrap().attributes(&tokens, i)
    }

    #[test]
    fn rules_apply_in_order() {
        type Case<'a> = (&'a [(&'a str, Tag, Dep)], usize, Pos, &'a str, Option<&'a str>);
        let cases: &[Case<'_>] = &[
            (&[("house", Tag::Nn, Dep::Pobj)], 0, Pos::Noun, "Number=Sing", None),
            (&[("someone", Tag::Nn, Dep::Nsubj)], 0, Pos::Pron, "Number=Sing|PronType=Ind", None),
            (
                &[("has", Tag::Vbz, Dep::Aux)],
                0,
                Pos::Aux,
                "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
                Some("have"),
            ),
            (
                &[("has", Tag::Vbz, Dep::Root)],
                0,
                Pos::Verb,
                "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
                Some("have"),
            ),
            (&[("to", Tag::To, Dep::Aux)], 0, Pos::Part, "", None),
            (
                &[("there", Tag::Ex, Dep::Expl), ("is", Tag::Vbz, Dep::Root)],
                1,
                Pos::Verb,
                "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
                Some("be"),
            ),
            (
                &[("let", Tag::Vb, Dep::Root), ("'s", Tag::Prp, Dep::Nsubj)],
                1,
                Pos::Pron,
                "PronType=Prs",
                Some("us"),
            ),
            (&[(" ", Tag::Nn, Dep::Nsubj)], 0, Pos::Space, "", None),
        ];
        for (tokens, i, pos, morph, lemma) in cases {
            let found = attributes(tokens, *i);
            assert_eq!((found.pos, found.morph.as_str(), found.lemma), (*pos, *morph, *lemma), "{tokens:?}");
        }
        let space = attributes(&[(" ", Tag::Nn, Dep::Nsubj)], 0);
        assert_eq!((space.tag, space.dep), (Tag::Space, Dep::Dep));
    }

    #[test]
    fn every_tag_has_a_part_of_speech() {
        let ruler = Ruler::load().unwrap();
        for tag in Tag::ALL {
            let rules = ruler.by_tag[*tag as usize].iter().map(|number| &ruler.rules[*number]);
            assert!(rules.filter(|r| r.pattern.len() == 1 && r.changes.pos.is_some()).count() > 0, "{tag}");
        }
    }

    #[test]
    fn parts_of_speech_of_the_reference_are_found() {
        let ruler = Ruler::load().unwrap();
        let Some(documents) = reference::documents() else { return };
        let mut wrong = Vec::new();
        for document in documents {
            let lower: Vec<String> = document.words().map(str::to_lowercase).collect();
            let tokens: Vec<_> =
                document.tokens.iter().zip(&lower).map(|(t, lower)| t.tagged(lower)).collect();
            for (i, token) in document.tokens.iter().enumerate() {
                let found = ruler.attributes(&tokens, i);
                if found.pos != token.pos {
                    wrong.push(format!("{:?} {:?}: {} for {}", tokens[i], found.morph, found.pos, token.pos));
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    }
}
