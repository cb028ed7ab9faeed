//! Following feeds: asking politely whether they changed, and reading the articles that are new in them.
//!
//! [`feeds`] reads a list of feeds, a [`Follower`] asks one, [`Standings`] remembers how each stands. A host is never asked faster than the
//! pace allows, whoever asks; robots.txt, redirects and addresses are the fetcher's care. An entry may name any page in the world, so that
//! pages on other servers than the feed's own are got by a fetcher that reaches no private address, whatever the user allowed for the feed.
//!
//! What is new is told by the feed's entries as they were the last time. It promises that nothing is lost where its caller keeps the articles of
//! a [`Visit`] before the [`Standing`] that comes with them; what is then read twice, whoever keeps articles knows again. It reads no
//! clock but to pause, and codes nothing.

mod opml;
mod pace;
mod standing;

use std::time::Duration;

use detente_model::Article;
use url::Url;

pub use self::opml::feeds;
pub use self::pace::Pace;
pub use self::standing::{Standing, Standings};
use crate::fetch::{Fetch, Fetched, Poll, Polled, Validators};
use crate::{Entry, InputError, Problem, Reader};

/// Asks feeds.
pub struct Follower<'r> {
    /// Reads pages and entries.
    pub reader: &'r Reader,
    /// Reaches the feeds, and pages on the same servers.
    pub named: Box<dyn Poll>,
    /// Reaches pages elsewhere.
    pub elsewhere: Box<dyn Fetch>,
    /// How often one host is asked.
    pub pace: Pace,
    /// The time from one look at a feed to the next.
    pub every: Duration,
}

/// What came of a look at a feed.
#[derive(Debug)]
pub struct Visit {
    /// What came, in short.
    pub came: Came,
    /// The articles that are new, with what could not be read among them.
    pub articles: Vec<Result<Article, InputError>>,
    /// How the feed stands once these are kept; when it is asked next is still to be added to the time it then is.
    pub standing: Standing,
    /// How long it rests.
    pub rest: Duration,
}

/// What came of a look at a feed, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// The feed is as it was.
    Unchanged,
    /// It was read.
    Read {
        /// How many entries it has.
        entries: usize,
    },
    /// It could not be had, or read to its end.
    Trouble(String),
}

/// Articles of one look at most; the rest comes with the next.
const MOST_NEW: usize = 200;
/// How often the page of an entry is asked for before the feed's own text is taken.
const TRIES: u8 = 3;

impl Follower<'_> {
    /// Looks at a feed that stood so. `chance` in 0..1 spreads the next looks; `go_on` says whether there is still time.
    pub fn visit(&self, feed: &str, stood: &Standing, chance: f64, go_on: &dyn Fn() -> bool) -> Visit {
        if !self.pace.wait(feed, go_on) {
            return Visit {
                came: Came::Unchanged,
                articles: Vec::new(),
                standing: stood.clone(),
                rest: Duration::ZERO,
            };
        }
        match self.named.poll(feed, &stood.validators) {
            Ok(Polled::Unchanged) => self.unchanged(stood, chance),
            Ok(Polled::Changed { page, validators }) => {
                self.changed(feed, stood, &page, validators, chance, go_on)
            }
            Ok(Polled::Refused { status, wait }) => {
                self.failed(stood, format!("the server answers {status}"), wait, chance)
            }
            Err(problem) => self.failed(stood, problem, None, chance),
        }
    }

    fn unchanged(&self, stood: &Standing, chance: f64) -> Visit {
        let standing = Standing { failures: 0, trouble: None, ..stood.clone() };
        let rest = pace::rest(self.every, 0, None, chance);
        Visit { came: Came::Unchanged, articles: Vec::new(), standing, rest }
    }

    fn failed(&self, stood: &Standing, trouble: String, wish: Option<Duration>, chance: f64) -> Visit {
        let failures = stood.failures.saturating_add(1);
        let standing = Standing { failures, trouble: Some(trouble.clone()), ..stood.clone() };
        let rest = pace::rest(self.every, failures, wish, chance);
        Visit { came: Came::Trouble(trouble), articles: Vec::new(), standing, rest }
    }

    fn changed(
        &self,
        feed: &str,
        stood: &Standing,
        page: &Fetched,
        validators: Validators,
        chance: f64,
        go_on: &dyn Fn() -> bool,
    ) -> Visit {
        let (entries, problem) = self.reader.entries(&page.body);
        if let (true, Some(problem)) = (entries.is_empty(), &problem) {
            return self.failed(stood, problem.to_string(), None, chance);
        }
        let mut look = Look { stood, standing: Standing::default(), articles: Vec::new(), is_whole: true };
        for entry in &entries {
            look.take(self, feed, entry, go_on);
        }
        // A feed that was not read to its end is given whole again the next time.
        let is_done = look.is_whole && problem.is_none();
        let mut standing = look.standing;
        standing.validators = if is_done { validators } else { Validators::default() };
        let came = match problem {
            Some(problem) => Came::Trouble(problem.to_string()),
            None => Came::Read { entries: entries.len() },
        };
        Visit { came, articles: look.articles, standing, rest: pace::rest(self.every, 0, None, chance) }
    }

    /// The page of an entry.
    fn page(&self, feed: &str, link: &str) -> Result<Fetched, String> {
        match is_same_server(feed, link) {
            true => self.named.get(link),
            false => self.elsewhere.get(link),
        }
    }
}

/// A look at the entries of a feed, one after the other.
struct Look<'s> {
    stood: &'s Standing,
    standing: Standing,
    articles: Vec<Result<Article, InputError>>,
    /// Whether nothing is left for the next time.
    is_whole: bool,
}

impl Look<'_> {
    fn take(&mut self, follower: &Follower<'_>, feed: &str, entry: &Entry, go_on: &dyn Fn() -> bool) {
        let mark = entry.mark();
        if self.stood.seen.contains(&mark) || self.standing.seen.contains(&mark) {
            self.standing.seen.insert(mark);
            return;
        }
        let may_ask = self.articles.len() < MOST_NEW
            && entry.link().map_or_else(&go_on, |link| follower.pace.wait(link, go_on));
        if !may_ask {
            self.is_whole = false;
            return;
        }
        match entry.link().map(|link| (link, follower.page(feed, link))) {
            Some((link, Err(problem))) => self.miss(follower, feed, entry, link, problem),
            Some((_, Ok(page))) => self.done(mark, follower.reader.entry(feed, entry, Some(&page))),
            None => self.done(mark, follower.reader.entry(feed, entry, None)),
        }
    }

    fn done(&mut self, mark: u64, article: Result<Article, InputError>) {
        self.standing.seen.insert(mark);
        self.articles.push(article);
    }

    /// A page that cannot be had is asked for again with the next looks; then the feed's own text is taken.
    fn miss(&mut self, follower: &Follower<'_>, feed: &str, entry: &Entry, link: &str, problem: String) {
        let mark = entry.mark();
        let misses = self.stood.missing.get(&mark).copied().unwrap_or(0) + 1;
        self.articles.push(Err(Problem::Fetch(problem).of(link)));
        if misses < TRIES {
            self.standing.missing.insert(mark, misses);
            self.is_whole = false;
        } else {
            self.done(mark, follower.reader.entry(feed, entry, None));
        }
    }
}

/// Whether two addresses are of one scheme, host and port.
fn is_same_server(one: &str, other: &str) -> bool {
    let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
    matches!((origin(one), origin(other)), (Some(one), Some(other)) if one == other && one.is_tuple())
}
