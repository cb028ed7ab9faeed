//! Atoms put together: "US Secretary of State Rex Tillerson", "the president of Croatia", "Kabila's forces".
//!
//! A phrase has a core, the atom that says who is meant, and around it titles and owners: whose minister, whose troops.
//! It is read from the words themselves and checked against the parse, which errs most often inside long titles.

use std::ops::Range;

use detente_english::{Annotated, Dep, EntityType, Pos, Token};
use detente_lexicon::Word;
use smallvec::SmallVec;

use super::atom::{Atoms, Class, is_passive};

/// One phrase of a text.
#[derive(Debug, Clone)]
pub struct Phrase {
    pub tokens: Range<usize>,
    /// The number of the atom that names or describes who is meant.
    pub core: usize,
    /// The atoms of titles in front, the nearest to the core first.
    pub titles: SmallVec<[usize; 2]>,
    /// Whose.
    pub owners: SmallVec<[Owner; 2]>,
    /// Whether the first word is "the", "this", "both" or the like.
    pub definite: bool,
    /// "two", "both", "three": how many.
    pub count: Option<usize>,
}

/// Whose minister, whose troops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An atom inside the phrase.
    Atom(usize),
    /// A possessive pronoun, by its token.
    Pronoun(usize),
    /// Another phrase, by its number: "of the three countries".
    Phrase(usize),
}

/// Puts the atoms of a text together. The phrases come in the order of their cores.
pub fn phrases(text: &Annotated<'_>, atoms: &Atoms) -> Vec<Phrase> {
    let mut all = Vec::new();
    for sentence in text.sentences() {
        let mut found = Vec::new();
        let mut i = sentence.range().end;
        while i > sentence.range().start {
            i = match atoms.before(i) {
                Some(core) => {
                    let phrase = Builder::new(text, atoms, core, sentence.range()).left();
                    let start = phrase.inner_start(atoms);
                    found.push(phrase);
                    start
                }
                None => i - 1,
            };
        }
        found.reverse();
        let base = all.len();
        for n in 0..found.len() {
            follow(text, atoms, &mut found, n, base);
        }
        all.append(&mut found);
    }
    all
}

impl Phrase {
    /// Where the search for the next phrase to the left goes on: owners that are persons stand for themselves too.
    fn inner_start(&self, atoms: &Atoms) -> usize {
        let person = |owner: &Owner| match *owner {
            Owner::Atom(n) if atoms.get(n).class == Class::Person => Some(atoms.get(n).tokens.end),
            _ => None,
        };
        self.owners.iter().find_map(person).unwrap_or(self.tokens.start)
    }
}

struct Builder<'b> {
    text: &'b Annotated<'b>,
    atoms: &'b Atoms,
    sentence: Range<usize>,
    phrase: Phrase,
    /// The token before which the phrase begins so far.
    start: usize,
    /// Whether "'s" stands right behind what comes next on the left.
    possessive: bool,
}

/// What a step to the left did.
enum Step {
    On,
    Stop,
}

impl<'b> Builder<'b> {
    fn new(text: &'b Annotated<'b>, atoms: &'b Atoms, core: usize, sentence: Range<usize>) -> Self {
        let tokens = atoms.get(core).tokens.clone();
        let phrase = Phrase {
            tokens: tokens.clone(),
            core,
            titles: SmallVec::new(),
            owners: SmallVec::new(),
            definite: false,
            count: None,
        };
        Self { text, atoms, sentence, phrase, start: tokens.start, possessive: false }
    }

    fn left(mut self) -> Phrase {
        while self.start > self.sentence.start {
            let step = match self.atoms.before(self.start) {
                Some(atom) => self.atom(atom),
                None => self.word(self.start - 1),
            };
            if matches!(step, Step::Stop) {
                break;
            }
        }
        let hyphen = |i: &usize| matches!(self.text.token(*i).text(), "-" | "–" | "/");
        let core = self.phrase.tokens.end - 1;
        self.phrase.tokens.start = (self.start..core).find(|i| !hyphen(i)).unwrap_or(core);
        self.phrase
    }

    fn core(&self) -> Class {
        self.atoms.get(self.phrase.core).class
    }

