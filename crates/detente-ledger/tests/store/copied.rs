//! A ledger copied to another place, of the same kind and of the other, is the same ledger.

use detente_ledger::store::{Agenda, Correction, Filter, Ledger, LedgerError, Review, Verdict};
use detente_model::EventType;

use crate::made::{self, act, day, entry};
use crate::on_both;
use crate::place::Place;
use crate::promises::{ON, keep, two};

on_both! {
    a_copy_is_the_same_ledger,
    only_an_empty_ledger_is_filled,
    many_writers_lose_nothing,
}

/// Something of every table: corrections, reports from elsewhere, reviews, blocks that wait.
async fn fill(ledger: &Ledger) {
    keep(ledger, &two()).await;
    let mut odd = entry("odd", "2017-05-03", &[]);
    odd.article.author = Some("\\N\tAnn\r\nLee \\. \\".to_owned());
    keep(ledger, &[odd]).await;
    keep(ledger, &[entry("a", "2017-05-02", &[act("RUS", EventType::Consult, "FRA", "2017-05-02")])]).await;
    let elsewhere = made::report("gdelt:7", "7", &act("FRA", EventType::Support, "DEU", "2017-05-02"));
    ledger.append_reports(&[elsewhere], day(ON)).await.unwrap();
    let review = Review {
        report: "a#1".into(),
        verdict: Verdict::Right,
        note: None,
        reviewer: "reader".into(),
        correction: Some(Correction { kind: Some(EventType::Aid), ..Correction::default() }),
        on: day(ON),
    };
    ledger.review(&review).await.unwrap();
    ledger.derive(|_| ()).await.unwrap();
    keep(ledger, &[entry("late", "2017-05-09", &[act("CHN", EventType::Aid, "PER", "2017-05-08")])]).await;
}

/// What a ledger tells, but for its size and what made it.
async fn told(ledger: &Ledger) -> String {
    let info = ledger.info().await.unwrap();
    let reports = ledger.page(&Filter::default(), None, 100).await.unwrap();
    let words = Filter { text: Some("envoys".into()), ..Filter::default() };
    let found = ledger.page(&words, None, 100).await.unwrap();
    let contacts = ledger.agenda(&Agenda::default(), 100).await.unwrap();
    let texts = ledger.texts(&reports.reports).await.unwrap();
    let reviews = ledger.reviews("a#1").await.unwrap();
    let author = ledger.article("odd").await.unwrap().and_then(|article| article.author);
    let numbers = (info.articles, info.superseded_articles, info.superseded_reports, info.blocks_to_derive);
    format!("{numbers:?} {reports:?} {found:?} {contacts:?} {texts:?} {reviews:?} {author:?}")
}

/// A fresh place of each kind, named after where the copy comes from.
pub fn places(at: &str, name: &str) -> Vec<Place> {
    let from = if at.starts_with("postgres") { "postgres" } else { "sqlite" };
    let name = format!("{name}_from_{from}");
    [Some(Place::sqlite(&name)), Place::postgres(&name)].into_iter().flatten().collect()
}

async fn a_copy_is_the_same_ledger(ledger: Ledger, at: String) {
    fill(&ledger).await;
    let before = told(&ledger).await;
    for place in places(&at, "copy") {
        let copy = Ledger::open(&place.address).await.unwrap();
        let mut heard = 0;
        let rows = ledger.copy_to(&copy, |rows| heard = rows).await.unwrap();
        assert!(rows > 50 && heard == rows);
        assert_eq!(told(&copy).await, before, "{}", place.address);
        // It goes on as the original would.
        copy.derive(|_| ()).await.unwrap();
        assert_eq!(copy.check(|_| ()).await.unwrap(), []);
        assert_eq!(keep(&copy, &two()[1..]).await.unchanged, 1);
        copy.close().await;
    }
    assert_eq!(told(&ledger).await, before);
}

async fn only_an_empty_ledger_is_filled(ledger: Ledger, at: String) {
    fill(&ledger).await;
    for place in places(&at, "occupied") {
        let other = Ledger::open(&place.address).await.unwrap();
        keep(&other, &two()[..1]).await;
        let error = ledger.copy_to(&other, |_| ()).await.unwrap_err();
        assert!(matches!(&error, LedgerError::Occupied { at } if *at == *other.at()), "{error:?}");
        assert_eq!(other.info().await.unwrap().articles, 1);
        other.close().await;
    }
}

/// Four processes' worth of connections keep, correct and derive at once.
async fn many_writers_lose_nothing(ledger: Ledger, at: String) {
    let write = |name: &'static str, at: String| async move {
        let ledger = Ledger::open(&at).await.unwrap();
        for n in 0..6 {
            let acts = [act("RUS", EventType::Consult, "USA", "2017-05-02")];
            let own = entry(&format!("{name}{n}"), "2017-05-02", &acts);
            let shared = entry(&format!("shared{n}"), "2017-05-03", &acts);
            keep(&ledger, &[own, shared]).await;
            ledger.derive(|_| ()).await.unwrap();
        }
        ledger.close().await;
    };
    let writers = ["one", "two", "three", "four"].map(|name| tokio::spawn(write(name, at.clone())));
    for writer in writers {
        writer.await.unwrap();
    }
    let info = ledger.info().await.unwrap();
    assert_eq!((info.articles, info.reports, info.blocks_to_derive), (30, 30, 0));
    assert_eq!(ledger.check(|_| ()).await.unwrap(), []);
}
