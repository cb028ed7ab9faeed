//! From acts to events: evidence in the article, speaker, number.

use std::collections::BTreeMap;
use std::ops::Range;

use detente_english::{Annotated, Dep, Token};
use detente_model::{
    Article, Diagnostic, Event, EventType, Evidence, Mode, Part, Party, Place, PlainAct, QuadClass, Span,
    Speaker, Status, When, WhenBasis,
};

use crate::act::{self, Act, Reference};
use crate::certainty;
use crate::clause;
use crate::contact;
use crate::dating::{Calendar, is_speech};
use crate::place::{self, PlaceMention, Places};
use crate::reading::Reading;
use crate::resolved::Resolved;

/// An event beside the act it was made of, for explaining it.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The event.
    pub event: Event,
    /// The act.
    pub act: Act,
    /// The tokens of the place name that gives the act its place, where its own sentence has one.
    pub place: Option<Range<usize>>,
    /// The tokens that name the speaker.
    pub speaker: Option<Range<usize>>,
}

/// The longest run of tokens that still reads as one trigger.
const LONGEST_TRIGGER: usize = 7;

/// The events that acts of this article are, numbered in order.
pub fn events(scene: &Scene<'_>, acts: Vec<Act>) -> Vec<Event> {
    let namers = Namers::of(&acts);
    numbered(scene, acts, &namers).map(|(number, dated)| scene.event(number, dated)).collect()
}

/// What of the article was not coded.
pub fn diagnostics(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let endless = scene.text.sentences().filter(|sentence| act::is_endless(*sentence));
    endless
        .map(|sentence| too_long(sentence.range().len(), scene.reading.locate(sentence.span()).1))
        .collect()
}

fn too_long(words: usize, span: Span) -> Diagnostic {
    let message = format!("a sentence of {words} words is not coded: it is rather a table or a list");
    Diagnostic::warning("code/long-sentence", message)
        .at(span)
        .hint("put full stops or line breaks where sentences end")
}

/// The same events, each with what it was made of.
pub fn traces(scene: &Scene<'_>, acts: Vec<Act>) -> Vec<Traced> {
    let namers = Namers::of(&acts);
    numbered(scene, acts, &namers).map(|(number, dated)| scene.traced(number, dated, &namers)).collect()
}

fn numbered(
    scene: &Scene<'_>,
    acts: Vec<Act>,
    namers: &Namers,
) -> impl Iterator<Item = (usize, Dated)> + use<> {
    let mut dated: Vec<Dated> = acts.into_iter().map(|act| scene.dated(act, namers)).collect();
    look_back(scene, &mut dated);
    lend_no_day(scene, &mut dated);
    contact::unite(&mut dated);
    at_occasions(scene, &mut dated);
    dated.into_iter().enumerate().map(|(i, dated)| (i + 1, dated))
}

/// "The meeting came after …", "earlier that afternoon": what points back to an act told just before lies where that one does; only what
/// the article leaves open is taken from there.
fn look_back(scene: &Scene<'_>, acts: &mut [Dated]) {
    for at in 1..acts.len() {
        let (before, rest) = acts.split_at_mut(at);
        let Some(one) = rest.first_mut().filter(|one| scene.points_back(one)) else { continue };
        let sentence = one.act.sentence;
        let mut lately = before.iter().rev().take_while(|told| told.act.sentence + BACK >= sentence);
        match lately.find(|told| one.may_mean(told)) {
            Some(told) => {
                one.when = told.when.map(|when| When { basis: WhenBasis::Context, ..when });
                one.place = one.place.take().or_else(|| told.place.clone());
            }
            // "That afternoon" is some other day.
            None if scene.calendar.is_of_that_day(&one.act) => one.when = None,
            None => {}
        }
    }
}

/// "welcomed on Wednesday the accord reached": the day is that of the words, and that of the accord only if nothing else is told of it.
fn lend_no_day(scene: &Scene<'_>, acts: &mut [Dated]) {
    let spoken: Vec<bool> = (0..acts.len()).map(|i| is_dated_by_words(scene, acts, i)).collect();
    for (dated, _) in acts.iter_mut().zip(spoken).filter(|(_, spoken)| *spoken) {
        dated.when = dated.when.map(|when| When { basis: WhenBasis::Sentence, ..when });
    }
}

/// Whether a noun's act has its day from the verb of another act that only speaks of it.
fn is_dated_by_words(scene: &Scene<'_>, acts: &[Dated], at: usize) -> bool {
    let Dated { act, when, .. } = &acts[at];
    let token = scene.text.token(act.token);
    let Some(verb) = clause::governing_verb(token).filter(|verb| *verb != token) else { return false };
    let stated = when.is_some_and(|when| when.basis == WhenBasis::Clause);
    let mut near = acts[of_sentence(acts, at)].iter();
    stated
        && near.any(|o| {
            o.act.token == verb.i() && is_speech(o.act.kind) && contact::days(o.when) == contact::days(*when)
        })
}

