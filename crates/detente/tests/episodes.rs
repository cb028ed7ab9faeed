//! Pairs whose history is not in dispute: from the text of reports to the verdict (`codebook/episodes/`).
//!
//! Each episode must get its verdict on its day. With the same reports on shuffled days none may get it more often than not, and all
//! together less than one time in three: a method that hears only the words and not their order would pass the first test and fail
//! the second.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use detente::assess::{Direction, Options, Verdict};
use detente::model::{Article, Dyad, Event, Signature};
use detente::{Dossier, Pipeline, relation};
use jiff::civil::Date;

struct Episode {
    name: String,
    dyad: Dyad,
    expected: Vec<Expected>,
    reports: Vec<(Date, String, String)>,
}

struct Expected {
    on: Date,
    direction: Direction,
    flags: Vec<String>,
}

const SHUFFLES: u64 = 10;

#[test]
fn every_episode_gets_its_verdict() {
    let episodes = episodes();
    assert!(episodes.len() >= 12, "only {} episodes", episodes.len());
    let wrong: Vec<String> = episodes.iter().flat_map(wrong_verdicts).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn shuffled_days_do_not_get_it() {
    let episodes: Vec<Episode> = episodes();
    let turns = |episode: &&Episode| episode.expected.iter().any(|e| e.direction != Direction::Steady);
    let turning: Vec<&Episode> = episodes.iter().filter(turns).collect();
    let right = |episode: &&Episode| {
        (1..=SHUFFLES).filter(|seed| wrong_verdicts(&episode.shuffled(*seed)).is_empty()).count()
    };
    let counts: Vec<(&str, usize)> = turning.iter().map(|e| (e.name.as_str(), right(e))).collect();
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let shuffles = SHUFFLES as usize;
    let often = counts.iter().any(|(_, count)| count * 2 > shuffles);
    assert!(!often && all * 3 < turning.len() * shuffles, "chance is right too often: {counts:?}");
}

fn wrong_verdicts(episode: &Episode) -> Vec<String> {
    let dossier = episode.dossier();
    let wrong = |expected: &&Expected| !expected.is_met(&verdict(&dossier, episode.dyad, expected.on));
    let told = |expected: &Expected| {
        let got = verdict(&dossier, episode.dyad, expected.on);
        format!(
            "{} on {}: wanted {} {:?}, got {:?} {:?} {:?}",
            episode.name,
            expected.on,
            expected.direction,
            expected.flags,
            got.direction,
            got.opening.why,
            got.risk.why
        )
    };
    episode.expected.iter().filter(wrong).map(told).collect()
}

fn verdict(dossier: &Dossier, dyad: Dyad, on: Date) -> Verdict {
    let answered = relation(dossier, dyad, on, Options::default(), &|code| code.to_string()).unwrap();
    answered.verdict.unwrap().0
}

impl Expected {
    fn parse(line: &str) -> Self {
        let mut words = line.split_whitespace();
        let on = words.next().unwrap().parse().unwrap();
        let direction = words.next().unwrap().parse().unwrap();
        Self { on, direction, flags: words.map(str::to_owned).collect() }
    }

    fn is_met(&self, verdict: &Verdict) -> bool {
        let raised = |flag: &String| match flag.as_str() {
            "opening" => verdict.opening.raised,
            "risk" => verdict.risk.raised,
            other => panic!("{other} is no flag"),
        };
        verdict.direction == Some(self.direction) && self.flags.iter().all(raised)
    }
}

impl Episode {
    fn parse(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let mut head = text.lines().next().unwrap().split_whitespace().skip(1);
        let mut code = || head.next().unwrap().parse().unwrap();
        let dyad = Dyad::new(code(), code()).unwrap();
        let expected = text.lines().filter_map(|line| line.strip_prefix("Expect: ")).map(Expected::parse);
        let report = |part: &str| {
            let (head, body) = part.split_once('\n').unwrap();
            let (day, title) = head.split_once(' ').unwrap();
            (day.parse().unwrap(), title.to_owned(), body.trim().to_owned())
        };
        Self {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            dyad,
            expected: expected.collect(),
            reports: text.split("\n## ").skip(1).map(report).collect(),
        }
    }

    fn dossier(&self) -> Dossier {
        let pipeline = Pipeline::builtin();
        let read = |(i, (day, title, body)): (usize, &(Date, String, String))| {
            let article = Article::of_text(format!("{}-{i}", self.name), title, body).published_on(*day);
            let events: Vec<Event> = pipeline.read(&article).events;
            let signature: Signature = detente_ingest::signature(&article);
            (article, signature, events)
        };
        Dossier::of(self.reports.iter().enumerate().map(read))
    }

    /// The same reports, each on the day of another.
    fn shuffled(&self, seed: u64) -> Self {
        let mut days: Vec<Date> = self.reports.iter().map(|(day, ..)| *day).collect();
        let mut state = seed;
        for i in (1..days.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            days.swap(i, (state >> 33) as usize % (i + 1));
        }
        let moved =
            self.reports.iter().zip(days).map(|((_, title, body), day)| (day, title.clone(), body.clone()));
        let expected = self.expected.iter().map(|e| Expected { flags: e.flags.clone(), ..*e });
        Self {
            name: self.name.clone(),
            dyad: self.dyad,
            expected: expected.collect(),
            reports: moved.collect(),
        }
    }
}

fn episodes() -> Vec<Episode> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/episodes");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md") && !path.ends_with("README.md"))
        .collect();
    files.sort();
    files.iter().map(|path| Episode::parse(path)).collect()
}
