//! From triggers to acts: the steps of coding one sentence, in order.

use std::ops::Range;

use detente_acts::{Acts, Effect, Meaning, Need, Sense, Theme, TriggerPos, WordClass};
use detente_english::{Annotated, Dep, EntityType, Pos, Sentence, Tag, Token};
use detente_model::{Context, EventType, Mode, Party, QuadClass, Sector, Status};

use super::construction;
use super::fold::{self, Folded};
use super::other_side::{self, OneSided};
use super::party::{self, Parties};
use super::role::{self, Sides};
use super::speaker::Speakers;
use super::standing::{self, Judge, Judgement, Standing, is_act, is_count, predicate};
use super::trigger::{Governor, Matcher, Trigger};
use super::words::Words;
use crate::clause::{self, Heads};
use crate::resolved::{MentionKind, Resolved};

/// An act found in a sentence, not yet dated or placed.
#[derive(Debug, Clone)]
pub struct Act {
    /// The number of its sentence.
    pub sentence: usize,
    /// The token that names it.
    pub token: usize,
    /// Every token that names it, in order.
    pub used: Vec<usize>,
    /// The token numbers of the clause it is told in.
    pub clause: Range<usize>,
    /// Whether its clause tells it as news, or only refers to it.
    pub telling: Telling,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// How real it is told to be.
    pub standing: Standing,
    /// The token of the word that gives the standing, where it is not the act's own clause.
    pub governor: Option<usize>,
    /// Type and mode of the act itself, before plans, refusals and threats were folded.
    pub plain: (EventType, Option<Mode>),
    /// The name it goes by, in lower case: "astana talk" of the Astana Peace Talks.
    pub name: Option<String>,
    /// What it leaves to an act told before.
    pub refers: Reference,
    /// Contexts that the words give.
    pub contexts: Vec<Context>,
    /// Whether it happened.
    pub status: Status,
    /// Who acts.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// The token that heads the speaker.
    pub speaker: Option<usize>,
    /// CAMEO code, where the sense gives one.
    pub cameo: Option<String>,
    /// The rule that fired.
    pub rule: String,
    /// How much its sense is trusted, in 0..=1.
    pub weight: f32,
}

/// What an act leaves to one told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// It names its parties itself.
    Nothing,
    /// It names none.
    Whole,
    /// It is mutual and names one side.
    OtherSide,
}

/// How a sentence brings an act up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// A clause says that it happens.
    News,
    /// A noun or a subordinate clause refers to it.
    Background,
}

/// An act as far as the words of a sentence tell it, before anybody is recognised.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The token that names it.
    pub token: usize,
    /// PLOVER type.
    pub kind: EventType,
    /// The type of the act itself, before it was folded.
    pub plain: EventType,
    /// How real it is told to be.
    pub standing: Standing,
    /// Its status; `None` where it is only a purpose, a fear or a condition.
    pub status: Option<Status>,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// What the words of its sense speak of.
    pub themes: Vec<Theme>,
    /// The heads of the noun phrases on each side.
    pub sides: Sides,
    /// The rule that fired.
    pub rule: Box<str>,
    /// How sure the sense is, in 0..=1.
    pub weight: f32,
}

/// Codes the acts of one text.
pub struct SentenceCoder<'a> {
    text: &'a Annotated<'a>,
    matcher: Matcher<'a>,
    parties: Parties<'a>,
    speakers: Speakers<'a>,
    /// Whether the text reports sport.
    sport: bool,
}

/// A trigger that names an act, judged.
struct Judged<'a> {
    trigger: Trigger<'a>,
    judgement: Judgement,
    mode: Option<Mode>,
    /// Those whom the act it speaks of would be done to, in groups of which the first that names somebody counts.
    lent: Vec<Heads>,
}

impl Act {
    /// Whether two words may tell of one act; a visit is told apart from the meeting it serves.
    pub(crate) fn is_like(&self, other: &Act) -> bool {
        let visits = |act: &Act| act.plain.1 == Some(Mode::Visit);
        self.kind == other.kind && self.plain.0 == other.plain.0 && visits(self) == visits(other)
    }

    /// What an act told as done becomes when its day lies ahead: "a meeting next week".
    pub fn put_ahead(&mut self) {
        let (kind, mode) = self.plain;
        if let Some(folded) = fold::fold(kind, mode, Standing::Ahead) {
            (self.kind, self.mode, self.status) = (folded.kind, folded.mode, folded.status);
            (self.standing, self.governor) = (Standing::Ahead, None);
        }
    }
}

impl<'a> SentenceCoder<'a> {
    /// A coder for a text whose words and mentions are known.
    pub fn new(text: &'a Annotated<'a>, words: &'a Words, resolved: &'a Resolved, acts: &'a Acts) -> Self {
        let matcher = Matcher::new(text, words, resolved, acts);
        Self {
            text,
            matcher,
            parties: Parties::new(text, resolved, matcher),
            speakers: Speakers::new(text, matcher),
            sport: is_of_sport(text, matcher),
        }
    }

    /// The acts of a sentence, in the order of their triggers.
    pub fn code(&self, sentence: Sentence<'_>, headline: bool) -> Vec<Act> {
        let (judged, taken) = self.judged(sentence, headline);
        let mut acts: Vec<Act> = judged.iter().filter_map(|j| self.act(sentence, j, &judged)).collect();
        acts.extend(construction::find(
            self.text,
            self.matcher,
            &self.parties,
            &self.speakers,
            sentence,
            &taken,
        ));
        acts.retain(|act| !self.sport || has_official(act));
        acts.sort_by_key(|act| act.token);
        let one: Vec<bool> = acts.iter().map(|act| !acts.iter().any(|o| self.is_part_of(act, o))).collect();
        acts.into_iter().zip(one).filter(|(_, one)| *one).map(|(act, _)| act).collect()
    }

