//! Names that people bear, from `data/name/given.txt` and `data/name/family.txt`.

use std::sync::OnceLock;

use detente_gazetteer::fold;
use rustc_hash::FxHashSet;

/// Given names and family names of many countries.
#[derive(Debug, Default)]
pub struct Borne {
    given: FxHashSet<String>,
    family: FxHashSet<String>,
}

impl Borne {
    /// The names of the lists.
    pub fn get() -> &'static Borne {
        static BORNE: OnceLock<Borne> = OnceLock::new();
        BORNE.get_or_init(|| Borne {
            given: read(include_str!("../../data/name/given.txt")),
            family: read(include_str!("../../data/name/family.txt")),
        })
    }

    /// What a word is as a part of a person's name.
    pub fn class(&self, word: &str) -> Option<&'static str> {
        let folded = fold(word);
        match (self.given.contains(&folded), self.family.contains(&folded)) {
            (true, true) => Some("both"),
            (true, false) => Some("given"),
            (false, true) => Some("family"),
            (false, false) => None,
        }
    }
}

fn read(list: &str) -> FxHashSet<String> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(fold).collect()
}
