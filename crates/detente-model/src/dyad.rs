//! Pairs of parties, and the acts between them as one row each.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ActorCode, EventType, Mode, Party, PlainAct, Report, Status, named_enum};

/// Two different states or organisations, in the order they were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dyad {
    /// The first.
    pub a: ActorCode,
    /// The second.
    pub b: ActorCode,
}

impl Dyad {
    /// The pair; `None` for a party and itself.
    pub fn new(a: ActorCode, b: ActorCode) -> Option<Self> {
        (a != b).then_some(Self { a, b })
    }

    /// How an act bears on the pair, if it does.
    pub fn bearing(&self, report: &Report) -> Option<Bearing> {
        let event = &report.event;
        let speaker = event.speaker.as_ref().and_then(|speaker| speaker.actor.code);
        self.bearing_of(&codes(&event.actors), &codes(&event.recipients), speaker)
    }

    /// The same of the codes of those who act, of those it is done to and of the one who tells it.
    pub fn bearing_of(
        &self,
        actors: &[ActorCode],
        recipients: &[ActorCode],
        speaker: Option<ActorCode>,
    ) -> Option<Bearing> {
        let (a_acts, b_acts) = (actors.contains(&self.a), actors.contains(&self.b));
        match (a_acts, b_acts) {
            (true, true) => Some(Bearing::Mutual),
            (true, false) if recipients.contains(&self.b) => Some(Bearing::Forward),
            (false, true) if recipients.contains(&self.a) => Some(Bearing::Backward),
            (true, false) if speaker == Some(self.b) => Some(Bearing::Told),
            (false, true) if speaker == Some(self.a) => Some(Bearing::Told),
            _ => None,
        }
    }
}

impl fmt::Display for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.a, self.b)
    }
}

fn codes(parties: &[Party]) -> Vec<ActorCode> {
    parties.iter().filter_map(|party| party.actor.code).collect()
}

named_enum! {
    /// How an act bears on a pair.
    Bearing, "bearing on a pair", {
        /// The first does it to the second.
        Forward = "forward",
        /// The second does it to the first.
        Backward = "backward",
        /// Both do it together.
        Mutual = "mutual",
        /// One does it to somebody else, and the other is who tells it.
        Told = "told",
    }
}

/// One act that bears on a pair: a cluster of reports, as far as its weight goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The key of the report that tells it best.
    pub report: String,
    /// The day it counts on: the first of the act, or that of its first report where that is earlier.
    pub day: Date,
    /// The day of its first report, from which on it is known.
    pub known: Date,
    /// PLOVER event type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// The act itself, before it was folded.
    pub plain: PlainAct,
    /// Whether it happened.
    pub status: Status,
    /// How it bears on the pair.
    pub bearing: Bearing,
    /// How many sources tell it, at least 1.
    pub sources: u32,
    /// How sure the coder is, in 0..=1.
    pub confidence: f32,
    /// The state or organisation of who says so; `None` when the report itself does.
    pub speaker: Option<ActorCode>,
}