    /// "killed in an ambush", "imposed a blockade by cutting links": a word that says what another act of its kind was, or how.
    fn is_part_of(&self, act: &Act, whole: &Act) -> bool {
        let (token, other) = (self.text.token(act.token), self.text.token(whole.token));
        if act.token == whole.token {
            return false;
        }
        let which = is_what_kind_of(token, other) && act.plain.0 == whole.plain.0;
        let again = || act.token > whole.token && is_said_again(act, whole) && !self.is_part_of(whole, act);
        if which || again() {
            return true;
        }
        if !act.is_like(whole) {
            return false;
        }
        let asks_more = act.kind == EventType::Request && token.dominates(other) && other.dep() == Dep::Ccomp;
        let means = token.dep() == Dep::Pcomp && token.head().lower() == "by" && token.head().head() == other;
        let named =
            |party: &Party| whole.actors.iter().chain(&whole.recipients).any(|p| p.actor == party.actor);
        let adds_nobody = act.actors.iter().chain(&act.recipients).all(named);
        let beside = !clause::is_verbal(token) && clause::is_verbal(other) && is_argument(token, other);
        let says_why = act.kind == EventType::Protest
            && token.tag() == Tag::Vbg
            && token.dep() == Dep::Advcl
            && token.head() == other;
        means || ((beside || asks_more || says_why) && adds_nobody)
    }

    /// Every act that a sentence's words name, with the heads of its sides, whoever they are.
    pub fn drafts(&self, sentence: Sentence<'_>) -> Vec<Draft> {
        let (judged, taken) = self.judged(sentence, false);
        let mut drafts: Vec<Draft> = judged.iter().filter_map(|j| self.draft(j)).collect();
        drafts.extend(construction::demands(self.text, &self.speakers, sentence, &taken));
        drafts
    }

    fn draft(&self, judged: &Judged<'a>) -> Option<Draft> {
        let Judged { trigger, judgement, mode, .. } = judged;
        let plain = kind_of(trigger.sense)?;
        let folded = self.fold(trigger, *mode, judgement.standing);
        let kind = folded.map_or(plain, |folded| folded.kind);
        let mut sides = self.sides(trigger, judgement, kind);
        if sides.recipients.is_empty() {
            sides.recipients = judged.lent.iter().flatten().copied().collect();
        }
        Some(Draft {
            token: trigger.token,
            kind,
            plain,
            standing: judgement.standing,
            status: folded.map(|folded| folded.status),
            mode: folded.map_or(*mode, |folded| folded.mode),
            themes: trigger.sense.themes.clone(),
            sides,
            rule: trigger.sense.id.clone(),
            weight: trigger.sense.weight,
        })
    }

    fn judged(&self, sentence: Sentence<'_>, headline: bool) -> (Vec<Judged<'a>>, Vec<usize>) {
        let judge = Judge::new(self.text, self.matcher, headline);
        let triggers: Vec<Trigger<'a>> = self.matcher.triggers(sentence);
        let taken: Vec<usize> = triggers.iter().flat_map(|t| t.used.iter().copied()).collect();
        let mut judged: Vec<Judged<'a>> = triggers
            .into_iter()
            .filter(is_act)
            .filter(|trigger| !is_venue_of_another(self.text.token(trigger.token)))
            .filter(|trigger| !self.is_epithet(trigger))
            .map(|trigger| Judged {
                judgement: judge.judge(&trigger),
                mode: trigger.sense.mode.or_else(|| self.mode_of_means(&trigger)),
                lent: self.complement_heads(&trigger),
                trigger,
            })
            .collect();
        self.absorb(&mut judged);
        (judged, taken)
    }

    /// "the air strikes killed nine": the noun that a verb's pattern names tells how it was done.
    fn mode_of_means(&self, trigger: &Trigger<'_>) -> Option<Mode> {
        let kind = kind_of(trigger.sense);
        let nouns = trigger.used.iter().filter(|&&i| i != trigger.token);
        let senses = nouns.filter_map(|&i| self.matcher.trigger_at(i)).map(|found| found.sense);
        senses.filter(|sense| kind_of(sense) == kind).find_map(|sense| sense.mode)
    }

    /// "rejected migrants", "investigating magistrate", "protesters stormed": a word that says which people are meant, not what they did.
    fn is_epithet(&self, trigger: &Trigger<'_>) -> bool {
        let token = self.text.token(trigger.token);
        let kind = kind_of(trigger.sense);
        let spoken = kind.is_some_and(|kind| {
            matches!(kind.quad(), QuadClass::VerbalConflict | QuadClass::VerbalCooperation)
        });
        let said = match token.tag() {
            Tag::Vbn => clause::agents(token).is_empty(),
            Tag::Vbg => kind.is_some_and(|kind| kind.quad() == QuadClass::VerbalConflict),
            _ => false,
        };
        let participle = said && token.dep() == Dep::Amod && token.children().next().is_none();
        let crowd = trigger.sense.pattern.pos == TriggerPos::Noun && kind == Some(EventType::Protest);
        let person = matches!(token.dep(), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj)
            && self.matcher.trigger_at(token.head().i()).is_some_and(|t| is_act(&t));
        spoken && participle || crowd && person && self.parties.mention(trigger.token).is_some()
    }

    /// An act that another act's words only speak of is not coded; it lends its mode to the act that speaks of it.
    fn absorb(&self, judged: &mut Vec<Judged<'a>>) {
        let told: Vec<bool> = judged.iter().map(|outer| !self.is_told_below(outer, judged)).collect();
        let mut told = told.into_iter();
        judged.retain(|_| told.next().unwrap_or(true));
        let absorbed: Vec<Option<usize>> = judged.iter().map(|inner| self.absorber(inner, judged)).collect();
        for (inner, outer) in absorbed.iter().enumerate() {
            let Some(outer) = *outer else { continue };
            let lender = kind_of(judged[inner].trigger.sense).map(|kind| (kind, judged[inner].mode));
            judged[outer].lend(lender);
            let sides = self.fill(&judged[inner].trigger);
            let group = spoken_of(&judged[outer], &judged[inner], sides);
            judged[outer].lent.insert(0, group);
        }
        let mut absorbed = absorbed.into_iter();
        judged.retain(|_| absorbed.next().flatten().is_none());
    }

