//! Finding the words that name an act: patterns of the lexicon matched against the parse.
//!
//! At each token the most specific pattern wins; a word that a longer pattern has used names no act of its own.

use std::ops::Range;

use detente_acts::{Acts, Complement, Operator, Pattern, Sense, Step, TriggerPos, WordClass, WordSet};
use detente_english::{Annotated, Dep, EntityType, Pos, Sentence, Tag, Token};

use super::words::{self, Words};
use crate::clause::{self, is_verbal};
use crate::resolved::{MentionKind, Resolved};

/// A sense found in a sentence.
#[derive(Debug, Clone)]
pub struct Trigger<'a> {
    /// The word that names the act.
    pub token: usize,
    /// What it means here.
    pub sense: &'a Sense,
    /// Every token the pattern used, the trigger included.
    pub used: Vec<usize>,
    /// The token that stands for `>…` in the pattern.
    pub object: Option<usize>,
}

/// An operator found at a token.
#[derive(Debug, Clone)]
pub struct Governor<'a> {
    /// The word.
    pub token: usize,
    /// What it does to its complement.
    pub operator: &'a Operator,
    /// Every token the pattern used.
    pub used: Vec<usize>,
}

/// Matches the lexicon's patterns against one text.
#[derive(Debug, Clone, Copy)]
pub struct Matcher<'a> {
    text: &'a Annotated<'a>,
    words: &'a Words,
    resolved: &'a Resolved,
    acts: &'a Acts,
}

impl<'a> Matcher<'a> {
    /// A matcher for a text whose words have been looked up.
    pub fn new(text: &'a Annotated<'a>, words: &'a Words, resolved: &'a Resolved, acts: &'a Acts) -> Self {
        Self { text, words, resolved, acts }
    }

    /// The triggers of a sentence in order, senses that name no act included.
    pub fn triggers(&self, sentence: Sentence<'_>) -> Vec<Trigger<'a>> {
        let mut found: Vec<Trigger<'a>> = sentence.range().flat_map(|i| self.triggers_at(i)).collect();
        found.sort_by_key(|trigger| std::cmp::Reverse(trigger.sense.pattern.specificity()));
        let mut kept: Vec<Trigger<'a>> = Vec::with_capacity(found.len());
        for trigger in found {
            let taken =
                |longer: &Trigger<'_>| longer.token != trigger.token && longer.used.contains(&trigger.token);
            if !kept.iter().any(taken) {
                kept.push(trigger);
            }
        }
        kept.sort_by_key(|trigger| trigger.token);
        kept
    }

    /// Whether the word at a token is of a class, as its lemma or as written.
    pub fn is_of(&self, class: WordClass, i: usize) -> bool {
        self.acts.is_of(class, self.words.lemma(i)) || self.acts.is_of(class, self.words.form(i))
    }

    /// The most specific operator at a token.
    pub fn operator_at(&self, i: usize) -> Option<Governor<'a>> {
        self.acts.operators_of(self.words.lemma(i)?).find_map(|operator| {
            let found = self.match_at(i, &operator.pattern)?;
            Some(Governor { token: i, operator, used: found.used })
        })
    }

