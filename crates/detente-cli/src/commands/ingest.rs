//! `detente ingest`: articles into a ledger.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use clap::Args;
use detente::acts::Acts;
use detente::english::English;
use detente::ledger::store::{Access, Appended, Entry, Versions};
use detente::model::{Article, Diagnostic};
use detente::{Coded, Kept, Pipeline, flow};
use detente_ingest::signature;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;

use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Inputs, Made};
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
    /// Keeps one batch after the other until the input ends or Ctrl-C is heard, then derives clusters and contacts. While a batch is
    /// written, the next articles are read and coded.
    pub fn run(self) -> Result<Outcome, Failure> {
        let opened = self.ledger.open(Access::Create)?;
        let reader = self.inputs.reader();
        let stop = stop_on_interrupt();
        let all = OnceLock::new();
        let watch = self.watch.begin()?;
        let coder = Coder { kept: &opened.kept, pipeline: self.inputs.records.pipeline()?, watch: &watch };
        let mut keeper = Keeper {
            kept: &opened.kept,
            versions: versions(&self.inputs.records)?,
            on: self.kept_on.unwrap_or_else(today),
            told: Told::new(&all),
            batch: Vec::with_capacity(BATCH),
            sum: Appended::default(),
            outcome: Outcome::Complete,
        };
        let documents = || {
            let documents = self.inputs.documents(&reader);
            all.get_or_init(|| known_number(&documents));
            documents.take_while(|_| !stop.load(Ordering::Relaxed))
        };
        let code = |found| Made::reading(&reader, found, |article| coder.code(article));
        flow::in_order(self.inputs.threads(), documents, code, |made| keeper.take(made))?;
        let outcome = keeper.finish(stop.load(Ordering::Relaxed))?;
        Ok(outcome.and(watch.finish()?))
    }
}

/// Codes what the ledger does not hold yet.
pub(super) struct Coder<'l> {
    /// The ledger.
    pub kept: &'l Kept,
    /// What codes.
    pub pipeline: Pipeline,
    /// What looks how long it takes.
    pub watch: &'l Watch,
}

/// What became of an article.
pub(super) enum Fate {
    /// The ledger holds it.
    Known,
    /// It took too long.
    SetAside,
    /// It was coded, with what was found wanting on the way.
    New { entry: Box<Entry>, remarks: Vec<Diagnostic> },
}

impl Coder<'_> {
    /// Codes an article that is not there yet.
    pub fn code(&self, article: Article) -> Result<Fate, Failure> {
        let signature = signature(&article);
        if self.kept.wait(self.kept.ledger().holds(&article, &signature))? {
            return Ok(Fate::Known);
        }
        let coded = self.watch.code(&self.pipeline, &article);
        let new = |coded: Coded| Fate::New {
            entry: Box::new(Entry { article, signature, events: coded.events }),
            remarks: coded.diagnostics,
        };
        Ok(coded.map_or(Fate::SetAside, new))
    }
}

/// Brings batches into the ledger.
struct Keeper<'l> {
    kept: &'l Kept,
    versions: Versions,
    on: Date,
    told: Told<'l>,
    batch: Vec<Entry>,
    sum: Appended,
    outcome: Outcome,
}

impl Keeper<'_> {
    fn take(&mut self, made: Made<Result<Fate, Failure>>) -> Result<(), Failure> {
        let Some(coded) = self.told.bar.suspend(|| made.told(&mut self.outcome)) else { return Ok(()) };
        match coded? {
            Fate::New { entry, remarks } => {
                self.told.bar.suspend(|| inputs::remark(&entry.article.id, &remarks));
                self.batch.push(*entry);
            }
            Fate::Known => self.sum.unchanged += 1,
            Fate::SetAside => {}
        }
        if self.batch.len() >= BATCH { self.keep() } else { Ok(()) }
    }

    /// Keeps what is coded in one transaction.
    fn keep(&mut self) -> Result<(), Failure> {
        let kept = self.kept.wait(self.kept.ledger().append(&self.batch, &self.versions, self.on))?;
        self.batch.clear();
        self.sum = self.sum.and(kept);
        self.told.kept(self.sum);
        Ok(())
    }

    /// Derives what is new, and says what was done.
    fn finish(mut self, stopped: bool) -> Result<Outcome, Failure> {
        self.keep()?;
        let ledger = self.kept.ledger();
        let bar = &self.told.bar;
        self.kept.wait(ledger.derive(|blocks| bar.set_message(format!("{} compared", groups(blocks)))))?;
        self.kept.wait(ledger.clone().close());
        bar.finish_and_clear();
        eprintln!("detente: {} kept in {}", told(self.sum), ledger.at());
        if stopped {
            eprintln!("detente: stopped; the same command goes on from here");
            return Ok(Outcome::Partial);
        }
        Ok(self.outcome)
    }
}

/// What was added, in words.
pub(super) fn told(kept: Appended) -> String {
    let Appended { articles, corrected, unchanged, reports } = kept;
    let events = counted(reports, "event", "events");
    format!(
        "{}, {corrected} corrected, {unchanged} there already; {events}",
        counted(articles, "new article", "new articles")
    )
}

fn groups(number: usize) -> String {
    counted(number, "group of reports", "groups of reports")
}

/// How many documents will come, where that is known before they are taken out.
fn known_number(documents: &impl Iterator) -> Option<usize> {
    let (least, most) = documents.size_hint();
    most.filter(|most| *most == least)
}

/// What is said while it runs.
struct Told<'a> {
    bar: ProgressBar,
    begun: Instant,
    /// How many articles there are, where that is known, once the input was opened.
    all: &'a OnceLock<Option<usize>>,
}

impl<'a> Told<'a> {
    fn new(all: &'a OnceLock<Option<usize>>) -> Self {
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
        let left = self
            .all
            .get()
            .copied()
            .flatten()
            .map(|all| Duration::from_secs_f64(all.saturating_sub(done) as f64 / rate.max(0.001)));
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
pub(super) fn stop_on_interrupt() -> Arc<AtomicBool> {
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
