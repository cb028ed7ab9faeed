//! Reading an article: each phrase and pronoun gets its actors, in the order of the text.

use detente_english::{Annotated, Dep, Pos, Sentence, Token};
use detente_lexicon::{Form, Kind, Lexicon, Office, Role, Standing, Subject, SubjectId, Word};
use detente_model::{Actor, ActorCode, Sector};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::anaphor::{self, Discourse, Seen, SeenClass};
use super::atom::{Atom, Atoms, Class};
use super::phrase::{self, Owner, Phrase};
use super::roster::Roster;
use crate::clause;
use crate::quotation::Quotations;
use crate::{Mention, MentionKind, Resolved};

/// The actors of one mention.
pub type Actors = SmallVec<[Actor; 2]>;

/// One text with its phrases, ready to be read.
#[derive(Debug)]
pub struct Script<'t> {
    pub text: &'t Annotated<'t>,
    pub atoms: Atoms,
    pub phrases: Vec<Phrase>,
    pub quotations: Quotations,
    /// The states that the text names otherwise than by their capital.
    lands: FxHashSet<SubjectId>,
    /// The number of the sentence behind those that say what the report is about: the headline and the first, or the first two.
    lead: usize,
}

/// What is known of the article so far.
#[derive(Debug, Default)]
pub struct Memory {
    pub roster: Roster,
    pub discourse: Discourse,
}

impl<'t> Script<'t> {
    /// Finds atoms and phrases.
    pub fn new(
        text: &'t Annotated<'t>,
        lexicon: &Lexicon,
        day: Option<Date>,
        surnames: &FxHashSet<String>,
    ) -> Self {
        let atoms = Atoms::find(text, lexicon, day, surnames);
        let phrases = phrase::phrases(text, &atoms);
        let named = atoms.iter().filter(|a| matches!(a.class, Class::Land(word) if word != Word::Capital));
        let lands = named.filter_map(|atom| atom.forms.first()).map(|form| form.subject).collect();
        Self { text, atoms, phrases, lands, quotations: Quotations::find(text), lead: lead(text) }
    }
}

impl Memory {
    /// Forgets the order of reading, but not who was named and which states the article is about.
    pub fn start_over(&mut self) {
        self.discourse.start_over();
    }
}

/// Reads one text; `first` is what an earlier reading of it found, for those who speak before they are named.
pub fn read(
    script: &Script<'_>,
    lexicon: &Lexicon,
    day: Option<Date>,
    memory: &mut Memory,
    first: Option<&Resolved>,
) -> Resolved {
    let mut reader = Reader { script, lexicon, day, memory, first, mentions: Vec::new() };
    reader.memory.discourse.open();
    let mut next = 0;
    for token in script.text.tokens() {
        while let Some(phrase) = script.phrases.get(next).filter(|p| reader.head(p) == token.i()) {
            reader.phrase(phrase);
            next += 1;
        }
        reader.pronoun(token);
    }
    Resolved::new(reader.mentions, script.text.len())
}

struct Reader<'r> {
    script: &'r Script<'r>,
    lexicon: &'r Lexicon,
    day: Option<Date>,
    memory: &'r mut Memory,
    first: Option<&'r Resolved>,
    mentions: Vec<Mention>,
}

/// What a phrase was found to mean.
#[derive(Debug, Default)]
struct Meaning {
    actors: Actors,
    name: Option<String>,
    antecedent: Option<usize>,
    office: Option<Office>,
    kind: Option<MentionKind>,
}

impl<'r> Reader<'r> {
    fn head(&self, phrase: &Phrase) -> usize {
        self.atom(phrase.core).tokens.end - 1
    }

    fn atom(&self, number: usize) -> &Atom {
        self.script.atoms.get(number)
    }

