//! The smallest pieces that name somebody: phrases of the lexicon, and names that only the parse knows.

use std::ops::Range;

use detente_english::{Annotated, Dep, EntityType, Pos, Tag, Token};
use detente_lexicon::{Form, Kind, Lexicon, Match, Word, distance_within, key_of, slips_allowed};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// A run of tokens that names somebody or says what somebody is.
#[derive(Debug, Clone)]
pub struct Atom {
    pub tokens: Range<usize>,
    pub class: Class,
    /// What the lexicon knows of it; empty for a name that it does not know.
    pub forms: SmallVec<[Form; 2]>,
}

/// What an atom does in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A state or region: by name, adjective, people or capital.
    Land(Word),
    /// An organisation, a group, a seat of power.
    Body,
    /// An ethnic or religious people.
    People,
    /// A part of the world that says which state is meant, or states that are named together.
    Area(Word),
    /// A title, an office, a sort of agent: one, several, a body.
    Title(Word),
    /// A person's name.
    Person,
}

/// The atoms of one text, in order, without overlap.
#[derive(Debug, Default)]
pub struct Atoms {
    list: Vec<Atom>,
    at: Vec<Option<u32>>,
}

impl Atoms {
    /// Finds all atoms; `surnames` are the last words of the persons' names in the article.
    pub fn find(
        text: &Annotated<'_>,
        lexicon: &Lexicon,
        day: Option<Date>,
        surnames: &FxHashSet<String>,
    ) -> Atoms {
        let words: Vec<&str> = text.tokens().map(Token::text).collect();
        let halves = HALVES.map(|half| half_named(lexicon, &words, half));
        let finder = Finder { text, lexicon, day, words: &words, known: surnames, halves };
        let mut atoms = Atoms { list: Vec::new(), at: vec![None; text.len()] };
        for sentence in text.sentences() {
            finder.names(&mut atoms, sentence.range());
            finder.phrases(&mut atoms, sentence.range());
            finder.single_names(&mut atoms, sentence.range());
        }
        atoms
    }

    /// The atom with this number.
    pub fn get(&self, number: usize) -> &Atom {
        &self.list[number]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Atom> {
        self.list.iter()
    }

    /// The number of the atom that a token is part of.
    pub fn number_at(&self, token: usize) -> Option<usize> {
        self.at.get(token).copied().flatten().map(|n| n as usize)
    }

    /// The atom that a token is part of.
    pub fn at(&self, token: usize) -> Option<&Atom> {
        self.number_at(token).map(|n| &self.list[n])
    }

    /// The number of the atom that ends right before a token.
    pub fn before(&self, token: usize) -> Option<usize> {
        token.checked_sub(1).and_then(|i| self.number_at(i))
    }

    fn free(&self, tokens: Range<usize>) -> bool {
        self.at[tokens].iter().all(Option::is_none)
    }

    fn add(&mut self, atom: Atom) {
        let number = self.list.len() as u32;
        self.at[atom.tokens.clone()].fill(Some(number));
        self.list.push(atom);
    }
}

/// The last words of the person entities of a text that have more than one word.
pub fn surnames(text: &Annotated<'_>) -> impl Iterator<Item = String> {
    let people = text.entities().iter().filter(|e| e.kind == EntityType::Person && e.end - e.start > 1);
    people.filter_map(|e| {
        let name = key_of(text.text_of(e.start..e.end).trim_end_matches("'s").trim_end_matches("’s"));
        name.rsplit(' ').next().filter(|last| last.len() > 2).map(str::to_owned)
    })
}

struct Finder<'f> {
    text: &'f Annotated<'f>,
    lexicon: &'f Lexicon,
    day: Option<Date>,
    words: &'f [&'f str],
    known: &'f FxHashSet<String>,
    /// What "the North" and "the South" stand for: the states of the text whose names begin so.
    halves: [Option<Match>; 2],
}

const HALVES: [&str; 2] = ["North", "South"];

/// The first state that a text names with this word in front: "North Korea".
fn half_named(lexicon: &Lexicon, words: &[&str], half: &str) -> Option<Match> {
    let named =
        |at: usize| lexicon.lookup(words, at).filter(|found| found.len == 2 && is_state(lexicon, found));
    (0..words.len()).filter(|&at| words[at] == half).find_map(named)
}

