//! From acts to events: evidence in the article, speaker, number.

use std::ops::Range;

use detente_english::{Annotated, Dep};
use detente_model::{
    Article, Diagnostic, Event, EventType, Evidence, Mode, Part, Party, Place, PlainAct, QuadClass, Span,
    Speaker, Status, When,
};

use crate::act::{self, Act};
use crate::contact;
use crate::dating::Calendar;
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
    numbered(scene, acts).map(|(number, dated)| scene.event(number, dated)).collect()
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

/// The same event by its number, from 1, with what it was made of.
pub fn trace(scene: &Scene<'_>, acts: Vec<Act>, number: usize) -> Option<Traced> {
    numbered(scene, acts).find(|(n, _)| *n == number).map(|(number, dated)| scene.traced(number, dated))
}

fn numbered(scene: &Scene<'_>, acts: Vec<Act>) -> impl Iterator<Item = (usize, Dated)> {
    let mut dated: Vec<Dated> = acts.into_iter().map(|act| scene.dated(act)).collect();
    contact::unite(&mut dated);
    dated.into_iter().enumerate().map(|(i, dated)| (i + 1, dated))
}

/// An act with its days and place.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub act: Act,
    pub when: Option<When>,
    pub place: Option<Place>,
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
    fn dated(&self, mut act: Act) -> Dated {
        if matches!(act.status, Status::Occurred | Status::Ongoing) && self.calendar.lies_ahead(&act) {
            act.put_ahead();
        }
        if act.status == Status::Occurred && self.calendar.goes_on(&act) {
            act.status = Status::Ongoing;
        }
        let when = self.calendar.date(&act);
        if act.status == Status::Occurred && self.calendar.is_not_over(when) {
            act.status = Status::Ongoing;
        }
        Dated { when, place: self.place(&act), act }
    }

    fn traced(&self, number: usize, dated: Dated) -> Traced {
        let act = dated.act.clone();
        let event = self.event(number, dated);
        let place = self.place_name(&act).map(|name| name.tokens.clone());
        let speaker = act.speaker.filter(|_| event.speaker.is_some()).map(|head| self.speaking(head));
        Traced { event, act, place, speaker }
    }

    fn event(&self, number: usize, Dated { act, when, place }: Dated) -> Event {
        let evidence = self.evidence(&act);
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
            confidence: act.confidence,
        }
    }

    /// The place that a locative names in the act's own clause, else in its sentence.
    fn place(&self, act: &Act) -> Option<Place> {
        let anywhere = act.mode != Some(Mode::Phone);
        self.place_name(act).filter(|_| anywhere).and_then(|name| name.place).map(place::event_place)
    }

    fn place_name(&self, act: &Act) -> Option<&PlaceMention> {
        let sentence = self.text.sentence(act.sentence).range();
        self.located(act.clause.clone(), act).or_else(|| self.located(sentence, act))
    }

    fn located(&self, tokens: Range<usize>, act: &Act) -> Option<&PlaceMention> {
        let mut known = self.places.within(tokens).filter(|m| m.place.is_some());
        known.find(|m| self.is_locative(m.tokens.end - 1, act))
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
        let text = self.text.text_of(tokens);
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
