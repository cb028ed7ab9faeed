//! The questions, and how long their answers take once the pages they need are in memory.

use std::future::Future;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use detente::Kept;
use detente::assess::{Options, Picture, lanes};
use detente_ledger::store::{Agenda, Direction, Filter, Ledger, Pair};
use detente_model::{ActorCode, ContactState, Days, Dyad, EventType, QuadClass, Status};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::cpu;
use crate::made::{Chance, FIRST};

/// What the names of the questions that are asked begin with.
static WANTED: OnceLock<String> = OnceLock::new();
/// How often each question is asked, with other parties and days each time.
const TIMES: usize = 200;
/// The most frequent words, which nobody asks for.
const EVERYWHERE: usize = 100;
/// Reports on a page.
const PAGE: usize = 50;

/// Asks everything and prints the median, the 95th percentile and the slowest.
pub async fn all(ledger: &Ledger, wanted: String) {
    WANTED.get_or_init(|| wanted);
    let last = ledger.last_day().await.unwrap().unwrap();
    let days = Days { from: FIRST, to: last };
    println!(
        "{:<44} {:>8} {:>8} {:>8} {:>8}  rows",
        "question, milliseconds", "median", "p95", "slowest", "work"
    );
    timelines(ledger, days).await;
    agendas(ledger, days).await;
    pages(ledger, days).await;
    relations(ledger, days).await;
}

async fn timelines(ledger: &Ledger, days: Days) {
    let of = |pair: Pair, days: Days| async move {
        ledger.timeline(pair, days.from, days.to).await.unwrap().len()
    };
    ask("timeline: a pair, a year", |chance| of(pair(chance), year(chance, days))).await;
    ask("timeline: the busiest pair, a year", |chance| of(busiest(), year(chance, days))).await;
    ask("timeline: a pair, all years", |chance| of(pair(chance), days)).await;
    ask("timeline: the busiest pair, all years", |_| of(busiest(), days)).await;
    let by_month = |pair: Pair| async move { ledger.timeline_by_month(pair, days).await.unwrap().len() };
    ask("timeline by month: a pair, all years", |chance| by_month(pair(chance))).await;
    ask("timeline by month: the busiest pair, all years", |_| by_month(busiest())).await;
}

async fn agendas(ledger: &Ledger, days: Days) {
    let of = |agenda: Agenda| async move { ledger.agenda(&agenda, 200).await.unwrap().len() };
    let ahead = |on: Date| Agenda {
        from: Some(on),
        to: Some(on.saturating_add(60.days())),
        on: Some(on),
        ..Agenda::default()
    };
    ask("agenda: a pair, 60 days ahead", |chance| {
        let Pair { a, b, .. } = pair(chance);
        of(Agenda { a: Some(a), b: Some(b), ..ahead(day(chance, days)) })
    })
    .await;
    ask("agenda: the busiest pair, 60 days ahead", |chance| {
        let Pair { a, b, .. } = busiest();
        of(Agenda { a: Some(a), b: Some(b), ..ahead(day(chance, days)) })
    })
    .await;
    ask("agenda: one party, scheduled, 60 days ahead", |chance| {
        let states = vec![ContactState::Scheduled, ContactState::Confirmed];
        of(Agenda { a: Some(code(chance)), states, ..ahead(day(chance, days)) })
    })
    .await;
}

async fn pages(ledger: &Ledger, days: Days) {
    let of = |filter: Filter| async move { ledger.page(&filter, None, PAGE).await.unwrap().reports.len() };
    let all = Filter::default;
    ask("page: the latest", |_| of(all())).await;
    ask("page: an actor, a year", |chance| {
        let Days { from, to } = year(chance, days);
        of(Filter { actor: Some(code(chance)), from: Some(from), to: Some(to), ..all() })
    })
    .await;
    ask("page: a pair, a type", |chance| {
        of(Filter { pair: Some(pair(chance)), kinds: vec![kind(chance)], ..all() })
    })
    .await;
    ask("page: a type and a status, a year", |chance| {
        let Days { from, to } = year(chance, days);
        let statuses = vec![Status::Scheduled];
        of(Filter { kinds: vec![kind(chance)], statuses, from: Some(from), to: Some(to), ..all() })
    })
    .await;
    ask("page: material conflict in a country", |chance| {
        of(Filter { quads: vec![QuadClass::MaterialConflict], country: Some(code(chance)), ..all() })
    })
    .await;
    ask("page: a speaker, an actor", |chance| {
        of(Filter { speaker: Some(code(chance)), actor: Some(code(chance)), ..all() })
    })
    .await;
    ask("page: a place, a type", |chance| {
        let place = format!("City {}, Land of {}", chance.often_low(8), code(chance));
        of(Filter { place: Some(place), kinds: vec![kind(chance)], ..all() })
    })
    .await;
    ask("page: a source, an actor", |chance| {
        let publisher = Some(format!("Paper {}", chance.often_low(300)));
        of(Filter { publisher, actor: Some(code(chance)), ..all() })
    })
    .await;
    ask("page: two words", |chance| of(Filter { text: Some(words(chance)), ..all() })).await;
    ask("page: two words, an actor", |chance| {
        of(Filter { text: Some(words(chance)), actor: Some(code(chance)), ..all() })
    })
    .await;
}

