//! Names of parties, made once: the lexicon finds an organisation's by reading through all of them.

use std::collections::BTreeMap;

use detente::Parties;
use detente::lexicon::{Kind, Lexicon};
use detente::model::ActorCode;

/// The names of states and organisations by their codes.
#[derive(Debug)]
pub struct Names(BTreeMap<ActorCode, &'static str>);

impl Names {
    /// The names that come with detente.
    pub fn builtin() -> Self {
        let lexicon = Lexicon::builtin();
        let mut names = BTreeMap::new();
        for kind in [Kind::State, Kind::Organisation] {
            for subject in lexicon.subjects().filter(|subject| subject.kind() == kind) {
                let stands = subject.roles().iter().filter(|role| role.sector.is_none());
                for code in stands.filter_map(|role| role.code) {
                    if kind != Kind::State || lexicon.state(code).is_some_and(|s| s.id() == subject.id()) {
                        names.entry(code).or_insert(subject.name());
                    }
                }
            }
        }
        Self(names)
    }

    /// The name of a party; the code where none is recorded.
    pub fn of(&self, code: ActorCode) -> String {
        self.0.get(&code).map_or_else(|| code.to_string(), |name| (*name).to_owned())
    }

    /// The party that a reader names, by code or in words.
    pub fn find(&self, words: &str) -> Option<ActorCode> {
        let code = words.trim().parse().ok().filter(|code| self.0.contains_key(code));
        code.or_else(|| Parties::new(Lexicon::builtin(), None).find(words.trim()))
    }
}
