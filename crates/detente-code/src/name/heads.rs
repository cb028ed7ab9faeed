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
                _ => &mut heads.alone,
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

    /// "Congress": an organisation by itself.
    pub fn stands_alone(&self, lower: &str) -> bool {
        self.alone.contains(lower)
    }
}