fn is_state(lexicon: &Lexicon, found: &Match) -> bool {
    found
        .forms
        .iter()
        .any(|form| form.word == Word::Name && lexicon.subject(form.subject).kind() == Kind::State)
}

/// Where more persons are named than in any report, slips are no longer looked for: each name would be compared with all of them.
const MOST_NEAR: usize = 200;

impl Finder<'_> {
    /// Full names of persons, and the names of person entities once titles and demonyms in front are taken off.
    fn names(&self, atoms: &mut Atoms, sentence: Range<usize>) {
        let mut i = sentence.start;
        while i < sentence.end {
            let found = self.full_name(i, sentence.end).or_else(|| self.entity_name(i));
            i = match found {
                Some(atom) => {
                    let end = atom.tokens.end;
                    atoms.add(atom);
                    end
                }
                None => i + 1,
            };
        }
    }

    fn full_name(&self, at: usize, end: usize) -> Option<Atom> {
        let found = self.lexicon.lookups(&self.words[..end], at).into_iter().find_map(|found| {
            let forms = self.of(&found, |form, kind| kind == Kind::Person && form.word == Word::Name);
            (!forms.is_empty()).then_some((found.len, forms))
        });
        let (len, forms) = found?;
        Some(Atom { tokens: at..at + len, class: Class::Person, forms })
    }

    fn entity_name(&self, at: usize) -> Option<Atom> {
        let entity =
            self.text.token(at).entity().filter(|e| e.start == at && e.kind == EntityType::Person)?;
        let mut start = entity.start;
        while start < entity.end {
            match self.front(start, entity.end) {
                Some(len) if start + len < entity.end => start += len,
                Some(_) => return None,
                None => break,
            }
        }
        let mut end = entity.end;
        while end > start && !self.is_name_word(end - 1) {
            end -= 1;
        }
        let start = self.after_repeat(start, end);
        let known = self.full_name(start, end).filter(|atom| atom.tokens.end == end);
        let plain = || Atom { tokens: start..end, class: Class::Person, forms: self.surnames(start..end) };
        let several = end.saturating_sub(start) > 1;
        let lone =
            !several && self.lexicon.lookups(&self.words[..end], start).iter().any(|m| self.is_no_name(m));
        (start < end && !lone).then(|| known.unwrap_or_else(plain))
    }

    /// How many tokens at the front of a person entity are not the name: a title, a nationality, "'s", "the".
    fn front(&self, at: usize, end: usize) -> Option<usize> {
        let token = self.text.token(at);
        if matches!(
            token.lower(),
            "the" | "'s" | "’s" | "mr" | "mr." | "mrs" | "mrs." | "ms" | "ms." | "dr" | "dr." | "-" | "of"
        ) {
            return Some(1);
        }
        // "On March 31 Macron called": the label takes the day for a part of the name.
        if token.pos() == Pos::Num || token.next().is_some_and(|next| next.pos() == Pos::Num) {
            return Some(1);
        }
        self.lexicon.lookups(&self.words[..end], at).iter().find(|m| self.is_no_name(m)).map(|m| m.len)
    }

    fn is_no_name(&self, found: &Match) -> bool {
        found.forms.iter().any(|f| match self.lexicon.subject(f.subject).kind() {
            Kind::Title => self.words.len() > 1,
            Kind::State | Kind::Region | Kind::Organisation | Kind::Group | Kind::Metonym => true,
            Kind::Person | Kind::People | Kind::Area => false,
        })
    }

    fn is_name_word(&self, at: usize) -> bool {
        let token = self.text.token(at);
        !matches!(token.pos(), Pos::Punct | Pos::Part | Pos::Adp | Pos::Space) && token.lower() != "’s"
    }

    /// "President President": the doubled word is no name.
    fn after_repeat(&self, start: usize, end: usize) -> usize {
        let repeats = start + 1 < end && self.words[start] == self.words[start + 1];
        if repeats { start + 1 } else { start }
    }

    /// Phrases of states, bodies, peoples and titles, the longest first.
    fn phrases(&self, atoms: &mut Atoms, sentence: Range<usize>) {
        let mut i = sentence.start;
        while i < sentence.end {
            let found = if atoms.at[i].is_some() { None } else { self.phrase(i, sentence.end, atoms) };
            i = match found {
                Some(atom) => {
                    let end = atom.tokens.end;
                    atoms.add(atom);
                    end
                }
                None => i + 1,
            };
        }
    }

    fn phrase(&self, at: usize, end: usize, atoms: &Atoms) -> Option<Atom> {
        let found = self.lexicon.lookups(&self.words[..end], at);
        let whole = found.into_iter().filter(|m| atoms.free(at..at + m.len)).find_map(|m| self.atom(at, &m));
        // Many a state has a province of that name.
        let whole = whole.filter(|atom| atom.tokens.len() > 1 || self.half(at).is_none());
        whole.or_else(|| self.prefix(at)).or_else(|| self.half(at))
    }

    /// "talks with the North", where the text speaks of North Korea.
    fn half(&self, at: usize) -> Option<Atom> {
        let which = HALVES.iter().position(|half| *half == self.words[at])?;
        let found = self.halves[which].as_ref()?;
        let token = self.text.token(at);
        // Headlines leave the article out: "talks with North".
        let party = matches!(token.dep(), Dep::Nsubj | Dep::Dobj)
            || token.dep() == Dep::Pobj
                && matches!(token.head().lower(), "with" | "by" | "from" | "against" | "to");
        let called = token.previous().is_some_and(|the| the.lower() == "the")
            || party && token.children().next().is_none();
        let alone = !is_modifier(token) && called;
        let forms = self.of(found, |form, kind| form.word == Word::Name && Wanted::Land.takes(kind));
        alone.then_some(Atom { tokens: at..at + 1, class: Class::Land(Word::Name), forms })
    }

    fn atom(&self, at: usize, found: &Match) -> Option<Atom> {
        let tokens = at..at + found.len;
        let last = self.text.token(tokens.end - 1);
        for class in [Wanted::Land, Wanted::Body, Wanted::People, Wanted::Area, Wanted::Title] {
            let forms = self.of(found, |_, kind| class.takes(kind));
            let Some(form) = forms.first() else { continue };
            match class {
                Wanted::Title if !is_nominal(last) || is_month(last) => continue,
                // "the Polish", but "the Polish cabinet".
                Wanted::Land if form.word == Word::Plural && tokens.len() > 1 && is_modifier(last) => {
                    continue;
                }
                Wanted::Title => return Some(Atom { tokens, class: Class::Title(form.word), forms }),
                Wanted::Land => return Some(Atom { tokens, class: Class::Land(form.word), forms }),
                Wanted::Body => return Some(Atom { tokens, class: Class::Body, forms }),
                Wanted::People => return Some(Atom { tokens, class: Class::People, forms }),
                Wanted::Area => return Some(Atom { tokens, class: Class::Area(form.word), forms }),
            }
        }
        None
    }

    /// "U.S.-led", kept whole by the tokenizer, begins with a land.
    fn prefix(&self, at: usize) -> Option<Atom> {
        let (first, rest) = self.words[at].split_once(['-', '–', '/'])?;
        if is_passive(rest) {
            return None;
        }
        let found = self.lexicon.lookup(&[first], 0)?;
        let forms = self.of(&found, |_, kind| Wanted::Land.takes(kind));
        let word = forms.first()?.word;
        Some(Atom { tokens: at..at + 1, class: Class::Land(word), forms })
    }

    /// One name of a person used alone, where nothing else explains the word.
    fn single_names(&self, atoms: &mut Atoms, sentence: Range<usize>) {
        let mut i = sentence.start;
        while i < sentence.end {
            let run = self.proper_run(atoms, i, sentence.end);
            let end = run.end.max(i + 1);
            if !run.is_empty() {
                let forms = self.surnames(run.clone());
                let named = self.text.token(run.start).entity_type() == Some(EntityType::Person)
                    || self.is_known(&run);
                if named || !forms.is_empty() || self.is_presented(atoms, &run) {
                    atoms.add(Atom { tokens: run, class: Class::Person, forms });
                }
            }
            i = end;
        }
    }

    /// Whether a name that nobody knows stands as a person's does: behind a title, or alone as a subject of two words.
    fn is_presented(&self, atoms: &Atoms, run: &Range<usize>) -> bool {
        let last = self.text.token(run.end - 1);
        let title =
            || atoms.before(run.start).is_some_and(|n| atoms.get(n).class == Class::Title(Word::Singular));
        let plain = || run.clone().all(|i| self.text.token(i).entity().is_none());
        let alone = || run.len() > 1 && matches!(last.dep(), Dep::Nsubj | Dep::Nsubjpass | Dep::Appos);
        plain() && (title() || alone())
    }

    /// Whether a name is the last word of a person's name in the article, but for a slip.
    fn is_known(&self, run: &Range<usize>) -> bool {
        let name = key_of(self.text.text_of(run.clone()));
        let slips = slips_allowed(&name).min(1);
        let near = || self.known.iter().any(|known| distance_within(&name, known, slips).is_some());
        self.known.contains(&name) || slips > 0 && self.known.len() <= MOST_NEAR && near()
    }

    /// A run of proper nouns that no atom explains yet.
    fn proper_run(&self, atoms: &Atoms, start: usize, end: usize) -> Range<usize> {
        let dated =
            |i: usize| matches!(self.text.token(i).entity_type(), Some(EntityType::Date | EntityType::Time));
        let proper = |i: usize| {
            is_capital(self.words[i])
                && (self.text.token(i).pos() == Pos::Propn || self.is_called_shortly(i, end))
        };
        let fits = |i: usize| atoms.at[i].is_none() && proper(i) && !dated(i);
        let mut stop = start;
        while stop < end && fits(stop) {
            stop += 1;
            if stop + 1 < end && matches!(self.words[stop], "-") && fits(stop + 1) {
                stop += 1;
            }
        }
        start..stop
    }

    /// "Trump, Putin agree", "Bush meets Blair": the surname of somebody in the article, taken for a common word at the head of a line.
    fn is_called_shortly(&self, at: usize, end: usize) -> bool {
        let token = self.text.token(at);
        let named = || self.known.contains(&key_of(token.text())) || self.is_in_high_office(at);
        let common = matches!(token.pos(), Pos::Adj | Pos::Noun) && named();
        let acts = |next: Token<'_>| {
            next.text() == "," || matches!(next.tag(), Tag::Vbz | Tag::Vbd | Tag::Vbp | Tag::Md | Tag::Pos)
        };
        common && at + 1 < end && acts(self.text.token(at + 1))
    }

    /// Whether somebody in one of the highest offices of a state goes by this surname.
    fn is_in_high_office(&self, at: usize) -> bool {
        let forms = self.surnames(at..at + 1);
        let mut holdings =
            forms.iter().filter_map(|form| self.lexicon.subject(form.subject).holding(self.day));
        holdings.any(|holding| holding.is_in_high_office())
    }

    /// Persons who are called by this name alone. A run of several words is one only if all of it is the name.
    fn surnames(&self, tokens: Range<usize>) -> SmallVec<[Form; 2]> {
        let found = self.lexicon.lookups(&self.words[..tokens.end], tokens.start);
        let whole = found.into_iter().find(|m| m.len == tokens.len());
        whole.map(|m| self.of(&m, |_, kind| kind == Kind::Person)).unwrap_or_default()
    }

    fn of(&self, found: &Match, wanted: impl Fn(&Form, Kind) -> bool) -> SmallVec<[Form; 2]> {
        let fits = |form: &&Form| {
            form.period.holds(self.day) && wanted(form, self.lexicon.subject(form.subject).kind())
        };
        found.forms.iter().filter(fits).copied().collect()
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    Land,
    Body,
    People,
    Area,
    Title,
}

impl Wanted {
    fn takes(self, kind: Kind) -> bool {
        match self {
            Wanted::Land => matches!(kind, Kind::State | Kind::Region),
            Wanted::Body => matches!(kind, Kind::Organisation | Kind::Group | Kind::Metonym),
            Wanted::People => kind == Kind::People,
            Wanted::Area => kind == Kind::Area,
            Wanted::Title => kind == Kind::Title,
        }
    }
}

/// "backed" after a land: the land is not whose they are.
pub fn is_passive(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "backed",
        "sponsored",
        "supported",
        "funded",
        "trained",
        "held",
        "controlled",
        "occupied",
        "bound",
        "made",
        "armed",
        "brokered",
        "mediated",
        "proposed",
        "imposed",
        "drafted",
        "administered",
        "free",
        "wide",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn) || token.lower() == "military" && token.dep() != Dep::Amod
}

/// "In March the Russians left": no march.
fn is_month(token: Token<'_>) -> bool {
    token.pos() == Pos::Propn && token.entity_type() == Some(EntityType::Date)
}

fn is_modifier(token: Token<'_>) -> bool {
    matches!(token.dep(), Dep::Amod | Dep::Compound | Dep::Nmod) && token.head().i() > token.i()
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
