//! Two codings of the same articles, compared.

use detente_ledger::compare::{Difference, differences};
use detente_ledger::store::{Entry, Ledger, Versions};
use detente_model::{EventType, Report, Status};

use crate::made::{act, day, entry, report, versions};
use crate::on_both;
use crate::place::Place;
use crate::promises::{ON, keep, two};

on_both! { two_codings_of_the_same_articles_are_compared }

/// The same articles as another version codes them: one event less, one told otherwise, one more.
fn otherwise() -> Vec<Entry> {
    let mut entries = two();
    entries[0].events.remove(1);
    entries[1].events[0].status = Status::Denied;
    entries[1].events[0].rule = "test/other".into();
    let mut more = entries[1].events[1].clone();
    more.evidence.trigger.start += 20;
    more.evidence.trigger.end += 20;
    more.kind = EventType::Accuse;
    more.id = "b#3".into();
    entries[1].events.push(more);
    entries
}

async fn two_codings_of_the_same_articles_are_compared(ledger: Ledger, at: String) {
    keep(&ledger, &two()).await;
    keep(&ledger, &[entry("alone", "2017-05-04", &[])]).await;
    let elsewhere = report("gdelt:7", "7", &act("FRA", EventType::Support, "DEU", "2017-05-02"));
    ledger.append_reports(&[elsewhere], day(ON)).await.unwrap();
    let place = Place::sqlite(&format!("other_{}", at.starts_with("postgres")));
    let other = Ledger::open(&place.address).await.unwrap();
    let later = Versions { rules: "2".into(), ..versions() };
    other.append(&otherwise(), &later, day(ON)).await.unwrap();

    let (before, after) =
        (ledger.coded_articles(None, 10).await.unwrap(), other.coded_articles(None, 10).await.unwrap());
    let ids = |articles: &[detente_ledger::store::CodedArticle]| {
        articles.iter().map(|article| article.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (ids(&before), ids(&after)),
        (vec!["a".into(), "alone".into(), "b".into()], vec!["a".into(), "b".into()])
    );
    assert_eq!(ids(&ledger.coded_articles(Some("a"), 1).await.unwrap()), ["alone"]);
    assert_eq!((before[0].versions.clone(), after[0].versions.clone()), (versions(), later));
    assert_eq!(before[2].signature, after[1].signature);

    let found = differences(&before[0].reports, &after[0].reports);
    assert!(matches!(&found[..], [Difference::Gone(report)] if report.key() == "a#2"), "{found:?}");
    let found = differences(&before[2].reports, &after[1].reports);
    let [Difference::Changed { fields, .. }, Difference::Added(added)] = &found[..] else {
        panic!("{found:?}")
    };
    let told: Vec<_> = fields.iter().map(|f| (f.field, f.before.as_str(), f.after.as_str())).collect();
    assert_eq!(told, [("status", "occurred", "denied"), ("rule", "test/made", "test/other")]);
    assert_eq!(added.event.kind, EventType::Accuse);
    assert_eq!(differences(&before[0].reports, &before[0].reports), []);
    // The order of keeping changes nothing.
    let turned: Vec<Report> = after[1].reports.iter().rev().cloned().collect();
    assert_eq!(differences(&before[2].reports, &turned).len(), 2);
}