    fn written(&self, atom: &Atom) -> String {
        self.script.text.text_of(atom.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn phrase(&mut self, phrase: &Phrase) {
        let core = self.atom(phrase.core).clone();
        let meaning = match core.class {
            Class::Person => self.person(phrase, &core),
            Class::Title(word) => self.title(phrase, &core, word),
            Class::Land(word) => self.land(phrase, &core, word),
            Class::Body | Class::People => self.body(phrase, &core),
            Class::Area(word) => self.area(&core, word),
        };
        let kind = meaning.kind.unwrap_or_else(|| self.kind(phrase, &core));
        self.see(phrase, &core, &meaning);
        self.mentions.push(Mention {
            tokens: phrase.tokens.clone(),
            head: core.tokens.end - 1,
            actors: meaning.actors.into_vec(),
            name: meaning.name,
            kind,
            antecedent: meaning.antecedent,
        });
    }

    fn kind(&self, phrase: &Phrase, core: &Atom) -> MentionKind {
        let subject = |atom: &Atom| atom.forms.first().map(|f| self.lexicon.subject(f.subject).kind());
        match core.class {
            Class::Person if phrase.titles.is_empty() => MentionKind::Named,
            Class::Person | Class::Title(Word::Singular) => MentionKind::Titled,
            Class::Title(_) => MentionKind::Agent,
            Class::Land(_) if self.joint_of_pair(core).is_some() => MentionKind::Pair,
            Class::Land(Word::Capital) => MentionKind::Metonym,
            Class::Land(Word::Name) => MentionKind::Named,
            Class::Land(_) | Class::People | Class::Area(_) => MentionKind::Demonym,
            Class::Body if subject(core) == Some(Kind::Metonym) => MentionKind::Metonym,
            Class::Body => MentionKind::Named,
        }
    }

    /// The hyphen or slash between two lands: "Russia-US", "Turkey/Syria".
    fn joint_of_pair(&self, core: &Atom) -> Option<usize> {
        let joint = |i: usize| {
            i < self.script.text.len() && matches!(self.script.text.token(i).text(), "-" | "/" | "–")
        };
        let land = |i: usize| self.script.atoms.at(i).is_some_and(|a| matches!(a.class, Class::Land(_)));
        let (start, end) = (core.tokens.start, core.tokens.end);
        if matches!(core.class, Class::Land(_)) && joint(end) && land(end + 1) {
            return Some(end);
        }
        (start > 1 && joint(start - 1) && land(start - 2)).then(|| start - 1)
    }

    // ---- lands and bodies ----

    fn land(&mut self, phrase: &Phrase, core: &Atom, word: Word) -> Meaning {
        let Some(subject) = self.subject_of(core) else { return Meaning::default() };
        if let Some(seated) = self.seated_in(core, word) {
            return seated;
        }
        let code = subject.role_on(self.day).and_then(|role| role.code);
        let acts = word == Word::Capital && self.acts(self.script.text.token(core.tokens.end - 1));
        let sector = match word {
            Word::Plural | Word::Singular if !phrase.definite => Some(Sector::Cvl),
            _ => acts.then_some(Sector::Gov),
        };
        let name = Some(subject.name().to_owned());
        Meaning {
            actors: code.map(|code| Actor { code: Some(code), sector }).into_iter().collect(),
            name,
            ..Meaning::default()
        }
    }

    /// "Brussels rejected the claim": the European Union, where the text speaks of that and of Belgium by no other name.
    fn seated_in(&self, core: &Atom, word: Word) -> Option<Meaning> {
        let token = self.script.text.token(core.tokens.end - 1);
        let capital = word == Word::Capital && core.tokens.len() == 1 && self.acts(token);
        let found = capital.then(|| self.lexicon.lookup(&[token.text()], 0))??;
        let mut subjects = found.forms.iter().map(|form| self.lexicon.subject(form.subject));
        let seat = subjects.find(|subject| subject.kind() == Kind::Metonym)?;
        let actor = seat.role_on(self.day).map(actor_of)?;
        let spoken = actor.code.is_some_and(|code| self.memory.discourse.speaks_of(code));
        (spoken && !self.names_state_of(core)).then(|| Meaning {
            actors: smallvec::smallvec![actor],
            name: Some(seat.name().to_owned()),
            kind: Some(MentionKind::Metonym),
            ..Meaning::default()
        })
    }

    /// Whether the text names the state of a capital, and not by that alone.
    fn names_state_of(&self, core: &Atom) -> bool {
        self.subject_of(core).is_some_and(|state| self.script.lands.contains(&state.id()))
    }

    /// Whether a capital stands where a government would: the subject of an act, or whose it is.
    fn acts(&self, token: Token<'_>) -> bool {
        match token.dep() {
            Dep::Nsubj | Dep::Nsubjpass | Dep::Poss => true,
            Dep::Pobj => matches!(token.head().lower(), "with" | "by" | "between" | "against"),
            Dep::Dobj | Dep::Dative => is_addressing(token.head().lemma()),
            Dep::Conj => self.acts_with_head(token),
            _ => false,
        }
    }

    fn acts_with_head(&self, token: Token<'_>) -> bool {
        token.head().i() < token.i() && token.head().dep() != Dep::Conj && self.acts(token.head())
    }

    fn body(&mut self, phrase: &Phrase, core: &Atom) -> Meaning {
        let Some(subject) = self.subject_of(core) else { return Meaning::default() };
        let mut actor = subject.role_on(self.day).map(actor_of).unwrap_or_default();
        if let Some(other) = self.organ_of_another(phrase, actor) {
            actor.code = Some(other);
        } else if actor.code.is_none() || core.class == Class::People {
            actor.code = self
                .owner_codes(phrase)
                .first()
                .copied()
                .or(actor.code)
                // Muslims are those of the state spoken of; Europeans are nobody's.
                .or_else(|| self.memory.discourse.focus().filter(|_| actor.sector.is_some()));
        }
        let name = Some(subject.name().to_owned());
        let actors = if actor == Actor::default() { Actors::new() } else { smallvec::smallvec![actor] };
        Meaning { actors, name, ..Meaning::default() }
    }

    /// "the Indonesian House of Representatives": the state that the words name, where many states have such an organ.
    fn organ_of_another(&self, phrase: &Phrase, actor: Actor) -> Option<ActorCode> {
        use Sector::{Cop, Gov, Jud, Leg, Mil, Pty};
        let organ = matches!(actor.sector, Some(Leg | Jud | Gov | Mil | Cop | Pty));
        let own = actor.code.filter(|code| organ && self.lexicon.state(*code).is_some())?;
        let named = |owner: &Owner| match *owner {
            Owner::Atom(n) if matches!(self.atom(n).class, Class::Land(Word::Adjective | Word::Name)) => {
                self.plain_owner(*owner)
            }
            _ => None,
        };
        let other = phrase.owners.iter().find_map(named)?.code?;
        (other != own && self.lexicon.state(other).is_some()).then_some(other)
    }

    /// "the two Koreas", "the six-party talks": all of them; "the Caucasus" alone is nobody.
    fn area(&self, core: &Atom, word: Word) -> Meaning {
        let actors = if word == Word::Plural { self.members(core).collect() } else { Actors::new() };
        Meaning { actors, ..Meaning::default() }
    }

    /// The states of an area as an owner: "the Baltic presidents", but not all of Africa for "African leaders".
    fn together(&self, atom: &Atom) -> Actors {
        let few = atom.class == Class::Area(Word::Plural) || self.members(atom).count() <= FEW;
        if few { self.members(atom).collect() } else { Actors::new() }
    }

    fn members(&self, atom: &Atom) -> impl Iterator<Item = Actor> + use<'r> {
        let roles = self.subject_of(atom).map(|subject| subject.roles()).unwrap_or_default();
        roles.iter().map(actor_of)
    }

    /// The states among which "the Caucasus nation" is.
    fn area_of(&self, phrase: &Phrase) -> Option<&Atom> {
        phrase.owners.iter().find_map(|owner| match *owner {
            Owner::Atom(number) => {
                Some(self.atom(number)).filter(|a| a.class == Class::Area(Word::Adjective))
            }
            _ => None,
        })
    }

    fn subject_of(&self, atom: &Atom) -> Option<Subject<'r>> {
        let lexicon: &'r Lexicon = self.lexicon;
        let mut subjects = atom.forms.iter().map(|form| lexicon.subject(form.subject));
        // A force that was the army's may be the rebels' on another day.
        let held = |subject: &Subject<'r>| subject.roles().iter().any(|role| role.period.holds(self.day));
        subjects.clone().find(held).or_else(|| subjects.next())
    }

    // ---- owners ----

    /// The actors that a phrase's owners are, one each.
    fn owners(&mut self, phrase: &Phrase) -> Actors {
        let owners: Actors = phrase.owners.iter().flat_map(|owner| self.owner(*owner)).collect();
        // "a Muslim farmer", "European nations": nobody's in particular.
        owners.into_iter().filter(|owner| owner.code.is_some()).collect()
    }

    fn owner(&mut self, owner: Owner) -> Actors {
        match owner {
            Owner::Pronoun(token) => self.pronoun_actors(self.script.text.token(token)).0,
            Owner::Phrase(number) => {
                let phrase = self.script.phrases[number].clone();
                let core = self.atom(phrase.core).clone();
                match core.class {
                    Class::Person => self.person(&phrase, &core).actors,
                    Class::Title(word) => self.title(&phrase, &core, word).actors,
                    Class::Land(word) => self.land(&phrase, &core, word).actors,
                    Class::Body | Class::People => self.body(&phrase, &core).actors,
                    Class::Area(word) => self.area(&core, word).actors,
                }
            }
            Owner::Atom(number) => self.atom_owner(&self.atom(number).clone()),
        }
    }

