//! What a word on the command line can name: a type, mode, context, status or rule; and what was meant where it names none.

use std::cmp::Ordering;

use detente::acts::{Acts, Rule};
use detente::model::{Context, EventType, Mode, Status};

use crate::failure::Failure;

/// So many near names are offered.
const OFFERED: usize = 5;

/// Names of less likeness are not offered, in 0..=1.
const LIKENESS: f64 = 0.82;

/// Something that has a definition.
#[derive(Debug, Clone, Copy)]
pub enum Name {
    /// An event type.
    Type(EventType),
    /// A mode.
    Mode(Mode),
    /// A context.
    Context(Context),
    /// A status.
    Status(Status),
    /// A rule of the lexicon.
    Rule(Rule<'static>),
}

/// The names that a command understands.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    rules: bool,
}

impl Name {
    /// The name itself.
    pub fn as_str(self) -> &'static str {
        match self {
            Name::Type(kind) => kind.as_str(),
            Name::Mode(mode) => mode.as_str(),
            Name::Context(context) => context.as_str(),
            Name::Status(status) => status.as_str(),
            Name::Rule(rule) => rule.id(),
        }
    }

    /// What kind of name it is.
    pub fn what(self) -> &'static str {
        match self {
            Name::Type(_) => "type",
            Name::Mode(_) => "mode",
            Name::Context(_) => "context",
            Name::Status(_) => "status",
            Name::Rule(_) => "rule",
        }
    }

    /// What it means, in a line.
    pub fn meaning(self) -> &'static str {
        match self {
            Name::Type(kind) => kind.meaning(),
            Name::Mode(mode) => mode.meaning(),
            Name::Context(context) => context.meaning(),
            Name::Status(status) => status.meaning(),
            Name::Rule(_) => "",
        }
    }
}

impl Names {
    /// Types, modes, contexts and statuses.
    pub fn of_types() -> Self {
        Self { rules: false }
    }

    /// The same, and rules.
    pub fn all() -> Self {
        Self { rules: true }
    }

    /// Everything that has this name, whatever its capitals: "cyber" is a mode and a context.
    pub fn find(self, word: &str) -> Result<Vec<Name>, Failure> {
        let found: Vec<Name> = self.each().filter(|name| name.as_str().eq_ignore_ascii_case(word)).collect();
        match found.is_empty() {
            true => Err(Failure::UnknownName { word: word.to_owned(), near: self.near(word) }),
            false => Ok(found),
        }
    }

    fn each(self) -> impl Iterator<Item = Name> {
        let types = EventType::ALL.iter().map(|kind| Name::Type(*kind));
        let modes = Mode::ALL.iter().map(|mode| Name::Mode(*mode));
        let contexts = Context::ALL.iter().map(|context| Name::Context(*context));
        let statuses = Status::ALL.iter().map(|status| Name::Status(*status));
        let rules = Acts::builtin().rules().filter(move |_| self.rules).map(Name::Rule);
        types.chain(modes).chain(contexts).chain(statuses).chain(rules)
    }

    /// Rules whose trigger is the word come first, then the names that look most like it.
    fn near(self, word: &str) -> Vec<&'static str> {
        let word = word.to_lowercase();
        let mut near: Vec<(f64, &'static str)> =
            self.each().map(|name| (likeness(name, &word), name.as_str())).collect();
        near.retain(|(likeness, _)| *likeness >= LIKENESS);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(shorter(a.1, b.1)));
        near.dedup_by_key(|(_, name)| *name);
        near.into_iter().map(|(_, name)| name).take(OFFERED).collect()
    }
}

fn shorter(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then(a.cmp(b))
}

fn likeness(name: Name, word: &str) -> f64 {
    let full = strsim::jaro_winkler(&name.as_str().to_lowercase(), word);
    match name {
        Name::Rule(rule) if is_trigger(rule, word) => 1.0,
        Name::Rule(rule) => {
            let stem = rule.id().split(['/', '.']).nth(1).unwrap_or_default();
            full.max(strsim::jaro_winkler(stem, word))
        }
        _ => full,
    }
}

fn is_trigger(rule: Rule<'_>, word: &str) -> bool {
    let pattern = match rule {
        Rule::Sense(sense) => &sense.pattern,
        Rule::Operator(operator) => &operator.pattern,
        Rule::Construction(_) => return false,
    };
    pattern.head.contains(Acts::builtin().symbols().get(word))
}
