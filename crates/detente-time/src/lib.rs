//! When: the time expressions of English news, resolved to TIMEX3 values and civil days.
//!
//! Two steps. [`recognise`] reads a text once and gives symbolic expressions (`the Friday`, `two weeks later`, `third quarter`), which know
//! nothing of any calendar. [`resolve`] anchors them: to the day of the report, to the time the text last spoke of, or to an event that the
//! text or the caller can date. [`infer`] turns the question round and asks on which day a text must have been written.
//!
//! Promises: no panic on any input, linear time, spans on character boundaries in order and without overlap, the same input gives the same
//! output. It reads word forms only: whoever has a parse can tell the tense of the governing verb through [`Anchor::tense`].
//!
//! It does not read other languages, does not convert time zones, and never dates an expression that the text leaves open.
//!
//! ```
//! use detente_time::{Anchor, read};
//! use jiff::civil::date;
//!
//! let times = read("The two will meet again on Friday.", &Anchor::published(date(2017, 5, 2)));
//! assert_eq!(times.timexes[0].value.to_string(), "2017-05-05");
//! ```

pub mod expression;
mod grammar;
mod holiday;
pub mod infer;
mod lexicon;
mod recognise;
mod resolve;
mod tense;
mod timex;
mod token;
mod value;
mod window;

pub use expression::{Expression, Meaning, Modifier, Tense, Unit};
pub use recognise::recognise;
pub use resolve::{Anchor, EventDays, read, resolve};
pub use timex::{Basis, Times, Timex, TimexKind};
pub use value::Value;