    /// "refused to see the opposition", "threatened to leave the union": whom the complement names.
    fn complement_heads(&self, trigger: &Trigger<'_>) -> Vec<Heads> {
        const TO_WHOM: &[&str] = &["to", "with", "against", "on", "from", "at"];
        if !kind_of(trigger.sense).is_some_and(|kind| speaks_of_deeds(kind) && kind != EventType::Request) {
            return Vec::new();
        }
        let words = trigger.used.iter().map(|&i| self.text.token(i));
        let complement = words.flat_map(Token::children).find(|c| is_infinitive(*c));
        let Some(verb) = complement else { return Vec::new() };
        let objects = clause::patients(verb);
        let below = objects.iter().map(|&i| self.text.token(i)).chain([verb]);
        let through = below.flat_map(|t| TO_WHOM.iter().flat_map(move |name| clause::prepositional(t, name)));
        let near = |heads: Heads| {
            heads.into_iter().filter(|&head| !clause::is_parted(self.text, trigger.token, head)).collect()
        };
        let through = through.collect();
        vec![near(objects), near(through)]
    }

    fn is_told_below(&self, outer: &Judged<'a>, judged: &[Judged<'a>]) -> bool {
        judged.iter().any(|inner| {
            // "was ready to hold talks": the adjective is the verb's own word.
            let joint = kind_of(inner.trigger.sense).is_some_and(EventType::is_mutual);
            let said = |governor| {
                let own = outer.trigger.used.contains(&governor);
                joint && own && self.text.token(governor).dep() == Dep::Acomp
            };
            let governs = |governor| governor == outer.trigger.token || said(governor);
            inner.trigger.token != outer.trigger.token
                && inner.judgement.governor.is_some_and(governs)
                && self.tells_more(inner, outer)
        })
    }

    fn absorber(&self, inner: &Judged<'a>, judged: &[Judged<'a>]) -> Option<usize> {
        judged.iter().position(|outer| {
            let (from, to) = (inner.trigger.token, outer.trigger.token);
            let governed = inner.judgement.governor == Some(to);
            let below = outer.trigger.sense.absorb && self.is_in_complement(from, &outer.trigger);
            from != to && (governed || below)
        })
    }

    /// "promised to release X": the act in the complement is what is promised, and it knows to whom.
    fn tells_more(&self, inner: &Judged<'a>, outer: &Judged<'a>) -> bool {
        let promise = matches!(
            inner.judgement.standing,
            Standing::Under(
                Effect::Promise
                    | Effect::Offer
                    | Effect::Future
                    | Effect::Decide
                    | Effect::Threaten
                    | Effect::Hope
                    | Effect::Deny
            )
        );
        let wish = inner.judgement.standing == Standing::Under(Effect::Hope);
        // "vowed not to yield": what is promised is that it will not be done.
        let unpromised = inner.judgement.standing == Standing::Under(Effect::Refuse)
            && kind_of(outer.trigger.sense) == Some(EventType::Agree);
        let promise = promise || unpromised;
        // "scrapped plans to visit": AGREE cancelled, whatever scrapping plans is.
        let called_off = inner.judgement.standing == Standing::Under(Effect::Cancel)
            && kind_of(inner.trigger.sense).is_some_and(EventType::is_mutual);
        (called_off || promise && (wish || !outer.trigger.sense.absorb))
            && self.fold(&inner.trigger, inner.mode, inner.judgement.standing).is_some()
    }

    /// Whether a token hangs below a trigger, not counting its subject.
    fn is_in_complement(&self, token: usize, outer: &Trigger<'_>) -> bool {
        let (inner, head) = (self.text.token(token), self.text.token(outer.token));
        let after = token > outer.token;
        let between = || [inner].into_iter().chain(inner.ancestors()).take_while(|a| a.i() != head.i());
        // "demanded a truce and criticised Israel": a clause of its own.
        let own = |verb: Token<'_>| verb.dep() == Dep::Conj && clause::is_verbal(verb) && verb.head() == head;
        after && head.dominates(inner) && !between().any(|t| is_fact_clause(t) || own(t))
    }

    fn act(&self, sentence: Sentence<'_>, judged: &Judged<'a>, others: &[Judged<'a>]) -> Option<Act> {
        let Judged { trigger, judgement, mode, .. } = judged;
        let sense = trigger.sense;
        let mut folded = self.fold(trigger, *mode, judgement.standing)?;
        let mut sides = self.sides(trigger, judgement, folded.kind);
        self.see_through(&mut sides.recipients, trigger, others);
        sides.actors.retain(|&head| self.parties.mention(head).is_none_or(|m| m.kind != MentionKind::Town));
        let mut actors = self.political(&sides.actors, trigger, true);
        let mut recipients = self.recipients(&sides.recipients, judged, folded.kind, &actors);
        recipients.retain(|r| !actors.iter().any(|a| a.span == r.span || is_own_thing(r, a, folded.kind)));
        if self.is_accord(judged, &actors) {
            folded.status = Status::Occurred;
        }
        let speaker = self.speakers.of(trigger.token);
        let returns = self.text.token(trigger.token).lemma() == "return" && goes_home(&actors, &recipients);
        if returns || is_asked_by_nobody(judgement, speaker) || self.is_peril(trigger, folded, &sides.actors)
        {
            return None;
        }
        if self.is_private_crime(folded.kind, &sides.actors) || is_private_visit(*mode, &actors) {
            return None;
        }
        let those = |head: &usize| self.text.token(*head).lower() == "those";
        let bare = actors.is_empty() && recipients.is_empty() && !sides.actors.iter().any(those);
        let points = self.is_definite(trigger) || self.is_unsaid(trigger);
        let named = self.is_called_after_venue(trigger);
        let whole = bare && points && !named && !matches!(sense.need, Need::None | Need::Both);
        let private = !actors.iter().chain(&recipients).any(party::is_public);
        let private = private && !bare && folded.kind.quad() != QuadClass::MaterialConflict;
        let meets = whole || named || !private && meets(sense.need, &actors, &recipients);
        if !meets
            || is_recalled_word(folded.kind, self.text.token(trigger.token), &recipients)
            || speaks_of_a_fear(folded, judgement.standing, &actors)
        {
            return None;
        }
        self.complete(&mut actors, &mut recipients, trigger, speaker);
        if actors.is_empty() && *mode == Some(Mode::Arrest) {
            actors = self.authority(trigger);
        }
        if actors.is_empty() && folded.kind == EventType::Assault {
            actors = strangers(self.doers_meanwhile(trigger), &recipients);
        }
        if actors.is_empty() && folded.kind == EventType::Accuse {
            actors = strangers(self.pursuer(trigger), &recipients);
        }
        let one_sided = actors.len() == 1 && recipients.is_empty() && kind_of(sense)?.is_mutual();
        let refers = match () {
            () if whole => Reference::Whole,
            () if one_sided && self.is_definite(trigger) => Reference::OtherSide,
            () => Reference::Nothing,
        };
        let mut used = trigger.used.clone();
        used.extend(judgement.governor);
        used.sort_unstable();
        Some(Act {
            sentence: sentence.number(),
            token: trigger.token,
            used,
            clause: clause::range(self.text.token(trigger.token)),
            telling: telling(self.text.token(trigger.token)),
            kind: folded.kind,
            mode: folded.mode,
            standing: judgement.standing,
            governor: judgement.governor,
            plain: (kind_of(sense)?, *mode),
            name: self.name(trigger),
            refers,
            contexts: sense.contexts.clone(),
            status: folded.status,
            actors,
            recipients,
            speaker,
            cameo: sense.cameo.as_deref().map(str::to_owned),
            rule: sense.id.to_string(),
            weight: sense.weight,
        })
    }

    /// Those whom the words name; else whom the thing spoken of touches, whom the deed spoken of would hit, or where a thing was hit.
    fn recipients(
        &self,
        heads: &[usize],
        judged: &Judged<'a>,
        kind: EventType,
        actors: &[Party],
    ) -> Vec<Party> {
        let trigger = &judged.trigger;
        let named = self.political(heads, trigger, is_verbal_act(trigger.sense));
        if !named.is_empty() || role::is_joint(trigger.sense) && kind.is_mutual() {
            return named;
        }
        let lent = judged.lent.iter().map(|group| self.political(group, trigger, true));
        let lent = lent.map(|group| strangers(group, actors)).find(|group| !group.is_empty());
        let object =
            trigger.object.filter(|_| is_about_things(kind) && trigger.sense.pattern.pos == TriggerPos::Verb);
        let touched = || object.map(|thing| self.parties.touched_by(thing, actors)).unwrap_or_default();
        match lent {
            Some(lent) => lent,
            None if kind == EventType::Retreat => self.land_of(trigger, actors),
            None if kind == EventType::Mobilize => self.political(&self.warded_off(trigger), trigger, true),
            None if kind.quad() == QuadClass::MaterialConflict => {
                let some = |hit: &Vec<Party>| !hit.is_empty();
                let aimed = || Some(strangers(self.aimed_at(trigger), actors)).filter(some);
                let told = || Some(self.told_hit(trigger)).filter(some);
                let thing = Some(self.things_hit(heads, trigger)).filter(some);
                thing.or_else(aimed).or_else(told).unwrap_or_else(|| self.holder_hit(trigger, actors))
            }
            None => touched(),
        }
    }

    /// "the crisis threatens the region", "the deployment is against the law": what things do, where nobody speaks in them.
    fn is_peril(&self, trigger: &Trigger<'_>, folded: Folded, actors: &[usize]) -> bool {
        let said =
            kind_of(trigger.sense) == Some(folded.kind) && trigger.sense.pattern.pos != TriggerPos::Noun;
        let peril = match folded.kind {
            EventType::Threaten => true,
            EventType::Reject => self.text.token(trigger.token).lemma() == "be",
            _ => false,
        };
        let thing = |&head: &usize| {
            self.parties.mention(head).is_none() && !self.matcher.is_of(WordClass::Text, head)
        };
        said && peril && !actors.is_empty() && actors.iter().all(thing)
    }

    /// "A man attacked schoolchildren": crime of somebody who stands for nobody; men may be anybody's.
    fn is_private_crime(&self, kind: EventType, doers: &[usize]) -> bool {
        let alone = |head: usize| self.text.token(head).tag() == Tag::Nn;
        let nobody = |&head: &usize| alone(head) && self.matcher.is_of(WordClass::Private, head);
        kind == EventType::Assault && !doers.is_empty() && doers.iter().all(nobody)
    }

    /// "X and Y agreed to cooperate": the agreement is struck, whatever comes of it.
    fn is_accord(&self, judged: &Judged<'a>, actors: &[Party]) -> bool {
        let Judgement { standing, governor } = judged.judgement;
        let agreed = governor.is_some_and(|i| self.text.token(i).lemma() == "agree");
        let tie = matches!(kind_of(judged.trigger.sense), Some(EventType::Cooperate | EventType::Support));
        let several = actors.iter().any(|party| party.actor.code != actors[0].actor.code);
        standing == Standing::Under(Effect::Promise) && agreed && tie && several
    }

    /// "US troops in Syria backed away": the land they stand in.
    fn land_of(&self, trigger: &Trigger<'_>, actors: &[Party]) -> Vec<Party> {
        let doers = self.fill(trigger).actors;
        let lands = doers.iter().flat_map(|&doer| clause::prepositional(self.text.token(doer), "in"));
        strangers(self.political(&lands.collect::<Heads>(), trigger, true), actors)
    }

    /// "troops were sent to the border to deter X", "… in order to prevent X from crossing it".
    fn warded_off(&self, trigger: &Trigger<'_>) -> Heads {
        let warding = |verb: &Token<'a>| {
            let prevents = |found: Governor<'_>| found.operator.effect == Effect::Prevent;
            self.matcher.is_of(WordClass::Warding, verb.i())
                || self.matcher.operator_at(verb.i()).is_some_and(prevents)
        };
        self.purposes(trigger).filter(warding).flat_map(clause::patients).collect()
    }

    /// The verbs below an act that may say what it is done for.
    fn purposes(&self, trigger: &Trigger<'_>) -> impl Iterator<Item = Token<'a>> + use<'a> {
        let text = self.text;
        let below = text.token(trigger.token).subtree().map(move |i| text.token(i));
        below.filter(|t| t.tag() == Tag::Vb && matches!(t.dep(), Dep::Advcl | Dep::Acl | Dep::Xcomp))
    }

    /// Whether a verb names a deed of conflict.
    fn names_attack(&self, verb: Token<'_>) -> bool {
        let kind = self.matcher.trigger_at(verb.i()).and_then(|t| kind_of(t.sense));
        kind.is_some_and(|kind| kind.quad() == QuadClass::MaterialConflict)
    }

    /// "a coup that ousted the premier": whom the clause behind a noun says it hit.
    fn told_hit(&self, trigger: &Trigger<'_>) -> Vec<Party> {
        let subject = |c: Token<'_>| c.dep() == Dep::Nsubj && matches!(c.tag(), Tag::Wdt | Tag::Wp);
        let clauses = self.text.token(trigger.token).children_with(Dep::Relcl);
        let told = clauses.filter(|verb| verb.children().any(subject));
        self.political(&told.flat_map(clause::patients).collect::<Heads>(), trigger, true)
    }

    /// "fights to topple the government": whom the deed that is its purpose would hit.
    fn aimed_at(&self, trigger: &Trigger<'_>) -> Vec<Party> {
        let deed =
            |verb: &Token<'a>| verb.i() > trigger.token && clause::has_to(*verb) && self.names_attack(*verb);
        let aimed: Heads = self.purposes(trigger).filter(deed).flat_map(clause::patients).collect();
        self.political(&aimed, trigger, true)
    }

    /// "the bombing of a station in the Russian town".
    fn things_hit(&self, heads: &[usize], trigger: &Trigger<'_>) -> Vec<Party> {
        let token = self.text.token(trigger.token);
        let places = || ["in", "at", "near"].into_iter().flat_map(|name| clause::prepositional(token, name));
        let things = heads.iter().filter(|head| !trigger.used.contains(head));
        things.filter_map(|&thing| places().find_map(|place| self.parties.thing_at(thing, place))).collect()
    }

    /// "seized the Danish embassy": whose the thing is that the words of the deed name.
    fn holder_hit(&self, trigger: &Trigger<'_>, actors: &[Party]) -> Vec<Party> {
        let deed = matches!(kind_of(trigger.sense), Some(EventType::Assault | EventType::Coerce));
        let thing = trigger.object.filter(|_| deed && trigger.sense.pattern.pos == TriggerPos::Verb);
        thing.and_then(|thing| self.parties.holder_of(thing, actors)).into_iter().collect()
    }

    /// Who promises is the one who acts, also where the promise is to receive; whom the deed is done with stands opposite.
    fn put_first(&self, sides: &mut Sides, speaker: Heads, kind: Option<EventType>) {
        let acts = sides.actors.iter().any(|head| speaker.contains(head));
        if !acts && sides.recipients.iter().any(|head| speaker.contains(head)) {
            sides.recipients = std::mem::replace(&mut sides.actors, speaker);
        } else if acts && kind == Some(EventType::Cooperate) {
            let (actors, others) = sides.actors.iter().partition(|head| speaker.contains(head));
            sides.actors = actors;
            sides.recipients.splice(..0, Heads::from_iter(others));
        }
    }

    /// "will not talk with rebels": in a refusal or demand, those who would meet are no longer on one side.
    fn part_sides(&self, sides: &mut Sides, trigger: &Trigger<'_>) {
        let doers = clause::agents(self.text.token(trigger.token));
        if doers.iter().any(|doer| sides.actors.contains(doer)) {
            let (actors, others) = sides.actors.iter().partition(|head| doers.contains(head));
            sides.actors = actors;
            sides.recipients.splice(..0, Vec::<usize>::from_iter(others));
        }
    }

    /// "welcomed the accord between X and Y" is welcoming X and Y: an act as recipient stands for those who do it.
    fn see_through(&self, recipients: &mut Vec<usize>, trigger: &Trigger<'_>, others: &[Judged<'a>]) {
        let inner = |head: &usize| {
            others.iter().find(|j| j.trigger.used.contains(head) && j.trigger.token != trigger.token)
        };
        let seen = recipients.iter().flat_map(|head| match inner(head) {
            Some(judged) => self.fill(&judged.trigger).actors,
            None => vec![*head],
        });
        *recipients = seen.collect();
    }

    /// A side that the act's own words leave out is the sole other party around it.
    fn complete(
        &self,
        actors: &mut Vec<Party>,
        recipients: &mut Vec<Party>,
        trigger: &Trigger<'_>,
        speaker: Option<usize>,
    ) {
        let Some(kind) = kind_of(trigger.sense) else { return };
        let act = OneSided { token: trigger.token, kind, mode: trigger.sense.mode };
        let complete = !recipients.is_empty() || actors.is_empty() || (kind.is_mutual() && actors.len() > 1);
        if complete || !act.wants_other() {
            return;
        }
        // A host may well be the one who speaks, "the king told the visiting envoy", and so may who suffers sanctions.
        let beside = act.mode != Some(Mode::Visit) && kind != EventType::Sanction;
        let mut known = self.parties.of(speaker.filter(|_| beside).as_slice(), true);
        known.extend(actors.iter().cloned());
        let side = if role::is_joint(trigger.sense) { actors } else { recipients };
        side.extend(other_side::sole(self.text, &self.parties, act, &known));
    }

    /// "the arrest of four officers in Georgia": without a doer, whoever has the power where it was made.
    fn authority(&self, trigger: &Trigger<'_>) -> Vec<Party> {
        let noun = self.text.token(trigger.token);
        let seized = clause::prepositional(noun, "of").into_iter().map(|i| self.text.token(i));
        let place: Heads =
            [noun].into_iter().chain(seized).flat_map(|t| clause::prepositional(t, "in")).collect();
        let lands = place
            .into_iter()
            .filter(|&i| self.parties.mention(i).is_some_and(|m| m.kind == MentionKind::Named));
        self.political(&lands.collect::<Heads>(), trigger, true)
    }

    /// "Two people were killed when soldiers fired on a crowd": who did the deed in which others were hurt.
    fn doers_meanwhile(&self, trigger: &Trigger<'_>) -> Vec<Party> {
        let verb = self.text.token(trigger.token);
        let when = |clause: &Token<'_>| clause::has_child(*clause, Dep::Advmod, "when");
        let deed = |clause: &Token<'_>| {
            self.names_attack(*clause) || clause.children_with(Dep::Dobj).any(|noun| self.names_attack(noun))
        };
        let clauses = verb.children_with(Dep::Advcl).filter(|_| clause::is_passive(verb));
        let doers = clauses.filter(when).filter(deed).flat_map(clause::agents).collect::<Heads>();
        self.political(&doers, trigger, true)
    }

    /// "deported men accused of spying": who deports those accused is who accuses them.
    fn pursuer(&self, trigger: &Trigger<'_>) -> Vec<Party> {
        let verb = self.text.token(trigger.token);
        let accused = Some(verb.head()).filter(|_| verb.dep() == Dep::Acl && verb.tag() == Tag::Vbn);
        let pursued = accused.and_then(|noun| Some(noun.head()).filter(|_| noun.dep() == Dep::Dobj));
        let conflict = pursued.filter(|verb| self.names_attack(*verb));
        self.political(&conflict.map(clause::agents).unwrap_or_default(), trigger, true)
    }

    /// Talks and summits go by the name of their place or body: the Astana talks, the NATO summit.
    fn name(&self, trigger: &Trigger<'_>) -> Option<String> {
        let noun = self.occasion(trigger)?;
        let proper = |c: &Token<'_>| {
            c.i() < noun.i()
                && c.pos() == Pos::Propn
                && matches!(c.dep(), Dep::Compound | Dep::Nmod | Dep::Amod)
        };
        let first = noun.children().find(proper)?;
        Some(format!("{} {}", first.lower(), noun.lower()))
    }

    /// The noun that names a meeting: the trigger, or what is held.
    fn occasion(&self, trigger: &Trigger<'_>) -> Option<Token<'a>> {
        let noun = trigger.sense.pattern.pos == TriggerPos::Noun;
        let held = trigger.object.filter(|_| kind_of(trigger.sense) == Some(EventType::Consult));
        (if noun { Some(trigger.token) } else { held }).map(|i| self.text.token(i))
    }

    /// "the Astana talks": whose they are, is left open.
    fn is_called_after_venue(&self, trigger: &Trigger<'_>) -> bool {
        let consult = kind_of(trigger.sense) == Some(EventType::Consult);
        let Some(noun) = self.occasion(trigger).filter(|_| consult) else { return false };
        let town = |c: Token<'_>| {
            let before = c.i() < noun.i() && matches!(c.dep(), Dep::Compound | Dep::Nmod);
            before && c.entity_type() == Some(EntityType::Gpe) && self.parties.mention(c.i()).is_none()
        };
        noun.children().any(|c| town(c) || self.is_venue(c.i(), trigger))
    }

    /// The venue that a meeting is called after is no party to it.
    fn is_venue(&self, head: usize, trigger: &Trigger<'_>) -> bool {
        let Some(noun) = self.occasion(trigger) else { return false };
        let modifier = |t: Token<'_>| matches!(t.dep(), Dep::Compound | Dep::Nmod | Dep::Amod);
        let named = |c: &Token<'_>| c.i() < noun.i() && modifier(*c) && self.parties.mention(c.i()).is_some();
        let token = self.text.token(head);
        let before = token.head() == noun && head < noun.i() && modifier(token);
        let city = self.parties.mention(head).is_some_and(|m| m.kind == MentionKind::Metonym);
        before && city && noun.children().filter(named).count() < 2
    }

    /// "Bilateral issues were discussed": by those who were last said to talk.
    fn is_unsaid(&self, trigger: &Trigger<'_>) -> bool {
        let verb = self.text.token(trigger.token);
        let consult = kind_of(trigger.sense) == Some(EventType::Consult);
        (consult || trigger.sense.themes.contains(&Theme::Accord))
            && trigger.sense.pattern.pos == TriggerPos::Verb
            && clause::is_passive(verb)
            && clause::agents(verb).is_empty()
    }

    /// "the attack", "their talks": a noun that points to something told before.
    fn is_definite(&self, trigger: &Trigger<'_>) -> bool {
        let noun = self.text.token(trigger.token);
        let points = |c: Token<'_>| matches!(c.lower(), "the" | "this" | "these" | "that" | "those" | "both");
        trigger.sense.pattern.pos == TriggerPos::Noun && noun.children_with(Dep::Det).any(points)
    }

    /// The parties that somebody could place; words of the pattern itself count only where they name somebody.
    fn political(&self, heads: &[usize], trigger: &Trigger<'_>, owners_only: bool) -> Vec<Party> {
        let named = |head: &usize| !trigger.used.contains(head) || self.parties.mention(*head).is_some();
        let consult = kind_of(trigger.sense) == Some(EventType::Consult);
        let heads: Vec<usize> = heads
            .iter()
            .copied()
            .filter(named)
            .filter(|head| !consult || !self.is_venue(*head, trigger))
            .collect();
        let mut parties = self.parties.of(&heads, owners_only);
        parties.retain(party::is_political);
        parties
    }

    fn fold(&self, trigger: &Trigger<'_>, mode: Option<Mode>, standing: Standing) -> Option<Folded> {
        let sense = trigger.sense;
        let mut folded = fold::fold(kind_of(sense)?, mode, standing)?;
        // Who does not accept an offer refuses it; those who do not agree are both in it.
        if standing == Standing::Negated && is_answer(sense) {
            folded = Folded { kind: EventType::Reject, mode: None, status: Status::Occurred };
        }
        let plain = matches!(standing, Standing::Fact | Standing::Ongoing);
        if let (true, Some(status)) = (plain, sense.status) {
            folded.status = status;
        }
        let held = standing == Standing::Ongoing && self.matcher.is_of(WordClass::Attitude, trigger.token);
        let in_progress =
            folded.kind != EventType::Threaten && standing::is_in_progress(self.text.token(trigger.token));
        let lasts = held || in_progress || self.matcher.is_of(WordClass::Lasting, trigger.token);
        if plain && is_speech(folded.kind) && sense.status.is_none() && !lasts {
            folded.status = match folded.kind {
                EventType::Threaten => Status::Hypothetical,
                _ => Status::Occurred,
            };
        }
        Some(folded)
    }

    fn fill(&self, trigger: &Trigger<'_>) -> Sides {
        role::fill(self.text, trigger, self)
    }

    /// Asked, refused or threatened acts take their doer from the one who asks, and the asked one as recipient.
    fn sides(&self, trigger: &Trigger<'_>, judgement: &Judgement, folded: EventType) -> Sides {
        let mut sides = self.fill(trigger);
        if kind_of(trigger.sense).is_some_and(EventType::is_mutual) && !folded.is_mutual() {
            self.part_sides(&mut sides, trigger);
        }
        let Standing::Under(effect) = judgement.standing else { return sides };
        // "X said that Y must leave": with no operator, the speaker is the one who asks.
        let speaker = match judgement.governor {
            Some(governor) => clause::agents(said_with(self.text.token(governor))),
            None => self.speakers.of(trigger.token).into_iter().collect(),
        };
        if speaker.is_empty() {
            return sides;
        }
        if folded == EventType::Request || effect == Effect::Accuse {
            let asked = if sides.actors.is_empty() || sides.actors == speaker {
                sides.recipients
            } else {
                sides.actors
            };
            return Sides { actors: speaker, recipients: asked };
        }
        if sides.actors.is_empty() {
            sides.recipients.retain(|r| !speaker.contains(r));
            sides.actors = speaker;
        } else if is_commitment(effect) {
            self.put_first(&mut sides, speaker, kind_of(trigger.sense));
        }
        sides
    }
}

