//! A coded act: who did what to whom, when, where, says who, and the words that prove it.

use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::{Actor, Context, EventType, Mode, QuadClass, Span, Status, When};

named_enum! {
    /// The part of an article that a span counts in.
    Part, "part of an article", {
        /// The headline, [`crate::Article::title`].
        Title = "title",
        /// The text, [`crate::Article::text`].
        Text = "text",
    }
}

/// One act as reported in one sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Article id, `#`, and the event's number in the article, from 1.
    pub id: String,
    /// The article.
    pub doc: String,
    /// Where it is said.
    pub evidence: Evidence,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// The act itself, before plans, refusals and threats were folded into other types.
    pub plain: PlainAct,
    /// The name a contact goes by, lemmas in lower case: "astana talk" of the Astana Peace Talks.
    pub occasion: Option<String>,
    /// PLOVER contexts, in order, without repeats.
    pub contexts: Vec<Context>,
    /// Who acts.
    pub actors: Vec<Party>,
    /// To whom it is done.
    pub recipients: Vec<Party>,
    /// Whether it happened, is planned, was refused.
    pub status: Status,
    /// When the act itself lies, as far as the text says.
    pub when: Option<When>,
    /// Where the act takes place.
    pub place: Option<Place>,
    /// Who says so; `None` when the report itself does.
    pub speaker: Option<Speaker>,
    /// CAMEO code of the nearest CAMEO event.
    pub cameo: String,
    /// The rule or model that fired.
    pub rule: String,
    /// How sure the coder is, in 0..=1: the share of events told like it whose type, actors and recipients are right.
    pub confidence: f32,
}

impl Event {
    /// The quad class of its type.
    pub fn quad(&self) -> QuadClass {
        self.kind.quad()
    }

    /// Conflict-cooperation score of its type, in -10..=10.
    pub fn score(&self) -> f32 {
        self.kind.score()
    }
}

/// The act that an event plans, refuses, threatens or tells: a planned visit is AGREE, the act itself CONSULT by a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlainAct {
    /// PLOVER event type of the act.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode of the act.
    pub mode: Option<Mode>,
}

/// The words that prove an event: `article.part(part)[span]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Headline or text.
    pub part: Part,
    /// The sentence.
    pub sentence: Span,
    /// The words that name the act.
    pub trigger: Span,
}

/// A party to an event, as mentioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The words that name it, verbatim.
    pub text: String,
    /// Where they stand, in the part that the evidence names.
    pub span: Option<Span>,
    /// Who it is.
    #[serde(flatten)]
    pub actor: Actor,
    /// The name of the person, organisation or group, where the lexicon knows it.
    pub name: Option<String>,
    /// Whether the mention comes from another sentence of the article.
    pub elsewhere: bool,
}

/// Where an act takes place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// "City, Country" or "Country".
    pub name: String,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north and east.
    pub coordinates: Option<(f32, f32)>,
    /// ISO 3166-1 alpha-3 code of the country.
    pub country: Option<crate::ActorCode>,
}

/// The source of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker, verbatim.
    pub text: String,
    /// Who the speaker is.
    #[serde(flatten)]
    pub actor: Actor,
}