    fn atom_owner(&mut self, atom: &Atom) -> Actors {
        if matches!(atom.class, Class::Area(_)) {
            return self.together(atom);
        }
        if atom.class == Class::Person {
            return self.named(atom, None, &[]).map(|named| named.actor).into_iter().collect();
        }
        let actor = self.subject_of(atom).and_then(|subject| subject.role_on(self.day)).map(actor_of);
        actor.into_iter().collect()
    }

    fn owner_codes(&mut self, phrase: &Phrase) -> SmallVec<[ActorCode; 2]> {
        let mut codes = SmallVec::new();
        for code in self.owners(phrase).iter().filter_map(|actor| actor.code) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    // ---- titles ----

    fn title(&mut self, phrase: &Phrase, core: &Atom, word: Word) -> Meaning {
        if self.is_beside_owner(core) || self.is_named_behind(core, word) {
            return Meaning::default();
        }
        let area = self.area_of(phrase).filter(|_| word != Word::Plural).cloned();
        let mut owners = if area.is_some() { Actors::new() } else { self.owners(phrase) };
        if owners.is_empty() {
            owners.extend(self.body_in_front(phrase));
        }
        if owners.is_empty()
            && (self.is_bare(phrase) || area.is_some() || phrase.count.is_some())
            && let Some(meaning) = self.anaphor(phrase, core, word)
        {
            return meaning;
        }
        let group = self.named_group(phrase);
        let owners: Actors = if owners.is_empty() { group.into_iter().collect() } else { owners };
        let actors = if owners.is_empty() {
            self.ownerless(phrase, core, word)
        } else {
            owners.iter().map(|owner| self.titled(core, &phrase.titles, *owner, word)).collect()
        };
        let office = self.office(core, actors.first().and_then(|a| a.code));
        let name = (word == Word::Singular).then(|| self.holder(office, actors.first())).flatten();
        Meaning { actors: distinct(actors), name, office, ..Meaning::default() }
    }

    /// Whether nothing in the phrase but the core says who is meant.
    fn is_bare(&self, phrase: &Phrase) -> bool {
        phrase.owners.is_empty()
    }

    /// "Sudan's neighbours", "its allies": other states than the one they are named after.
    fn is_beside_owner(&self, core: &Atom) -> bool {
        let noun = self.script.text.token(core.tokens.end - 1);
        let is_land = |atom: &Atom| matches!(atom.class, Class::Land(Word::Name | Word::Capital));
        let state = |c: Token<'_>| c.lower() == "its" || self.script.atoms.at(c.i()).is_some_and(is_land);
        clause::stands_beside_owner(noun) && noun.children_with(Dep::Poss).any(state)
    }

    /// "the regional bloc ECOWAS", "the group Hamas": the name says who it is.
    fn is_named_behind(&self, core: &Atom, word: Word) -> bool {
        let next = self.script.atoms.at(core.tokens.end).filter(|next| next.class == Class::Body);
        word == Word::Body && next.is_some_and(|next| next.tokens.start == core.tokens.end)
    }

    /// "council members", "government officials": those of the body spoken of.
    fn body_in_front(&mut self, phrase: &Phrase) -> Option<Actor> {
        let is_body = |number: &usize| self.atom(*number).class == Class::Title(Word::Body);
        let number = phrase.titles.iter().copied().find(is_body)?;
        let core = self.atom(number).clone();
        let alone = Phrase {
            tokens: core.tokens.clone(),
            core: number,
            titles: SmallVec::new(),
            owners: SmallVec::new(),
            definite: true,
            count: None,
        };
        self.anaphor(&alone, &core, Word::Body)?.actors.first().copied()
    }

    /// A group or organisation within the phrase that is not its owner by grammar.
    fn named_group(&mut self, phrase: &Phrase) -> Option<Actor> {
        let inner = phrase
            .titles
            .iter()
            .map(|&n| self.atom(n))
            .find(|a| matches!(a.class, Class::Body | Class::Land(_)))?;
        let inner = inner.clone();
        self.atom_owner(&inner).first().copied()
    }

    /// Who a title is of that owner: the owner's code, the title's sector, unless the owner is a body of its own sector.
    fn titled(&self, core: &Atom, titles: &[usize], owner: Actor, word: Word) -> Actor {
        let role = self.title_role(core, owner.code);
        let further =
            || titles.iter().find_map(|&n| self.title_role(self.atom(n), owner.code).and_then(|r| r.sector));
        let own = role.and_then(|role| role.sector).or_else(further);
        let sector = match (own, owner.sector) {
            (Some(_), Some(owner)) if word == Word::Body => Some(owner),
            (Some(Sector::Uaf), _) if owner.code.is_some() => Some(Sector::Reb),
            (Some(Sector::Gov) | None, Some(owner)) => Some(owner),
            // "a Hezbollah commander".
            (Some(Sector::Mil | Sector::Cop), Some(Sector::Reb)) => Some(Sector::Reb),
            (Some(Sector::Gov), None) if self.is_organisation(owner.code) && word != Word::Plural => None,
            (own, _) => own,
        };
        Actor { code: owner.code, sector }
    }

    fn title_role(&self, atom: &Atom, code: Option<ActorCode>) -> Option<Role> {
        let roles = || {
            let titles = atom.forms.iter().map(|form| self.lexicon.subject(form.subject));
            titles.filter(|s| s.kind() == Kind::Title).flat_map(|s| s.roles().iter().copied())
        };
        let of_state = code.and_then(|code| roles().find(|role| role.code == Some(code)));
        let general = || roles().filter(|role| role.code.is_none());
        let of_all = || general().find(|role| role.sector.is_some()).or_else(|| general().next());
        of_state.or_else(of_all).or_else(|| roles().next())
    }

    fn office(&self, atom: &Atom, code: Option<ActorCode>) -> Option<Office> {
        self.title_role(atom, code).and_then(|role| role.office)
    }

    fn is_organisation(&self, code: Option<ActorCode>) -> bool {
        code.is_some_and(|code| self.lexicon.state(code).is_none())
    }

    fn holder(&self, office: Option<Office>, actor: Option<&Actor>) -> Option<String> {
        let (office, code) = (office?, actor?.code?);
        let holders = self.lexicon.holders(office, code, self.day);
        (holders.len() == 1).then(|| holders[0].name().to_owned())
    }

    /// A title or agent of nobody in particular: of the state that the article is about.
    fn ownerless(&self, phrase: &Phrase, core: &Atom, word: Word) -> Actors {
        // A title of one place only, as the Dalai Lama's, says itself whose it is.
        let role = self.title_role(core, None);
        let sector = role.and_then(|role| role.sector);
        let own = role.and_then(|role| role.code).filter(|_| word == Word::Singular);
        let armed = matches!(sector, Some(Sector::Reb | Sector::Gov | Sector::Mil | Sector::Opp));
        let own = own.or_else(|| self.partner(core).filter(|_| armed));
        let noun = self.script.text.token(core.tokens.end - 1);
        let abroad = self.is_foreign(core)
            || clause::stands_beside_owner(noun)
            || word == Word::Plural && self.is_of_wider_area(phrase);
        let focus = || {
            let office = self.office(core, None);
            let fits = |code: &ActorCode| {
                let strange = abroad
                    || self.is_met_by(core, *code)
                    || sector == Some(Sector::Cvl) && self.is_killed_by(core, *code);
                sector.is_some()
                    && !strange
                    && !office.is_some_and(|office| self.lexicon.lacks(office, *code))
            };
            let discourse = &self.memory.discourse;
            let of_body = sector == Some(Sector::Gov);
            if of_body { discourse.focus() } else { discourse.focus_of_states() }.filter(fits)
        };
        let own = own.or_else(|| self.jailed_by(core).filter(|_| sector.is_some() && !abroad));
        let code = own.or_else(|| self.locale(phrase, core, sector)).or_else(focus);
        if code.is_none() && sector.is_none() {
            if is_many_lands(phrase, self.written(core).as_str()) {
                smallvec::smallvec![ABROAD]
            } else {
                Actors::new()
            }
        } else {
            smallvec::smallvec![Actor { code, sector }]
        }
    }

    /// "a bomb killed thirty people in the Iraqi city of Kufa": the state that the sentence lies in, where it names one, is that of those who
    /// live there and of those who strike there, unless they were spoken of before.
    fn locale(&self, phrase: &Phrase, core: &Atom, sector: Option<Sector>) -> Option<ActorCode> {
        use Sector::{Cop, Crm, Cvl, Edu, Lab, Med, Opp, Reb, Uaf};
        let strangers = !phrase.definite && !self.is_foreign(core);
        let local = strangers && matches!(sector, Some(Cvl | Cop | Crm | Edu | Lab | Med | Opp | Reb | Uaf));
        let sentence = self.script.text.token(core.tokens.start).sentence().range();
        let near = sentence.start.max(core.tokens.start.saturating_sub(NEAR))
            ..sentence.end.min(core.tokens.end + NEAR);
        let place = |i: usize| {
            let atom = self.script.atoms.at(i).filter(|atom| atom.tokens.end == i + 1)?;
            let land = matches!(atom.class, Class::Land(_)) && is_whereabouts(self.script.text.token(i));
            self.plain_code(atom).filter(|_| land)
        };
        let mut places = near.filter(|_| local).filter_map(place);
        let first = places.next()?;
        places.all(|code| code == first).then_some(first)
    }

    fn plain_code(&self, atom: &Atom) -> Option<ActorCode> {
        self.subject_of(atom)?.role_on(self.day)?.code
    }

    /// "foreign workers", "international observers": of other states than the one spoken of.
    fn is_foreign(&self, core: &Atom) -> bool {
        const FOREIGN: &[&str] = &["foreign", "international", "multinational", "overseas", "expatriate"];
        let token = self.script.text.token(core.tokens.end - 1);
        let before = |c: Token<'_>| c.i() < core.tokens.start && FOREIGN.contains(&c.lower());
        token.children_with(Dep::Amod).any(before)
    }

    /// "African leaders", "European ministers": of no single state.
    fn is_of_wider_area(&self, phrase: &Phrase) -> bool {
        let of_none = |role: &Role| role.code.is_none() && role.sector.is_none();
        phrase.owners.iter().any(|owner| match *owner {
            Owner::Atom(number) => match self.atom(number).class {
                Class::Area(_) => true,
                Class::People => self
                    .subject_of(self.atom(number))
                    .and_then(|subject| subject.role_on(self.day))
                    .is_none_or(of_none),
                _ => false,
            },
            _ => false,
        })
    }

    /// "The minister defended Israel": he is not Israel's own.
    fn is_met_by(&self, core: &Atom, code: ActorCode) -> bool {
        let token = self.script.text.token(core.tokens.end - 1);
        let verb = Some(token.head()).filter(|_| token.dep() == Dep::Nsubj);
        let objects = verb.into_iter().flat_map(|verb| verb.children_with(Dep::Dobj));
        // "the Chinese ambassador", but not "the Chinese government", whom its own may address.
        let words = objects.flat_map(|object| {
            let person =
                self.script.atoms.at(object.i()).is_some_and(|a| a.class == Class::Title(Word::Singular));
            let owners = object
                .children()
                .filter(move |c| person && matches!(c.dep(), Dep::Amod | Dep::Poss | Dep::Compound));
            std::iter::once(object).chain(owners)
        });
        let lands = words
            .filter_map(|word| self.script.atoms.at(word.i()))
            .filter(|atom| matches!(atom.class, Class::Land(word) if word != Word::Plural));
        lands.filter_map(|atom| self.plain_code(atom)).any(|met| met == code)
    }

    /// "He freed a few dissidents": whom a state holds, tries or lets go is its own, unless the text says otherwise.
    fn jailed_by(&self, core: &Atom) -> Option<ActorCode> {
        const VERBS: &[&str] =
            &["free", "release", "pardon", "arrest", "detain", "jail", "imprison", "execute"];
        let actors = self.doers_to(core, VERBS).filter_map(|doer| doer.actors.first().copied());
        // An army often holds others than its own.
        let home = actors.filter(|actor| actor.sector != Some(Sector::Mil)).find_map(|actor| actor.code)?;
        self.lexicon.state(home).map(|_| home)
    }

    /// "The United States struck boats, killing 100 people": whom a state kills is not its own, unless the text says so.
    fn is_killed_by(&self, core: &Atom, code: ActorCode) -> bool {
        let state = Actor { code: Some(code), sector: None };
        self.doers_to(core, &["kill", "wound", "injure"]).any(|doer| doer.actors[..] == [state])
    }

    /// Who does one of these things to somebody: the doers of the verb whose object it is.
    fn doers_to(&self, core: &Atom, verbs: &[&str]) -> impl Iterator<Item = &Mention> {
        let token = self.script.text.token(core.tokens.end - 1);
        let verb =
            Some(token.head()).filter(|verb| token.dep() == Dep::Dobj && verbs.contains(&verb.lemma()));
        let doers = verb.map(clause::agents).unwrap_or_default().into_iter();
        doers.filter_map(|i| self.mention_around(i)).map(|number| &self.mentions[number])
    }

    /// "the Philippine government and rebels", "government negotiators and Tamil Tiger rebels": who is named together is of one state.
    fn partner(&self, core: &Atom) -> Option<ActorCode> {
        let token = self.script.text.token(core.tokens.end - 1);
        let before = Some(token.head()).filter(|_| token.dep() == Dep::Conj);
        let other = before.or_else(|| token.child(Dep::Conj))?;
        let first = self.phrases_before(other.i());
        let near = self.script.phrases[first..].iter().take_while(|p| p.tokens.start <= other.i());
        let phrase = near.into_iter().find(|p| p.tokens.contains(&other.i()))?;
        let owner = phrase.owners.iter().find_map(|owner| self.plain_owner(*owner));
        let core = || self.plain_owner(Owner::Atom(phrase.core));
        owner.or_else(core)?.code.filter(|code| self.lexicon.state(*code).is_some())
    }

    /// "the minister", "both sides", "the country": somebody the article has spoken of.
    fn anaphor(&mut self, phrase: &Phrase, core: &Atom, word: Word) -> Option<Meaning> {
        let text = self.script.text;
        let noun = text.token(core.tokens.end - 1).lemma().to_lowercase();
        let among: Option<Actors> = self.area_of(phrase).map(|area| self.members(area).collect());
        let ask = anaphor::Question {
            sentence: text.token(core.tokens.start).sentence().number(),
            noun: &noun,
            among: among.as_ref(),
            beside: self.subject_land(text.token(core.tokens.end - 1)),
            phrase: text.text_of(core.tokens.clone()),
            word,
            count: phrase.count,
            numbered: text.token(core.tokens.end - 1).children_with(Dep::Nummod).next().is_some(),
            definite: phrase.definite,
            sector: self.title_role(core, None).and_then(|role| role.sector),
            office: self.office(core, None),
        };
        let answer = self.memory.discourse.answer(&ask, &self.memory.roster, |office| {
            core.forms
                .iter()
                .flat_map(|f| self.lexicon.subject(f.subject).roles())
                .any(|r| r.office == Some(office))
        })?;
        Some(Meaning {
            actors: answer.actors,
            name: answer.name,
            antecedent: answer.mention,
            office: ask.office,
            kind: Some(MentionKind::Anaphor),
        })
    }

    /// The state that is the subject of the clause in which a word is something else: it does nothing to "the country" that is itself.
    fn subject_land(&self, token: Token<'_>) -> Option<ActorCode> {
        self.other_side(token).or_else(|| self.subject_of_clause(token))
    }

    /// "the withdrawal of Israeli troops from the territory": it is not theirs.
    fn other_side(&self, token: Token<'_>) -> Option<ActorCode> {
        let directed =
            token.dep() == Dep::Pobj && matches!(token.head().lower(), "from" | "against" | "on" | "into");
        let noun = Some(token.head().head()).filter(|noun| directed && !clause::is_verbal(*noun))?;
        let owners = noun.children().filter(|c| matches!(c.dep(), Dep::Amod | Dep::Poss | Dep::Compound));
        let doers = clause::prepositional(noun, "of").into_iter().chain(owners.map(Token::i));
        doers.filter_map(|i| self.mention_around(i)).find_map(|n| self.mentions[n].actors.first()?.code)
    }

    fn subject_of_clause(&self, token: Token<'_>) -> Option<ActorCode> {
        let verb = token.ancestors().take(DEEPEST).find(|t| clause::is_verbal(*t))?;
        let own = |subject: &Token<'_>| !subject.subtree().contains(&token.i());
        let doers = clause::surface_subjects(verb).into_iter().map(|i| self.script.text.token(i));
        let subject = doers.filter(own).find(|doer| doer.i() < token.i())?;
        let land = self.script.atoms.at(subject.i()).is_some_and(|atom| matches!(atom.class, Class::Land(_)));
        let mention = self.mention_around(subject.i()).filter(|_| land || is_visited(token))?;
        self.mentions[mention].actors.first()?.code
    }

    // ---- persons ----

    fn person(&mut self, phrase: &Phrase, core: &Atom) -> Meaning {
        let owners = self.owners(phrase);
        let owner = owners.first().copied();
        let titles = phrase.titles.clone();
        match self.named(core, owner, &titles) {
            Some(named) => Meaning {
                actors: if named.actor == Actor::default() {
                    Actors::new()
                } else {
                    smallvec::smallvec![named.actor]
                },
                name: Some(named.name),
                office: named.office,
                ..Meaning::default()
            },
            None => Meaning::default(),
        }
    }

    fn named(&mut self, core: &Atom, owner: Option<Actor>, titles: &[usize]) -> Option<Named> {
        let written = self.written(core);
        let stated = self.stated(core, owner, titles);
        if let Some(known) = self.memory.roster.find(&written) {
            let mut named = Named { name: known.name.clone(), actor: known.actor, office: known.office };
            if known.subject.is_none() && !known.name.eq_ignore_ascii_case(&written)
                || known.actor.code.is_none()
            {
                named = self.complete(named, stated);
            }
            if stated.actor.code.is_none()
                || named.actor.code.is_none()
                || stated.actor.code == named.actor.code
            {
                return Some(self.learn(named, None, &written));
            }
        }
        self.in_lexicon(core, &written, stated)
            .or_else(|| self.misspelt(&written, stated))
            .or_else(|| self.unknown(core, written, stated))
    }

    fn complete(&self, mut named: Named, stated: Stated) -> Named {
        named.actor.code = named.actor.code.or(stated.actor.code);
        named.actor.sector = named.actor.sector.or(stated.actor.sector);
        named.office = named.office.or(stated.office);
        named
    }

    /// What the titles and owners around a name say of its bearer.
    fn stated(&self, core: &Atom, owner: Option<Actor>, titles: &[usize]) -> Stated {
        let code = owner.and_then(|owner| owner.code);
        let Some(&nearest) = titles.first() else {
            return self.in_apposition(core).unwrap_or(Stated {
                actor: owner.unwrap_or_default(),
                office: None,
                titled: false,
            });
        };
        let actor = self.titled(self.atom(nearest), &titles[1..], owner.unwrap_or_default(), Word::Singular);
        Stated { actor, office: self.office(self.atom(nearest), code), titled: true }
    }

    /// "Ivan Rybkin, the secretary of …" and "the negotiator, Ivan Rybkin": a title phrase beside the name.
    fn in_apposition(&self, core: &Atom) -> Option<Stated> {
        let text = self.script.text;
        let comma = |i: usize| i < text.len() && text.token(i).text() == ",";
        let (start, end) = (core.tokens.start, core.tokens.end);
        let title = |p: &&Phrase| self.atom(p.core).class == Class::Title(Word::Singular);
        let close = |p: &&Phrase| {
            let head = text.token(self.head(p));
            let name = text.token(end - 1);
            head.dep() == Dep::Appos && core.tokens.contains(&head.head().i())
                || name.dep() == Dep::Appos && p.tokens.contains(&name.head().i())
        };
        let (before, after) = self.script.phrases.split_at(self.phrases_before(start));
        let near = |p: &&Phrase| self.head(p) < end + NEAR;
        let right = || after.iter().take_while(near).find(|p| comma(end) && p.tokens.start == end + 1);
        let near = |p: &&Phrase| self.head(p) + 12 > start;
        let left = || {
            let fits = |p: &&Phrase| p.tokens.end <= start && start - p.tokens.start < 12;
            before.iter().rev().take_while(near).find(fits)
        };
        let found = right().filter(title).filter(close).or_else(|| left().filter(title).filter(close))?;
        let owner = found.owners.iter().find_map(|owner| self.plain_owner(*owner));
        let actor =
            self.titled(self.atom(found.core), &found.titles, owner.unwrap_or_default(), Word::Singular);
        Some(Stated { actor, office: self.office(self.atom(found.core), actor.code), titled: true })
    }

    /// How many phrases have their head before a token.
    fn phrases_before(&self, token: usize) -> usize {
        self.script.phrases.partition_point(|phrase| self.head(phrase) < token)
    }

    /// The last mention so far whose words a token is among.
    fn mention_around(&self, token: usize) -> Option<usize> {
        let near = |m: &&Mention| m.head + NEAR > token;
        let after = self.mentions.iter().rev().take_while(near).position(|m| m.tokens.contains(&token))?;
        Some(self.mentions.len() - 1 - after)
    }

    /// The owner where it is plain to see, without asking what was said before.
    fn plain_owner(&self, owner: Owner) -> Option<Actor> {
        let atom = match owner {
            Owner::Atom(number) => self.atom(number),
            Owner::Phrase(number) => self.atom(self.script.phrases[number].core),
            Owner::Pronoun(_) => return None,
        };
        if atom.class == Class::Person {
            return self.memory.roster.find(&self.written(atom)).map(|known| known.actor);
        }
        self.subject_of(atom).filter(|s| s.kind() != Kind::Title)?.role_on(self.day).map(actor_of)
    }

    fn in_lexicon(&mut self, core: &Atom, written: &str, stated: Stated) -> Option<Named> {
        let mut best: Option<(u32, Named, SubjectId)> = None;
        for form in &core.forms {
            let person = self.lexicon.subject(form.subject);
            let Some((fit, role)) = self.fit(person, form, stated) else { continue };
            if best.as_ref().is_none_or(|(least, ..)| fit < *least) {
                let named =
                    Named { name: person.name().to_owned(), actor: actor_of(&role), office: role.office };
                best = Some((fit, named, form.subject));
            }
        }
        let (_, named, id) = best?;
        Some(self.learn(named, Some(id), written))
    }

    /// How badly a person of the lexicon fits what the text says, and the role meant; `None` where it contradicts.
    fn fit(&self, person: Subject<'_>, form: &Form, stated: Stated) -> Option<(u32, Role)> {
        let wanted = |role: &&Role| {
            stated.actor.code.is_none_or(|code| role.code == Some(code))
                && stated.office.is_none_or(|o| role.office == Some(o))
        };
        let wanted_code = |role: &Role| stated.actor.code.is_none() || role.code == stated.actor.code;
        let exact = person.roles().iter().filter(|r| r.period.holds(self.day)).find(wanted).copied();
        if let Some(role) = exact.filter(|_| stated.titled) {
            return Some((0, role));
        }
        let holding = person.holding(self.day)?;
        let same_code =
            stated.actor.code.is_none_or(|code| person.roles().iter().any(|r| r.code == Some(code)));
        let rank = holding.role.office.map_or(99, |o| o.rank()) as u32;
        if !same_code {
            return None;
        }
        let alone = form.is_surname();
        let out_of_office = holding.standing != Standing::Held;
        // One name alone is taken for a stranger's unless its bearer is in a high office, or a title says so.
        if alone
            && !holding.is_in_high_office()
            && !(stated.titled && stated.actor.code.is_some() && !out_of_office)
        {
            return None;
        }
        let stated_role = || {
            person.roles().iter().rev().find(|r| stated.actor.code.is_some() && r.code == stated.actor.code)
        };
        let role = if wanted_code(holding.role) { None } else { stated_role().copied() };
        Some((
            1 + rank + 100 * u32::from(out_of_office) + 200 * u32::from(alone),
            role.unwrap_or(*holding.role),
        ))
    }

    /// A slip of the pen: near a name of the article, or near a full name of the lexicon.
    fn misspelt(&mut self, written: &str, stated: Stated) -> Option<Named> {
        let agrees = |actor: Actor| stated.actor.code.is_none_or(|code| actor.code == Some(code));
        let near = self.lexicon.near(written, self.day).into_iter().find(|h| agrees(actor_of(h.role)));
        let near = near.map(|h| {
            (
                Named { name: h.person.name().to_owned(), actor: actor_of(h.role), office: h.role.office },
                h.person.id(),
            )
        });
        if let Some((named, id)) = near {
            return Some(self.learn(named, Some(id), written));
        }
        let known = self.memory.roster.find_near(written).filter(|known| agrees(known.actor))?;
        let named = Named { name: known.name.clone(), actor: known.actor, office: known.office };
        Some(self.learn(named, None, written))
    }

    /// Somebody the lexicon does not know: what the text says of them.
    fn unknown(&mut self, core: &Atom, written: String, stated: Stated) -> Option<Named> {
        let mut actor = stated.actor;
        if stated.titled && actor.code.is_none() {
            let lacks =
                |code: ActorCode| stated.office.is_some_and(|office| self.lexicon.lacks(office, code));
            let fits = |code: ActorCode| !self.is_met_by(core, code);
            actor.code = self.memory.discourse.focus_among(fits).filter(|code| !lacks(*code));
        }
        if actor == Actor::default() {
            actor = self.introduced(core).unwrap_or_default();
        }
        let person =
            !core.forms.is_empty() || core.tokens.len() > 1 || stated.titled || stated.actor.code.is_some();
        let entity = self.script.text.token(core.tokens.start).entity_type()
            == Some(detente_english::EntityType::Person);
        (person || entity).then(|| {
            let named = Named { name: written.clone(), actor, office: stated.office };
            self.learn(named, None, &written)
        })
    }

    /// Whom a bare full name at the head of a sentence names: the one whom the sentence before brought up.
    fn introduced(&self, core: &Atom) -> Option<Actor> {
        let token = self.script.text.token(core.tokens.end - 1);
        let subject = matches!(token.dep(), Dep::Nsubj | Dep::Nsubjpass) && core.tokens.len() > 1;
        self.memory.discourse.unnamed_before(token.sentence().number()).filter(|_| subject)
    }

    fn learn(&mut self, named: Named, subject: Option<SubjectId>, written: &str) -> Named {
        let known = self.memory.roster.learn(&[&named.name, written], subject, named.actor, named.office);
        Named { name: known.name.clone(), actor: named.actor, office: named.office }
    }

    // ---- pronouns and memory ----

    fn pronoun(&mut self, token: Token<'_>) {
        let (actors, antecedent) = match anaphor::numeral(token) {
            Some(count) => (self.so_many(count, token.sentence().number()), None),
            None if anaphor::is_pronoun(token) => self.pronoun_actors(token),
            None => return,
        };
        let name = antecedent.and_then(|n| self.mentions.get(n)).and_then(|m| m.name.clone());
        self.mentions.push(Mention {
            tokens: token.i()..token.i() + 1,
            head: token.i(),
            actors: actors.into_vec(),
            name,
            kind: MentionKind::Pronoun,
            antecedent,
        });
    }

    /// "the two held talks": the last two.
    fn so_many(&self, count: usize, sentence: usize) -> Actors {
        if let Some(counted) = self.memory.discourse.counted(count) {
            return counted;
        }
        let ask = anaphor::Question {
            sentence,
            noun: "person",
            among: None,
            beside: None,
            phrase: "",
            word: Word::Plural,
            count: Some(count),
            numbered: true,
            definite: true,
            sector: None,
            office: None,
        };
        let answer = self.memory.discourse.answer(&ask, &self.memory.roster, |_| false);
        answer.map(|answer| answer.actors).unwrap_or_default()
    }

    fn pronoun_actors(&mut self, token: Token<'_>) -> (Actors, Option<usize>) {
        if let Some(head) = anaphor::relative_head(token) {
            let found = self.mention_around(head.i());
            return (
                found.map(|n| self.mentions[n].actors.iter().copied().collect()).unwrap_or_default(),
                found,
            );
        }
        if let Some(gloss) = self.gloss(token) {
            return (gloss, None);
        }
        if let Some(speaker) = self.quoted_speaker(token) {
            return speaker;
        }
        if let Some(signatories) = self.signatories(token) {
            return (signatories, None);
        }
        if let Some(subject) = self.subject_ahead(token) {
            return subject;
        }
        let quoted = self.script.quotations.around(token.i()).is_some();
        let Some(seen) = self.memory.discourse.pronoun(token, quoted) else { return Default::default() };
        if token.dep() == Dep::Nsubj && matches!(token.lower(), "he" | "she" | "it") {
            self.memory.discourse.see_again(&seen, token);
        }
        (seen.actors, seen.mention)
    }

    /// "They (the North Koreans) presented": the article says itself who is meant.
    fn gloss(&mut self, token: Token<'_>) -> Option<Actors> {
        let text = self.script.text;
        let open = token.i() + 1;
        if open >= text.len() || text.token(open).text() != "(" {
            return None;
        }
        let near = self.script.phrases.iter().skip(self.phrases_before(open));
        let first = near.take_while(|p| p.tokens.start <= open + 2).position(|p| p.tokens.start > open)?;
        let number = self.phrases_before(open) + first;
        let end = self.script.phrases[number].tokens.end;
        let closes = end < text.len() && text.token(end).text() == ")";
        closes.then(|| self.owner(Owner::Phrase(number))).filter(|actors| !actors.is_empty())
    }

    /// "We, the foreign ministers of X and Y, condemn … We call": those who sign a statement.
    fn signatories(&mut self, token: Token<'_>) -> Option<Actors> {
        let quoted = self.script.quotations.around(token.i()).is_some();
        if quoted || !matches!(token.lower(), "we" | "our" | "us") {
            return None;
        }
        let named = self.named_behind(token);
        if named.len() > 1 {
            self.memory.discourse.sign(&named);
        }
        self.memory.discourse.signatories()
    }

    /// The actors between the commas behind a pronoun.
    fn named_behind(&mut self, token: Token<'_>) -> Actors {
        let (text, open, verb) = (self.script.text, token.i() + 1, token.head().i());
        if open >= verb || text.token(open).text() != "," || token.dep() != Dep::Nsubj {
            return Actors::new();
        }
        let phrases = self.script.phrases.iter().enumerate().skip(self.phrases_before(open));
        let mut end = open;
        let mut named = Vec::new();
        for (number, phrase) in phrases.take_while(|(_, phrase)| self.head(phrase) < verb) {
            // "the foreign ministers of Canada and France": neither land by itself.
            if phrase.tokens.start >= end {
                end = phrase.tokens.end;
                named.push(number);
            }
        }
        distinct(named.into_iter().flat_map(|number| self.owner(Owner::Phrase(number))).collect())
    }

    /// "During his visit, Sadat said": the subject that follows, as an earlier reading knew it.
    fn subject_ahead(&self, token: Token<'_>) -> Option<(Actors, Option<usize>)> {
        let subject = anaphor::subject_ahead(token)?;
        let mention = self.first?.mention_at(subject.i()).filter(|m| m.kind != MentionKind::Pronoun)?;
        let person = mention.kind == MentionKind::Titled
            || subject.entity_type() == Some(detente_english::EntityType::Person);
        let agrees = mention.actors.len() == 1 && person != (token.lower() == "its");
        agrees.then(|| (mention.actors.iter().copied().collect(), None))
    }

    /// "I" and "we" between quotation marks: who speaks there, though he be named only later.
    fn quoted_speaker(&self, token: Token<'_>) -> Option<(Actors, Option<usize>)> {
        let quotation = self.script.quotations.around(token.i()).filter(|_| anaphor::is_speaker(token))?;
        let speaker = quotation.speaker?;
        let here = self.mention_around(speaker);
        let mention = match here {
            Some(number) => &self.mentions[number],
            None => self.first?.mention_at(speaker)?,
        };
        (!mention.actors.is_empty()).then(|| (mention.actors.iter().copied().collect(), here))
    }

    fn see(&mut self, phrase: &Phrase, core: &Atom, meaning: &Meaning) {
        let token = self.script.text.token(core.tokens.end - 1);
        let class = match core.class {
            Class::Person | Class::Title(Word::Singular) => SeenClass::Person,
            Class::Title(Word::Body) => SeenClass::Body,
            Class::Title(_) => SeenClass::Several,
            Class::Land(Word::Name | Word::Capital) => SeenClass::Land,
            Class::Land(Word::Plural) => SeenClass::Several,
            Class::Land(_) => SeenClass::Adjective,
            Class::Body => SeenClass::Body,
            Class::Area(Word::Plural) | Class::People => SeenClass::Several,
            Class::Area(_) => SeenClass::Adjective,
        };
        let last = self.script.text.token(core.tokens.end - 1).lemma().to_lowercase();
        self.memory.discourse.see(
            Seen {
                mention: Some(self.mentions.len()),
                head: token.i(),
                sentence: token.sentence().number(),
                class,
                subject: is_subject(token, phrase),
                count: phrase.count,
                noun: self.noun_of(core).unwrap_or(last),
                actors: meaning.actors.clone(),
                name: meaning.name.clone(),
                office: meaning.office,
                own: !phrase.owners.is_empty() || !matches!(core.class, Class::Title(_)),
                stated: phrase.owners.iter().any(|owner| !matches!(owner, Owner::Pronoun(_))),
                place: token.dep() == Dep::Pobj && token.head().lower() == "in",
                modifier: matches!(token.dep(), Dep::Compound | Dep::Nmod),
                pronoun: false,
                addressed: is_addressed(token),
                common: meaning.actors.iter().any(|actor| self.is_organisation(actor.code)),
                quoted: self.script.quotations.around(token.i()).is_some(),
                row: self.joint_of_pair(core).or_else(|| row_of(token)),
            },
            token.sentence().number() < self.script.lead,
        );
    }

    /// What kind of body a name says it is: "council" of the Security Council, also where only the full name tells.
    fn noun_of(&self, core: &Atom) -> Option<String> {
        let subject = self.subject_of(core).filter(|_| core.class == Class::Body)?;
        subject.name().split(' ').rev().find(|w| !w.is_empty()).map(str::to_lowercase)
    }
}

/// "during a visit to the country", "arrived in the country": whoever comes there is not of it.
fn is_visited(land: Token<'_>) -> bool {
    let prep = Some(land.head())
        .filter(|prep| land.dep() == Dep::Pobj && matches!(prep.lower(), "to" | "in" | "of"));
    let goes = |t: Token<'_>| {
        matches!(t.lemma(), "visit" | "trip" | "tour" | "arrival" | "arrive" | "travel" | "fly")
    };
    prep.is_some_and(|prep| goes(prep.head())) || land.dep() == Dep::Dobj && goes(land.head())
}

