//! What has been said, and what pronouns and short descriptions take up of it.
//!
//! Rules with salience: the nearer and the more often the subject, the likelier; what does not agree in number and kind is out.

use detente_english::{Dep, Pos, Tag, Token};
use detente_lexicon::{Office, Word};
use detente_model::{Actor, ActorCode, Sector};

use super::reading::Actors;
use super::roster::{Known, Roster};
use crate::clause::{self, Heads};

/// A mention as later words may take it up.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its number in the text being read; `None` once another part is read.
    pub mention: Option<usize>,
    pub head: usize,
    pub sentence: usize,
    pub class: SeenClass,
    pub subject: bool,
    /// How many it says they are.
    pub count: Option<usize>,
    /// The noun that says what it is.
    pub noun: String,
    pub actors: Actors,
    pub name: Option<String>,
    pub office: Option<Office>,
    /// Whether it says itself whose it is.
    pub own: bool,
    /// Whether the words themselves name the state of a person: "South Africa's president X".
    pub stated: bool,
    /// Whether it only says where.
    pub place: bool,
    /// Whether it only says which: "the Trump administration".
    pub modifier: bool,
    /// Whether somebody speaks to it.
    pub addressed: bool,
    /// Whether a pronoun says it; only later sentences take it up from there.
    pub pronoun: bool,
    /// Whether it is an organisation of many states.
    pub common: bool,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
    /// Where the row begins in which it is named together with others: "Israel and the Palestinians".
    pub row: Option<usize>,
}

/// What a mention is, as far as pronouns care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeenClass {
    /// One person.
    Person,
    /// A state.
    Land,
    /// An organisation, group or collective.
    Body,
    /// Several people.
    Several,
    /// A nationality as an adjective.
    Adjective,
}

/// A description that leans on what was said: "the minister", "both sides".
#[derive(Debug)]
pub struct Question<'q> {
    /// The number of its sentence.
    pub sentence: usize,
    /// The lemma of its head.
    pub noun: &'q str,
    /// Who alone can be meant: the states of "the Caucasus nation".
    pub among: Option<&'q Actors>,
    /// Who is meant by the clause's subject, and so not by this.
    pub beside: Option<ActorCode>,
    /// The title as written.
    pub phrase: &'q str,
    pub word: Word,
    pub count: Option<usize>,
    /// Whether it says how many, in words or figures.
    pub numbered: bool,
    pub definite: bool,
    pub sector: Option<Sector>,
    pub office: Option<Office>,
}

/// Who it takes up.
#[derive(Debug, Default)]
pub struct Answer {
    pub actors: Actors,
    pub name: Option<String>,
    pub mention: Option<usize>,
}

impl Answer {
    /// The state that somebody belongs to.
    fn land_of(seen: &Seen) -> Answer {
        let code = seen.actors.first().and_then(|actor| actor.code);
        Answer { actors: smallvec::smallvec![Actor { code, sector: None }], name: None, mention: None }
    }

    fn of(seen: &Seen) -> Answer {
        Answer { actors: seen.actors.clone(), name: seen.name.clone(), mention: seen.mention }
    }
}

/// What was said so far, and which states the article is about.
#[derive(Debug, Default)]
pub struct Discourse {
    seen: Vec<Seen>,
    /// The rows of states that an earlier reading of the article found.
    rows: Vec<Actors>,
    /// Whom "we" means, where a statement says so itself.
    signatories: Option<Actors>,
    counts: Vec<Spoken>,
}

/// How much is spoken of a state or an organisation of many.
#[derive(Debug)]
struct Spoken {
    code: ActorCode,
    common: bool,
    weight: u32,
}

/// How many sentences back a pronoun may reach.
const REACH: usize = 3;

/// No sentence of a report has more mentions.
const LATELY: usize = 48;

/// How many mentions are kept in mind at least; what an article spoke of before them is not taken up again. Reports have a few hundred.
const REMEMBERED: usize = 1024;

impl Discourse {
    /// Another part of the article begins.
    pub fn open(&mut self) {
        for seen in &mut self.seen {
            seen.mention = None;
            seen.sentence = 0;
            seen.head = 0;
        }
    }

