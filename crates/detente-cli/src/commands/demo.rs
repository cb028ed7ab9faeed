//! `detente demo`: a small ledger of reports of our own, and what can be asked of it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, Parser};
use detente::episodes::Episode;
use detente::ledger::store::{Access, Appended, Entry};
use detente::model::Article;
use detente::{Kept, Pipeline, flow};
use detente_ingest::signature;
use jiff::civil::Date;

use super::ingest::versions;
use crate::args::Cli;
use crate::failure::{Failure, Outcome};
use crate::ledger::{open, today};
use crate::output;
use crate::records::RecordsOption;

/// Make a small ledger of reports of our own, and show what can be asked of it
#[derive(Debug, Args)]
pub struct Demo {
    /// Where to make it; what is there already is kept
    #[arg(value_name = "LEDGER", default_value = "detente-demo.db")]
    ledger: PathBuf,
    /// The day that is noted as the day of keeping; without it, today
    #[arg(long, value_name = "YYYY-MM-DD")]
    kept_on: Option<Date>,
}

/// What is asked of the ledger, each with what it shows.
const TOUR: [(&str, &[&str]); 3] = [
    ("What was planned between two, and what became of it", &["agenda", "CUB", "USA", "--on", "2015-01-14"]),
    (
        "A question in words, answered with the sentences that prove it",
        &["ask", "Is there a thaw between Cuba and the United States?", "--on", "2015-01-14"],
    ),
    ("Who did what to whom", &["events", "--dyad", "TUR", "ARM", "--limit", "3"]),
];

impl Demo {
    /// Makes the ledger, runs the commands of the tour on it, says how to go on.
    pub fn run(self) -> Result<Outcome, Failure> {
        let ledger = self.ledger.to_string_lossy().into_owned();
        let episodes = Episode::all();
        let kept = self.keep(&ledger, &episodes)?;
        let mut out = output::stdout();
        introduce(&mut out, &self.ledger, &episodes, kept)?;
        drop(out);
        for (shows, words) in TOUR {
            show(shows, words, &ledger)?;
        }
        let mut out = output::stdout();
        go_on(&mut out, &ledger)?;
        Ok(Outcome::Complete)
    }

    /// Codes every report and keeps it; how many reports there are and how many events they tell.
    fn keep(&self, ledger: &str, episodes: &[Episode]) -> Result<Appended, Failure> {
        let opened = open(ledger, Access::Create)?;
        let pipeline = Pipeline::builtin();
        let articles: Vec<Article> = episodes.iter().flat_map(Episode::articles).collect();
        let code = |article: Article| {
            let (signature, events) = (signature(&article), pipeline.read(&article).events);
            Entry { article, signature, events }
        };
        let mut entries = Vec::with_capacity(articles.len());
        flow::in_order(
            flow::all_cores(),
            || articles,
            code,
            |entry| {
                entries.push(entry);
                Ok::<(), Failure>(())
            },
        )?;
        append(&opened.kept, &entries, self.kept_on.unwrap_or_else(today))
    }
}

fn append(kept: &Kept, entries: &[Entry], on: Date) -> Result<Appended, Failure> {
    let ledger = kept.ledger();
    let appended = kept.wait(ledger.append(entries, &versions(&RecordsOption::default())?, on))?;
    kept.wait(ledger.derive(|_| ()))?;
    kept.wait(ledger.clone().close());
    Ok(appended)
}

fn introduce(
    out: &mut impl Write,
    ledger: &Path,
    episodes: &[Episode],
    kept: Appended,
) -> std::io::Result<()> {
    let reports: usize = episodes.iter().map(|episode| episode.reports.len()).sum();
    writeln!(
        out,
        "{reports} short reports of {} episodes, written by us after public facts, are in {} ({} new).",
        episodes.len(),
        ledger.display(),
        kept.articles
    )?;
    for Episode { dyad, title, .. } in episodes {
        writeln!(out, "  {} {}  {title}", dyad.a, dyad.b)?;
    }
    out.flush()
}

/// Prints a command and runs it.
fn show(shows: &str, words: &[&str], ledger: &str) -> Result<(), Failure> {
    let mut out = output::stdout();
    let typed: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    writeln!(out, "\n# {shows}\n  detente {} --ledger {ledger}\n", typed.join(" "))?;
    out.flush()?;
    drop(out);
    let last = ["--ledger", ledger];
    // The words stand above; a test runs them.
    Cli::parse_from(["detente"].iter().chain(words).chain(&last)).command.run().map(|_| ())
}

fn quoted(word: &str) -> String {
    if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() }
}

/// What to type next; the desk only where this program has one.
fn go_on(out: &mut impl Write, ledger: &str) -> Result<(), Failure> {
    writeln!(out, "\n# Go on")?;
    if Cli::command().find_subcommand("serve").is_some() {
        writeln!(out, "  detente serve --ledger {ledger}       all of it in the browser")?;
    }
    writeln!(out, "  detente relation TUR RUS --ledger {ledger} --on 2016-08-09")?;
    writeln!(out, "  detente ingest --ledger {ledger} YOUR-REPORTS/")?;
    Ok(out.flush()?)
}