    /// The most specific sense at a token; words that name two acts at once ("summoned the ambassador") have a line for each.
    fn triggers_at(&self, i: usize) -> Vec<Trigger<'a>> {
        let Some(first) = self.trigger_at(i) else { return Vec::new() };
        let Some(lemma) = self.words.lemma(i) else { return vec![first] };
        let twin = |sense: &&Sense| {
            sense.pattern.source == first.sense.pattern.source && sense.meaning != first.sense.meaning
        };
        let twins: Vec<Trigger<'a>> =
            self.acts.senses_of(lemma).filter(twin).map(|sense| Trigger { sense, ..first.clone() }).collect();
        std::iter::once(first).chain(twins).collect()
    }

    /// The most specific sense at a token, whether or not a longer pattern takes the token.
    pub fn trigger_at(&self, i: usize) -> Option<Trigger<'a>> {
        if self.is_part_of_name(i) || is_in_title(self.text.token(i)) {
            return None;
        }
        self.acts.senses_of(self.words.lemma(i)?).find_map(|sense| {
            let found = self.match_at(i, &sense.pattern)?;
            let excluded = sense.not.as_ref().is_some_and(|not| self.goes_with(i, not));
            (!excluded).then_some(Trigger { token: i, sense, used: found.used, object: found.object })
        })
    }

    /// Words inside the name of an organisation or the title of a person name no act: the Organization of Islamic Cooperation, hostage
    /// mediator X.
    fn is_part_of_name(&self, i: usize) -> bool {
        let capital = self.text.token(i).text().starts_with(char::is_uppercase);
        let Some(mention) = self.resolved.mention_at(i).filter(|m| m.tokens.len() > 1) else { return false };
        let title = mention.kind == MentionKind::Titled && !is_verbal(self.text.token(i)) && i < mention.head;
        mention.kind == MentionKind::Named && capital || title && mention.name.is_some()
    }

    fn match_at(&self, i: usize, pattern: &Pattern) -> Option<Match> {
        let token = self.text.token(i);
        if !has_part_of_speech(token, pattern.pos) || !self.preceded_by(i, &pattern.before) {
            return None;
        }
        let first = i - pattern.before.len();
        let mut found = Match { used: (first..=i).collect(), object: None, last: i };
        let fits = pattern.after.iter().all(|step| self.take(step, token, &mut found));
        fits.then_some(found)
    }

    fn preceded_by(&self, i: usize, before: &[WordSet]) -> bool {
        let Some(first) = i.checked_sub(before.len()) else { return false };
        before.iter().zip(first..i).all(|(set, at)| self.is_one_of(at, set))
    }

    fn take(&self, step: &Step, trigger: Token<'_>, found: &mut Match) -> bool {
        match step {
            Step::Word(set) => self.take_word(set, trigger, found),
            Step::Object(set) => self.take_object(set, trigger, found),
            Step::Subject(set) => self.take_subject(set, trigger, found),
            Step::Complement(kind) => has_complement(self.text.token(found.last), trigger, *kind),
            Step::Below(set) => self.has_below(trigger, set),
        }
    }

    /// What is coordinated with the trigger is another clause.
    fn has_below(&self, trigger: Token<'_>, set: &WordSet) -> bool {
        let own = trigger.children().filter(|c| c.dep() != Dep::Conj || !is_verbal(trigger));
        let mut below = own.flat_map(without_clause_of_subject);
        below.any(|at| self.is_one_of(at, set) && !is_in_name(self.text.token(at)))
    }

    /// A particle or preposition hangs on the trigger, on what was matched last, or simply follows.
    fn take_word(&self, set: &WordSet, trigger: Token<'_>, found: &mut Match) -> bool {
        let hangs = |head: Token<'_>| {
            head.children()
                .filter(|c| c.i() > trigger.i() || is_verbal(trigger))
                .filter(|c| !is_of_time(*c))
                .map(Token::i)
                .find(|&at| self.is_one_of(at, set))
        };
        let next = Some(found.last + 1).filter(|&at| at < self.text.len() && self.is_one_of(at, set));
        let after = next.filter(|&at| !is_of_time(self.text.token(at)));
        let at = after
            .or_else(|| hangs(self.text.token(found.last)))
            .or_else(|| found.used.iter().find_map(|&used| hangs(self.text.token(used))))
            .or_else(|| light_verb(trigger).and_then(hangs).filter(|&at| at > trigger.i()))
            .or_else(|| trigger.children_with(Dep::Dobj).find_map(hangs))
            .or_else(|| clausal_children(trigger).find_map(|clause| self.mark_of(clause, set)));
        at.is_some_and(|at| found.add(at))
    }

    /// "called for the court to impose …": the preposition opens the clause.
    fn mark_of(&self, clause: Token<'_>, set: &WordSet) -> Option<usize> {
        clause.children_with(Dep::Mark).map(Token::i).find(|&at| self.is_one_of(at, set))
    }

    fn take_object(&self, set: &WordSet, trigger: Token<'_>, found: &mut Match) -> bool {
        let last = self.text.token(found.last);
        let candidates = match last.i() == trigger.i() || !is_preposition(last) {
            true => self.objects_of(trigger),
            false => self.objects_of_preposition(last),
        };
        let Some(at) = candidates.into_iter().find(|&at| self.is_one_of(at, set)) else { return false };
        found.object = Some(at);
        found.add(at)
    }

    /// What stands before the verb leaves the place after it where it was.
    fn take_subject(&self, set: &WordSet, trigger: Token<'_>, found: &mut Match) -> bool {
        let subject = clause::agents(trigger).into_iter().find(|&at| self.is_one_of(at, set));
        found.used.extend(subject);
        subject.is_some()
    }

    fn objects_of(&self, trigger: Token<'_>) -> Vec<usize> {
        let complements = trigger.children().filter(|c| matches!(c.dep(), Dep::Attr | Dep::Oprd | Dep::Dobj));
        let glosses = trigger.children_with(Dep::Dobj).flat_map(|object| object.children_with(Dep::Appos));
        let mut objects = clause::patients(trigger);
        objects.extend(complements.chain(clause::small_predicate(trigger)).chain(glosses).map(Token::i));
        objects.extend(inside_gap(trigger));
        objects
    }

    fn objects_of_preposition(&self, preposition: Token<'_>) -> Vec<usize> {
        let mut objects: Vec<usize> =
            preposition.children_with(Dep::Pobj).flat_map(clause::phrase_heads).collect();
        objects.extend(preposition.children_with(Dep::Pcomp).map(Token::i));
        objects.extend(preposition.children_with(Dep::Amod).map(Token::i));
        objects.extend(preposition.children_with(Dep::Prep).flat_map(|p| self.objects_of_preposition(p)));
        if objects.is_empty() && preposition.i() + 1 < self.text.len() {
            objects.extend(nominal_run_end(preposition));
        }
        objects
    }

    /// Whether the object, the complement of a preposition, or a word of the trigger's own noun phrase is in the set.
    fn goes_with(&self, i: usize, set: &WordSet) -> bool {
        let trigger = self.text.token(i);
        let children = || trigger.children().filter(|c| !is_of_time(*c));
        let below = children().chain(children().flat_map(Token::children));
        let beside =
            trigger.children_with(Dep::Conj).filter(|c| is_verbal(trigger) && c.tag() == trigger.tag());
        let beside = beside.flat_map(Token::children).filter(|c| !is_of_time(*c)).flat_map(Token::children);
        let around = below.chain(beside).map(Token::i);
        around.chain(clause::patients(trigger)).any(|at| self.is_one_of(at, set))
    }

    fn is_one_of(&self, at: usize, set: &WordSet) -> bool {
        set.contains(self.words.lemma(at)) || set.contains(self.words.form(at))
    }
}