impl role::Knows for SentenceCoder<'_> {
    fn is_person(&self, token: usize) -> bool {
        let titled = self.parties.mention(token).is_some_and(|m| m.kind == MentionKind::Titled);
        titled || self.text.token(token).entity_type() == Some(EntityType::Person)
    }

    fn names(&self, token: usize) -> bool {
        self.parties.mention(token).is_some()
    }

    fn acts(&self, token: usize) -> bool {
        self.matcher.trigger_at(token).is_some_and(|trigger| is_act(&trigger))
    }

    fn stands_by(&self, verb: usize) -> bool {
        self.matcher.is_of(WordClass::Bystanding, verb)
    }
}

impl Judged<'_> {
    /// "called for talks" is a request to meet: the act spoken of decides the mode.
    fn lend(&mut self, lender: Option<(EventType, Option<Mode>)>) {
        let (Some((kind, mode)), Some(outer)) = (lender, kind_of(self.trigger.sense)) else { return };
        self.mode = self.mode.or(match outer {
            EventType::Request | EventType::Reject => fold::mode_of_asking(kind, mode),
            EventType::Threaten => fold::mode_of_threat(kind, mode),
            _ => None,
        });
    }
}

/// Whom the deed that an act speaks of would be done to; in a demand, who is to do it.
fn spoken_of(outer: &Judged<'_>, inner: &Judged<'_>, sides: Sides) -> Heads {
    let joint = role::is_joint(inner.trigger.sense);
    match kind_of(outer.trigger.sense) {
        Some(EventType::Request) => sides.actors,
        Some(kind) if speaks_of_deeds(kind) && joint => sides.actors,
        Some(kind) if speaks_of_deeds(kind) => sides.recipients,
        _ => Heads::new(),
    }
}

