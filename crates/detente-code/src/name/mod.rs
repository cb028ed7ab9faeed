//! Names in an article, and what they name: the model's entities, put right by the lexicon and by the article itself.
//!
//! The rules take three steps, a module each:
//!
//! - `trim` cuts what is no name off the model's entities: titles, articles, a possessive "'s";
//! - `evidence` finds what words themselves tell: names that the lexicon lists, "… Ministry", "Mr …";
//! - `agree` makes the article agree with itself: a surname names the person named in full elsewhere, an acronym what it
//!   was introduced for, and the same words are the same kind of name throughout. Where the article itself does not decide,
//!   the gazetteer and the words around a name have a say: "in X" is a place, who "said" is rather a person.
//!
//! What they say is one cue among others to `learned`, which has the last word: `article` tells how the article uses a word
//! throughout, `borne` which names people bear, `known` what gazetteer and lexicon have, `cues` puts together what can be seen of each word.
//!
//! Promises names in order, without overlap. Does not say who or which place is meant: that is for `resolve` and `place`.

mod agree;
mod article;
mod borne;
mod cues;
mod evidence;
mod heads;
mod known;
mod learned;
mod trim;

use std::ops::Range;

use article::Article;
use cues::Cues;
use detente_english::{Annotated, EntityType};
use detente_lexicon::Lexicon;
use detente_model::named_enum;
use jiff::civil::Date;
pub use learned::Learned;

named_enum! {
    /// What a name names.
    NameKind, "kind of name", {
        /// A person.
        Person = "person",
        /// An organisation, a group, a company.
        Organisation = "organisation",
        /// A state, a town, a region, a sea.
        Location = "location",
        /// A nationality, a religion, a people.
        People = "people",
    }
}

impl NameKind {
    /// What the model's type means; `None` for whatever is none of the four.
    pub fn of(kind: EntityType) -> Option<NameKind> {
        match kind {
            EntityType::Person => Some(NameKind::Person),
            EntityType::Org => Some(NameKind::Organisation),
            EntityType::Gpe | EntityType::Loc => Some(NameKind::Location),
            EntityType::Norp => Some(NameKind::People),
            _ => None,
        }
    }
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// The names of an article given in parts that are annotated apart; a list for each part.
///
/// `day` is the day of the report: names of organisations hold for a time.
pub fn names(parts: &[&Annotated<'_>], lexicon: &Lexicon, day: Option<Date>) -> Vec<Vec<Name>> {
    names_by(Learned::builtin(), parts, lexicon, day)
}

/// The same with other weights.
pub fn names_by(
    learned: &Learned,
    parts: &[&Annotated<'_>],
    lexicon: &Lexicon,
    day: Option<Date>,
) -> Vec<Vec<Name>> {
    let drafts = drafts(parts, lexicon, day);
    let article = Article::of(&drafts);
    let names = |draft: &Draft<'_>| {
        let stretches = learned::stretches(draft);
        learned.names(&Cues::of(draft, &article, lexicon, &stretches), &stretches)
    };
    drafts.iter().map(names).collect()
}

/// The names that the rules find, which are a cue among others to what has learned.
pub fn ruled(parts: &[&Annotated<'_>], lexicon: &Lexicon, day: Option<Date>) -> Vec<Vec<Name>> {
    drafts(parts, lexicon, day).into_iter().map(Draft::into_names).collect()
}

/// A word to learn from: its token, and its cues.
pub type Lesson = (usize, Vec<String>);

/// Every run of words that may hold names, for those who teach.
pub fn lessons(parts: &[&Annotated<'_>], lexicon: &Lexicon, day: Option<Date>) -> Vec<Vec<Vec<Lesson>>> {
    let drafts = drafts(parts, lexicon, day);
    let article = Article::of(&drafts);
    let lessons = |draft: &Draft<'_>| {
        let stretches = learned::stretches(draft);
        let cues = Cues::of(draft, &article, lexicon, &stretches);
        let word = |at: usize, sentence: &Range<usize>| {
            let mut seen = Vec::new();
            cues.each(at, sentence, |cue| seen.push(cue.to_owned()));
            (at, seen)
        };
        stretches.iter().map(|s| s.tokens.clone().map(|at| word(at, &s.sentence)).collect()).collect()
    };
    drafts.iter().map(lessons).collect()
}

fn drafts<'d>(parts: &[&'d Annotated<'d>], lexicon: &Lexicon, day: Option<Date>) -> Vec<Draft<'d>> {
    let mut drafts: Vec<Draft<'d>> = parts.iter().map(|text| draft(text, lexicon, day)).collect();
    agree::agree(&mut drafts);
    drafts
}

fn draft<'d>(text: &'d Annotated<'d>, lexicon: &Lexicon, day: Option<Date>) -> Draft<'d> {
    let mut draft = Draft::new(text);
    trim::entities(&mut draft, lexicon);
    evidence::headed(&mut draft, lexicon);
    evidence::listed(&mut draft, lexicon, day);
    evidence::presented(&mut draft, lexicon);
    draft
}

/// The names of one text while they are being put right.
#[derive(Debug)]
struct Draft<'d> {
    text: &'d Annotated<'d>,
    words: Vec<&'d str>,
    found: Vec<Found>,
}

/// A name, or what may turn out to be one.
#[derive(Debug, Clone)]
struct Found {
    tokens: Range<usize>,
    /// `None` where the model names something else, until the article tells otherwise.
    kind: Option<NameKind>,
    /// Whether the lexicon knows it, so that the rest of the article has no say.
    sure: bool,
}

impl<'d> Draft<'d> {
    fn new(text: &'d Annotated<'d>) -> Self {
        Self { text, words: text.tokens().map(|t| t.text()).collect(), found: Vec::new() }
    }

    /// Those that share a token with a range.
    fn overlapping(&self, tokens: &Range<usize>) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(move |f| f.tokens.start < tokens.end && tokens.start < f.tokens.end)
    }

    fn is_free(&self, tokens: &Range<usize>) -> bool {
        self.overlapping(tokens).next().is_none()
    }

    /// Takes a name in place of whatever overlaps it.
    fn put(&mut self, found: Found) {
        self.found.retain(|f| f.tokens.end <= found.tokens.start || found.tokens.end <= f.tokens.start);
        self.found.push(found);
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words[at].starts_with(char::is_uppercase)
    }

    /// Whether it has a capital letter, first or not: "Kato", "al-Qaida", "eSwatini".
    fn has_capital(&self, at: usize) -> bool {
        self.words[at].contains(char::is_uppercase)
    }

    fn is_acronym(&self, at: usize) -> bool {
        self.words[at].len() > 1 && self.words[at].chars().all(|c| c.is_uppercase())
    }

    /// "US$ 5": no state.
    fn is_money(&self, end: usize) -> bool {
        self.words.get(end) == Some(&"$")
    }

    fn is_article(&self, at: usize) -> bool {
        matches!(self.text.token(at).lower(), "the" | "a" | "an")
    }

    fn written(&self, tokens: Range<usize>) -> &'d str {
        self.text.text_of(tokens)
    }

    fn into_names(mut self) -> Vec<Name> {
        self.found.sort_by_key(|f| f.tokens.start);
        let name = |f: Found| Some(Name { tokens: f.tokens, kind: f.kind? });
        self.found.into_iter().filter_map(name).collect()
    }
}
