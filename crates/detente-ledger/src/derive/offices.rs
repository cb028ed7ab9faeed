//! How high the parties of an event stand, state by state.

use std::collections::BTreeMap;

use detente_model::{ActorCode, Event, Level};

use super::words::level;

/// Heads and ministers among the parties of an event, the highest of each state.
pub type Offices = BTreeMap<ActorCode, Level>;

/// The offices that the parties are named by.
pub fn offices(event: &Event) -> Offices {
    let mut offices = Offices::new();
    for party in event.actors.iter().chain(&event.recipients) {
        if let (Some(code), level @ (Level::Head | Level::Minister)) = (party.actor.code, level(&party.text))
        {
            let highest = offices.entry(code).or_insert(level);
            *highest = level.max(*highest);
        }
    }
    offices
}

/// Whether the same may have met: heads and ministers of one state meet apart.
pub fn may_be_same(a: &Offices, b: &Offices) -> bool {
    a.iter().all(|(code, level)| b.get(code).is_none_or(|other| level == other))
}