/// Acts that speak of another deed: demands, refusals, threats, promises.
fn speaks_of_deeds(kind: EventType) -> bool {
    use EventType::{Agree, Concede, Reject, Request, Threaten};
    matches!(kind, Request | Reject | Threaten | Agree | Concede)
}

/// Acts on what others have or did, which touch them: praise of an accord, a lifted embargo.
fn is_about_things(kind: EventType) -> bool {
    use EventType::{Accuse, Concede, Reject, Support};
    matches!(kind, Support | Reject | Accuse | Concede)
}

/// "met on the sidelines of a summit": the summit only says where.
fn is_venue_of_another(noun: Token<'_>) -> bool {
    let of = Some(noun.head()).filter(|of| noun.dep() == Dep::Pobj && of.lower() == "of");
    of.is_some_and(|of| matches!(of.head().lemma(), "sideline" | "margin" | "fringe"))
}

/// "the terms that X must accept": what must be, where nobody says so, is no demand.
fn is_asked_by_nobody(judgement: &Judgement, speaker: Option<usize>) -> bool {
    judgement.standing == Standing::Under(Effect::Request)
        && judgement.governor.is_none()
        && speaker.is_none()
}

/// Acceptance and approval: what one side says to what another asks for.
fn is_answer(sense: &Sense) -> bool {
    kind_of(sense) == Some(EventType::Agree) && !role::is_joint(sense) && sense.status.is_none()
}