/// "Prime Minister X will meet Y": whether a phrase is a subject, though the parse may call its name an apposition to its title.
fn is_subject(token: Token<'_>, phrase: &Phrase) -> bool {
    let subject = |token: Token<'_>| matches!(token.dep(), Dep::Nsubj | Dep::Nsubjpass);
    let title = token.head();
    subject(token) || token.dep() == Dep::Appos && phrase.tokens.contains(&title.i()) && subject(title)
}

/// How many sentences it takes to have two that tell something, which a dateline does not; three at most.
fn lead(text: &Annotated<'_>) -> usize {
    let tells = |sentence: &Sentence<'_>| sentence.tokens().any(|t| t.pos() == Pos::Verb);
    let second = text.sentences().take(3).filter(tells).nth(1);
    second.map_or(2, |sentence| sentence.number() + 1).max(2)
}

/// "in Iraq", "near Baghdad", "the Iraqi city", "the Baghdad suburb".
fn is_whereabouts(token: Token<'_>) -> bool {
    let place = |noun: Token<'_>| {
        matches!(
            noun.lemma(),
            "city"
                | "town"
                | "village"
                | "province"
                | "region"
                | "district"
                | "suburb"
                | "capital"
                | "port"
                | "neighborhood"
                | "neighbourhood"
                | "resort"
                | "island"
                | "desert"
                | "area"
        )
    };
    let at = |p: Token<'_>| {
        p.dep() == Dep::Prep && matches!(p.lower(), "in" | "at" | "near" | "outside" | "across" | "around")
    };
    match token.dep() {
        Dep::Pobj => at(token.head()),
        Dep::Amod | Dep::Compound | Dep::Nmod => {
            let noun = token.head();
            place(noun) && noun.dep() == Dep::Pobj && at(noun.head())
        }
        _ => false,
    }
}