/// The acts of the sentence that one of them stands in; they come in the order of the text.
fn of_sentence(acts: &[Dated], at: usize) -> Range<usize> {
    let sentence = acts[at].act.sentence;
    let first = acts.partition_point(|dated| dated.act.sentence < sentence);
    first..acts.partition_point(|dated| dated.act.sentence <= sentence)
}

/// "During the meeting, he called for …": what was done at an occasion was done on its day.
fn at_occasions(scene: &Scene<'_>, acts: &mut [Dated]) {
    for at in 0..acts.len() {
        let occasion = scene.occasion_of(&acts[at]).and_then(|noun| {
            let mut near = acts[of_sentence(acts, at)].iter();
            near.find(|told| told.act.used.contains(&noun)).and_then(|told| told.when)
        });
        if let Some(when) = occasion.filter(|when| when.basis == WhenBasis::Context && when.start == when.end)
        {
            acts[at].when = Some(when);
        }
    }
}

/// The tokens that name acts: what stands below one of them is told of that act.
struct Namers(BTreeMap<usize, Vec<usize>>);

impl Namers {
    fn of(acts: &[Act]) -> Self {
        let mut namers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for act in acts {
            for token in act.used.iter().chain([&act.token]) {
                namers.entry(*token).or_default().push(act.token);
            }
        }
        Self(namers)
    }

    /// Whether the words around a place belong to another act: "the talks in Fairbanks were discussed" says nothing of where they were
    /// discussed, but what is said "at the talks in Fairbanks" is said there.
    fn is_of_another(&self, place: Token<'_>, act: &Act) -> bool {
        let Some(namer) = place.ancestors().find(|token| self.0.contains_key(&token.i())) else {
            return false;
        };
        let of_ours = self.0[&namer.i()].contains(&act.token);
        let beside =
            namer.dep() == Dep::Pobj && matches!(namer.head().lower(), "at" | "during" | "after" | "in");
        !of_ours && !beside
    }
}

/// An act with its days and place.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub act: Act,
    pub when: Option<When>,
    /// How many days its own words say that it takes.
    pub length: Option<i32>,
    pub place: Option<Place>,
}

/// How many sentences back an act may lie that is pointed to.
const BACK: usize = 2;

impl Dated {
    /// Whether it may be the act told there, or one of the same occasion: it is of the same kind, and somebody took part in both.
    fn may_mean(&self, told: &Self) -> bool {
        let shared = |party: &Party| {
            let known = told.act.actors.iter().chain(&told.act.recipients);
            party.actor.code.is_some() && known.into_iter().any(|other| other.actor.code == party.actor.code)
        };
        (told.act.kind, told.act.plain.0) == (self.act.kind, self.act.plain.0)
            && self.act.actors.iter().chain(&self.act.recipients).any(shared)
    }
}

/// Everything that is known of an article when its acts have been found.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was read of it.
    pub reading: &'a Reading,
    /// Its parse.
    pub text: &'a Annotated<'a>,
    /// Its mentions.
    pub resolved: &'a Resolved,
    /// Its place names.
    pub places: &'a Places,
    /// Its calendar.
    pub calendar: Calendar<'a>,
}

