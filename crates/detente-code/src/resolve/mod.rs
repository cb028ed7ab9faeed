//! Mentions to actors: who "the Russian foreign minister", "Lavrov", "he" and "both sides" are on the day of the report.
//!
//! First the atoms of the text are found (lexicon phrases and names), then put together into phrases (titles, owners, names),
//! then each phrase is given its actors in the order of reading, with what the article has said so far at hand. The article
//! is read twice, so that a headline's "Putin" or a name explained further down is known from the beginning.
//!
//! Promises: no guess without a rule; whoever cannot be resolved has no actors. Does not decide who does what in an act.

mod anaphor;
mod atom;
mod phrase;
mod reading;
mod roster;

use detente_english::Annotated;
use detente_lexicon::Lexicon;
use jiff::civil::Date;

use crate::Resolved;

/// Resolves the mentions of an article, given in parts (headline, text) that are annotated apart and speak of the same.
///
/// `day` is the day of the report: who holds an office depends on it. The result has a [`Resolved`] for each part.
pub fn resolve(parts: &[&Annotated<'_>], lexicon: &Lexicon, day: Option<Date>) -> Vec<Resolved> {
    let surnames = parts.iter().flat_map(|text| atom::surnames(text)).collect();
    let scripts: Vec<reading::Script<'_>> =
        parts.iter().map(|text| reading::Script::new(text, lexicon, day, &surnames)).collect();
    let mut memory = reading::Memory::default();
    // The text before the headline: full names stand there.
    let mut first: Vec<Resolved> =
        scripts.iter().rev().map(|script| reading::read(script, lexicon, day, &mut memory, None)).collect();
    first.reverse();
    memory.start_over();
    let again = |(script, first)| reading::read(script, lexicon, day, &mut memory, Some(first));
    scripts.iter().zip(&first).map(again).collect()
}
