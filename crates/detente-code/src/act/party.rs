//! From a noun phrase to the parties it names.

use std::ops::Range;

use detente_acts::WordClass;
use detente_english::{Annotated, Dep, Pos, Token};
use detente_model::{Actor, Party, Sector};

use super::trigger::Matcher;
use crate::clause;
use crate::resolved::{Mention, MentionKind, Resolved};

/// Turns heads of noun phrases into parties.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    text: &'a Annotated<'a>,
    resolved: &'a Resolved,
    matcher: Matcher<'a>,
}

impl<'a> Parties<'a> {
    /// For one text and its mentions.
    pub fn new(text: &'a Annotated<'a>, resolved: &'a Resolved, matcher: Matcher<'a>) -> Self {
        Self { text, resolved, matcher }
    }

    /// The parties that the noun phrases name, without repeats; things stand for their owners, or also for the state they are in.
    pub fn of(&self, heads: &[usize], owners_only: bool) -> Vec<Party> {
        let mut parties: Vec<(bool, Party)> = Vec::new();
        for &head in heads {
            let pronoun = self.mention(head).is_some_and(|m| m.kind == MentionKind::Pronoun);
            for party in self.named_by(head, owners_only) {
                if !parties.iter().any(|(_, other)| same(other, &party)) {
                    parties.push((pronoun, party));
                }
            }
        }
        // "X and Y began their drills": by name rather than by pronoun.
        let named: Vec<Actor> =
            parties.iter().filter(|(pronoun, _)| !pronoun).map(|(_, p)| p.actor).collect();
        let needed = |(pronoun, party): &(bool, Party)| !pronoun || !named.contains(&party.actor);
        parties.into_iter().filter(needed).map(|(_, party)| party).collect()
    }

    /// Those whom a thing touches: who struck the accord, whose embargo it is, against whom; not those in `known`.
    pub fn touched_by(&self, thing: usize, known: &[Party]) -> Vec<Party> {
        let thing = self.text.token(thing);
        let between = self.between(thing, 0);
        if !between.is_empty() {
            return self.of(&between, true);
        }
        let own = |a: &Actor, k: &Actor| a.code == k.code && (a.sector.is_none() || a.sector == k.sector);
        let strange = |m: &&Mention| !m.actors.iter().any(|a| known.iter().any(|k| own(a, &k.actor)));
        let touched = self.belonging(thing, TOUCHING, 0).into_iter().find(strange);
        touched.map(|m| m.actors.iter().map(|actor| self.party(m, *actor)).collect()).unwrap_or_default()
    }

    /// The owner of a thing that a deed was done to, or the land it is in; not those in `known`.
    pub fn holder_of(&self, thing: usize, known: &[Party]) -> Option<Party> {
        let strange = |m: &&Mention| !m.actors.iter().any(|a| known.iter().any(|k| k.actor.code == a.code));
        let holder = self.belonging(self.text.token(thing), &["of", "in"], 0).into_iter().find(strange)?;
        Some(self.party(holder, holder.actors.first().copied()?))
    }

    /// A thing hit, of the state where it was hit.
    pub fn thing_at(&self, thing: usize, place: usize) -> Option<Party> {
        let said = || self.text.token(place).children_with(Dep::Appos).find_map(|c| self.coded(c.i()));
        let owner = self.coded(place).or_else(said)?.actors.first()?;
        let owner = Actor { sector: None, ..*owner };
        (self.text.token(thing).pos() == Pos::Noun).then(|| self.unnamed(thing, owner))
    }