impl Scene<'_> {
    fn dated(&self, mut act: Act, namers: &Namers) -> Dated {
        if matches!(act.status, Status::Occurred | Status::Ongoing) && self.calendar.lies_ahead(&act) {
            act.put_ahead();
        }
        if act.status == Status::Occurred && self.calendar.goes_on(&act) {
            act.status = Status::Ongoing;
        }
        let length = self.calendar.length(&act);
        let when = self.calendar.date(&act, length);
        if act.status == Status::Occurred && self.calendar.is_not_over(when) {
            act.status = Status::Ongoing;
        }
        Dated { when, length, place: self.place(&act, namers), act }
    }

    /// Whether an act that has only the day of the report is told as one of an earlier day.
    fn points_back(&self, dated: &Dated) -> bool {
        let assumed = dated.when.is_some_and(|when| when.basis == WhenBasis::Report);
        let Dated { act, .. } = dated;
        assumed && (act.refers == Reference::Whole || self.calendar.is_of_that_day(act))
    }

    /// The noun of the occasion that an act dated to the report was done at: "during the meeting".
    fn occasion_of(&self, dated: &Dated) -> Option<usize> {
        let assumed = dated.when.is_some_and(|when| when.basis == WhenBasis::Report);
        let verb = clause::governing_verb(self.text.token(dated.act.token)).filter(|_| assumed)?;
        let top = clause::first_conjunct(verb);
        ["during", "at"].into_iter().find_map(|at| clause::prepositional(top, at).first().copied())
    }

    fn traced(&self, number: usize, dated: Dated, namers: &Namers) -> Traced {
        let act = dated.act.clone();
        let event = self.event(number, dated);
        let place = self.place_name(&act, namers).map(|name| name.tokens.clone());
        let speaker = act.speaker.filter(|_| event.speaker.is_some()).map(|head| self.speaking(head));
        Traced { event, act, place, speaker }
    }

    fn event(&self, number: usize, Dated { act, when, place, .. }: Dated) -> Event {
        let evidence = self.evidence(&act);
        let confidence = certainty::confidence(&certainty::signs(self.text, &act));
        let speaker = act.speaker.and_then(|head| self.speaker(head, &act));
        Event {
            id: format!("{}#{number}", self.article.id),
            doc: self.article.id.clone(),
            evidence,
            kind: act.kind,
            mode: act.mode,
            plain: PlainAct { kind: act.plain.0, mode: act.plain.1 },
            occasion: act.name,
            contexts: act.contexts,
            actors: self.placed(act.actors, evidence.part),
            recipients: self.placed(act.recipients, evidence.part),
            status: act.status,
            when,
            place,
            speaker,
            cameo: act.cameo.unwrap_or_else(|| act.kind.cameo(act.mode).to_owned()),
            rule: act.rule,
            confidence,
        }
    }

    /// The place that a locative names in the act's own clause, else in its sentence.
    fn place(&self, act: &Act, namers: &Namers) -> Option<Place> {
        let anywhere = act.mode != Some(Mode::Phone);
        self.place_name(act, namers).filter(|_| anywhere).and_then(|name| name.place).map(place::event_place)
    }

    fn place_name(&self, act: &Act, namers: &Namers) -> Option<&PlaceMention> {
        let sentence = self.text.sentence(act.sentence).range();
        self.located(act.clause.clone(), act, namers).or_else(|| self.located(sentence, act, namers))
    }

    fn located(&self, tokens: Range<usize>, act: &Act, namers: &Namers) -> Option<&PlaceMention> {
        let own = |m: &&PlaceMention| !namers.is_of_another(self.text.token(m.tokens.end - 1), act);
        let mut known =
            self.places.within(tokens).filter(|m| m.place.is_some() && self.agrees(m)).filter(own);
        known.find(|m| self.is_locative(m.tokens.end - 1, act))
    }

    /// A state or body that a name stands for says where its place can be: NATO is no town, and Georgia not in the United States.
    fn agrees(&self, name: &PlaceMention) -> bool {
        let mention = self.resolved.mention_at(name.tokens.end - 1);
        let mut codes = mention.into_iter().flat_map(|m| &m.actors).filter_map(|actor| actor.code).peekable();
        let country = name.place.and_then(place::country);
        codes.peek().is_none() || country.is_none() || codes.any(|code| Some(code) == country)
    }

    /// "in Geneva", "at the border"; "to Cairo" for a visit, "of Kabul" for a deed; and what a visitor visits.
    fn is_locative(&self, head: usize, act: &Act) -> bool {
        let token = self.text.token(head);
        let visit = act.plain.1 == Some(Mode::Visit);
        match token.dep() {
            Dep::Pobj => match token.head().lower() {
                "in" | "at" | "near" | "outside" | "inside" | "across" | "around" | "over" => true,
                "on" | "to" | "into" => visit || is_deed(act.kind),
                "of" => is_deed(act.kind),
                _ => false,
            },
            Dep::Dobj => (visit || is_deed(act.kind)) && act.used.contains(&token.head().i()),
            Dep::Compound => act.name.is_some() && act.used.contains(&token.head().i()),
            _ => false,
        }
    }

    fn evidence(&self, act: &Act) -> Evidence {
        let (part, sentence) = self.reading.locate(self.text.sentence(act.sentence).span());
        let (first, last) =
            (act.used.first().copied().unwrap_or(act.token), act.used.last().copied().unwrap_or(act.token));
        let tokens = match last - first < LONGEST_TRIGGER {
            true => first..last + 1,
            false => act.token..act.token + 1,
        };
        let (_, trigger) = self.reading.locate(self.text.span_of(tokens));
        Evidence { part, sentence, trigger }
    }

    /// Spans of parties count in the part of the article that the evidence names.
    fn placed(&self, mut parties: Vec<Party>, part: Part) -> Vec<Party> {
        for party in &mut parties {
            if let Some(span) = party.span {
                self.reading.written(span).clone_into(&mut party.text);
            }
            let located = party.span.map(|span| self.reading.locate(span));
            party.elsewhere |= located.is_some_and(|(other, _)| other != part);
            party.span = located.filter(|(other, _)| *other == part).map(|(_, span)| span);
        }
        parties
    }

    /// Who speaks for himself is no source beside himself.
    fn speaker(&self, head: usize, act: &Act) -> Option<Speaker> {
        let mention = self.resolved.mention_at(head);
        let tokens = self.speaking(head);
        let actor = mention.and_then(|m| m.actors.first().copied()).unwrap_or_default();
        let name = mention.and_then(|m| m.name.as_deref());
        let text = self.reading.written(self.text.span_of(tokens));
        let himself =
            act.actors.iter().any(|a| a.text == text || (name.is_some() && a.name.as_deref() == name));
        (!himself).then(|| Speaker { text: text.to_owned(), actor })
    }

    fn speaking(&self, head: usize) -> Range<usize> {
        let mention = self.resolved.mention_at(head);
        mention.map_or_else(|| self.text.token(head).subtree(), |m| m.tokens.clone())
    }
}

fn is_deed(kind: EventType) -> bool {
    matches!(kind.quad(), QuadClass::MaterialConflict | QuadClass::MaterialCooperation)
}
