//! Who a party is: the state or organisation, and the part of society.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::named_enum;

/// The code of a state (ISO 3166-1 alpha-3) or of an organisation (`UNO`, `EUR`, `NAT` …): three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorCode([u8; 3]);

impl ActorCode {
    /// The code of three ASCII capital letters; `None` for anything else.
    pub const fn new(letters: [u8; 3]) -> Option<Self> {
        let mut i = 0;
        while i < 3 {
            if !letters[i].is_ascii_uppercase() {
                return None;
            }
            i += 1;
        }
        Some(Self(letters))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl fmt::Display for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not an actor code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCode(pub String);

impl fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an actor code: three capital letters are wanted, such as RUS or UNO", self.0)
    }
}

impl std::error::Error for InvalidCode {}

impl FromStr for ActorCode {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.as_bytes().try_into().ok().and_then(Self::new).ok_or_else(|| InvalidCode(text.to_owned()))
    }
}

impl Serialize for ActorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ActorCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

named_enum! {
    /// The part of society an actor stands for, as PLOVER names them.
    Sector, "sector", {
        /// Executive, ministries, heads of state; a party that governs.
        Gov = "GOV",
        /// Parliaments and their members.
        Leg = "LEG",
        /// Courts and judges.
        Jud = "JUD",
        /// Armed forces.
        Mil = "MIL",
        /// Police.
        Cop = "COP",
        /// Intelligence services.
        Spy = "SPY",
        /// Armed opposition.
        Reb = "REB",
        /// Unidentified armed men.
        Uaf = "UAF",
        /// A party that does not govern.
        Pty = "PTY",
        /// Unarmed opposition.
        Opp = "OPP",
        /// Business.
        Bus = "BUS",
        /// Journalists.
        Jrn = "JRN",
        /// Civilians, crowds.
        Cvl = "CVL",
        /// Criminals.
        Crm = "CRM",
        /// Refugees.
        Ref = "REF",
        /// Workers and unions.
        Lab = "LAB",
        /// Schools, universities, students.
        Edu = "EDU",
        /// The media as institutions.
        Med = "MED",
        /// Religious bodies and persons.
        Rel = "REL",
        /// Non-governmental organisations.
        Ngo = "NGO",
    }
}

/// A party to an act: what state or organisation it belongs to and which part of society it is.
///
/// Either may be unknown; both unknown means that the text names somebody whom no rule could place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Actor {
    /// State or organisation.
    pub code: Option<ActorCode>,
    /// Part of society; `None` when only the state is named as such.
    pub sector: Option<Sector>,
}
