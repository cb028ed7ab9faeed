//! `detente review`: what people say of codes.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, Subcommand};
use detente::ledger::exchange::Gold;
use detente::ledger::store::{Access, Review as Said, Verdict};
use detente::model::Report;

use crate::failure::{Failure, Outcome};
use crate::ledger::{LedgerOption, Opened};
use crate::output;

/// What reviewers said of the codes of a ledger
#[derive(Debug, Args)]
pub struct ReviewTask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Print the codes that reviewers called right or corrected, a JSON object a line: a gold set
    Export(Export),
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    ledger: LedgerOption,
}

/// Reviews that are read in one go.
const BATCH: usize = 500;

impl ReviewTask {
    /// Runs the task that was typed.
    pub fn run(self) -> Result<Outcome, Failure> {
        let Task::Export(export) = self.task;
        export.run()
    }
}

impl Export {
    fn run(self) -> Result<Outcome, Failure> {
        let opened = self.ledger.open(Access::Read)?;
        let mut out = output::stdout();
        let (mut written, mut rejected) = (0, 0);
        for (key, said) in last_words(&opened)? {
            let reports = opened.kept.wait(opened.kept.ledger().reports_of_keys(&[&key]))?;
            let Some(report) = reports.first() else { continue };
            match gold(report, &said) {
                Some(gold) => {
                    output::json_line(&mut out, &gold)?;
                    written += 1;
                }
                None => rejected += 1,
            }
        }
        out.flush()?;
        eprintln!("detente: {written} events called right or corrected; {rejected} rejected and left out");
        Ok(Outcome::Complete)
    }
}

/// The last word on each report; who is unsure says none.
fn last_words(opened: &Opened) -> Result<BTreeMap<String, Said>, Failure> {
    let (mut words, mut after) = (BTreeMap::new(), 0);
    loop {
        let reviews = opened.kept.wait(opened.kept.ledger().reviews_since(after, BATCH))?;
        let Some((last, _)) = reviews.last() else { return Ok(words) };
        after = *last;
        for (_, said) in reviews.into_iter().filter(|(_, said)| said.verdict != Verdict::Unsure) {
            words.insert(said.report.clone(), said);
        }
    }
}

/// The event as it should be coded; `None` for one that should not be.
fn gold<'r>(report: &'r Report, said: &Said) -> Option<Gold<'r>> {
    match (said.verdict, &said.correction) {
        (Verdict::Right, _) => Some(Gold::of(report)),
        (Verdict::Wrong, Some(correction)) => Some(Gold::corrected(report, correction)),
        _ => None,
    }
}
