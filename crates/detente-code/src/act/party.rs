//! From a noun phrase to the parties it names.

use std::ops::Range;

use detente_english::{Annotated, Dep, Token};
use detente_model::{Actor, Party};

use crate::clause;
use crate::resolved::{Mention, MentionKind, Resolved};

/// Turns heads of noun phrases into parties.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    text: &'a Annotated<'a>,
    resolved: &'a Resolved,
}

impl<'a> Parties<'a> {
    /// For one text and its mentions.
    pub fn new(text: &'a Annotated<'a>, resolved: &'a Resolved) -> Self {
        Self { text, resolved }
    }

    /// The parties that the noun phrases name, without repeats; things stand for their owners, or also for the state they are in.
    pub fn of(&self, heads: &[usize], owners_only: bool) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for party in heads.iter().flat_map(|&head| self.named_by(head, owners_only)) {
            if !parties.iter().any(|other| same(other, &party)) {
                parties.push(party);
            }
        }
        parties
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
        let inside =
            move |m: &&Mention| tokens.contains(&m.head) && m.kind != MentionKind::Pronoun && wanted(m.head);
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
        match self.belonging_to(self.text.token(head), owners_only, 0) {
            Some(code_of) => vec![self.unnamed(head, code_of.actors.first().copied().unwrap_or_default())],
            None => vec![self.unnamed(head, Actor::default())],
        }
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
            && let Some(across) = self.through(noun, &["with"], owners_only, depth)
        {
            return Some(across);
        }
        let before = noun
            .children()
            .filter(|c| matches!(c.dep(), Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod))
            .find_map(|c| self.coded(c.i()));
        let prepositions: &[&str] = match owners_only {
            true => &["of", "from", "by"],
            false => &["of", "in", "from", "for", "at", "near", "on", "to", "by", "with"],
        };
        before.or_else(|| self.through(noun, prepositions, owners_only, depth))
    }

    fn through(
        &self,
        noun: Token<'a>,
        prepositions: &[&str],
        owners_only: bool,
        depth: usize,
    ) -> Option<&'a Mention> {
        let objects = noun.children_with(Dep::Prep).filter(|p| prepositions.contains(&p.lower()));
        objects.flat_map(|p| p.children_with(Dep::Pobj)).find_map(|object| {
            self.coded(object.i()).or_else(|| self.belonging_to(object, owners_only, depth + 1))
        })
    }

    fn coded(&self, at: usize) -> Option<&'a Mention> {
        self.resolved.mention_at(at).filter(|m| m.actors.iter().any(|actor| actor.code.is_some()))
    }

    fn unnamed(&self, head: usize, owner: Actor) -> Party {
        let token = self.text.token(head);
        let first = token
            .children()
            .filter(|c| c.i() < head && !matches!(c.dep(), Dep::Punct | Dep::Relcl | Dep::Acl | Dep::Cc))
            .map(|c| c.subtree().start)
            .fold(head, usize::min);
        let span = self.text.span_of(first..head + 1);
        let text = self.text.text()[span.range()].to_owned();
        let actor = Actor { code: owner.code, sector: None };
        Party { text, span: Some(span), actor, name: None, elsewhere: false }
    }
}

/// Whether a party is somebody the lexicon or the article could place.
pub fn is_political(party: &Party) -> bool {
    party.actor != Actor::default()
}

fn same(a: &Party, b: &Party) -> bool {
    a.actor == b.actor && (a.span == b.span || (a.name.is_some() && a.name == b.name))
}