/// Whether words of sport stand in a text as often as only in a report of it.
fn is_of_sport(text: &Annotated<'_>, matcher: Matcher<'_>) -> bool {
    let said = text.tokens().filter(|token| matcher.is_of(WordClass::Sport, token.i())).count();
    said >= SPORT && said * SPORT_APART >= text.len()
}

/// So many words of sport make a report of it, where no more than so many words lie between two of them.
const SPORT: usize = 4;
const SPORT_APART: usize = 90;

/// Whether somebody with power or arms takes part: in sport, names of states are those of teams.
fn has_official(act: &Act) -> bool {
    use Sector::{Cop, Gov, Jud, Leg, Mil, Opp, Pty, Reb, Spy, Uaf};
    let power = |party: &Party| {
        matches!(party.actor.sector, Some(Cop | Gov | Jud | Leg | Mil | Opp | Pty | Reb | Spy | Uaf))
    };
    act.actors.iter().chain(&act.recipients).any(power)
}

/// Pilgrims arrive, and a footballer visits a school: no contact of states.
fn is_private_visit(mode: Option<Mode>, guests: &[Party]) -> bool {
    use Sector::{Cvl, Edu, Jrn, Lab};
    let private = |guest: &Party| matches!(guest.actor.sector, Some(Cvl | Edu | Jrn | Lab));
    mode == Some(Mode::Visit) && !guests.is_empty() && guests.iter().all(private)
}

