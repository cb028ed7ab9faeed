//! Words that tell what a name is, from `data/name/heads.tsv`.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// What a word tells of the name it ends, begins or is.
#[derive(Debug, Default)]
pub struct Heads {
    organisation: FxHashSet<&'static str>,
    location: FxHashSet<&'static str>,
    person: FxHashSet<&'static str>,
    alone: FxHashSet<&'static str>,
    none: FxHashSet<&'static str>,
    other: FxHashSet<&'static str>,
    people: FxHashSet<&'static str>,
    speak: FxHashSet<&'static str>,
}

impl Heads {
    /// The words of the table.
    pub fn get() -> &'static Heads {
        static HEADS: OnceLock<Heads> = OnceLock::new();
        HEADS.get_or_init(|| Heads::read(include_str!("../../data/name/heads.tsv")))
    }

    fn read(table: &'static str) -> Heads {
        let mut heads = Heads::default();
        for (kind, words) in table.lines().filter_map(|line| line.split_once('\t')) {
            let set = match kind {
                "organisation" => &mut heads.organisation,
                "location" => &mut heads.location,
                "person" => &mut heads.person,
                "alone" => &mut heads.alone,
                "other" => &mut heads.other,
                "people" => &mut heads.people,
                "speak" => &mut heads.speak,
                _ => &mut heads.none,
            };
            set.extend(words.split(' '));
        }
        heads
    }

    /// "ministry": what it ends is an organisation.
    pub fn is_organisation(&self, lower: &str) -> bool {
        self.organisation.contains(lower)
    }

    /// "province": what it ends is a place.
    pub fn is_location(&self, lower: &str) -> bool {
        self.location.contains(lower)
    }

    /// "mr": what follows is a person.
    pub fn presents(&self, lower: &str) -> bool {
        self.person.contains(lower.trim_end_matches('.'))
    }

    /// "GDP": no name of the four kinds.
    pub fn is_none(&self, lower: &str) -> bool {
        self.none.contains(lower)
    }

    /// "bridge": what it ends is no name of the four kinds.
    pub fn is_other(&self, lower: &str) -> bool {
        self.other.contains(lower)
    }

    /// "Creole": a people.
    pub fn is_people(&self, lower: &str) -> bool {
        self.people.contains(lower)
    }

    /// Whether a word is common enough in names not to be a name by itself: "Council", "Minister", "National".
    pub fn is_common(&self, lower: &str) -> bool {
        self.is_organisation(lower)
            || self.is_location(lower)
            || self.presents(lower)
            || self.is_none(lower)
            || self.is_other(lower)
    }

    /// Every kind of the table that a word has.
    pub fn classes(&self, lower: &str) -> impl Iterator<Item = &'static str> {
        let lower = lower.trim_end_matches('.');
        let classes = [
            (&self.organisation, "organisation"),
            (&self.location, "location"),
            (&self.person, "person"),
            (&self.none, "none"),
            (&self.other, "other"),
            (&self.people, "people"),
        ];
        classes.into_iter().filter(move |(words, _)| words.contains(lower)).map(|(_, class)| class)
    }

    /// "say", "recall": what persons do.
    pub fn speaks(&self, lemma: &str) -> bool {
        self.speak.contains(lemma)
    }

    /// "Congress": an organisation by itself.
    pub fn stands_alone(&self, lower: &str) -> bool {
        self.alone.contains(lower)
    }
}