    fn atom(&mut self, number: usize) -> Step {
        let atom = self.atoms.get(number);
        let core = self.core();
        let described = matches!(core, Class::Person | Class::Title(_) | Class::Body | Class::People);
        match atom.class {
            _ if !described => Step::Stop,
            Class::Title(word) if self.is_title_here(number, word) => self.title(number),
            Class::Land(Word::Singular | Word::Plural) | Class::Title(_) => Step::Stop,
            Class::Land(Word::Adjective) | Class::People | Class::Area(_) => self.own(number),
            Class::Land(_) | Class::Body
                if self.possessive || self.modifies(number) || self.is_hyphened() =>
            {
                self.own(number)
            }
            Class::Land(_) | Class::Body if self.is_of_title(number) => self.own_before(number),
            Class::Person if core != Class::Person && (self.possessive || self.modifies(number)) => {
                self.own(number)
            }
            _ => Step::Stop,
        }
    }

    /// "US-Iraqi forces": whether a hyphen joins what comes next on the left to the owner taken last.
    fn is_hyphened(&self) -> bool {
        let hyphen = matches!(self.text.token(self.start).text(), "-" | "–");
        let last = match self.phrase.owners.last() {
            Some(&Owner::Atom(last)) => self.atoms.get(last),
            _ => return false,
        };
        hyphen && matches!(last.class, Class::Land(_)) && last.tokens.start == self.start + 1
    }

    fn is_title_here(&self, number: usize, word: Word) -> bool {
        let last = self.text.token(self.atoms.get(number).tokens.end - 1);
        match self.core() {
            Class::Person => word != Word::Plural || last.dep() == Dep::Compound,
            _ => self.possessive || self.hangs_in(last),
        }
    }

    fn title(&mut self, number: usize) -> Step {
        self.phrase.titles.push(number);
        self.take(number)
    }

    fn own(&mut self, number: usize) -> Step {
        let after = self.atoms.get(number).tokens.end;
        if !self.is_only_backing(number, after) {
            // The leftmost owner is the owner, unless several are joined.
            if !self.is_joined() {
                self.phrase.owners.clear();
            }
            self.phrase.owners.push(Owner::Atom(number));
        }
        self.take(number)
    }

    /// "President of Croatia Stipe Mesic": the owner stands between title and name.
    fn own_before(&mut self, number: usize) -> Step {
        self.phrase.owners.push(Owner::Atom(number));
        let mut i = self.atoms.get(number).tokens.start - 1;
        while i > self.sentence.start && self.atoms.number_at(i).is_none() {
            i -= 1;
        }
        match self.atoms.number_at(i) {
            Some(title) => self.title(title),
            None => Step::Stop,
        }
    }

    fn is_of_title(&self, number: usize) -> bool {
        let Some(mut i) = self.atoms.get(number).tokens.start.checked_sub(1) else { return false };
        if self.text.token(i).lower() == "the" && i > self.sentence.start {
            i -= 1;
        }
        let before = i > self.sentence.start && self.text.token(i).lower() == "of";
        self.core() == Class::Person
            && before
            && matches!(self.atoms.at(i - 1).map(|a| a.class), Some(Class::Title(Word::Singular)))
    }

    /// "US-backed rebels", "pro-Russian gunmen": not theirs.
    fn is_only_backing(&self, number: usize, after: usize) -> bool {
        let word = |i: usize| (i < self.text.len()).then(|| self.text.token(i).lower());
        let behind = if word(after) == Some("-") { word(after + 1) } else { word(after) };
        let start = self.atoms.get(number).tokens.start;
        let before = start.checked_sub(1).and_then(word);
        let prefix = if before == Some("-") { start.checked_sub(2).and_then(word) } else { before };
        behind.is_some_and(is_passive) || matches!(prefix, Some("pro" | "anti" | "ex" | "non"))
    }

    /// Whether "and", "-" or "/" joins what was taken last to what comes next.
    fn is_joined(&self) -> bool {
        let Some(&Owner::Atom(last)) = self.phrase.owners.last() else { return false };
        let start = self.atoms.get(last).tokens.start;
        start
            .checked_sub(1)
            .is_some_and(|i| matches!(self.text.token(i).lower(), "and" | "-" | "/" | "–" | ","))
    }

    fn take(&mut self, number: usize) -> Step {
        self.start = self.atoms.get(number).tokens.start;
        self.possessive = false;
        Step::On
    }

    /// Whether an atom is a modifier within the phrase as the parse has it.
    fn modifies(&self, number: usize) -> bool {
        let last = self.text.token(self.atoms.get(number).tokens.end - 1);
        // "Chinese and Philippine diplomats".
        let joined = Some(last.head()).filter(|first| last.dep() == Dep::Conj && first.dep() == Dep::Amod);
        let last = joined.unwrap_or(last);
        matches!(last.dep(), Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Poss) && self.hangs_in(last)
            || self.atoms.get(number).class != Class::Person
                && self.is_acronym(last)
                && !self.phrase.titles.is_empty()
    }

