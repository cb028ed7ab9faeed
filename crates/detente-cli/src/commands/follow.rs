//! `detente follow`: feeds, asked again and again for what is new.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use detente::ledger::store::{Access, Appended, Entry, Versions};
use detente::model::Diagnostic;
use detente::{Kept, flow};
use detente_ingest::follow::{Came, Follower, Pace, Standing, Standings, Visit, feeds};
use detente_ingest::{HttpFetcher, HttpOptions, Options, Reader};
use jiff::Timestamp;

use super::ingest::{Coder, Fate, stop_on_interrupt, told, versions};
use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Made};
use crate::ledger::{LedgerOption, today};
use crate::limits::LimitOptions;
use crate::paint;
use crate::records::RecordsOption;
use crate::watch::WatchOptions;

/// Follow feeds, and keep what is new in them in a ledger, until Ctrl-C
#[derive(Debug, Args)]
pub struct Follow {
    #[command(flatten)]
    ledger: LedgerOption,
    /// Lists of feeds in OPML, as readers of feeds export them, or addresses of feeds
    #[arg(value_name = "FEEDS", required = true)]
    feeds: Vec<String>,
    /// Ask every feed once and end; feeds that failed are left to rest
    #[arg(long)]
    once: bool,
    /// Minutes between two looks at a feed
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=10_080))]
    every: u64,
    /// Seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = pause)]
    pause: f64,
    /// What is remembered of the feeds; without it, the ledger's name with `.feeds` at the end
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Let feeds lie on private networks, with the pages that lie on the same server
    #[arg(long)]
    allow_private: bool,
    /// Ask so many hosts at a time
    #[arg(long, value_name = "NUMBER", default_value = "8")]
    threads: NonZeroUsize,
    #[command(flatten)]
    records: RecordsOption,
    #[command(flatten)]
    limits: LimitOptions,
    #[command(flatten)]
    watch: WatchOptions,
}

/// So long the robots.txt of a host is remembered, and that it did not answer.
const REMEMBERED: Duration = Duration::from_secs(3_600);
/// So long nobody looks whether to stop.
const NAP: Duration = Duration::from_millis(300);

impl Follow {
    /// Looks at the feeds that are due, round after round.
    pub fn run(self) -> Result<Outcome, Failure> {
        let feeds = self.feeds()?;
        let state = self.state()?;
        let standings =
            Standings::load(&state).map_err(|source| Failure::Unreadable { path: state.clone(), source })?;
        let opened = self.ledger.open(Access::Create)?;
        let (watch, stop) = (self.watch.begin()?, stop_on_interrupt());
        let reader = self.limits.reader(Options::default());
        let coder = Coder { kept: &opened.kept, pipeline: self.records.pipeline()?, watch: &watch };
        let keeper = Keeper { kept: &opened.kept, versions: versions(&self.records)?, state, standings };
        let outcome = self.follow(&feeds, &reader, &coder, keeper, &stop)?;
        opened.kept.wait(opened.kept.ledger().clone().close());
        Ok(outcome.and(watch.finish()?))
    }

    /// Round after round until there is but one to be made, or Ctrl-C is heard.
    fn follow(
        &self,
        feeds: &[String],
        reader: &Reader,
        coder: &Coder<'_>,
        mut keeper: Keeper<'_>,
        stop: &AtomicBool,
    ) -> Result<Outcome, Failure> {
        let (mut follower, mut begun) = (self.follower(reader), Instant::now());
        loop {
            let outcome = self.round(feeds, &follower, coder, &mut keeper, stop)?;
            if self.once || stop.load(Ordering::Relaxed) {
                return Ok(outcome);
            }
            sleep_until(feeds.iter().map(|feed| keeper.standings.of(feed).next).min(), stop);
            if begun.elapsed() > REMEMBERED {
                (follower, begun) = (self.follower(reader), Instant::now());
            }
        }
    }

