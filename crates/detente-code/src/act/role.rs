//! Who stands where: the slots of a sense filled from the parse.
//!
//! Gives token numbers of noun-phrase heads; who they are is the resolver's knowledge.

use detente_acts::{Meaning, RoleSpec, Sense, Slot, TriggerPos};
use detente_english::{Annotated, Dep, Pos, Tag, Token};

use super::standing::is_count;
use super::trigger::Trigger;
use crate::clause::{self, Heads};

/// The heads of the noun phrases on each side of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    /// Who acts.
    pub actors: Heads,
    /// To whom it is done.
    pub recipients: Heads,
}

/// What has to be known of other words to fill slots.
pub trait Knows {
    /// Whether a token names somebody: "rebel attack" is one by rebels, "night attack" is not one by the night.
    fn names(&self, token: usize) -> bool;
    /// Whether a token names a person.
    fn is_person(&self, token: usize) -> bool;
    /// Whether a token names an act of its own: who deplores an attack did not make it, who launches one did.
    fn acts(&self, token: usize) -> bool;
    /// Whether a verb's object is an act of somebody else: "played down the blast", "survived the attack".
    fn stands_by(&self, verb: usize) -> bool;
}

/// Fills the slots of a trigger's sense.
///
pub fn fill(text: &Annotated<'_>, trigger: &Trigger<'_>, words: &dyn Knows) -> Sides {
    let frame = Frame { text, trigger, token: text.token(trigger.token), words };
    let RoleSpec { actor, recipient } = &trigger.sense.roles;
    let mut actors = match frame.suffers(actor, recipient) {
        true => frame.first_filled(&without_possessor(actor), &[]),
        false => frame.first_filled(actor, &[]),
    };
    frame.add_unnamed_side(&mut actors);
    if actors.is_empty() || is_joint(trigger.sense) {
        let owners = frame.owners_of_object();
        actors.extend(owners.into_iter().filter(|head| !trigger.used.contains(head)));
        actors.dedup();
    }
    let mut recipients = frame.first_filled(recipient, &actors);
    recipients.retain(|head| !clause::is_parted(text, trigger.token, *head));
    Sides { actors, recipients }
}

/// Whether all who take part stand on one side: those who meet do, a visitor and a host do not.
pub fn is_joint(sense: &Sense) -> bool {
    let mutual = matches!(sense.meaning, Meaning::Act(kind) if kind.is_mutual());
    mutual && sense.roles.recipient.iter().flatten().all(|slot| *slot == Slot::Nobody)
}

#[derive(Clone, Copy)]
struct Frame<'a> {
    text: &'a Annotated<'a>,
    trigger: &'a Trigger<'a>,
    token: Token<'a>,
    words: &'a dyn Knows,
}