    /// Forgets the order of reading, but not which states the article is about.
    pub fn start_over(&mut self) {
        self.rows = self.rows_of_lands();
        self.seen.clear();
    }

    /// The states that the text has named in a row: "Ireland, France and Germany".
    fn rows_of_lands(&self) -> Vec<Actors> {
        let mut rows: Vec<((usize, usize), Actors)> = Vec::new();
        for seen in self.seen.iter().filter(|seen| seen.class == SeenClass::Land) {
            let (Some(row), Some(&actor)) = (seen.row, seen.actors.first()) else { continue };
            match rows.iter_mut().rev().take(LATELY).find(|(at, _)| *at == (seen.sentence, row)) {
                Some((_, row)) if row.contains(&actor) => {}
                Some((_, row)) => row.push(actor),
                None => rows.push(((seen.sentence, row), smallvec::smallvec![actor])),
            }
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Remembers a mention, whether it stands where a report says what it is about or further on.
    pub fn see(&mut self, seen: Seen, opens: bool) {
        if seen.own {
            // Who is told by a news agency is not of its state.
            let told_of = seen.actors.iter().filter(|actor| actor.sector != Some(Sector::Jrn));
            for code in told_of.filter_map(|actor| actor.code) {
                let weight = 2 + u32::from(seen.subject) + 2 * u32::from(opens);
                match self.counts.iter_mut().find(|spoken| spoken.code == code) {
                    Some(spoken) => spoken.weight += weight,
                    None => self.counts.push(Spoken { code, common: seen.common, weight }),
                }
            }
        }
        if self.seen.len() == 2 * REMEMBERED {
            self.seen.drain(..REMEMBERED);
        }
        self.seen.push(seen);
    }

    /// Remembers that a pronoun takes somebody up again as the subject of a clause.
    pub fn see_again(&mut self, seen: &Seen, token: Token<'_>) {
        let (head, sentence) = (token.i(), token.sentence().number());
        let again = Seen {
            head,
            sentence,
            subject: true,
            own: false,
            place: false,
            modifier: false,
            pronoun: true,
            row: None,
            ..seen.clone()
        };
        self.see(again, false);
    }

    /// "We, the foreign ministers of X and Y, condemn": whose statement it is.
    pub fn sign(&mut self, signatories: &Actors) {
        self.signatories = Some(signatories.clone());
    }

    /// Whom "we" means further on in a statement.
    pub fn signatories(&self) -> Option<Actors> {
        self.signatories.clone()
    }

    /// The state or organisation that the article is about, if one stands out.
    pub fn focus(&self) -> Option<ActorCode> {
        most_spoken_of(self.counts.iter())
    }

    /// Whether a state or organisation was spoken of.
    pub fn speaks_of(&self, code: ActorCode) -> bool {
        self.counts.iter().any(|spoken| spoken.code == code)
    }

    /// The same among those that may be meant.
    pub fn focus_among(&self, may_be_meant: impl Fn(ActorCode) -> bool + Copy) -> Option<ActorCode> {
        most_spoken_of(self.counts.iter().filter(|spoken| may_be_meant(spoken.code)))
    }

    /// The same among states alone: those whose rebels and civilians there may be.
    pub fn focus_of_states(&self) -> Option<ActorCode> {
        most_spoken_of(self.counts.iter().filter(|spoken| !spoken.common))
    }

    /// Whom a description means.
    pub fn answer(
        &self,
        ask: &Question<'_>,
        roster: &Roster,
        holds: impl Fn(Office) -> bool,
    ) -> Option<Answer> {
        // "three people were killed", "two opposition figures were held": none of those named before.
        let strangers = !ask.definite && !matches!(ask.sector, None | Some(Sector::Gov));
        if ask.count.is_some() && !strangers || is_side(ask.noun) {
            return self.several(ask, &holds);
        }
        if ask.word == Word::Plural && is_joint(ask) {
            return self.several(ask, &holds);
        }
        if ask.word == Word::Singular && !is_land(ask.noun) {
            return self.one_person(ask, roster, &holds);
        }
        if is_land(ask.noun) {
            return self.land(ask).filter(|_| ask.definite && ask.word == Word::Body);
        }
        let fresh =
            ask.word == Word::Plural && strangers && (ask.numbered || ask.sector == Some(Sector::Cvl));
        // "accused Angolan troops of attacking, sending 1,400 troops": those of the same sentence may be meant.
        let here = self.seen.last().map(|seen| seen.sentence);
        let again = |seen: &Seen| ask.sector == Some(Sector::Mil) && Some(seen.sentence) == here;
        self.same_noun(ask, |seen| !fresh || again(seen)).or_else(|| self.body(ask))
    }

    /// "the country": the land spoken of here, rather the one that the article is about.
    fn land(&self, ask: &Question<'_>) -> Option<Answer> {
        let sentence = self.seen.last()?.sentence;
        let code = |seen: &Seen| seen.actors.first().and_then(|actor| actor.code);
        let near = |seen: &&Seen| seen.class == SeenClass::Land && seen.sentence + REACH >= sentence;
        let other = |seen: &&Seen| code(seen).is_some() && (ask.beside.is_none() || code(seen) != ask.beside);
        if let Some(among) = ask.among {
            let within = |seen: &&Seen| among.iter().any(|actor| actor.code == code(seen));
            let found = self.seen.iter().filter(other).filter(within);
            return found.max_by_key(|seen| (salience(seen, sentence), seen.head)).map(Answer::land_of);
        }
        let focus = self.focus();
        let weight = |seen: &&Seen| {
            let about = focus.is_some() && seen.actors.first().and_then(|a| a.code) == focus;
            (salience(seen, sentence) + 5 * i32::from(about), seen.head)
        };
        self.seen.iter().filter(near).filter(other).max_by_key(weight).map(Answer::of)
    }

    fn one_person(
        &self,
        ask: &Question<'_>,
        roster: &Roster,
        holds: &impl Fn(Office) -> bool,
    ) -> Option<Answer> {
        let fits = |known: &Known| known.actor.code.is_some() && known.office.is_some_and(holds);
        let known = roster.holder(fits).filter(|_| ask.definite || ask.office.is_some());
        let known = known.map(|known| Answer {
            actors: smallvec::smallvec![known.actor],
            name: Some(known.name.clone()),
            mention: self
                .seen
                .iter()
                .rev()
                .find(|s| s.name.as_ref() == Some(&known.name))
                .and_then(|s| s.mention),
        });
        known.or_else(|| self.same_noun(ask, |_| ask.definite))
    }

    /// The last mention with the same noun, of those that may be meant, that says itself whose it is.
    fn same_noun(&self, ask: &Question<'_>, may_be_meant: impl Fn(&Seen) -> bool) -> Option<Answer> {
        let lawful = matches!(ask.sector, Some(Sector::Mil | Sector::Cop));
        // "the army" is the state's, though the Lord's Resistance Army was spoken of last.
        let fits = |actor: &Actor| actor.code.is_some() && !(lawful && actor.sector == Some(Sector::Reb));
        self.last(|seen| seen.noun == ask.noun && seen.actors.iter().any(fits) && may_be_meant(seen))
    }

    /// "the group", "the bloc": the last body.
    fn body(&self, ask: &Question<'_>) -> Option<Answer> {
        const NOUNS: &[&str] = &[
            "group",
            "movement",
            "organisation",
            "organization",
            "front",
            "bloc",
            "alliance",
            "body",
            "agency",
            "grouping",
            "faction",
            "militia",
            "union",
        ];
        let wanted = ask.definite && ask.word == Word::Body && NOUNS.contains(&ask.noun);
        let fits = |actor: &Actor| !matches!(actor.sector, Some(Sector::Jrn | Sector::Med | Sector::Bus));
        self.last(|seen| wanted && seen.class == SeenClass::Body && seen.own && seen.actors.iter().any(fits))
    }

    /// "sentenced two Britons … the two were held": those who were counted before.
    pub fn counted(&self, count: usize) -> Option<Actors> {
        let sentence = self.seen.last()?.sentence;
        let mut near =
            self.seen.iter().rev().take(LATELY).take_while(|seen| seen.sentence + REACH > sentence);
        let people = |seen: &&Seen| seen.count == Some(count) && seen.class == SeenClass::Several;
        let found = near
            .find(people)
            .filter(|seen| seen.actors.iter().any(|actor| actor.sector == Some(Sector::Cvl)));
        found.map(|seen| seen.actors.clone())
    }

    /// The last so many different parties.
    fn several(&self, ask: &Question<'_>, holds: &impl Fn(Office) -> bool) -> Option<Answer> {
        let wanted = ask.count.unwrap_or(2);
        let states = is_state_noun(ask.noun);
        let office = |seen: &Seen| seen.class == SeenClass::Person && seen.office.is_some_and(holds);
        let person = |seen: &Seen| seen.class == SeenClass::Person;
        let any = |seen: &Seen| !seen.place && !seen.common;
        // "Russia and NATO said both sides …": who is named together here is meant together, states or not.
        let here = |seen: &Seen| !seen.place && seen.sentence == ask.sentence;
        let sector = ask.sector.filter(|&sector| !states && sector != Sector::Cvl);
        let later = || self.rows.iter().find(|row| row.len() == wanted && wanted > 2).cloned();
        let found = if states && !ask.definite {
            later().or_else(|| self.row(wanted, any))
        } else if states || is_side(ask.noun) {
            let row = || self.row(wanted, |seen| any(seen) && !seen.addressed);
            let states = states && ask.among.is_none();
            let near = if states { self.most_spoken(wanted) } else { self.row(wanted, here) };
            near.or_else(row)
                .or_else(|| self.most_spoken(wanted))
                .or_else(|| self.parties(wanted, any))
                .or_else(|| self.parties(wanted, |_| true))
        } else {
            // "Brazil and Chile, both opposed to it".
            let both = if ask.phrase.is_empty() { self.row(wanted, here) } else { None };
            both.or_else(|| self.parties(wanted, office))
                .or_else(|| self.row(wanted, person))
                .or_else(|| self.parties(wanted, person))
                .or_else(|| self.most_spoken(wanted))
                .or_else(|| self.parties(wanted, any))
        };
        let mut actors = found?;
        let apart = actors.iter().any(|a| actors.iter().filter(|b| a.code == b.code).count() > 1);
        for actor in actors.iter_mut().filter(|_| !apart) {
            actor.sector = if states || is_side(ask.noun) { None } else { sector.or(actor.sector) };
        }
        Some(Answer { actors, name: None, mention: None })
    }

    /// The last row of so many parties that the text has named together: "between Israel and the Palestinians".
    fn row(&self, wanted: usize, fits: impl Fn(&Seen) -> bool) -> Option<Actors> {
        let mut place = None;
        let mut row = Actors::new();
        // "a French-Algerian writer" is one.
        let one = |seen: &Seen| seen.class == SeenClass::Person && seen.actors.len() > 1;
        // "Lebanese and Israeli envoys".
        let together =
            |seen: &Seen| seen.class == SeenClass::Several && seen.count.is_none() && seen.actors.len() > 1;
        let rows = self.seen.iter().rev().filter(|seen| seen.row.is_some() || together(seen));
        for seen in rows.filter(|seen| fits(seen) && !one(seen)) {
            if place != Some((seen.sentence, seen.row)) {
                row.clear();
                place = Some((seen.sentence, seen.row));
            }
            for &actor in seen.actors.iter().filter(|actor| actor.code.is_some()) {
                if !row.iter().any(|known| same_party(*known, actor)) {
                    row.insert(0, actor);
                }
            }
            if row.len() == wanted {
                return Some(row);
            }
        }
        None
    }

    /// The `wanted` parties most spoken of among the mentions that fit in the last sentences, else in all.
    fn parties(&self, wanted: usize, fits: impl Fn(&Seen) -> bool) -> Option<Actors> {
        let sentence = self.seen.last()?.sentence;
        [REACH, usize::MAX / 2].into_iter().find_map(|reach| {
            let mut parties: Vec<(u32, Actor)> = Vec::new();
            for seen in self.seen.iter().filter(|seen| fits(seen) && seen.sentence + reach >= sentence) {
                for &actor in seen.actors.iter().filter(|a| a.code.is_some()) {
                    let near = (REACH + 1).saturating_sub(sentence.saturating_sub(seen.sentence)) as u32;
                    let weight = (1 + u32::from(seen.subject)) * (1 + near);
                    match parties.iter_mut().find(|(_, known)| same_party(*known, actor)) {
                        Some((count, _)) => *count += weight,
                        None => parties.push((weight, actor)),
                    }
                }
            }
            parties.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
            (parties.len() >= wanted).then(|| parties.iter().take(wanted).map(|(_, actor)| *actor).collect())
        })
    }

    /// "A top aide to the president hit out. Jean Mokoko said …": who was brought up without a name in the sentence before.
    pub fn unnamed_before(&self, sentence: usize) -> Option<Actor> {
        let lately = self.seen.iter().rev().take(LATELY);
        let mut near = lately.take_while(|seen| seen.sentence + 1 >= sentence);
        let stranger = |seen: &&Seen| {
            seen.sentence + 1 == sentence
                && seen.class == SeenClass::Person
                && seen.subject
                && seen.name.is_none()
        };
        let actor = near.find(stranger)?.actors.first().copied();
        actor.filter(|actor| actor.code.is_some())
    }

    /// "Trump called Putin and said that they had agreed": those named in the sentence so far, where it names persons of two parties
    /// and nobody of whom there are several.
    fn persons_before(&self, token: Token<'_>) -> Option<Seen> {
        let sentence = token.sentence().number();
        let lately = self.seen.iter().rev().take(LATELY).take_while(|seen| seen.sentence == sentence);
        let here: Vec<&Seen> = lately.filter(|seen| seen.head < token.i()).collect();
        let crowd = here.iter().any(|seen| seen.class == SeenClass::Several || seen.actors.len() > 1);
        let persons: Vec<&Seen> = here.into_iter().filter(|seen| seen.class == SeenClass::Person).collect();
        let actors = parties_of(&persons);
        let last = *persons.first()?;
        let several = Seen { actors, mention: None, name: None, class: SeenClass::Several, ..last.clone() };
        (!crowd && several.actors.len() == 2).then_some(several)
    }

    fn last(&self, fits: impl Fn(&Seen) -> bool) -> Option<Answer> {
        self.seen.iter().rev().find(|seen| fits(seen)).map(Answer::of)
    }

    /// Whom a pronoun means; outside quotation marks rather somebody who was named outside them.
    pub fn pronoun(&self, token: Token<'_>, quoted: bool) -> Option<Seen> {
        let wanted = Wanted::of(token)?;
        let sentence = token.sentence().number();
        let beside = beside(token);
        let other = |seen: &Seen| seen.sentence != sentence || !beside.contains(&seen.head);
        if matches!(wanted, Wanted::Several)
            && let Some(both) = self.persons_before(token)
        {
            return Some(both);
        }
        let best = self
            .seen
            .iter()
            .filter(|seen| seen.sentence + REACH >= sentence && wanted.takes(seen) && !seen.actors.is_empty())
            .filter(|seen| other(seen) && !is_credited(seen) && !(seen.pronoun && seen.sentence == sentence))
            .max_by_key(|seen| {
                let apart = 5 * i32::from(seen.quoted && !quoted);
                (salience(seen, sentence) + joined(seen, token) - apart, seen.head)
            });
        let here = |seen: &Seen| seen.sentence == sentence;
        if matches!(wanted, Wanted::Thing)
            && !best.is_some_and(here)
            && let Some(state) = self.state_of_subject(sentence)
        {
            return Some(state);
        }
        let best = best?;
        let together = best.row.filter(|_| matches!(wanted, Wanted::Several));
        Some(together.map_or_else(|| best.clone(), |row| self.joined_with(best, row)))
    }

    /// "South Africa's president warned that attacks on its troops …": the state of the person who speaks, where it is named with him.
    fn state_of_subject(&self, sentence: usize) -> Option<Seen> {
        let lately = self.seen.iter().rev().take(LATELY).take_while(|seen| seen.sentence == sentence);
        let fits = |seen: &&Seen| seen.class == SeenClass::Person && seen.subject && seen.stated;
        let person = lately.filter(fits).last()?;
        let code = person.actors.first()?.code?;
        let state = Actor { code: Some(code), sector: None };
        Some(Seen { actors: smallvec::smallvec![state], mention: None, name: None, ..person.clone() })
    }

    /// "Tehran and Riyadh will … They agreed": all who stand in one row.
    fn joined_with(&self, best: &Seen, row: usize) -> Seen {
        let lately = self.seen.iter().rev().take(LATELY);
        let mut row: Vec<&Seen> =
            lately.filter(|seen| seen.row == Some(row) && seen.sentence == best.sentence).collect();
        row.reverse();
        Seen { actors: parties_of(&row), mention: None, name: None, ..best.clone() }
    }

    /// The states that an article is about, where it speaks of so many far more than of any other.
    fn most_spoken(&self, wanted: usize) -> Option<Actors> {
        let mut states: Vec<&Spoken> = self.counts.iter().filter(|spoken| !spoken.common).collect();
        states.sort_by_key(|spoken| std::cmp::Reverse(spoken.weight));
        let last = states.get(wanted.checked_sub(1)?)?.weight;
        let next = states.get(wanted).map_or(0, |spoken| spoken.weight);
        let actor = |spoken: &&Spoken| Actor { code: Some(spoken.code), sector: None };
        (last >= 2 * next).then(|| states.iter().take(wanted).map(actor).collect())
    }
}

/// The parties of persons who are named one by one, each once; those without a code are nobody's.
fn parties_of(persons: &[&Seen]) -> Actors {
    let mut parties = Actors::new();
    for &actor in persons.iter().flat_map(|seen| &seen.actors).filter(|actor| actor.code.is_some()) {
        if !parties.iter().any(|known| same_party(*known, actor)) {
            parties.push(actor);
        }
    }
    parties
}

fn most_spoken_of<'s>(all: impl Iterator<Item = &'s Spoken> + Clone) -> Option<ActorCode> {
    let total: u32 = all.clone().map(|spoken| spoken.weight).sum();
    let most = all.max_by_key(|spoken| spoken.weight)?;
    (most.weight * 3 >= total).then_some(most.code)
}

/// "Hu congratulated her", "met with him": who does something to somebody else is not meant by the pronoun.
fn beside(token: Token<'_>) -> Heads {
    let verb = match token.dep() {
        Dep::Dobj | Dep::Dative => Some(token.head()),
        Dep::Pobj if token.head().dep() != Dep::Agent => Some(token.head().head()),
        _ => None,
    };
    let reflexive = token.lower().ends_with("self") || token.lower().ends_with("selves");
    let verb = verb.filter(|verb| clause::is_verbal(*verb) && !reflexive);
    verb.map(clause::surface_subjects).unwrap_or_default()
}

/// Rebels and the state they fight are two parties, though of one code.
fn same_party(a: Actor, b: Actor) -> bool {
    let rebels = |actor: Actor| actor.sector == Some(Sector::Reb);
    a.code == b.code && rebels(a) == rebels(b)
}

/// "MOSCOW (Tass) -": an agency that a report is credited to.
fn is_credited(seen: &Seen) -> bool {
    !seen.subject && seen.actors.iter().all(|actor| actor.sector == Some(Sector::Jrn))
}

/// Nearer sentences first; subjects before others, names and titles before adjectives.
fn salience(seen: &Seen, sentence: usize) -> i32 {
    let away = (sentence - seen.sentence.min(sentence)) as i32;
    let (subject, named) = (i32::from(seen.subject), i32::from(seen.name.is_some()));
    -4 * away + 3 * subject + named - 3 * i32::from(seen.place) - 2 * i32::from(seen.modifier)
}

/// "thanked X for his help", "accused Y of breaking its word": whose it is stands before the preposition.
fn object_before(token: Token<'_>) -> Option<Token<'_>> {
    let noun = Some(token.head()).filter(|_| token.dep() == Dep::Poss)?;
    let phrase = Some(noun.head()).filter(|phrase| noun.dep() == Dep::Pobj && phrase.lower() == "for")?;
    let verb = Some(phrase.head()).filter(|verb| clause::is_verbal(*verb))?;
    verb.children_with(Dep::Dobj).find(|object| object.i() < phrase.i())
}

/// "Peru broke with Mexico after it granted asylum": what a state is punished for, it has done itself.
fn blamed_before(token: Token<'_>) -> Option<usize> {
    let clause = Some(token.head()).filter(|verb| token.dep() == Dep::Nsubj && verb.dep() == Dep::Advcl)?;
    let reason = clause.children().any(|c| c.dep() == Dep::Mark && matches!(c.lower(), "after" | "because"));
    let verb = Some(clause.head()).filter(|verb| reason && token.lower() == "it" && is_punishing(*verb))?;
    let with = verb.children().chain(verb.children_with(Dep::Dobj).flat_map(Token::children));
    let with =
        with.filter(|c| c.dep() == Dep::Prep && matches!(c.lower(), "with" | "from" | "on" | "against"));
    let object =
        || verb.children_with(Dep::Dobj).filter(|object| object.pos() == Pos::Propn).map(Token::i).next();
    with.flat_map(|prep| prep.children_with(Dep::Pobj)).map(Token::i).find(|i| *i < token.i()).or_else(object)
}

fn is_punishing(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "sever"
            | "break"
            | "cut"
            | "suspend"
            | "expel"
            | "recall"
            | "condemn"
            | "criticise"
            | "criticize"
            | "denounce"
            | "sanction"
            | "punish"
            | "impose"
            | "attack"
            | "bomb"
            | "strike"
            | "threaten"
            | "warn"
    )
}

/// "Turkish forces and their proxies": theirs who stand before "and".
fn joined(seen: &Seen, token: Token<'_>) -> i32 {
    let head = token.head();
    let beside = token.dep() == Dep::Poss && head.dep() == Dep::Conj && head.head().i() == seen.head;
    let owner = beside
        || blamed_before(token) == Some(seen.head)
        || object_before(token).is_some_and(|object| object.i() == seen.head);
    10 * i32::from(owner && seen.sentence == token.sentence().number())
}

#[derive(Clone, Copy)]
enum Wanted {
    Person,
    Thing,
    Several,
    Speaker,
}

impl Wanted {
    fn of(token: Token<'_>) -> Option<Wanted> {
        Some(match token.lower() {
            "he" | "him" | "his" | "she" | "her" | "hers" | "himself" | "herself" => Wanted::Person,
            "it" | "its" | "itself" if !is_empty(token) && !is_measure(token) => Wanted::Thing,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Several,
            "we" | "us" | "our" | "ours" | "i" | "me" | "my" => Wanted::Speaker,
            _ => return None,
        })
    }

