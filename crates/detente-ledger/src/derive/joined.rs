//! Why a report belongs to its cluster or contact.

use std::fmt;

use detente_model::{ActorCode, Days, named_enum};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

named_enum! {
    /// The rule by which a report joined a cluster or a contact.
    JoinRule, "rule of joining", {
        /// It is the first report of its act.
        First = "cluster/first",
        /// Same type, parties and day, and nothing that sets them apart.
        SameDay = "cluster/same-day",
        /// Told without a day of its own, a day after an act that it is like.
        DayAfter = "cluster/day-after",
        /// Told with a span of days that holds the act it is like.
        Span = "cluster/span",
        /// Told without any day, within a week after an act that it is like.
        Undated = "cluster/undated",
        /// Equally vague about the day as another report that it is like.
        SameWords = "cluster/same-words",
        /// The headline of an article whose text tells of the act.
        Headline = "cluster/headline",
        /// It is the first report of its contact.
        ContactFirst = "contact/first",
        /// The days that it names are among those of the contact.
        ContactDays = "contact/same-days",
        /// The days that it names lie next to those of the contact.
        ContactNear = "contact/near-days",
        /// The contact was put off or moved to other days or to another town.
        ContactMoved = "contact/moved",
        /// One of the two has no days, and the contact still lies ahead.
        ContactOpen = "contact/open",
    }
}

impl JoinRule {
    /// The rule in a sentence.
    pub fn doc(self) -> &'static str {
        match self {
            Self::First => "the first report of the act",
            Self::SameDay => {
                "the same type, parties and day as another report; no other place, mode or sector; near words, where such acts come in numbers"
            }
            Self::DayAfter => {
                "no time words of its own, written the day after an act of the same type and parties, in near words"
            }
            Self::Span => {
                "a span of days that holds an act of the same type and parties, in near words or at the same place"
            }
            Self::Undated => {
                "no day at all, written within a week after an act of the same type and parties, in near words"
            }
            Self::Headline => {
                "a headline and what the text of its article tells first of the same type and parties"
            }
            Self::ContactFirst => "the first report of the contact",
            Self::ContactDays => {
                "days that overlap with those of the contact, and nothing that sets them apart"
            }
            Self::ContactNear => "days next to those of the contact, which was open or takes several days",
            Self::ContactMoved => {
                "a contact that lay ahead, told anew for other days or, for the same days, at another town"
            }
            Self::ContactOpen => "no days, or a contact without days, that still lay ahead",
            Self::SameWords => "no exact day, but the same span or none as another report, in near words",
        }
    }
}

/// A report, the rule by which it joined and the facts that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The id of the cluster or contact.
    pub cluster: String,
    /// The report's key.
    pub report: String,
    /// Why it belongs there.
    pub rule: JoinRule,
    /// The key of the report that it is tied to, in a cluster the earliest of several, in a contact the step before; `None` for the
    /// first report.
    pub with: Option<String>,
    /// What the two have in common; empty for the first report.
    pub facts: Vec<Fact>,
}

/// Something that two reports have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The day of the act.
    Day(Date),
    /// The span of days that both give.
    Days(Days),
    /// The parties.
    Parties(Vec<ActorCode>),
    /// The town.
    Town(String),
    /// The name that a contact goes by.
    Occasion(String),
    /// Persons who take part.
    Persons(Vec<String>),
    /// Beginnings of the words that name the act.
    Act(Vec<String>),
    /// Beginnings of other words of the sentences.
    Words(Vec<String>),
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "the day {day}"),
            Self::Days(days) => write!(f, "the days {} to {}", days.from, days.to),
            Self::Parties(codes) => {
                let codes: Vec<&str> = codes.iter().map(ActorCode::as_str).collect();
                write!(f, "the parties {}", codes.join(", "))
            }
            Self::Town(town) => write!(f, "the town {town}"),
            Self::Occasion(name) => write!(f, "the name {name}"),
            Self::Persons(names) => write!(f, "{}", names.join(", ")),
            Self::Act(stems) => write!(f, "the act's words {}", stems.join(", ")),
            Self::Words(stems) => write!(f, "the words {}", stems.join(", ")),
        }
    }
}