/// The first of a row: "X, Y and Z", "between X and Y".
fn row_of(token: Token<'_>) -> Option<usize> {
    let first = clause::first_conjunct(token);
    first.children_with(Dep::Conj).next().map(|_| first.i())
}

/// "asked Washington and Paris to press Israel": the talk is not of those who are spoken to.
fn is_addressed(token: Token<'_>) -> bool {
    let first = clause::first_conjunct(token);
    first.dep() == Dep::Dobj && is_addressing(first.head().lemma())
}

/// Verbs whose object can be spoken to, and so is no mere place: "warned Washington", but "left Washington".
fn is_addressing(verb: &str) -> bool {
    const VERBS: &[&str] = &[
        "accuse",
        "allow",
        "anger",
        "appeal",
        "ask",
        "assure",
        "back",
        "blame",
        "blast",
        "commend",
        "compel",
        "condemn",
        "convince",
        "criticise",
        "criticize",
        "denounce",
        "encourage",
        "force",
        "help",
        "inform",
        "invite",
        "irritate",
        "notify",
        "oblige",
        "persuade",
        "praise",
        "press",
        "pressure",
        "push",
        "rebuke",
        "remind",
        "request",
        "sue",
        "support",
        "tell",
        "thank",
        "threaten",
        "urge",
        "warn",
        "worry",
    ];
    VERBS.contains(&verb)
}

