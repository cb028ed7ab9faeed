//! From acts to events: evidence in the article, speaker, number.

use detente_english::Annotated;
use detente_model::{Article, Event, Evidence, Part, Party, Place, Speaker};

use crate::act::Act;
use crate::dating::Calendar;
use crate::place::Places;
use crate::reading::Reading;
use crate::resolved::Resolved;

/// The longest run of tokens that still reads as one trigger.
const LONGEST_TRIGGER: usize = 7;

/// The events that acts of this article are, numbered in order.
pub fn events(scene: &Scene<'_>, acts: Vec<Act>) -> Vec<Event> {
    acts.into_iter().enumerate().map(|(i, act)| scene.event(i + 1, act)).collect()
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
    fn event(&self, number: usize, act: Act) -> Event {
        let evidence = self.evidence(&act);
        let when = self.calendar.date(&act);
        let place = self.place(&act);
        let speaker = act.speaker.and_then(|head| self.speaker(head, &act));
        Event {
            id: format!("{}#{number}", self.article.id),
            doc: self.article.id.clone(),
            evidence,
            kind: act.kind,
            mode: act.mode,
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

    /// The place named in the act's own clause, else in its sentence.
    fn place(&self, act: &Act) -> Option<Place> {
        let sentence = self.text.sentence(act.sentence).range();
        self.places.event_place(act.clause.clone()).or_else(|| self.places.event_place(sentence))
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
            party.elsewhere = located.is_some_and(|(other, _)| other != part);
            party.span = located.filter(|(other, _)| *other == part).map(|(_, span)| span);
        }
        parties
    }

    /// Who speaks for himself is no source beside himself.
    fn speaker(&self, head: usize, act: &Act) -> Option<Speaker> {
        let mention = self.resolved.mention_at(head);
        let tokens = mention.map_or_else(|| self.text.token(head).subtree(), |m| m.tokens.clone());
        let actor = mention.and_then(|m| m.actors.first().copied()).unwrap_or_default();
        let name = mention.and_then(|m| m.name.as_deref());
        let text = self.text.text_of(tokens);
        let himself =
            act.actors.iter().any(|a| a.text == text || (name.is_some() && a.name.as_deref() == name));
        (!himself).then(|| Speaker { text: text.to_owned(), actor })
    }
}
