//! Pairs of reports labelled by hand, `tests/pairs/*.md`: does clustering join what tells of one act, and nothing else?
//!
//! `PAIRS=1 cargo test -p detente-ledger --test pairs -- --nocapture` prints the figures and what was coded in each odd pair that
//! is decided wrongly.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

mod reporting;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

use detente::Pipeline;
use detente_ledger::derive::clusters;
use detente_model::{Part, Report};
use reporting::{Print, in_brief};

/// What the figures were when they were last looked at, less a little: raise it when they rise.
const FLOOR: Floor = Floor { precision: 0.97, recall: 0.82 };

struct Floor {
    precision: f64,
    recall: f64,
}

struct Pair {
    at: String,
    /// Its number in its file, from 1.
    number: usize,
    same: bool,
    why: String,
    prints: [Print; 2],
}

#[test]
fn reports_of_one_act_are_joined_and_others_are_not() {
    let pipeline = Pipeline::builtin();
    let pairs: Vec<Pair> = files().iter().flat_map(|file| pairs(file)).collect();
    assert!(pairs.len() >= 150);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut all = Score::default();
    for pair in &pairs {
        let (joined, coded) = pair.judge(&pipeline);
        let half = if pair.number.is_multiple_of(2) { "even: only counted" } else { "odd: looked at" };
        let file = pair.at.split(':').next().unwrap_or_default();
        for name in [half, file] {
            scores.entry(name.to_owned()).or_default().count(pair.same, joined);
        }
        all.count(pair.same, joined);
        if joined != pair.same && !pair.number.is_multiple_of(2) && env::var_os("PAIRS").is_some() {
            pair.show(&coded);
        }
    }
    for (name, score) in &scores {
        println!("{name:<20} {score}");
    }
    println!("{:<20} {all}", "all");
    assert!(all.precision() >= FLOOR.precision && all.recall() >= FLOOR.recall, "{all}");
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| !file.ends_with("README.md"));
    files.sort();
    files
}

fn pairs(file: &Path) -> Vec<Pair> {
    let text = fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let numbered: Vec<(usize, &str)> = text.lines().enumerate().collect();
    let heads = numbered.iter().filter(|(_, line)| line.starts_with("### "));
    heads
        .zip(1..)
        .map(|(&(line, head), number)| {
            let at = format!("{name}:{}", line + 1);
            let (label, why) = head[4..].split_once(": ").unwrap_or_else(|| panic!("{at}: no label"));
            let print = |line: usize| {
                let text = numbered.get(line).and_then(|(_, line)| line.strip_prefix("- "));
                text.and_then(Print::parse).unwrap_or_else(|| panic!("{name}:{}: no report", line + 1))
            };
            let same = match label {
                "same" => true,
                "other" => false,
                _ => panic!("{at}: {label} is no label"),
            };
            Pair { at, number, same, why: why.to_owned(), prints: [print(line + 1), print(line + 2)] }
        })
        .collect()
}

impl Pair {
    /// Whether the two texts share a cluster, and what was coded in them.
    fn judge(&self, pipeline: &Pipeline) -> (bool, [Vec<Report>; 2]) {
        if self.is_headline() {
            return self.judge_headline(pipeline);
        }
        let coded = [self.prints[0].reports(pipeline, "a"), self.prints[1].reports(pipeline, "b")];
        let clusters = clusters(&coded.concat());
        let has = |keys: &[String], article: &str| keys.iter().any(|key| key.starts_with(article));
        (clusters.iter().any(|c| has(&c.reports, "a#") && has(&c.reports, "b#")), coded)
    }

    /// Whether the first line is the headline of the second.
    fn is_headline(&self) -> bool {
        self.prints[0].outlet == "headline"
    }

    /// Whether something told in the headline and something told in the text share a cluster.
    fn judge_headline(&self, pipeline: &Pipeline) -> (bool, [Vec<Report>; 2]) {
        let [headline, text] = &self.prints;
        let reports = text.reports_below(&headline.text, pipeline, "a");
        let clusters = clusters(&reports);
        let in_title = |report: &Report| report.event.evidence.part == Part::Title;
        let (title, body): (Vec<_>, Vec<_>) = reports.into_iter().partition(in_title);
        let has =
            |keys: &[String], reports: &[Report]| reports.iter().any(|r| keys.iter().any(|k| k == r.key()));
        (clusters.iter().any(|c| has(&c.reports, &title) && has(&c.reports, &body)), [title, body])
    }

    fn show(&self, coded: &[Vec<Report>; 2]) {
        let label = if self.same { "same" } else { "other" };
        println!("\n{} {label}: {}", self.at, self.why);
        for (print, reports) in self.prints.iter().zip(coded) {
            println!("  {} {}", print.published, print.text);
            for report in reports {
                println!("      {}", in_brief(report));
            }
        }
    }
}

#[derive(Default)]
struct Score {
    rightly: usize,
    wrongly: usize,
    missed: usize,
    apart: usize,
}

impl Score {
    fn count(&mut self, same: bool, joined: bool) {
        *match (same, joined) {
            (true, true) => &mut self.rightly,
            (false, true) => &mut self.wrongly,
            (true, false) => &mut self.missed,
            (false, false) => &mut self.apart,
        } += 1;
    }

    fn precision(&self) -> f64 {
        share(self.rightly, self.wrongly)
    }

    fn recall(&self) -> f64 {
        share(self.rightly, self.missed)
    }
}

fn share(right: usize, wrong: usize) -> f64 {
    if right == 0 { 0.0 } else { right as f64 / (right + wrong) as f64 }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rightly, wrongly, missed, apart } = self;
        let (precision, recall) = (self.precision(), self.recall());
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        write!(
            f,
            "precision {precision:.3} recall {recall:.3} F1 {f1:.3} (joined {rightly} rightly, {wrongly} wrongly; missed {missed}; apart {apart})"
        )
    }
}