    fn takes(self, seen: &Seen) -> bool {
        match self {
            Wanted::Person | Wanted::Speaker => seen.class == SeenClass::Person && seen.actors.len() == 1,
            // Those in a row are "they".
            Wanted::Thing => matches!(seen.class, SeenClass::Land | SeenClass::Body) && seen.row.is_none(),
            Wanted::Several => match seen.class {
                SeenClass::Several => true,
                SeenClass::Person => seen.actors.len() > 1,
                SeenClass::Body | SeenClass::Land => true,
                SeenClass::Adjective => false,
            },
        }
    }
}

/// "it seems", "it is clear": nobody, but for "it is ready".
fn is_empty(token: Token<'_>) -> bool {
    let verb = token.head();
    let empty =
        matches!(verb.lemma(), "seem" | "appear" | "be" | "look" | "happen" | "turn" | "take" | "remain");
    token.dep() == Dep::Expl
        || token.dep() == Dep::Nsubj && empty && !verb.children_with(Dep::Acomp).any(is_of_somebody)
}

/// "Egypt also condemned it": what was done, rather than a state.
fn is_measure(token: Token<'_>) -> bool {
    let judged = |verb: Token<'_>| {
        matches!(
            verb.lemma(),
            "oppose"
                | "condemn"
                | "denounce"
                | "criticise"
                | "criticize"
                | "deplore"
                | "welcome"
                | "reject"
                | "dismiss"
                | "endorse"
                | "approve"
        )
    };
    token.dep() == Dep::Dobj && judged(token.head())
}

