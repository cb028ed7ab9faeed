//! A rule, whichever kind it is: what an event names and `detente explain` shows.

use crate::describe;
use crate::sense::{Construction, Location, Operator, Sense};

/// A line of the lexicon.
#[derive(Debug, Clone, Copy)]
pub enum Rule<'a> {
    /// Words that name an act, or only seem to.
    Sense(&'a Sense),
    /// Words that change how real an act is.
    Operator(&'a Operator),
    /// Grammar that names an act.
    Construction(&'a Construction),
}

impl<'a> Rule<'a> {
    /// Its stable name.
    pub fn id(self) -> &'a str {
        match self {
            Rule::Sense(sense) => &sense.id,
            Rule::Operator(operator) => &operator.id,
            Rule::Construction(construction) => &construction.id,
        }
    }

    /// The line it is read from.
    pub fn at(self) -> &'a Location {
        match self {
            Rule::Sense(sense) => &sense.at,
            Rule::Operator(operator) => &operator.at,
            Rule::Construction(construction) => &construction.at,
        }
    }

    /// Its pattern as written; a construction has none.
    pub fn pattern(self) -> Option<&'a str> {
        match self {
            Rule::Sense(sense) => Some(&sense.pattern.source),
            Rule::Operator(operator) => Some(&operator.pattern.source),
            Rule::Construction(_) => None,
        }
    }

    /// A line that says in words what it asks for.
    pub fn doc(self) -> String {
        match self {
            Rule::Sense(sense) => describe::pattern(&sense.pattern),
            Rule::Operator(operator) => describe::pattern(&operator.pattern),
            Rule::Construction(construction) => construction.doc.to_string(),
        }
    }

    /// A sentence it must fire in, `[actor]` and `{recipient}` marked.
    pub fn example(self) -> &'a str {
        match self {
            Rule::Sense(sense) => &sense.example,
            Rule::Operator(operator) => &operator.example,
            Rule::Construction(construction) => &construction.example,
        }
    }
}
