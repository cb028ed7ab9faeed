//! Civil days: when an act took or takes place, as far as the text says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::named_enum;

/// Civil days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The last day, never before the first.
    pub to: Date,
}

impl Days {
    /// One day.
    pub const fn on(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// From the earlier of two days to the later.
    pub fn between(a: Date, b: Date) -> Self {
        Self { from: a.min(b), to: a.max(b) }
    }

    /// Whether `day` is one of them.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Days) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// When an act lies in time: closed on both sides, or open on one (`since May`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// The first civil day, unless the act has no known beginning.
    pub start: Option<Date>,
    /// The last civil day, unless the act is not over or its end is not known.
    pub end: Option<Date>,
    /// What the days rest on.
    pub basis: WhenBasis,
}

named_enum! {
    /// What the days of an act rest on, from the strongest to the weakest.
    WhenBasis, "time basis", {
        /// A time expression that governs the act in its own clause.
        Clause = "clause",
        /// A time expression of the same sentence.
        Sentence = "sentence",
        /// A time expression or dated act elsewhere in the article.
        Context = "context",
        /// The day of the report: said or done as it was written.
        Report = "report",
    }
}
