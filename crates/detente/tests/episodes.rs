//! Pairs whose history is not in dispute: from the text of reports to the verdict (`codebook/episodes/`).
//!
//! Each episode must get its verdict on its day. With the same reports on shuffled days none may get it more often than not, and all
//! together less than one time in three: a method that hears only the words and not their order would pass the first test and fail
//! the second.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use detente::assess::{Direction, Options, Verdict};
use detente::episodes::{Episode, Expected};
use detente::model::{Article, Dyad, Event, Signature};
use detente::{Dossier, Pipeline, relation};
use jiff::civil::Date;

const SHUFFLES: u64 = 10;

#[test]
fn every_episode_gets_its_verdict() {
    let episodes = Episode::all();
    assert!(episodes.len() >= 12, "only {} episodes", episodes.len());
    let wrong: Vec<String> = episodes.iter().flat_map(wrong_verdicts).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn shuffled_days_do_not_get_it() {
    let episodes = Episode::all();
    let turns = |episode: &&Episode| episode.expected.iter().any(|e| e.direction != Direction::Steady);
    let turning: Vec<&Episode> = episodes.iter().filter(turns).collect();
    let right = |episode: &&Episode| {
        (1..=SHUFFLES).filter(|seed| wrong_verdicts(&shuffled(episode, *seed)).is_empty()).count()
    };
    let counts: Vec<(&str, usize)> = turning.iter().map(|e| (e.name, right(e))).collect();
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let shuffles = SHUFFLES as usize;
    let often = counts.iter().any(|(_, count)| count * 2 > shuffles);
    assert!(!often && all * 3 < turning.len() * shuffles, "chance is right too often: {counts:?}");
}

fn wrong_verdicts(episode: &Episode) -> Vec<String> {
    let dossier = dossier(episode);
    let wrong = |expected: &&Expected| !is_met(expected, &verdict(&dossier, episode.dyad, expected.on));
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

/// Whether a verdict is the one that an episode has to get.
fn is_met(expected: &Expected, verdict: &Verdict) -> bool {
    let raised = |flag: &&str| match *flag {
        "opening" => verdict.opening.raised,
        "risk" => verdict.risk.raised,
        other => panic!("{other} is no flag"),
    };
    verdict.direction == Some(expected.direction) && expected.flags.iter().all(raised)
}

fn dossier(episode: &Episode) -> Dossier {
    let pipeline = Pipeline::builtin();
    let read = |article: Article| {
        let events: Vec<Event> = pipeline.read(&article).events;
        let signature: Signature = detente_ingest::signature(&article);
        (article, signature, events)
    };
    Dossier::of(episode.articles().map(read))
}

/// The same reports, each on the day of another.
fn shuffled(episode: &Episode, seed: u64) -> Episode {
    let mut shuffled = episode.clone();
    let mut state = seed;
    for i in (1..shuffled.reports.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let j = (state >> 33) as usize % (i + 1);
        let (a, b) = (shuffled.reports[i].on, shuffled.reports[j].on);
        (shuffled.reports[i].on, shuffled.reports[j].on) = (b, a);
    }
    shuffled
}