/// "the Rapid Support Forces": no support.
fn is_in_name(token: Token<'_>) -> bool {
    token.dep() == Dep::Compound && matches!(token.entity_type(), Some(EntityType::Org | EntityType::Person))
}

/// "for ten years", "over the weekend": when it happened, not to whom.
fn is_of_time(preposition: Token<'_>) -> bool {
    let time = |c: Token<'_>| {
        c.dep() == Dep::Pobj && matches!(c.entity_type(), Some(EntityType::Date | EntityType::Time))
    };
    preposition.dep() == Dep::Prep && preposition.children().any(time)
}

#[derive(Debug)]
struct Match {
    used: Vec<usize>,
    object: Option<usize>,
    last: usize,
}

impl Match {
    fn add(&mut self, at: usize) -> bool {
        self.used.push(at);
        self.last = at;
        true
    }
}

/// "the Forum on China-Africa Cooperation": a capital noun that a preposition hangs on another is part of its name.
fn is_in_title(token: Token<'_>) -> bool {
    let capital = |t: Token<'_>| t.pos() == Pos::Propn && t.text().starts_with(char::is_uppercase);
    let preposition = Some(token.head()).filter(|p| token.dep() == Dep::Pobj && is_preposition(*p));
    let through = preposition.filter(|p| matches!(p.lower(), "on" | "of" | "for")).map(Token::head);
    capital(token) && through.is_some_and(capital)
}