    /// The mention at the head of a noun phrase, or at its apposition.
    pub fn mention(&self, head: usize) -> Option<&'a Mention> {
        let token = self.text.token(head);
        let at = |i: usize| self.resolved.mention_at(i).filter(|m| !m.actors.is_empty());
        at(head).or_else(|| token.children_with(Dep::Appos).find_map(|c| at(c.i())))
    }

    /// The parties with a code that a run of tokens names at heads that `wanted` lets through, in order; pronouns are left out.
    pub fn within(
        &self,
        tokens: Range<usize>,
        wanted: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = Party> {
        let inside = move |m: &&Mention| tokens.contains(&m.head) && !is_aside(m.kind) && wanted(m.head);
        let mentions = self.resolved.mentions().iter().filter(inside);
        mentions.flat_map(|m| m.actors.iter().filter(|a| a.code.is_some()).map(|a| self.party(m, *a)))
    }

    fn named_by(&self, head: usize, owners_only: bool) -> Vec<Party> {
        if let Some(mention) = self.mention(head) {
            return mention.actors.iter().map(|actor| self.party(mention, *actor)).collect();
        }
        let between = self.between(self.text.token(head), 0);
        if !between.is_empty() {
            return between.into_iter().flat_map(|party| self.named_by(party, owners_only)).collect();
        }
        let owner = self.belonging_to(self.text.token(head), owners_only, 0);
        match owner.or_else(|| self.issuer(self.text.token(head))) {
            Some(owner) => {
                let actor = owner.actors.first().copied().unwrap_or_default();
                let named = owners_only && owner.kind == MentionKind::Titled;
                vec![self.unnamed(head, Actor { sector: actor.sector.filter(|_| named), ..actor })]
            }
            None => vec![self.unnamed(head, Actor::default())],
        }
    }

    /// Who speaks in a writing: whose it is, who adopted it, or, for "the statement", who issued the last one.
    fn issuer(&self, noun: Token<'a>) -> Option<&'a Mention> {
        if !self.matcher.is_of(WordClass::Text, noun.i()) {
            return None;
        }
        let points = noun.children_with(Dep::Det).any(|det| matches!(det.lower(), "the" | "this"));
        let before = (noun.i().saturating_sub(TEXT_REACH)..noun.i()).rev().map(|i| self.text.token(i));
        let same = |token: &Token<'a>| points && token.lemma() == noun.lemma();
        let told = || {
            before
                .filter(same)
                .find_map(|text| self.belonging_to(text, true, 0).or_else(|| self.adopter(text)))
        };
        self.adopter(noun).or_else(told)
    }

    /// "adopted a statement", "the letter was sent by": the doer of what is done to a writing.
    fn adopter(&self, writing: Token<'a>) -> Option<&'a Mention> {
        let object = matches!(writing.dep(), Dep::Dobj | Dep::Nsubjpass);
        let verb = Some(writing.head()).filter(|verb| object && clause::is_verbal(*verb))?;
        clause::agents(verb).into_iter().find_map(|head| self.coded(head))
    }

    /// "efforts between X and Y", "the renewal of the accord struck between X and Y".
    fn between(&self, noun: Token<'a>, depth: usize) -> Vec<usize> {
        let named = |heads: &Vec<usize>| heads.iter().any(|&party| self.mention(party).is_some());
        let own = Some(clause::beside_noun(noun, "between")).filter(named);
        let of = || clause::prepositional(noun, "of").first().map(|&i| self.text.token(i));
        let deeper = || of().filter(|_| depth < 2).map(|noun| self.between(noun, depth + 1));
        own.or_else(deeper).unwrap_or_default()
    }

    fn party(&self, mention: &Mention, actor: Actor) -> Party {
        let span = self.text.span_of(mention.tokens.clone());
        let text = self.text.text()[span.range()].to_owned();
        Party { text, span: Some(span), actor, name: mention.name.clone(), elsewhere: false }
    }

    /// "positions in Gaza", "Iran's oil", "the border with Israel": a thing stands for the state it belongs to.
    fn belonging_to(&self, noun: Token<'a>, owners_only: bool, depth: usize) -> Option<&'a Mention> {
        if depth > 2 {
            return None;
        }
        if matches!(noun.lemma(), "border" | "frontier" | "relation" | "tie" | "link")
            && let Some(across) = self.across(noun)
        {
            return Some(across);
        }
        let prepositions = if owners_only { OWNING } else { HOLDING };
        self.belonging(noun, prepositions, depth).into_iter().next()
    }

    /// Everybody a noun belongs to: modifiers before it, then what its prepositions bring.
    fn belonging(&self, noun: Token<'a>, prepositions: &[&str], depth: usize) -> Vec<&'a Mention> {
        if depth > 2 {
            return Vec::new();
        }
        let modifier = |c: &Token<'_>| matches!(c.dep(), Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod);
        let owns = |m: &&Mention| !(is_proper(noun) && is_town(m) || clause::stands_beside_owner(noun));
        let mut modifiers: Vec<Token<'_>> = noun.children().filter(modifier).collect();
        // "Sweden's NATO membership": it is Sweden's.
        modifiers.sort_by_key(|c| c.dep() != Dep::Poss);
        let mut owners: Vec<&Mention> =
            modifiers.into_iter().filter_map(|c| self.coded(c.i())).filter(owns).collect();
        let made = noun.children_with(Dep::Acl).filter(|verb| tells_origin(*verb));
        let phrases = made.chain([noun]).flat_map(|word| word.children_with(Dep::Prep));
        let objects = phrases.filter(|p| prepositions.contains(&p.lower()));
        // "talks on joining the union": theirs whom the gerund speaks of.
        let deeds = |p: Token<'a>| p.children_with(Dep::Pcomp).flat_map(|verb| verb.children_with(Dep::Dobj));
        for object in objects.flat_map(|p| p.children_with(Dep::Pobj).chain(deeds(p))) {
            let said = || object.children_with(Dep::Appos).find_map(|c| self.coded(c.i()));
            match self.coded(object.i()).or_else(said) {
                Some(owner) => owners.push(owner),
                None => owners.extend(self.belonging(object, prepositions, depth + 1)),
            }
        }
        owners
    }

    fn across(&self, noun: Token<'a>) -> Option<&'a Mention> {
        clause::prepositional(noun, "with").into_iter().find_map(|head| self.coded(head))
    }

    fn coded(&self, at: usize) -> Option<&'a Mention> {
        self.resolved.mention_at(at).filter(|m| m.actors.iter().any(|actor| actor.code.is_some()))
    }

    /// A thing without a name of its own, of whoever it belongs to.
    fn unnamed(&self, head: usize, owner: Actor) -> Party {
        let token = self.text.token(head);
        let first = token
            .children()
            .filter(|c| c.i() < head && !matches!(c.dep(), Dep::Punct | Dep::Relcl | Dep::Acl | Dep::Cc))
            .map(|c| c.subtree().start)
            .fold(head, usize::min);
        let span = self.text.span_of(first..head + 1);
        let text = self.text.text()[span.range()].to_owned();
        Party { text, span: Some(span), actor: owner, name: None, elsewhere: false }
    }
}

/// "cars imported from China", "wine made in France": a participle that says whose a thing is.
fn tells_origin(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "import" | "ship" | "buy" | "purchase" | "make" | "produce" | "build" | "manufacture"
    )
}

/// A capitalised noun is part of a name: a town in it says where it was made, as in the Kyoto Protocol.
fn is_proper(noun: Token<'_>) -> bool {
    noun.pos() == Pos::Propn && noun.text().starts_with(char::is_uppercase)
}

fn is_town(mention: &Mention) -> bool {
    matches!(mention.kind, MentionKind::Metonym | MentionKind::Town)
}

/// Pronouns stand for those who are named, and towns say where.
fn is_aside(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Pronoun | MentionKind::Town)
}

/// Prepositions that bring whose a thing is, where it stands as well, and whom it touches.
const OWNING: &[&str] = &["of", "from", "by"];
const HOLDING: &[&str] = &["of", "in", "from", "for", "at", "near", "on", "to", "by", "with"];
const TOUCHING: &[&str] = &["of", "by", "against", "with", "from", "on", "for", "to", "in"];

/// How many words back "the statement" may point.
const TEXT_REACH: usize = 300;

/// Whether a party is somebody the lexicon or the article could place.
pub fn is_political(party: &Party) -> bool {
    party.actor != Actor::default()
}

/// Whether a party is of a state or organisation, or has power or arms; customers, fans and firms of nowhere are not.
pub fn is_public(party: &Party) -> bool {
    use Sector::{Bus, Cvl, Edu, Jrn, Med};
    match party.actor.sector {
        Some(Bus) => false,
        sector => party.actor.code.is_some() || !matches!(sector, None | Some(Cvl | Edu | Jrn | Med)),
    }
}

fn same(a: &Party, b: &Party) -> bool {
    a.actor == b.actor && (a.span == b.span || (a.name.is_some() && a.name == b.name))
}
