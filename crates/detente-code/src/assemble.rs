//! From acts to events: evidence in the article, speaker, number.

use detente_english::Annotated;
use detente_model::{Article, Event, Evidence, Part, Party, Speaker};

use crate::act::Act;
use crate::reading::Reading;
use crate::resolved::Resolved;

/// The longest run of tokens that still reads as one trigger.
const LONGEST_TRIGGER: usize = 7;

/// The events that acts of this article are, numbered in order.
pub fn events(
    article: &Article,
    reading: &Reading,
    text: &Annotated<'_>,
    resolved: &Resolved,
    acts: Vec<Act>,
) -> Vec<Event> {
    let assembler = Assembler { article, reading, text, resolved };
    acts.into_iter().enumerate().map(|(i, act)| assembler.event(i + 1, act)).collect()
}

struct Assembler<'a> {
    article: &'a Article,
    reading: &'a Reading,
    text: &'a Annotated<'a>,
    resolved: &'a Resolved,
}

impl Assembler<'_> {
    fn event(&self, number: usize, act: Act) -> Event {
        let evidence = self.evidence(&act);
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
            when: None,
            place: None,
            speaker,
            cameo: act.cameo.unwrap_or_else(|| act.kind.cameo(act.mode).to_owned()),
            rule: act.rule,
            confidence: act.confidence,
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
