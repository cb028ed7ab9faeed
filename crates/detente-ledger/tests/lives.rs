//! Lives of contacts, `tests/lives/*.md`: what becomes of a contact over a sequence of reports. The README there tells the format.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on fails")]

mod reporting;

use std::path::{Path, PathBuf};
use std::{env, fs};

use detente::Pipeline;
use detente_ledger::derive::{as_of, contacts};
use detente_model::{Contact, Report};
use jiff::civil::Date;
use reporting::{Print, in_brief};

#[derive(Default)]
struct Life {
    at: String,
    gap: bool,
    prints: Vec<Print>,
    as_of: Option<Date>,
    expected: Vec<String>,
}

#[test]
fn contacts_live_as_their_reports_tell() {
    let pipeline = Pipeline::builtin();
    let lives: Vec<Life> = files().iter().flat_map(|file| lives(file)).collect();
    assert!(lives.len() >= 25);
    let wrong: Vec<&Life> = lives.iter().filter(|life| life.holds(&pipeline) == life.gap).collect();
    println!("{} lives, {} known gaps", lives.len(), lives.iter().filter(|life| life.gap).count());
    for life in &wrong {
        println!("{}", if life.gap { "a closed gap: take the mark away" } else { "not as written" });
        life.show(&pipeline);
    }
    assert!(wrong.is_empty(), "{} lives are not as written", wrong.len());
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lives");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| !file.ends_with("README.md"));
    files.sort();
    files
}

fn lives(file: &Path) -> Vec<Life> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let mut lives: Vec<Life> = Vec::new();
    for (number, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
        let at = format!("{name}:{}", number + 1);
        if let Some(title) = line.strip_prefix("### ") {
            lives.push(Life { at, gap: title.starts_with('~'), ..Life::default() });
        } else if let Some(life) = lives.last_mut() {
            life.take(line, &at);
        }
    }
    lives
}

impl Life {
    fn take(&mut self, line: &str, at: &str) {
        if let Some(print) = line.strip_prefix("- ") {
            self.prints.push(Print::parse(print).unwrap_or_else(|| panic!("{at}: no report")));
        } else if let Some(day) = line.strip_prefix("as of ") {
            self.as_of = Some(day.parse().unwrap_or_else(|e| panic!("{at}: {e}")));
        } else if let Some(contact) = line.strip_prefix("= ") {
            self.expected.push(contact.to_owned());
        } else {
            assert!(line.is_empty() || self.gap && line.starts_with("gap: "), "{at}: {line}");
        }
    }

    /// The reports of each text; a text's number is that of its article.
    fn reports(&self, pipeline: &Pipeline) -> Vec<Report> {
        let texts = self.prints.iter().zip(1..);
        texts.flat_map(|(print, number)| print.reports(pipeline, &format!("{number}"))).collect()
    }

    /// The contacts in the words of the file.
    fn derived(&self, reports: &[Report]) -> Vec<String> {
        let all = contacts(reports).into_iter();
        let all = all.filter_map(|contact| match self.as_of {
            Some(day) => as_of(&contact, day),
            None => Some(contact),
        });
        all.map(|contact| tell(&contact)).collect()
    }

    fn holds(&self, pipeline: &Pipeline) -> bool {
        self.derived(&self.reports(pipeline)) == self.expected
    }

    fn show(&self, pipeline: &Pipeline) {
        let reports = self.reports(pipeline);
        println!("{}", self.at);
        self.expected.iter().for_each(|line| println!("  = {line}"));
        self.derived(&reports).iter().for_each(|line| println!("  ! {line}"));
        if env::var_os("LIVES").is_some() {
            self.prints.iter().for_each(|print| println!("      {} {}", print.published, print.text));
            reports.iter().for_each(|report| println!("      {}", in_brief(report)));
        }
    }
}

/// `meeting, minister, DEU+FRA, 2024-03-08, Berlin: 1 scheduled, 2 held`
fn tell(contact: &Contact) -> String {
    let codes: Vec<String> =
        contact.parties.iter().filter_map(|party| party.code).map(|code| code.to_string()).collect();
    let mut codes = codes;
    codes.dedup();
    let days = contact.days.map_or("-".to_owned(), |days| match days.from == days.to {
        true => days.from.to_string(),
        false => format!("{}..{}", days.from, days.to),
    });
    let place = contact.place.as_ref().map_or("-", |place| place.name.split(", ").next().unwrap_or("-"));
    let mut steps: Vec<String> = contact.steps.iter().map(step).collect();
    steps.dedup();
    format!("{}, {}, {}, {days}, {place}: {}", contact.kind, contact.level, codes.join("+"), steps.join(", "))
}

fn step(step: &detente_model::ContactStep) -> String {
    match step.report.as_deref().and_then(|key| key.split_once('#')) {
        Some((article, _)) => format!("{article} {}", step.state),
        None => step.state.to_string(),
    }
}