    fn is_acronym(&self, token: Token<'_>) -> bool {
        token.text().chars().all(|c| c.is_uppercase() || c == '.')
    }

    fn hangs_in(&self, token: Token<'_>) -> bool {
        (self.start..self.phrase.tokens.end).contains(&token.head().i())
            || token.head().i() == self.head_noun()
    }

    /// The noun that the core itself modifies: "rebel positions".
    fn head_noun(&self) -> usize {
        let core = self.text.token(self.phrase.tokens.end - 1);
        if matches!(core.dep(), Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss) {
            core.head().i()
        } else {
            core.i()
        }
    }

    fn word(&mut self, i: usize) -> Step {
        let token = self.text.token(i);
        match token.pos() {
            Pos::Det => self.determiner(token),
            Pos::Pron if token.dep() == Dep::Poss => {
                // "his Russian counterpart" is Russia's.
                if self.phrase.owners.is_empty() {
                    self.phrase.owners.push(Owner::Pronoun(i));
                }
                self.stop_with(i)
            }
            Pos::Num => self.number(token),
            _ if matches!(token.lower(), "'s" | "’s" | "'" | "’") && token.dep() == Dep::Case => {
                self.case(i)
            }
            Pos::Adj | Pos::Noun | Pos::Propn | Pos::Adv | Pos::Verb if self.is_modifier(token) => {
                self.pass(i)
            }
            Pos::Punct | Pos::Sym if matches!(token.text(), "-" | "–" | "/") && !token.has_space_after() => {
                self.pass(i)
            }
            Pos::Cconj if self.joins_owners(i) => self.pass(i),
            Pos::Punct if token.text() == "," && self.lists_owners(i) => self.pass(i),
            _ => Step::Stop,
        }
    }

    fn determiner(&mut self, token: Token<'_>) -> Step {
        self.phrase.definite |=
            matches!(token.lower(), "the" | "this" | "that" | "these" | "those" | "both" | "each");
        if token.lower() == "both" {
            self.phrase.count = Some(2);
        }
        self.stop_with(token.i())
    }

    fn number(&mut self, token: Token<'_>) -> Step {
        self.phrase.count = match token.lower() {
            "two" | "2" => Some(2),
            "three" | "3" => Some(3),
            "four" | "4" => Some(4),
            _ => self.phrase.count,
        };
        self.pass(token.i())
    }

    fn case(&mut self, i: usize) -> Step {
        self.possessive = true;
        self.start = i;
        Step::On
    }

    fn pass(&mut self, i: usize) -> Step {
        self.start = i;
        self.possessive = false;
        Step::On
    }

    fn stop_with(&mut self, i: usize) -> Step {
        self.start = i;
        Step::Stop
    }

    fn is_modifier(&self, token: Token<'_>) -> bool {
        let dated = matches!(token.entity_type(), Some(EntityType::Date | EntityType::Time));
        let loose = matches!(token.pos(), Pos::Adj) && matches!(token.dep(), Dep::Amod | Dep::Compound);
        !dated
            && (loose
                || self.hangs_in(token)
                    && matches!(
                        token.dep(),
                        Dep::Amod
                            | Dep::Compound
                            | Dep::Nmod
                            | Dep::Advmod
                            | Dep::Npadvmod
                            | Dep::Nummod
                            | Dep::Quantmod
                    ))
    }

    /// "Croatian and Slovenian presidents": "and" between two owners.
    fn joins_owners(&self, i: usize) -> bool {
        let owner_starts_here = matches!(self.phrase.owners.last(), Some(&Owner::Atom(n)) if self.atoms.get(n).tokens.start == i + 1);
        let land_before =
            self.atoms.before(i).is_some_and(|n| matches!(self.atoms.get(n).class, Class::Land(_)));
        owner_starts_here && land_before
    }

    /// "Polish, Latvian leaders": a comma between two national adjectives.
    fn lists_owners(&self, i: usize) -> bool {
        let adjective = |n: usize| self.atoms.get(n).class == Class::Land(Word::Adjective);
        self.joins_owners(i) && self.atoms.before(i).is_some_and(adjective)
    }
}

/// No phrase has more phrases within it, which come before it.
const WITHIN: usize = 16;

