//! Contacts: meetings, visits and calls with a life of their own, from proposal to what became of them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::{Actor, ActorCode, Days, Place};

/// One meeting, visit, call, summit or round of talks between parties, with what became of it.
///
/// Derived from reports and rebuilt from them; it holds keys of reports, never their text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Stable for the same reports: derived from the key of the first.
    pub id: String,
    /// What sort of contact.
    pub kind: ContactKind,
    /// How high the highest participants stand.
    pub level: Level,
    /// The parties, states and organisations, in order of their codes, without repeats.
    pub parties: Vec<Actor>,
    /// Persons who take part, by their full names, in order, without repeats.
    pub persons: Vec<String>,
    /// The name it goes by: "astana talk".
    pub occasion: Option<String>,
    /// The days it is planned for or took place on, as last told.
    pub days: Option<Days>,
    /// Where, as last told.
    pub place: Option<Place>,
    /// How it stands.
    pub state: ContactState,
    /// Its life, in the order it was reported.
    pub steps: Vec<ContactStep>,
}

impl Contact {
    /// Whether both codes take part.
    pub fn joins(&self, a: ActorCode, b: ActorCode) -> bool {
        let takes_part = |code| self.parties.iter().any(|party| party.code == Some(code));
        takes_part(a) && takes_part(b)
    }
}

/// One step in the life of a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactStep {
    /// The day it was reported; for `lapsed`, the day after the last on which it could still be held.
    pub on: Option<Date>,
    /// How the contact stood after it.
    pub state: ContactState,
    /// The days it named.
    pub days: Option<Days>,
    /// The key of the report; `None` for `lapsed`, which nobody reports.
    pub report: Option<String>,
}

named_enum! {
    /// What sort of contact it is.
    ContactKind, "kind of contact", {
        /// A meeting in person.
        Meeting = "meeting",
        /// One side goes to the other.
        Visit = "visit",
        /// By telephone or video.
        Call = "call",
        /// Of heads of state or government.
        Summit = "summit",
        /// Negotiations, a round of talks, a conference.
        Talks = "talks",
    }
}

named_enum! {
    /// How high the highest participants of a contact stand, from the lowest.
    Level, "level", {
        /// Nobody is named whose office is known.
        Unknown = "unknown",
        /// Envoys, officials, officers, deputies.
        Official = "official",
        /// Ministers.
        Minister = "minister",
        /// Heads of state or government.
        Head = "head",
    }
}

named_enum! {
    /// How a contact stands.
    ContactState, "state of a contact", {
        /// Asked for, invited to, offered.
        Proposed = "proposed",
        /// Announced or agreed.
        Scheduled = "scheduled",
        /// Announced again after it was scheduled.
        Confirmed = "confirmed",
        /// Put off to a later day, known or not.
        Postponed = "postponed",
        /// Called off.
        Cancelled = "cancelled",
        /// Refused by a party before it was agreed.
        Refused = "refused",
        /// It took place or is under way.
        Held = "held",
        /// Its day passed and nothing was reported.
        Lapsed = "lapsed",
    }
}

impl ContactState {
    /// Whether the contact still lies ahead.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Scheduled | Self::Confirmed | Self::Postponed)
    }
}