/// What only somebody can be: "ready", "willing".
fn is_of_somebody(adjective: Token<'_>) -> bool {
    const OF_SOMEBODY: &[&str] = &[
        "ready",
        "willing",
        "unwilling",
        "prepared",
        "committed",
        "determined",
        "keen",
        "eager",
        "reluctant",
        "open",
        "able",
        "unable",
        "concerned",
        "confident",
        "convinced",
        "aware",
        "interested",
        "opposed",
        "responsible",
        "grateful",
        "worried",
        "alarmed",
        "shocked",
        "optimistic",
        "hopeful",
        "sorry",
    ];
    OF_SOMEBODY.contains(&adjective.lower())
}

/// Whether a token is a pronoun that may stand for an actor.
pub fn is_pronoun(token: Token<'_>) -> bool {
    matches!(token.tag(), Tag::Prp | Tag::PrpS) && Wanted::of(token).is_some()
        || relative_head(token).is_some()
}

/// The subject that a possessive in a phrase before it belongs to: "In his speech, the king said".
pub fn subject_ahead(token: Token<'_>) -> Option<Token<'_>> {
    let owner = matches!(token.lower(), "his" | "her" | "its") && token.dep() == Dep::Poss;
    let phrase = Some(token.head()).filter(|noun| owner && noun.dep() == Dep::Pobj)?.head();
    let verb = Some(phrase.head()).filter(|verb| phrase.dep() == Dep::Prep && clause::is_verbal(*verb))?;
    verb.children().find(|c| matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass) && c.i() > token.i())
}

