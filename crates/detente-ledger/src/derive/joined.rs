//! Why a report belongs to its cluster.

use detente_model::named_enum;
use serde::{Deserialize, Serialize};

named_enum! {
    /// The rule by which a report joined a cluster.
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
        }
    }
}

/// A report and the rule by which it joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The cluster's id.
    pub cluster: String,
    /// The report's key.
    pub report: String,
    /// Why it belongs there.
    pub rule: JoinRule,
}
