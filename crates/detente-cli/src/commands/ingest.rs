//! `detente ingest`: articles into a ledger.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use detente::acts::Acts;
use detente::english::English;
use detente::ledger::store::{Access, Appended, Entry, Versions};
use detente::model::{Article, Signature};
use detente::{Coded, Kept, Pipeline};
use detente_ingest::{InputError, signature};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Inputs};
use crate::ledger::{LedgerOption, today};
use crate::records::RecordsOption;
use crate::watch::{Watch, WatchOptions};

/// Read articles, code them and keep them in a ledger; the same article twice is one
#[derive(Debug, Args)]
pub struct Ingest {
    #[command(flatten)]
    ledger: LedgerOption,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    watch: WatchOptions,
    /// The day that is noted as the day of keeping; without it, today
    #[arg(long, value_name = "YYYY-MM-DD")]
    kept_on: Option<Date>,
}

/// Articles that are kept or not together.
const BATCH: usize = 128;

impl Ingest {
    /// Keeps one batch after the other until the input ends or Ctrl-C is heard, then derives clusters and contacts.
    pub fn run(self) -> Result<Outcome, Failure> {
        let opened = self.ledger.open(Access::Create)?;
        let reader = self.inputs.reader();
        let stop = stop_on_interrupt();
        let mut articles = self.inputs.articles(&reader);
        let watch = self.watch.begin()?;
        let mut keeper = Keeper {
            watch: &watch,
            kept: &opened.kept,
            pipeline: self.inputs.records.pipeline()?,
            versions: versions(&self.inputs.records)?,
            on: self.kept_on.unwrap_or_else(today),
            told: Told::new(known_number(&articles)),
            sum: Appended::default(),
        };
        let mut outcome = Outcome::Complete;
        while !stop.load(Ordering::Relaxed) {
            let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            outcome = outcome.and(keeper.keep(batch)?);
        }
        let stopped = stop.load(Ordering::Relaxed);
        keeper.finish(stopped)?;
        let outcome = outcome.and(watch.finish()?);
        Ok(if stopped { Outcome::Partial } else { outcome })
    }
}

/// Brings batches into the ledger.
struct Keeper<'l> {
    watch: &'l Watch,
    kept: &'l Kept,
    pipeline: Pipeline,
    versions: Versions,
    on: Date,
    told: Told,
    sum: Appended,
}

impl Keeper<'_> {
    /// Codes what the ledger does not hold yet, and keeps it in one transaction.
    fn keep(&mut self, batch: Vec<Result<Article, InputError>>) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::Complete;
        let mut new: Vec<(Article, Signature)> = Vec::with_capacity(batch.len());
        for read in batch {
            match read {
                Ok(article) => self.add_new(article, &mut new)?,
                Err(error) => outcome = outcome.and(self.told.bar.suspend(|| inputs::report(&error))),
            }
        }
        let (pipeline, watch, told) = (self.pipeline, self.watch, &self.told);
        let code = |(article, signature): (Article, Signature)| {
            let Coded { events, diagnostics } = watch.code(&pipeline, &article)?;
            told.bar.suspend(|| inputs::remark(&article.id, &diagnostics));
            Some(Entry { article, signature, events })
        };
        let entries: Vec<Entry> = new.into_par_iter().with_max_len(1).filter_map(code).collect();
        let kept = self.kept.wait(self.kept.ledger().append(&entries, &self.versions, self.on))?;
        self.sum = self.sum.and(kept);
        self.told.kept(self.sum);
        Ok(outcome)
    }

    /// Sets an article aside for coding, unless the ledger holds it.
    fn add_new(&mut self, article: Article, new: &mut Vec<(Article, Signature)>) -> Result<(), Failure> {
        let signature = signature(&article);
        match self.kept.wait(self.kept.ledger().holds(&article, &signature))? {
            true => self.sum.unchanged += 1,
            false => new.push((article, signature)),
        }
        Ok(())
    }

    /// Derives what is new, and says what was done.
    fn finish(self, stopped: bool) -> Result<(), Failure> {
        let ledger = self.kept.ledger();
        let bar = &self.told.bar;
        self.kept.wait(ledger.derive(|blocks| bar.set_message(format!("{} compared", groups(blocks)))))?;
        self.kept.wait(ledger.clone().close());
        bar.finish_and_clear();
        let Appended { articles, corrected, unchanged, reports } = self.sum;
        eprintln!(
            "detente: {}, {corrected} corrected, {unchanged} there already; {} kept in {}",
            counted(articles, "new article", "new articles"),
            counted(reports, "event", "events"),
            ledger.at()
        );
        if stopped {
            eprintln!("detente: stopped; the same command goes on from here");
        }
        Ok(())
    }
}

fn groups(number: usize) -> String {
    counted(number, "group of reports", "groups of reports")
}

/// How many articles will come, where that is known before they are read.
fn known_number(articles: &impl Iterator) -> Option<usize> {
    let (least, most) = articles.size_hint();
    most.filter(|most| *most == least)
}

/// What is said while it runs.
struct Told {
    bar: ProgressBar,
    begun: Instant,
    /// How many articles there are, where that is known.
    all: Option<usize>,
}

impl Told {
    fn new(all: Option<usize>) -> Self {
        let target = match std::io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
        let bar = ProgressBar::with_draw_target(None, target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, begun: Instant::now(), all }
    }

    fn kept(&self, sum: Appended) {
        let done = sum.articles + sum.corrected + sum.unchanged;
        let rate = done as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        let left =
            self.all.map(|all| Duration::from_secs_f64(all.saturating_sub(done) as f64 / rate.max(0.001)));
        let left = left.map_or_else(String::new, |left| format!(", {} left", HumanDuration(left)));
        let (articles, events) =
            (counted(done, "article", "articles"), counted(sum.reports, "event", "events"));
        self.bar.set_message(format!("{articles}, {rate:.0} a second, {events}{left}"));
    }
}

/// What codes: the program and its data, each by a number that changes with it.
pub(super) fn versions(records: &RecordsOption) -> Result<Versions, Failure> {
    let data = |fingerprint: u64| format!("{fingerprint:016x}");
    Ok(Versions {
        coder: concat!("detente ", env!("CARGO_PKG_VERSION")).to_owned(),
        rules: data(Acts::fingerprint()),
        lexicon: data(records.version()?),
        model: data(English::fingerprint()),
    })
}

/// A flag that the first Ctrl-C raises; the batch that is under way is finished. A second one ends the program at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    let handler = move || {
        if heard.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // Without a handler Ctrl-C ends the program as ever; what was committed stays.
    let _ = ctrlc::set_handler(handler);
    stop
}