/// "claimed responsibility for": the verb that says who it is that an adjective or noun speaks for.
fn said_with(word: Token<'_>) -> Token<'_> {
    let carrier = Some(word.head()).filter(|verb| word.dep() == Dep::Dobj && clause::is_verbal(*verb));
    carrier.unwrap_or_else(|| predicate(word))
}

/// Who commits himself by it.
fn is_commitment(effect: Effect) -> bool {
    matches!(effect, Effect::Promise | Effect::Offer | Effect::Decide | Effect::Threaten)
}

fn is_infinitive(token: Token<'_>) -> bool {
    matches!(token.dep(), Dep::Xcomp | Dep::Acl | Dep::Ccomp) && clause::has_to(token)
}

/// The parties that are not of a state among those known.
fn strangers(mut parties: Vec<Party>, known: &[Party]) -> Vec<Party> {
    parties.retain(|party| !known.iter().any(|k| k.actor == party.actor || k.span == party.span));
    parties
}

/// "repeated his nation's demands": words about what is one's own are addressed to nobody.
fn is_own_thing(recipient: &Party, actor: &Party, kind: EventType) -> bool {
    let verbal = matches!(kind.quad(), QuadClass::VerbalConflict | QuadClass::VerbalCooperation);
    verbal
        && recipient.actor.sector.is_none()
        && recipient.actor.code == actor.actor.code
        && !kind.is_mutual()
}

/// "the US envoy returned to Washington": nobody visits his own government.
fn goes_home(actors: &[Party], recipients: &[Party]) -> bool {
    let own = |host: &Party| actors.iter().all(|guest| guest.actor.code == host.actor.code);
    !actors.is_empty() && !recipients.is_empty() && recipients.iter().all(own)
}

/// Whether a noun is subject, object or adjunct of a verb, or what a round or series of it is.
fn is_argument(noun: Token<'_>, verb: Token<'_>) -> bool {
    let over = Some(noun.head()).filter(|of| noun.dep() == Dep::Pobj && of.lower() == "of").map(Token::head);
    let round = over.filter(|round| is_count(*round) && round.head() == verb);
    noun.head() == verb || noun.dep() == Dep::Pobj && noun.head().head() == verb || round.is_some()
}

/// "was ready to sign a treaty": one act, by the adjective and by the verb below it.
fn is_said_again(act: &Act, whole: &Act) -> bool {
    let shared = act.used.iter().any(|token| whole.used.contains(token));
    let named = |party: &Party| whole.actors.iter().chain(&whole.recipients).any(|p| p.actor == party.actor);
    let one = (act.kind, act.mode, act.status) == (whole.kind, whole.mode, whole.status);
    shared && one && act.actors.iter().chain(&act.recipients).all(named)
}

/// "are to meet, in the first such encounter since 2019": a noun that says which of its kind the verb's act is.
fn is_what_kind_of(noun: Token<'_>, verb: Token<'_>) -> bool {
    let counts =
        |c: Token<'_>| matches!(c.lower(), "first" | "second" | "third" | "latest" | "last" | "such");
    let phrase = Some(noun.head()).filter(|phrase| noun.dep() == Dep::Pobj && phrase.lower() == "in");
    let over = phrase.map(Token::head);
    let beside = over.is_some_and(|over| over == verb || over.dominates(verb) || verb.dominates(over));
    beside && clause::is_verbal(verb) && verb.i() < noun.i() && noun.children().any(counts)
}

/// Main clauses, reported ones and those that run on tell news; relative clauses and bare nouns refer.
pub(super) fn telling(token: Token<'_>) -> Telling {
    let told = |verb: Token<'_>| {
        verb.is_root()
            || matches!(
                verb.dep(),
                Dep::Ccomp | Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Parataxis | Dep::Dep
            )
            || clause::is_plan_of_name(verb)
    };
    let carried = matches!(token.dep(), Dep::Dobj | Dep::Nsubj | Dep::Nsubjpass | Dep::Attr | Dep::Root);
    match clause::is_verbal(token) {
        true if told(token) => Telling::News,
        false if carried && (token.is_root() || told(token.head())) => Telling::News,
        _ => Telling::Background,
    }
}