/// Whether a pronoun stands for whoever speaks.
pub fn is_speaker(token: Token<'_>) -> bool {
    matches!(Wanted::of(token), Some(Wanted::Speaker))
}

/// "the two", "both": so many of those who were spoken of.
pub fn numeral(token: Token<'_>) -> Option<usize> {
    let holds = token.dep() == Dep::Nummod && clause::numeral_subject(token.head()) == Some(token);
    let stands = holds || matches!(token.dep(), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj);
    let definite = holds || token.lower() == "both" || clause::has_child(token, Dep::Det, "the");
    let alone = !token.children().any(|c| matches!(c.dep(), Dep::Prep | Dep::Compound | Dep::Amod));
    let count = match token.lower() {
        "both" | "two" => 2,
        "three" => 3,
        "four" => 4,
        _ => return None,
    };
    (stands && definite && alone).then_some(count)
}

/// The noun that "who", "which" or "that" at the head of a relative clause stands for.
pub fn relative_head(token: Token<'_>) -> Option<Token<'_>> {
    let whose = token.tag() == Tag::WpS;
    let relative = whose || (matches!(token.tag(), Tag::Wp | Tag::Wdt) && token.pos() == Pos::Pron);
    let argument = whose || matches!(token.dep(), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj);
    if !relative || !argument {
        return None;
    }
    token.ancestors().find(|t| t.dep() == Dep::Relcl).map(Token::head)
}

fn is_side(noun: &str) -> bool {
    matches!(
        noun,
        "side"
            | "party"
            | "sides"
            | "parties"
            | "foe"
            | "rival"
            | "neighbour"
            | "neighbor"
            | "enemy"
            | "adversary"
    )
}

fn is_state_noun(noun: &str) -> bool {
    is_land(noun) || matches!(noun, "government" | "capital" | "power" | "ally" | "neighbour" | "neighbor")
}

fn is_land(noun: &str) -> bool {
    matches!(
        noun,
        "country" | "nation" | "state" | "republic" | "kingdom" | "territory" | "enclave" | "emirate"
    )
}

/// "The heads of foreign services", "the leaders": the persons the article is about.
fn is_joint(ask: &Question<'_>) -> bool {
    let heads = matches!(
        ask.noun,
        "leader" | "minister" | "president" | "diplomat" | "premier" | "head" | "counterpart" | "man"
    );
    ask.definite && (heads || ask.phrase.to_lowercase().starts_with("heads of"))
}