/// "of", "in", "from" behind a title name its owner: "president of Croatia", "leaders of the three countries".
fn follow(text: &Annotated<'_>, atoms: &Atoms, found: &mut [Phrase], n: usize, base: usize) {
    let Some(joint) = joint_behind(text, atoms, &found[n]) else { return };
    let mut near = found.iter().skip(n + 1).take(WITHIN);
    let first = found[n].tokens.end + 1;
    let Some(target) = near.position(|p| starts_at(text, p, first) && joint.takes(text, atoms, p)) else {
        return;
    };
    let mut last = n + 1 + target;
    let mut owners: SmallVec<[Owner; 2]> = smallvec::smallvec![Owner::Phrase(base + last)];
    while let Some(next) = joined_after(text, found, last).filter(|&next| is_land(atoms, &found[next])) {
        owners.push(Owner::Phrase(base + next));
        last = next;
    }
    let end = found[last].tokens.end;
    found[n].owners = owners;
    found[n].tokens.end = end;
}

/// A preposition between a title and whose it is.
#[derive(Clone, Copy)]
enum Joint {
    /// "the police in Croatia": a place.
    Place,
    /// "the president of Croatia", "the envoy to Croatia": a person has one, too.
    Bond,
    /// "an adviser with the party".
    Company,
}

impl Joint {
    fn of(word: &str) -> Option<Self> {
        match word {
            "in" | "from" | "at" | "across" => Some(Joint::Place),
            "of" | "to" => Some(Joint::Bond),
            "for" | "with" => Some(Joint::Company),
            _ => None,
        }
    }

    fn takes(self, text: &Annotated<'_>, atoms: &Atoms, phrase: &Phrase) -> bool {
        let place = matches!(self, Joint::Place);
        match atoms.get(phrase.core).class {
            // "dissidents at the Vatican's request": the request is at no place.
            Class::Land(_) => !(place && owns_what_follows(text, phrase)),
            Class::Body | Class::People | Class::Area(_) => !place,
            Class::Title(word) => {
                !place && (word == Word::Body || phrase.count.is_some() || !phrase.owners.is_empty())
            }
            Class::Person => matches!(self, Joint::Bond),
        }
    }
}

/// The preposition behind a phrase, where what follows can be its owner.
fn joint_behind(text: &Annotated<'_>, atoms: &Atoms, phrase: &Phrase) -> Option<Joint> {
    let preposition = Some(phrase.tokens.end).filter(|&at| at < text.len()).map(|at| text.token(at))?;
    let joint = Joint::of(preposition.lower())?;
    let noun = text.token(phrase.tokens.end - 1);
    let titled = match atoms.get(phrase.core).class {
        Class::Title(_) => true,
        // "Foreign Minister X of Seychelles".
        Class::Person => !phrase.titles.is_empty() && preposition.lower() == "of",
        _ => false,
    };
    // "his counterparts in Oman and Turkey": theirs.
    let across =
        noun.lemma() == "counterpart" && phrase.owners.iter().all(|o| matches!(o, Owner::Pronoun(_)));
    // "sent negotiators to Oman": they are not Oman's.
    let sent = preposition.lower() == "to" && noun.dep() == Dep::Dobj && preposition.head() != noun;
    (titled && !sent && (phrase.owners.is_empty() || across)).then_some(joint)
}

fn owns_what_follows(text: &Annotated<'_>, phrase: &Phrase) -> bool {
    let next = Some(phrase.tokens.end).filter(|&at| at < text.len());
    next.is_some_and(|at| matches!(text.token(at).text(), "'s" | "’s" | "'" | "’"))
}

fn starts_at(text: &Annotated<'_>, phrase: &Phrase, at: usize) -> bool {
    phrase.tokens.start == at
        || phrase.tokens.start > at
            && phrase.tokens.start - at < 4
            && (at..phrase.tokens.start)
                .all(|i| matches!(text.token(i).pos(), Pos::Det | Pos::Adj | Pos::Adv | Pos::Noun))
}

fn joined_after(text: &Annotated<'_>, found: &[Phrase], n: usize) -> Option<usize> {
    let end = found[n].tokens.end;
    let next = found.get(n + 1)?;
    let gap = end..next.tokens.start;
    let joins = !gap.is_empty() && gap.clone().all(|i| matches!(text.token(i).lower(), "and" | ","));
    joins.then_some(n + 1)
}

fn is_land(atoms: &Atoms, phrase: &Phrase) -> bool {
    matches!(atoms.get(phrase.core).class, Class::Land(_)) && phrase.titles.is_empty()
}
