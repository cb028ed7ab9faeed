//! What may bind two marked parties in a sentence.
//!
//! Every act that the sentence names is weighed by how well its sides fit the marked source and target, and by how near its
//! words stand to both in the parse. Which of them is the answer a judge says.

use detente_acts::{Effect, Theme};
use detente_english::{Annotated, Token};
use detente_model::{EventType, Mode, Span, Status};

use super::coder::{Draft, SentenceCoder};
use super::standing::Standing;

/// An act that the text names, and how well it tells what the marked source does to the marked target.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The act.
    pub draft: Draft,
    /// Its type as the crosswalk from CAMEO has it.
    pub kind: EventType,
    /// How its sides stand to the marked ones.
    pub fit: Fit,
    /// How much speaks for it, all in all.
    pub weight: f32,
}

/// How the sides of an act stand to the marked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The source is among those who act.
    pub source_acts: bool,
    /// The target is among those to whom it is done, or takes part in a mutual act.
    pub target_receives: bool,
    /// They stand the other way round.
    pub reversed: bool,
}

/// Every act that the text names, the one that speaks most for itself first; of equals the later one. Source and target are each given by the
/// spans of its mentions.
pub fn candidates(
    text: &Annotated<'_>,
    coder: &SentenceCoder<'_>,
    source: &[Span],
    target: &[Span],
) -> Vec<Candidate> {
    let weigher = Weigher { text, source: &tokens_in(text, source), target: &tokens_in(text, target) };
    let drafts = text.sentences().flat_map(|sentence| coder.drafts(sentence));
    let mut found: Vec<Candidate> = drafts.map(|draft| weigher.candidate(draft)).collect();
    found.reverse();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found
}

/// Where PLOVER's crosswalk from CAMEO draws a line elsewhere than the coding rules do.
///
/// An accord struck is a formal agreement (CAMEO 057, SUPPORT); a retreat that is only promised is an intent to cooperate (03, AGREE); sanctions
/// imposed are coercion (17) and a conviction is an accusation (11); a blockade, the taking of a place and a cyber attack are fighting
/// (191, 192, 176); a meeting called off and an accord not reached are refusals (12).
fn as_relation(draft: &Draft) -> EventType {
    let says = |theme: Theme| draft.themes.contains(&theme);
    let promised = matches!(
        draft.standing,
        Standing::Ahead
            | Standing::Possible
            | Standing::Conditional
            | Standing::Under(Effect::Promise | Effect::Offer | Effect::Future | Effect::Hope)
    );
    match draft.kind {
        EventType::Agree if draft.status == Some(Status::Denied) => EventType::Reject,
        EventType::Agree if draft.standing == Standing::Under(Effect::Cancel) => EventType::Reject,
        EventType::Agree if draft.plain == EventType::Agree && says(Theme::Accord) && !says(Theme::Step) => {
            EventType::Support
        }
        EventType::Request if says(Theme::Summons) => EventType::Accuse,
        EventType::Concede if promised => EventType::Agree,
        EventType::Sanction if says(Theme::Sanction) => EventType::Coerce,
        EventType::Sanction if draft.mode == Some(Mode::Convict) => EventType::Accuse,
        EventType::Coerce
            if matches!(draft.mode, Some(Mode::Seize | Mode::Cyber)) || says(Theme::Blockade) =>
        {
            EventType::Assault
        }
        kind => kind,
    }
}

struct Weigher<'a> {
    text: &'a Annotated<'a>,
    source: &'a [usize],
    target: &'a [usize],
}

impl Weigher<'_> {
    fn candidate(&self, draft: Draft) -> Candidate {
        let fit = self.fit(&draft);
        let mut weight = draft.weight + fit.weight() + self.nearness(draft.token);
        if draft.status.is_none() {
            weight -= 1.5;
        }
        Candidate { kind: as_relation(&draft), draft, fit, weight }
    }

    fn fit(&self, draft: &Draft) -> Fit {
        let (actors, recipients) = (&draft.sides.actors, &draft.sides.recipients);
        let mutual = recipients.is_empty();
        Fit {
            source_acts: self.any(actors, self.source),
            target_receives: self.any(recipients, self.target) || (mutual && self.any(actors, self.target)),
            reversed: self.any(actors, self.target) && !mutual || self.any(recipients, self.source),
        }
    }

    /// Acts on the way from source to target count more, and those high in the parse more than those deep below.
    fn nearness(&self, token: usize) -> f32 {
        let act = self.text.token(token);
        let inside = self.source.contains(&token) || self.target.contains(&token);
        let above_source = self.source.iter().any(|&i| act.dominates(self.text.token(i)));
        let above_target = self.target.iter().any(|&i| act.dominates(self.text.token(i)));
        let depth = act.ancestors().count() as f32;
        0.7 * f32::from(u8::from(above_source)) + 0.5 * f32::from(u8::from(above_target))
            - 0.08 * depth
            - 0.7 * f32::from(u8::from(inside))
    }

    /// Whether a side's noun phrase is, holds, or stands inside a marked party.
    fn any(&self, heads: &[usize], marked: &[usize]) -> bool {
        heads.iter().any(|&head| {
            let token = self.text.token(head);
            marked.contains(&head) || marked.iter().any(|&i| in_noun_phrase(token, self.text.token(i)))
        })
    }
}

impl Fit {
    fn weight(self) -> f32 {
        let count = |holds: bool| f32::from(u8::from(holds));
        2.0 * count(self.source_acts) + 1.5 * count(self.target_receives)
            - 1.0 * count(self.reversed && !self.source_acts)
    }
}

/// Whether `inner` stands in the noun phrase of `head`, clauses below it left out.
fn in_noun_phrase(head: Token<'_>, inner: Token<'_>) -> bool {
    head.dominates(inner)
        && inner.ancestors().take_while(|a| a.i() != head.i()).all(|a| !crate::clause::is_verbal(a))
}

fn tokens_in(text: &Annotated<'_>, spans: &[Span]) -> Vec<usize> {
    text.tokens().filter(|t| spans.iter().any(|span| span.overlaps(t.span()))).map(Token::i).collect()
}
