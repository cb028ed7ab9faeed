//! A larger ledger answers as fast: what has a bounded answer costs no more where there are eight times the reports, and filling
//! and deriving cost in proportion.
//!
//! `src/store/lead.rs` looks at the plans of the searches; here the work of the whole process is measured, as the system tells it.
//! The news are those of `bench/ledger`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

#[path = "../../../bench/ledger/cpu.rs"]
mod cpu;
#[path = "../../../bench/ledger/made.rs"]
mod made;

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use cpu::worked;
use detente_ledger::store::{Agenda, Direction, Filter, Ledger, Pair, Versions};
use detente_model::{ActorCode, Days, EventType};
use jiff::civil::date;

/// Articles, of ten reports each, of the smaller ledger.
const ARTICLES: usize = 100;
/// How many times as many the larger one has, over the same days.
const TIMES: usize = 8;
/// How many times as long an answer may take there. One that goes through all reports takes eight times as long.
const MOST: f64 = 4.0;
/// How many times as long filling and deriving may take. What is quadratic takes 64 times as long.
const MOST_TO_FILL: f64 = 16.0;
/// Rows of an answer, so few that the smaller ledger has them.
const PAGE: usize = 5;
/// Each question is asked so often.
const ASKED: usize = 100;
/// Less work than this is mostly that of the clock, which ticks a hundred times a second.
const LEAST: Duration = Duration::from_millis(100);
const ATTEMPTS: usize = 3;

#[test]
fn eight_times_the_reports_take_no_longer_to_search() {
    if worked().is_none() {
        println!("skipped: this system does not tell how long a process has worked");
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let (small, large) = (Filled::with(ARTICLES).await, Filled::with(TIMES * ARTICLES).await);
        assert!(ratio("filling and deriving", small.work, large.work) <= MOST_TO_FILL);
        let slower = slower(&small.ledger, &large.ledger).await;
        assert!(slower.is_empty(), "{slower:#?}");
        for filled in [small, large] {
            filled.ledger.close().await;
            std::fs::remove_file(filled.path).unwrap();
        }
    });
}

/// The questions that take longer in the larger ledger.
async fn slower(small: &Ledger, large: &Ledger) -> Vec<&'static str> {
    let mut slower = Vec::new();
    for (name, filter) in searches() {
        let ask = async |ledger: &Ledger| ledger.page(&filter, None, PAGE).await.unwrap().reports.len();
        if !is_flat(name, small, large, ask).await {
            slower.push(name);
        }
    }
    let agenda = Agenda { a: Some(code("USA")), from: Some(made::FIRST), ..Agenda::default() };
    if !is_flat("agenda", small, large, async |l: &Ledger| l.agenda(&agenda, PAGE).await.unwrap().len()).await
    {
        slower.push("agenda");
    }
    let year = Days { from: made::FIRST, to: date(2005, 12, 31) };
    let months = async |l: &Ledger| l.timeline_by_month(pair(), year).await.unwrap().len().min(PAGE);
    if !is_flat("timeline by month", small, large, months).await {
        slower.push("timeline by month");
    }
    slower
}

fn searches() -> Vec<(&'static str, Filter)> {
    let all = Filter::default;
    let usa = Some(code("USA"));
    vec![
        ("the latest", all()),
        ("an actor", Filter { actor: usa, ..all() }),
        ("an actor's days", Filter { actor: usa, to: Some(date(2005, 6, 30)), ..all() }),
        ("a pair", Filter { pair: Some(pair()), ..all() }),
        ("a type", Filter { kinds: vec![EventType::Consult], ..all() }),
        ("an actor, a type", Filter { actor: usa, kinds: vec![EventType::Consult], ..all() }),
        ("a country", Filter { country: usa, ..all() }),
        ("a speaker", Filter { speaker: usa, ..all() }),
        ("a source", Filter { publisher: Some("Paper 0".to_owned()), ..all() }),
        ("a place", Filter { place: Some("City 0, Land of USA".to_owned()), ..all() }),
        ("a word", Filter { text: Some(made::words()[20].clone()), ..all() }),
    ]
}

/// Whether a question that finds as much in both takes about as long in both; what seems to take longer is asked again.
async fn is_flat(name: &str, small: &Ledger, large: &Ledger, ask: impl AsyncFn(&Ledger) -> usize) -> bool {
    for _ in 0..ATTEMPTS {
        let (one, more) = (time(small, &ask).await, time(large, &ask).await);
        if ratio(name, one, more) <= MOST {
            return true;
        }
    }
    false
}

async fn time(ledger: &Ledger, ask: &impl AsyncFn(&Ledger) -> usize) -> Duration {
    assert_eq!(ask(ledger).await, PAGE);
    let asking = async {
        for _ in 0..ASKED {
            ask(ledger).await;
        }
    };
    work_of(asking).await.1
}

fn ratio(name: &str, one: Duration, more: Duration) -> f64 {
    let ratio = more.as_secs_f64() / one.max(LEAST).as_secs_f64();
    println!("{name}: {one:.1?}, then {more:.1?}: {ratio:.1} times");
    ratio
}

/// A ledger of so many articles over a year, and the work it took.
struct Filled {
    ledger: Ledger,
    path: PathBuf,
    work: Duration,
}

impl Filled {
    async fn with(articles: usize) -> Self {
        let name = format!("detente-growth-{}-{articles}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        let ledger = Ledger::open(path.to_str().unwrap()).await.unwrap();
        let entries: Vec<_> = made::News::new(articles, 1).collect();
        let filling = async {
            for entries in entries.chunks(ARTICLES) {
                ledger.append(entries, &Versions::default(), date(2026, 1, 1)).await.unwrap();
            }
            ledger.derive(|_| ()).await.unwrap();
        };
        let ((), work) = work_of(filling).await;
        Self { ledger, path, work }
    }
}

/// The time that all threads of this process work until something is done.
async fn work_of<T>(something: impl Future<Output = T>) -> (T, Duration) {
    let before = worked().unwrap();
    let done = something.await;
    (done, worked().unwrap().saturating_sub(before))
}

fn code(code: &str) -> ActorCode {
    code.parse().unwrap()
}

fn pair() -> Pair {
    Pair { a: code("USA"), b: code("RUS"), direction: Direction::Both }
}