fn has_part_of_speech(token: Token<'_>, pos: TriggerPos) -> bool {
    match pos {
        TriggerPos::Verb => words::is_verb(token),
        TriggerPos::Noun => words::is_noun(token),
        TriggerPos::Adjective => words::is_adjective(token),
    }
}

fn clausal_children(trigger: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    trigger.children().filter(|c| matches!(c.dep(), Dep::Advcl | Dep::Ccomp | Dep::Xcomp | Dep::Acl))
}

/// "the contents of a meeting that X held": the noun below the one that the clause describes.
fn inside_gap(verb: Token<'_>) -> Vec<usize> {
    let relative = |c: Token<'_>| matches!(c.tag(), Tag::Wdt | Tag::Wp);
    let own = verb.children().any(|c| c.dep() == Dep::Nsubj && !relative(c));
    let bare = own && verb.dep() == Dep::Relcl && verb.children_with(Dep::Dobj).all(relative);
    let noun = Some(verb.head()).filter(|_| bare);
    noun.map(|noun| clause::prepositional(noun, "of")).unwrap_or_default()
}

fn is_preposition(token: Token<'_>) -> bool {
    matches!(token.dep(), Dep::Prep | Dep::Agent | Dep::Dative)
        || matches!(token.tag(), Tag::In | Tag::To | Tag::Rp)
}

/// "the president, who backs the opposition, refused to go": what a clause says of the subject is not what its verb is about.
fn without_clause_of_subject(part: Token<'_>) -> Range<usize> {
    let whole = part.subtree();
    let clause = part.children_with(Dep::Relcl).map(|verb| verb.subtree().start).min();
    let end = clause.filter(|_| part.dep() == Dep::Nsubj).unwrap_or(whole.end);
    whole.start..end
}

/// "made an attack on": the verb that carries an event noun as its object.
fn light_verb(noun: Token<'_>) -> Option<Token<'_>> {
    matches!(noun.dep(), Dep::Dobj | Dep::Nsubjpass).then(|| noun.head()).filter(|verb| is_verbal(*verb))
}

/// The last noun of the run right after a preposition, for parses that lost it.
fn nominal_run_end(preposition: Token<'_>) -> Option<usize> {
    std::iter::successors(preposition.next(), |t| t.next())
        .take_while(|t| {
            clause::is_nominal(*t) || matches!(t.dep(), Dep::Det | Dep::Amod | Dep::Poss | Dep::Case)
        })
        .take(6)
        .filter(|t| words::is_noun(*t))
        .last()
        .map(Token::i)
}

fn has_complement(last: Token<'_>, trigger: Token<'_>, kind: Complement) -> bool {
    // "it is unlikely that …": the clause hangs on the verb that the adjective is said with.
    let said = Some(trigger.head()).filter(|_| trigger.dep() == Dep::Acomp && kind == Complement::Clause);
    [last, trigger].into_iter().chain(said).flat_map(Token::children).any(|child| is_complement(child, kind))
}

fn is_complement(child: Token<'_>, kind: Complement) -> bool {
    let clausal = matches!(child.dep(), Dep::Xcomp | Dep::Ccomp | Dep::Acl | Dep::Advcl | Dep::Pcomp);
    match kind {
        Complement::Infinitive => {
            clausal && child.children().any(|c| c.tag() == Tag::To && c.dep() == Dep::Aux)
        }
        Complement::Clause => matches!(child.dep(), Dep::Ccomp | Dep::Acl) && child.tag() != Tag::Vbg,
        Complement::Gerund => clausal && child.tag() == Tag::Vbg,
    }
}
