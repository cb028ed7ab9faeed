//! What the names that pages give to their elements mean; the names stand in `lexicon/markup.txt`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use detente_model::Furniture;
use trafilatura::dom::{Document, NodeId};

use crate::tables::columns;

static ROWS: LazyLock<Vec<[&str; 3]>> =
    LazyLock::new(|| columns::<3>(include_str!("../../lexicon/markup.txt")).collect());

/// What an element or an address may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Author,
    Published,
    Modified,
    Dated,
    Title,
    Site,
    Address,
    Language,
    Section,
}

impl Sense {
    const ALL: [Self; 9] = [
        Self::Author,
        Self::Published,
        Self::Modified,
        Self::Dated,
        Self::Title,
        Self::Site,
        Self::Address,
        Self::Language,
        Self::Section,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Dated => "dated",
            Self::Title => "title",
            Self::Site => "site",
            Self::Address => "address",
            Self::Language => "language",
            Self::Section => "section",
        }
    }
}

/// Pieces of names, each with what it means; found in any case.
struct Marks<S> {
    pieces: AhoCorasick,
    senses: Vec<S>,
}

impl<S: Copy> Marks<S> {
    /// The marks of a column `place` of the file whose sense `read` knows.
    fn of(place: &str, read: impl Fn(&str) -> Option<S>) -> Self {
        let rows = ROWS.iter().filter(|[_, at, _]| *at == place);
        let (pieces, senses): (Vec<&str>, Vec<S>) =
            rows.filter_map(|[sense, _, name]| Some((*name, read(sense)?))).unzip();
        let pieces = AhoCorasick::builder().ascii_case_insensitive(true).build(pieces);
        Self { pieces: pieces.expect("a few short names"), senses }
    }

    fn found<'n>(&'n self, names: &'n str) -> impl Iterator<Item = usize> + 'n {
        self.pieces.find_overlapping_iter(names).map(|found| found.pattern().as_usize())
    }
}

static CLASSES: LazyLock<Marks<Sense>> =
    LazyLock::new(|| Marks::of("class", |name| Sense::ALL.into_iter().find(|sense| sense.name() == name)));
static REGIONS: LazyLock<Marks<Furniture>> = LazyLock::new(|| Marks::of("region", |name| name.parse().ok()));
static FOLDERS: LazyLock<Vec<&str>> = LazyLock::new(|| named("folder", Sense::Author));

fn named(place: &str, sense: Sense) -> Vec<&'static str> {
    let rows = ROWS.iter().filter(|[have, at, _]| *at == place && *have == sense.name());
    rows.map(|[_, _, name]| *name).collect()
}

/// The meta elements that state it, the surest first.
pub(super) fn metas(sense: Sense) -> &'static [&'static str] {
    static METAS: LazyLock<[Vec<&str>; Sense::ALL.len()]> =
        LazyLock::new(|| Sense::ALL.map(|sense| named("meta", sense)));
    &METAS[sense as usize]
}

/// The class and the id of an element; empty where it has neither.
pub(super) fn names(document: &Document, node: NodeId) -> String {
    let (mut names, id) = (document.class_name(node), document.id_attr(node));
    if !id.is_empty() {
        names.push(' ');
        names.push_str(&id);
    }
    names
}

/// What class and id say that an element holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Senses([bool; Sense::ALL.len()]);

impl Senses {
    pub(super) fn of(names: &str) -> Self {
        let mut senses = Self::default();
        for found in CLASSES.found(names) {
            senses.0[CLASSES.senses[found] as usize] = true;
        }
        senses
    }

    pub(super) const fn has(self, sense: Sense) -> bool {
        self.0[sense as usize]
    }
}

/// The kind of furniture that class and id name, by the first row that fits.
pub(super) fn region(names: &str) -> Option<Furniture> {
    REGIONS.found(names).min().map(|found| REGIONS.senses[found])
}

/// Whether an address is that of a page like `/author/ann-lee`.
pub(super) fn leads_to_writer(target: &str) -> bool {
    let mut pieces = target.split('/').rev().skip_while(|piece| piece.is_empty()).skip(1);
    pieces.next().is_some_and(|folder| FOLDERS.contains(&folder))
}

/// Whether an address is that of the front page of its site.
pub(super) fn leads_home(target: &str) -> bool {
    let path = target
        .split_once("://")
        .map_or(target, |(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
    !target.is_empty() && matches!(path, "/" | "" | "." | "./" | "index.html" | "/index.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_by_the_first_row() {
        assert_eq!(region("Article-Comments share"), Some(Furniture::Comments));
        assert_eq!(region("story"), None);
        let senses = Senses::of("post-META byLine");
        assert!(senses.has(Sense::Author) && !senses.has(Sense::Dated));
    }

    #[test]
    fn addresses_lead_to_writers_and_home() {
        assert!(leads_to_writer("https://h.example/authors/ann-lee/") && leads_to_writer("/by/bo"));
        assert!(!leads_to_writer("/world/ships") && !leads_to_writer(""));
        assert!(leads_home("https://h.example/") && leads_home("https://h.example") && leads_home("/"));
        assert!(!leads_home("") && !leads_home("/world"));
    }
}
