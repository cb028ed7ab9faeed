//! The episodes, `codebook/episodes/*.md`: pairs whose history is not in dispute, told in short reports of our own writing.
//!
//! The files are part of the library, so that there is something to try everything on. Their format is that of
//! `codebook/episodes/README.md`; the test suite runs the whole way from their text to their verdicts.

use detente_assess::Direction;
use detente_model::{Article, Dyad};
use jiff::civil::Date;

/// A pair through a turn of its relations.
#[derive(Debug, Clone)]
pub struct Episode {
    /// The name of its file.
    pub name: &'static str,
    /// What it tells, in a line.
    pub title: &'static str,
    /// The two.
    pub dyad: Dyad,
    /// The verdicts that it has to get.
    pub expected: Vec<Expected>,
    /// Its reports, the first one first.
    pub reports: Vec<Told>,
}

/// A verdict that an episode has to get.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The day asked about.
    pub on: Date,
    /// Where the pair is going.
    pub direction: Direction,
    /// The flags that must be up: `opening`, `risk`.
    pub flags: Vec<&'static str>,
}

/// A report of an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Its day.
    pub on: Date,
    /// Its headline.
    pub title: &'static str,
    /// Its paragraphs.
    pub text: &'static str,
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../codebook/episodes/", $name, ".md")))),*]
    };
}

const FILES: [(&str, &str); 15] = files![
    "armenia-azerbaijan",
    "armenia-turkey",
    "australia-china",
    "colombia-venezuela",
    "cuba",
    "ethiopia-eritrea",
    "france-germany",
    "greece-macedonia",
    "india-pakistan",
    "iran-saudi",
    "israel-emirates",
    "japan-korea",
    "koreas",
    "russia-turkey",
    "saudi-qatar",
];

impl Episode {
    /// All of them, in the order of their names.
    pub fn all() -> Vec<Self> {
        FILES.iter().filter_map(|(name, text)| Self::parse(name, text)).collect()
    }

    /// Its reports as articles, each with a name of its own.
    pub fn articles(&self) -> impl Iterator<Item = Article> {
        self.reports.iter().enumerate().map(|(i, told)| {
            Article::of_text(format!("{}-{i}", self.name), told.title, told.text).published_on(told.on)
        })
    }

    fn parse(name: &'static str, text: &'static str) -> Option<Self> {
        let (a, rest) = text.strip_prefix("# ")?.split_once(' ')?;
        let (b, rest) = rest.split_once(' ')?;
        Some(Self {
            name,
            title: rest.lines().next()?,
            dyad: Dyad::new(a.parse().ok()?, b.parse().ok()?)?,
            expected: rest.lines().filter_map(Expected::parse).collect(),
            reports: rest.split("\n## ").skip(1).filter_map(Told::parse).collect(),
        })
    }
}

impl Expected {
    fn parse(line: &'static str) -> Option<Self> {
        let mut words = line.strip_prefix("Expect: ")?.split_whitespace();
        let on = words.next()?.parse().ok()?;
        let direction = words.next()?.parse().ok()?;
        Some(Self { on, direction, flags: words.collect() })
    }
}

impl Told {
    fn parse(part: &'static str) -> Option<Self> {
        let (head, text) = part.split_once('\n')?;
        let (day, title) = head.split_once(' ')?;
        Some(Self { on: day.parse().ok()?, title, text: text.trim() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_file_is_understood() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codebook/episodes");
        let files = std::fs::read_dir(folder).unwrap().count() - 1;
        let all = Episode::all();
        assert_eq!((all.len(), FILES.len()), (files, files), "a file is malformed or not listed");
        for (episode, (_, text)) in all.iter().zip(FILES) {
            let lines = |start| text.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!(episode.reports.len(), lines("## "), "{}", episode.name);
            assert_eq!(episode.expected.len(), lines("Expect: "), "{}", episode.name);
        }
    }
}