impl Frame<'_> {
    /// "after talks with X, Y said": a noun that names one party, or none, takes the subject of the verb it leans on.
    fn add_unnamed_side(&self, actors: &mut Heads) {
        let sense = self.trigger.sense;
        let wanting = match is_joint(sense) {
            true => {
                (actors.len() < 2 || self.is_hosted_with())
                    && !self.has_preposition("between")
                    && !self.is_of_a_body(actors)
            }
            false => actors.is_empty(),
        };
        let leans = self.leans_on_verb() || wanting && self.is_gathering();
        if sense.pattern.pos != TriggerPos::Noun || !wanting || !leans {
            return;
        }
        let subjects = if self.is_gathering() { clause::patients(self.token.head()) } else { self.subject() };
        let own = self.token.subtree();
        actors.extend(subjects.into_iter().filter(|head| !own.contains(head)));
        actors.dedup();
    }

    /// "The talks bring together X and Y": whom a meeting gathers.
    fn is_gathering(&self) -> bool {
        let verb = self.token.head();
        let gathers = matches!(verb.lemma(), "bring" | "gather" | "involve" | "include" | "unite" | "group");
        is_joint(self.trigger.sense) && self.token.dep() == Dep::Nsubj && gathers
    }

    /// "US sanctions imposed on Iran": without a doer, whose the object is.
    fn owners_of_object(&self) -> Heads {
        let object = self.trigger.object.filter(|_| self.trigger.sense.pattern.pos == TriggerPos::Verb);
        let Some(object) = object.map(|i| self.text.token(i)) else { return Heads::new() };
        let proper = |c: &Token<'_>| c.text().starts_with(char::is_uppercase) || c.dep() == Dep::Poss;
        let possessors = object.children_with(Dep::Poss);
        possessors.chain(self.modifiers(object)).filter(proper).map(Token::i).collect()
    }

    /// "Norway held drills with Sweden and Finland": those named with "with" are not all.
    fn is_hosted_with(&self) -> bool {
        let with = |t: Token<'_>| t.children_with(Dep::Prep).any(|p| p.lower() == "with");
        self.token.dep() == Dep::Dobj && (with(self.token) || with(self.token.head()))
    }

    /// "his arrest": the possessor suffers what he could also do, unless the words name somebody else whom it is done to.
    fn suffers(&self, actor: &[Vec<Slot>], recipient: &[Vec<Slot>]) -> bool {
        let owner = |slots: &[Vec<Slot>]| slots.iter().flatten().any(|slot| *slot == Slot::Possessor);
        owner(actor) && owner(recipient) && self.first_filled(&without_possessor(recipient), &[]).is_empty()
    }

    /// "a summit of the Arab League": it is theirs, whoever goes there.
    fn is_of_a_body(&self, actors: &[usize]) -> bool {
        let of = clause::prepositional(self.token, "of");
        !of.is_empty() && actors.iter().all(|head| of.contains(head))
    }

    fn has_preposition(&self, name: &str) -> bool {
        self.token.children_with(Dep::Prep).any(|p| p.lower() == name)
    }

    /// Objects, and adjuncts of time and occasion: "in a raid", "during his visit", "after talks".
    fn leans_on_verb(&self) -> bool {
        const OCCASION: &[&str] =
            &["during", "after", "following", "in", "on", "before", "at", "for", "with", "amid"];
        match self.token.dep() {
            Dep::Dobj => !self.is_of_a_bystander(),
            Dep::Pobj => {
                let preposition = self.token.head();
                let fits = match is_joint(self.trigger.sense) {
                    true => OCCASION.contains(&preposition.lower()),
                    false => matches!(preposition.lower(), "during" | "in" | "on" | "with" | "for"),
                };
                fits && clause::is_verbal(preposition.head())
            }
            _ => false,
        }
    }

    /// Whether it is the object of a verb whose subject has no part in it.
    fn is_of_a_bystander(&self) -> bool {
        let verb = self.token.head().i();
        self.words.acts(verb) || !is_joint(self.trigger.sense) && self.words.stands_by(verb)
    }

    fn first_filled(&self, alternatives: &[Vec<Slot>], taken: &[usize]) -> Heads {
        let group = |slots: &Vec<Slot>| self.group(slots, taken);
        alternatives.iter().map(group).find(|heads| !heads.is_empty()).unwrap_or_default()
    }

    fn group(&self, slots: &[Slot], taken: &[usize]) -> Heads {
        let mut heads = Heads::new();
        for head in slots.iter().flat_map(|slot| self.slot(slot)) {
            if !heads.contains(&head) && !taken.contains(&head) && head != self.token.i() {
                heads.push(head);
            }
        }
        heads
    }

    fn slot(&self, slot: &Slot) -> Heads {
        match slot {
            Slot::Subject => self.subject(),
            Slot::Object => self.object(),
            Slot::IndirectObject => self.indirect_object(),
            Slot::Possessor => self.possessor(),
            Slot::Compound => self.compound(0),
            Slot::SecondCompound => self.compound(1),
            Slot::Guest => self.before().into_iter().filter(|&i| self.words.is_person(i)).collect(),
            Slot::Host => self.before().into_iter().filter(|&i| !self.words.is_person(i)).collect(),
            Slot::ComplementSubject => self.complement_subject(),
            Slot::Preposition(name) => self.prepositional(name),
            Slot::Nobody => Heads::new(),
        }
    }

    /// The verb whose subject and object count: the trigger itself, or the light verb that carries a noun.
    fn verb(&self) -> Option<Token<'_>> {
        match self.trigger.sense.pattern.pos {
            TriggerPos::Verb => Some(self.token),
            TriggerPos::Noun => self.carrier(),
            TriggerPos::Adjective => self.adjective_verb(),
        }
    }

    /// "launched an attack", "the attack was carried out by", "in a visit to": the verb that a noun leans on.
    fn carrier(&self) -> Option<Token<'_>> {
        match self.token.dep() {
            Dep::Dobj | Dep::Nsubjpass | Dep::Attr | Dep::Oprd => Some(self.token.head()),
            Dep::Conj => Some(self.token.head()).filter(|h| h.dep() == Dep::Dobj).map(Token::head),
            Dep::Pobj => clause::governing_verb(self.token.head()),
            _ => None,
        }
        .filter(|verb| clause::is_verbal(*verb) && !(is_object(self.token) && self.is_of_a_bystander()))
    }

    fn adjective_verb(&self) -> Option<Token<'_>> {
        match self.token.pos() {
            Pos::Verb => Some(self.token),
            _ => Some(self.token.head()).filter(|head| clause::is_verbal(*head)),
        }
    }

    fn subject(&self) -> Heads {
        match (self.verb(), self.token.dep()) {
            (Some(verb), _) if clause::is_attributive(verb) => {
                verb.children_with(Dep::Dobj).map(Token::i).collect()
            }
            (Some(verb), _) => clause::agents(verb),
            (None, Dep::Amod | Dep::Acl) => vec![self.token.head().i()],
            _ => Heads::new(),
        }
    }

    fn object(&self) -> Heads {
        let heads = self
            .verb()
            .filter(|verb| !clause::is_attributive(*verb))
            .map(clause::patients)
            .unwrap_or_default();
        heads.into_iter().filter(|head| *head != self.token.i()).collect()
    }

    fn indirect_object(&self) -> Heads {
        let Some(verb) = self.verb() else { return Heads::new() };
        verb.children_with(Dep::Dative)
            .filter(|d| d.pos() != Pos::Adp)
            .flat_map(clause::phrase_heads)
            .collect()
    }

    /// The possessor of the trigger, or of the object that the pattern names ("lifted its ban", "refused Palestinian demands").
    fn possessor(&self) -> Heads {
        let owned = self.owned().into_iter();
        let heads: Heads =
            owned.flat_map(|t| t.children_with(Dep::Poss)).flat_map(clause::phrase_heads).collect();
        match heads.is_empty() && self.trigger.sense.pattern.pos == TriggerPos::Verb {
            true => self.before(),
            false => heads,
        }
    }

    fn compound(&self, number: usize) -> Heads {
        let before = self.before();
        match number {
            0 => before,
            _ => before.into_iter().skip(1).collect(),
        }
    }

    /// The names that stand before a noun within its phrase.
    fn before(&self) -> Heads {
        self.owned()
            .into_iter()
            .flat_map(|noun| self.modifiers(noun))
            .filter(|c| c.text().starts_with(char::is_uppercase) || self.words.names(c.i()))
            .map(Token::i)
            .collect()
    }

    /// What stands before a noun within its phrase, and what stands before that: "US-Iraqi forces"; a "US-brokered deal" is not theirs.
    fn modifiers<'n>(self, noun: Token<'n>) -> impl Iterator<Item = Token<'n>> {
        let own = noun.children().filter(|c| matches!(c.dep(), Dep::Compound | Dep::Amod | Dep::Nmod));
        own.flat_map(move |c| {
            let done = c.tag() == Tag::Vbn && c.i() != self.token.i();
            c.children().filter(move |x| !done && x.dep() != Dep::Punct && x.i() < c.i()).chain([c])
        })
    }

    /// "urge X to leave", "demand that X leave", "call on X to leave".
    fn complement_subject(&self) -> Heads {
        let complements = self.domain().into_iter().flat_map(Token::children);
        complements
            .filter(|c| {
                matches!(c.dep(), Dep::Ccomp | Dep::Xcomp | Dep::Acl | Dep::Advcl | Dep::Pcomp)
                    && clause::is_verbal(*c)
            })
            .map(own_subjects)
            .find(|heads| !heads.is_empty())
            .unwrap_or_default()
    }

    fn prepositional(&self, name: &str) -> Heads {
        let mut heads: Heads =
            self.domain().into_iter().flat_map(|t| clause::prepositional(t, name)).collect();
        if heads.is_empty() && matches!(name, "between" | "with" | "among") {
            let told = self.told_of_subject().into_iter().flat_map(|t| clause::prepositional(t, name));
            heads = told.chain(clause::beside_noun(self.token, name)).collect();
        }
        if heads.is_empty() && name == "by" {
            let things = clause::prepositional(self.token, "of").into_iter().map(|i| self.text.token(i));
            heads = things.flat_map(|thing| clause::prepositional(thing, "by")).collect();
        }
        if heads.is_empty() && name == "by" && !self.is_only_spoken_of() {
            heads = self
                .carrier()
                .filter(|verb| clause::is_passive(*verb))
                .map(clause::agents)
                .unwrap_or_default();
        }
        heads
    }

    /// "Talks are taking place between …": what a clause tells of an event noun that is its subject.
    fn told_of_subject(&self) -> Vec<Token<'_>> {
        let noun = self.trigger.sense.pattern.pos == TriggerPos::Noun && self.token.dep() == Dep::Nsubj;
        let verb = Some(self.token.head()).filter(|verb| noun && clause::is_verbal(*verb));
        verb.into_iter().flat_map(|verb| verb.children_with(Dep::Dobj).chain([verb])).collect()
    }

    /// "the bombing was condemned by X", "the raid was followed by rockets": what stands with that verb has no part in it.
    fn is_only_spoken_of(&self) -> bool {
        let verb = self.token.head();
        let passive = self.token.dep() == Dep::Nsubjpass;
        passive && (self.words.acts(verb.i()) || matches!(verb.lemma(), "follow" | "precede" | "overshadow"))
    }

    /// The words whose owner acts: "the US raid killed his son" is one by the US.
    fn owned(&self) -> Vec<Token<'_>> {
        let nouns = self.nouns_that_act();
        if nouns.is_empty() { self.domain() } else { nouns }
    }

    /// The subjects that a verb's pattern names: "the war killed", "an attack that wounded".
    fn nouns_that_act(&self) -> Vec<Token<'_>> {
        let verb = self.trigger.sense.pattern.pos == TriggerPos::Verb;
        let subjects = if verb { clause::agents(self.token) } else { Heads::new() };
        self.trigger.used.iter().filter(|i| subjects.contains(i)).map(|&i| self.text.token(i)).collect()
    }

    /// The tokens whose dependents count: the trigger, the words its pattern used, and the verb that carries a noun.
    fn domain(&self) -> Vec<Token<'_>> {
        let mut domain: Vec<Token<'_>> = vec![self.token];
        domain
            .extend(self.trigger.used.iter().filter(|&&i| i != self.token.i()).map(|&i| self.text.token(i)));
        if matches!(self.token.dep(), Dep::Dobj | Dep::Nsubjpass)
            && self.trigger.sense.pattern.pos == TriggerPos::Noun
            && !self.is_only_spoken_of()
        {
            domain.push(self.token.head());
        }
        let told_by_noun = !self.nouns_that_act().is_empty();
        if self.trigger.object.is_none()
            && self.trigger.sense.pattern.pos == TriggerPos::Verb
            && !told_by_noun
        {
            domain.extend(self.token.children_with(Dep::Dobj).take(1));
        }
        let counted: Vec<Token<'_>> = domain
            .iter()
            .filter(|noun| is_count(**noun))
            .flat_map(|noun| clause::prepositional(*noun, "of"))
            .map(|i| self.text.token(i))
            .collect();
        domain.extend(counted);
        let leading: Vec<Token<'_>> =
            domain.iter().flat_map(|noun| noun.children().filter(|c| leads(*c))).collect();
        domain.extend(leading);
        domain
    }
}

/// "a tour that will take him to X and Y".
fn leads(verb: Token<'_>) -> bool {
    let subject = |c: Token<'_>| c.dep() == Dep::Nsubj && c.tag() == Tag::Wdt;
    verb.dep() == Dep::Relcl
        && matches!(verb.lemma(), "take" | "bring" | "lead")
        && verb.children().any(subject)
}

fn without_possessor(alternatives: &[Vec<Slot>]) -> Vec<Vec<Slot>> {
    alternatives.iter().filter(|slots| !slots.contains(&Slot::Possessor)).cloned().collect()
}

fn is_object(token: Token<'_>) -> bool {
    matches!(token.dep(), Dep::Dobj | Dep::Nsubjpass)
}

/// The subject that a complement shows itself, without control.
fn own_subjects(verb: Token<'_>) -> Heads {
    verb.children()
        .filter(|c| matches!(c.dep(), Dep::Nsubj | Dep::Nsubjpass))
        .flat_map(clause::phrase_heads)
        .collect()
}