/// Words are addressed to those who own a thing; deeds hit those where it stands.
fn is_verbal_act(sense: &Sense) -> bool {
    use QuadClass::{VerbalConflict, VerbalCooperation};
    kind_of(sense).is_some_and(|kind| matches!(kind.quad(), VerbalConflict | VerbalCooperation))
}

fn kind_of(sense: &Sense) -> Option<EventType> {
    match sense.meaning {
        Meaning::Act(kind) => Some(kind),
        Meaning::Nothing => None,
    }
}

fn meets(need: Need, actors: &[Party], recipients: &[Party]) -> bool {
    let (actor, recipient) =
        (actors.iter().any(party::is_political), recipients.iter().any(party::is_political));
    match need {
        Need::Any => actor || recipient,
        Need::Both => actor && recipient || actors.iter().filter(|a| party::is_political(a)).count() > 1,
        Need::Actor => actor,
        Need::Recipient => recipient,
        Need::None => true,
    }
}

/// "the reforms that X promised": words to nobody, recalled to say which thing is meant.
fn is_recalled_word(kind: EventType, verb: Token<'_>, recipients: &[Party]) -> bool {
    let relative = |c: Token<'_>| matches!(c.tag(), Tag::Wdt | Tag::Wp);
    let gap = clause::patients(verb).contains(&verb.head().i());
    let recalls = verb.dep() == Dep::Relcl && (gap || verb.children_with(Dep::Dobj).any(relative));
    kind == EventType::Agree && recalls && recipients.is_empty()
}

/// A deed of conflict that lies ahead is a threat only where somebody is named who would do it.
fn speaks_of_a_fear(folded: Folded, standing: Standing, actors: &[Party]) -> bool {
    folded.kind == EventType::Threaten
        && standing == Standing::Ahead
        && !actors.iter().any(party::is_political)
}

/// Acts done by speaking: told in the present, they are done.
fn is_speech(kind: EventType) -> bool {
    kind.quad() == QuadClass::VerbalConflict
        || matches!(kind, EventType::Support | EventType::Agree | EventType::Concede)
}

/// A relative clause, a past participle, or what tells when or why, tells a fact of its own.
fn is_fact_clause(token: Token<'_>) -> bool {
    token.dep() == Dep::Relcl
        || (token.dep() == Dep::Acl && token.tag() == Tag::Vbn)
        || (token.dep() == Dep::Prep && matches!(token.lower(), "after" | "since" | "following" | "despite"))
        || (token.dep() == Dep::Advcl
            && token
                .children_with(Dep::Mark)
                .any(|m| matches!(m.lower(), "after" | "as" | "because" | "since" | "while")))
}
