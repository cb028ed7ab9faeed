//! Parties and pairs.

use detente::model::{ActorCode, Dyad, Party};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::href;
use crate::names::Names;

/// A state or organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyRecord {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
}

impl PartyRecord {
    /// A party by its code.
    pub fn of(code: ActorCode, names: &Names) -> Self {
        Self { code: code.to_string(), name: names.of(code), href: href::actor(code) }
    }
}

/// Two parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PairRecord {
    /// The first.
    pub a: PartyRecord,
    /// The second.
    pub b: PartyRecord,
    /// Their page.
    pub href: String,
}

impl PairRecord {
    /// Whether it is the pair of these two, in any order.
    pub fn joins(&self, x: &str, y: &str) -> bool {
        let codes = (self.a.code.as_str(), self.b.code.as_str());
        codes == (x, y) || codes == (y, x)
    }

    /// A pair by its codes.
    pub fn of(dyad: Dyad, names: &Names) -> Self {
        Self { a: PartyRecord::of(dyad.a, names), b: PartyRecord::of(dyad.b, names), href: href::pair(dyad) }
    }
}

/// A party as a sentence names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MentionRecord {
    /// The words, verbatim.
    pub text: String,
    /// State or organisation.
    pub code: Option<String>,
    /// The name of that state or organisation.
    pub of: Option<String>,
    /// Part of society.
    pub sector: Option<&'static str>,
    /// The full name of the person or group.
    pub name: Option<String>,
    /// Whether the mention comes from another sentence.
    pub elsewhere: bool,
    /// The page of the state or organisation.
    pub href: Option<String>,
}

impl MentionRecord {
    /// The mention of a party.
    pub fn of(party: &Party, names: &Names) -> Self {
        let code = party.actor.code;
        Self {
            text: party.text.clone(),
            code: code.map(|code| code.to_string()),
            of: code.map(|code| names.of(code)),
            sector: party.actor.sector.map(|sector| sector.as_str()),
            name: party.name.clone(),
            elsewhere: party.elsewhere,
            href: code.map(href::actor),
        }
    }

    /// "RUS GOV", or the words where nobody is known.
    pub fn label(&self) -> String {
        match (&self.code, self.sector) {
            (Some(code), Some(sector)) => format!("{code} {sector}"),
            (Some(code), None) => code.clone(),
            (None, Some(sector)) => format!("{} {sector}", self.text),
            (None, None) => self.text.clone(),
        }
    }
}