/// The world at large: "more than 170 countries", "other nations".
const ABROAD: Actor = Actor { code: ActorCode::new(*b"INT"), sector: None };

/// Whether a phrase speaks of the states of the world, none of them in particular.
fn is_many_lands(phrase: &Phrase, words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let lands = matches!(last.as_str(), "countries" | "nations" | "states" | "governments");
    lands && !phrase.definite && phrase.count.is_none() && phrase.owners.is_empty()
}

/// An area of more states is too wide for an act to be that of them all.
const FEW: usize = 3;

/// No noun phrase has its head further away from one of its words.
const NEAR: usize = 64;

/// No noun stands so many words below its verb.
const DEEPEST: usize = 64;

#[derive(Debug, Clone)]
struct Named {
    name: String,
    actor: Actor,
    office: Option<Office>,
}

/// What the text itself says of a name.
#[derive(Debug, Clone, Copy)]
struct Stated {
    actor: Actor,
    office: Option<Office>,
    titled: bool,
}

fn actor_of(role: &Role) -> Actor {
    Actor { code: role.code, sector: role.sector }
}

fn distinct(actors: Actors) -> Actors {
    let mut seen = Actors::new();
    for actor in actors {
        if !seen.contains(&actor) {
            seen.push(actor);
        }
    }
    seen
}
