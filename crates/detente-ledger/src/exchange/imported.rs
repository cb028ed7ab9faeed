//! What rows of other data sets have in common once they are reports.

use detente_model::{Days, Evidence, Part, Span, When, WhenBasis};
use jiff::civil::Date;

use super::lines::Fields;

/// How sure the coder of an imported row was is not told: the middle.
pub(super) const UNTOLD: f32 = 0.5;

/// What an imported row has in place of evidence: no text at all.
pub(super) const NO_EVIDENCE: Evidence =
    Evidence { part: Part::Text, sentence: Span::new(0, 0), trigger: Span::new(0, 0) };

/// One day, on the word of the data set.
pub(super) fn on(day: Date) -> When {
    let days = Days::on(day);
    When { start: Some(days.from), end: Some(days.to), basis: WhenBasis::Report }
}

/// Degrees north and east, where both are on the globe.
pub(super) fn coordinates(fields: &Fields<'_>, north: &str, east: &str) -> Option<(f32, f32)> {
    let degrees = |column: &str, limit: f32| {
        let degrees: f32 = fields.get(column).parse().ok()?;
        (-limit..=limit).contains(&degrees).then_some(degrees)
    };
    Some((degrees(north, 90.0)?, degrees(east, 180.0)?))
}
