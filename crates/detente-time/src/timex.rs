//! The resolved expression, and the question an event asks: which time governs me?

use detente_model::{Days, Diagnostic, Span, WhenBasis, named_enum};

use crate::expression::{Modifier, Unit};
use crate::value::Value;

/// A time expression with its value and days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Bytes of the text.
    pub span: Span,
    /// Its kind.
    pub kind: TimexKind,
    /// Its value; `to_string` writes it as TIMEX3.
    pub value: Value,
    /// How the words bend it.
    pub modifier: Option<Modifier>,
    /// The civil days it covers; `None` where nothing pins it to the calendar.
    pub days: Option<Days>,
    /// The length of the unit it names.
    pub precision: Unit,
    /// What its place in the calendar rests on.
    pub basis: Basis,
}

named_enum! {
    /// The types of TIMEX3.
    TimexKind, "kind of time expression", {
        /// A day or anything longer.
        Date = "DATE",
        /// A time of a day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// Again and again.
        Set = "SET",
    }
}

named_enum! {
    /// What the place of an expression in the calendar rests on.
    Basis, "basis of a time", {
        /// The expression names it in full.
        Explicit = "explicit",
        /// The day of the report.
        Report = "report",
        /// A time the text spoke of before.
        Narrative = "narrative",
        /// The date of an event it names.
        Event = "event",
        /// Nothing: it has no place.
        Unanchored = "unanchored",
    }
}

/// The time expressions of a text in order, without overlap, and what was wrong with some.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times {
    /// In the order of the text.
    pub timexes: Vec<Timex>,
    /// Expressions that name no day: `February 30`.
    pub diagnostics: Vec<Diagnostic>,
}

impl Times {
    /// The date or time that governs what stands at byte `trigger`: the nearest one with days in its clause, else in its sentence.
    ///
    /// Durations, sets and vague references never date an act. Between two at about the same distance in the same clause the later in the
    /// text wins, since English puts the time behind the verb. `None` means that the text does not say: the caller may then fall back on
    /// the narrative or the day of the report, and must call it so.
    pub fn governing(&self, trigger: usize, clause: Span, sentence: Span) -> Option<(&Timex, WhenBasis)> {
        self.nearest(trigger, clause)
            .map(|t| (t, WhenBasis::Clause))
            .or_else(|| self.nearest(trigger, sentence).map(|t| (t, WhenBasis::Sentence)))
    }

    /// The last date before byte `at` within `paragraph`: the time of the narrative there.
    pub fn narrative(&self, at: usize, paragraph: Span) -> Option<&Timex> {
        let before = self.timexes.partition_point(|t| t.span.end <= at);
        self.timexes[..before].iter().rev().take_while(|t| t.span.start >= paragraph.start).find(|t| dates(t))
    }

    fn nearest(&self, trigger: usize, within: Span) -> Option<&Timex> {
        let first = self.timexes.partition_point(|t| t.span.start < within.start);
        self.timexes[first..]
            .iter()
            .take_while(|t| t.span.end <= within.end)
            .filter(|t| dates(t))
            .min_by_key(|t| distance(t.span, trigger))
    }
}

fn dates(t: &Timex) -> bool {
    t.days.is_some() && matches!(t.kind, TimexKind::Date | TimexKind::Time)
}

/// Bytes between; one before the trigger counts half as far again.
fn distance(span: Span, trigger: usize) -> usize {
    if span.end <= trigger { (trigger - span.end) * 3 / 2 + 1 } else { span.start.saturating_sub(trigger) }
}
