//! The day of the report and what it rests on.
//!
//! Sources are asked in the order of [`DateBasis`]: what was given, what the markup states, the address, a line
//! of the text, the feed's entry, the archive's record. The caller's own inference comes last, in [`crate::infer`].

pub(crate) mod address;
pub(crate) mod written;

use detente_model::{DateBasis, Days, Published};
use jiff::civil::Date;

/// The earliest day a page can be from; earlier dates in markup are defaults of the software.
const EARLIEST: Date = Date::constant(1990, 1, 1);
/// The last day that is believed.
const LATEST: Date = Date::constant(2100, 1, 1);

/// Whether a day can be that of a page on the web.
pub(crate) fn is_plausible(day: Date) -> bool {
    (EARLIEST..=LATEST).contains(&day)
}

/// A date known to the day.
pub(crate) fn stated(day: Date, basis: DateBasis) -> Published {
    Published { days: Days::on(day), basis, reasons: Vec::new() }
}