    /// Looks at the feeds that are due.
    fn round(
        &self,
        feeds: &[String],
        follower: &Follower<'_>,
        coder: &Coder<'_>,
        keeper: &mut Keeper<'_>,
        stop: &AtomicBool,
    ) -> Result<Outcome, Failure> {
        let go_on = || !stop.load(Ordering::Relaxed);
        let stood = |feed: &String| (feed.clone(), keeper.standings.of(feed));
        let due: Vec<(String, Standing)> =
            feeds.iter().map(stood).filter(|(_, standing)| standing.is_due(now(), self.once)).collect();
        let resting = feeds.len() - due.len();
        let mut round = Round::default();
        let look = |(feed, stood): (String, Standing)| {
            let visit = follower.visit(&feed, &stood, chance(), &go_on);
            Looked::of(feed, visit, coder)
        };
        flow::in_order(
            self.threads,
            || due.into_iter().take_while(|_| go_on()),
            look,
            |looked| keeper.keep(looked, &mut round),
        )?;
        keeper.finish(&round)?;
        round.tell(resting);
        Ok(round.outcome)
    }

    fn follower<'r>(&self, reader: &'r Reader) -> Follower<'r> {
        let options = HttpOptions { allow_private: self.allow_private, ..self.limits.of_fetching() };
        Follower {
            reader,
            elsewhere: Box::new(HttpFetcher::new(HttpOptions { allow_private: false, ..options.clone() })),
            named: Box::new(HttpFetcher::new(options)),
            pace: Pace::new(Duration::from_secs_f64(self.pause)),
            every: Duration::from_secs(self.every * 60),
        }
    }

    /// The addresses of all feeds, each once.
    fn feeds(&self) -> Result<Vec<String>, Failure> {
        let mut all = Vec::new();
        for named in &self.feeds {
            match named.starts_with("http://") || named.starts_with("https://") {
                true => all.push(named.clone()),
                false => all.extend(listed(Path::new(named))?),
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|feed| seen.insert(feed.clone()));
        Ok(all)
    }

    /// Where it is remembered how the feeds stand; a ledger on a server has no place for it.
    fn state(&self) -> Result<PathBuf, Failure> {
        let ledger = self.ledger.address();
        match &self.state {
            Some(path) => Ok(path.clone()),
            None if ledger.contains("://") && !ledger.starts_with("sqlite://") => Err(Failure::NoState),
            None => Ok(format!("{}.feeds", ledger.trim_start_matches("sqlite://")).into()),
        }
    }
}

/// The feeds of a list.
fn listed(path: &Path) -> Result<Vec<String>, Failure> {
    let bytes =
        std::fs::read(path).map_err(|source| Failure::Unreadable { path: path.to_owned(), source })?;
    let found = feeds(&bytes);
    match found.is_empty() {
        true => Err(Failure::Malformed {
            path: path.to_owned(),
            reason: "lists no feed".to_owned(),
            hint: "wanted: OPML, with the address of each feed in an xmlUrl=\"https://…\"",
        }),
        false => Ok(found),
    }
}

/// A look at a feed, with what its articles became.
struct Looked {
    feed: String,
    came: Came,
    made: Vec<Made<Result<Fate, Failure>>>,
    standing: Standing,
    rest: Duration,
}

impl Looked {
    fn of(feed: String, visit: Visit, coder: &Coder<'_>) -> Self {
        let made = visit.articles.into_iter().map(|read| Made::of(read, |article| coder.code(article)));
        Self { feed, came: visit.came, made: made.collect(), standing: visit.standing, rest: visit.rest }
    }
}

/// Brings what is new into the ledger, and notes after that how the feeds stand.
struct Keeper<'l> {
    kept: &'l Kept,
    versions: Versions,
    state: PathBuf,
    standings: Standings,
}