/// What `detente relation` does, from the ledger to the words and the picture.
async fn relations(ledger: &Ledger, days: Days) {
    let kept = Kept::new(ledger.clone(), tokio::runtime::Handle::current());
    let of = |pair: Pair, on: Date| {
        let kept = kept.clone();
        async move {
            tokio::task::block_in_place(|| {
                let dyad = Dyad::new(pair.a, pair.b).unwrap();
                let name = |code: ActorCode| code.to_string();
                let answered = detente::relation(&kept, dyad, on, Options::default(), &name).unwrap();
                let (verdict, history) = answered.verdict.unwrap();
                lanes(&Picture::of(&history, &verdict), &history, &verdict);
                history.acts.len()
            })
        }
    };
    ask("relation: a pair", |chance| of(pair(chance), day(chance, days))).await;
    ask("relation: the busiest pair", |chance| of(busiest(), day(chance, days))).await;
}

/// Asks a question often, once to warm up each time, and prints how long the second answer took, and how long the process worked on one.
async fn ask<F: Future<Output = usize>>(name: &str, question: impl Fn(&mut Chance) -> F) {
    if WANTED.get().is_some_and(|wanted| !name.starts_with(wanted.as_str())) {
        return;
    }
    let mut took: Vec<(Duration, usize)> = Vec::with_capacity(TIMES);
    let mut chance = Chance(7);
    let working = cpu::worked();
    for _ in 0..TIMES {
        let seed = chance.next();
        question(&mut Chance(seed)).await;
        let begun = Instant::now();
        let rows = question(&mut Chance(seed)).await;
        took.push((begun.elapsed(), rows));
    }
    took.sort();
    let at = |share: usize| took[(took.len() - 1) * share / 100].0.as_secs_f64() * 1e3;
    let rows = took.iter().map(|(_, rows)| rows).sum::<usize>() / took.len();
    let worked = cpu::worked().zip(working).map_or(f64::NAN, |(now, then)| (now - then).as_secs_f64());
    let work = worked * 1e3 / (2 * TIMES) as f64;
    println!("{name:<44} {:>8.1} {:>8.1} {:>8.1} {work:>8.1}  {rows}", at(50), at(95), at(100));
}

fn busiest() -> Pair {
    Pair { a: "USA".parse().unwrap(), b: "RUS".parse().unwrap(), direction: Direction::Both }
}

fn pair(chance: &mut Chance) -> Pair {
    let (a, b) = (code(chance), code(chance));
    if a == b { busiest() } else { Pair { a, b, direction: Direction::Both } }
}

fn code(chance: &mut Chance) -> ActorCode {
    let codes = crate::made::codes();
    codes[chance.often_low(codes.len())]
}

fn kind(chance: &mut Chance) -> EventType {
    EventType::ALL[chance.below(EventType::ALL.len())]
}

/// Words that every sentence has are left out, as people do who search.
fn words(chance: &mut Chance) -> String {
    let words = &crate::made::words()[EVERYWHERE..];
    let mut word = || words[chance.often_low(words.len())].clone();
    format!("{} {}", word(), word())
}

fn day(chance: &mut Chance, days: Days) -> Date {
    let length = days.from.until(days.to).map_or(1, |span| span.get_days().max(1));
    days.from.saturating_add((chance.below(usize::try_from(length).unwrap_or(1)) as i64).days())
}

fn year(chance: &mut Chance, days: Days) -> Days {
    let from = day(chance, days);
    Days { from, to: from.saturating_add(365.days()) }
}