impl Keeper<'_> {
    fn keep(&mut self, looked: Looked, round: &mut Round) -> Result<(), Failure> {
        let Looked { feed, came, made, mut standing, rest } = looked;
        let (entries, known) = entries(made, &mut round.outcome)?;
        let mut kept = Appended { unchanged: known, ..Appended::default() };
        if !entries.is_empty() {
            kept = kept.and(self.kept.wait(self.kept.ledger().append(&entries, &self.versions, today()))?);
        }
        round.add(&feed, &came, kept, &self.standings.of(&feed));
        standing.next = now().saturating_add(i64::try_from(rest.as_secs()).unwrap_or(i64::MAX));
        self.standings.note(&feed, standing);
        // What is unchanged need not be on the disk at once: it is only asked again.
        if kept.articles + kept.corrected > 0 { self.save() } else { Ok(()) }
    }

    /// Derives what is new, and notes how all feeds stand.
    fn finish(&self, round: &Round) -> Result<(), Failure> {
        if round.kept.articles + round.kept.corrected > 0 {
            self.kept.wait(self.kept.ledger().derive(|_| ()))?;
        }
        self.save()
    }

    fn save(&self) -> Result<(), Failure> {
        Ok(self.standings.save(&self.state)?)
    }
}

/// What is to be kept, and how many articles are there already.
fn entries(
    made: Vec<Made<Result<Fate, Failure>>>,
    outcome: &mut Outcome,
) -> Result<(Vec<Entry>, usize), Failure> {
    let (mut entries, mut known) = (Vec::new(), 0);
    for made in made {
        match made.told(outcome).transpose()? {
            Some(Fate::New { entry, remarks }) => {
                remark(&entry, &remarks);
                entries.push(*entry);
            }
            Some(Fate::Known) => known += 1,
            Some(Fate::SetAside) | None => {}
        }
    }
    Ok((entries, known))
}

fn remark(entry: &Entry, remarks: &[Diagnostic]) {
    inputs::remark(&entry.article.id, remarks);
}

/// What came of a round.
struct Round {
    asked: usize,
    changed: usize,
    troubled: usize,
    kept: Appended,
    outcome: Outcome,
}

impl Default for Round {
    fn default() -> Self {
        Self { asked: 0, changed: 0, troubled: 0, kept: Appended::default(), outcome: Outcome::Complete }
    }
}

impl Round {
    /// Counts a feed, and says what is new of it or what is wrong now.
    fn add(&mut self, feed: &str, came: &Came, kept: Appended, stood: &Standing) {
        self.asked += 1;
        self.kept = self.kept.and(kept);
        let feed = paint::one_line(feed);
        match came {
            Came::Unchanged => {}
            Came::Read { .. } => self.changed += 1,
            Came::Trouble(trouble) => {
                self.troubled += 1;
                self.outcome = Outcome::Partial;
                // What has been said is not said again each time.
                if stood.trouble.as_ref() != Some(trouble) {
                    eprintln!("detente: {feed}: {} [follow/feed]", paint::one_line(trouble));
                }
            }
        }
        if kept.articles + kept.corrected > 0 {
            eprintln!("detente: {feed}: {}", told(kept));
        }
    }

    fn tell(&self, resting: usize) {
        if self.asked == 0 {
            return;
        }
        let asked = counted(self.asked, "feed", "feeds");
        let Self { changed, troubled, .. } = self;
        eprintln!(
            "detente: {asked} asked, {changed} changed, {troubled} in trouble, {resting} resting; {}",
            told(self.kept)
        );
    }
}

/// Waits for a second of the epoch, or until there is to be an end.
fn sleep_until(second: Option<i64>, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) && second.is_none_or(|second| now() < second) {
        std::thread::sleep(NAP);
    }
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

/// A number in 0..1, another each time: hash keys of this program are random.
fn chance() -> f64 {
    (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64
}

fn pause(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.0..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds, 0 to 3600".to_owned()),
    }
}
