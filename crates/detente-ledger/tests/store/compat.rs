//! A ledger of every earlier format is opened, and tells what it told when it was written.

use std::path::{Path, PathBuf};

use detente_ledger::store::{Agenda, Correction, FORMAT, Filter, Ledger, Review, Verdict};
use detente_model::{Days, Dyad, EventType, Status};

use crate::made::{self, Act, act, day, entry};
use crate::place::{Place, block_on};
use crate::promises::{ON, keep, two};

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/compat")
}

/// Writes the ledger of the present format, unless there is one.
#[test]
#[ignore = "run by hand, once a format"]
fn write() {
    let path = folder().join(format!("format-{FORMAT}.db"));
    assert!(!path.exists(), "{} is there and stays as it is", path.display());
    block_on(async {
        let ledger = Ledger::open(&path.display().to_string()).await.unwrap();
        keep(&ledger, &two()).await;
        let acts = [
            act("RUS", EventType::Consult, "USA", "2017-05-02"),
            Act { status: Status::Scheduled, ..act("USA", EventType::Agree, "RUS", "2017-05-10") },
        ];
        keep(&ledger, &[entry("a", "2017-05-02", &acts), entry("c", "2017-05-04", &acts)]).await;
        let elsewhere = made::report("gdelt:7", "7", &act("FRA", EventType::Support, "DEU", "2017-05-02"));
        ledger.append_reports(&[elsewhere], day(ON)).await.unwrap();
        ledger.review(&review(FORMAT)).await.unwrap();
        ledger.derive(|_| ()).await.unwrap();
        ledger.close().await;
    });
}

/// Corrections came with format 2.
fn review(format: i64) -> Review {
    let correction = Correction { status: Some(Status::Scheduled), ..Correction::default() };
    Review {
        report: "a#1".into(),
        verdict: Verdict::Right,
        correction: (format > 1).then_some(correction),
        note: Some("they met".into()),
        reviewer: "reader".into(),
        on: day(ON),
    }
}

#[test]
fn every_earlier_format_is_opened_and_tells_the_same() {
    for format in 1..=FORMAT {
        let place = Place::sqlite(&format!("format-{format}"));
        std::fs::copy(folder().join(format!("format-{format}.db")), &place.address).unwrap();
        block_on(opened(&place.address, format));
    }
}

pub async fn opened(at: &str, format: i64) {
    let ledger = Ledger::open(at).await.unwrap();
    // What is derived may be derived otherwise by now; what was written is as it was.
    let found = ledger.check(|_| ()).await.unwrap();
    let derived = ["ledger/derived", "ledger/look-up", "ledger/to-derive"];
    assert!(found.iter().all(|finding| derived.contains(&finding.code)), "{found:?}");
    ledger.rebuild(|_| ()).await.unwrap();
    assert_eq!(ledger.check(|_| ()).await.unwrap(), []);

    let info = ledger.info().await.unwrap();
    assert_eq!((info.articles, info.superseded_articles), (4, 1));
    assert_eq!((info.reports, info.superseded_reports), (7, 2));
    assert_eq!(info.created_by, "detente 0.1.0");
    let page =
        ledger.page(&Filter { text: Some("envoys".into()), ..Filter::default() }, None, 10).await.unwrap();
    let keys: Vec<&str> = page.reports.iter().map(|report| report.key()).collect();
    assert_eq!(keys, ["c#2", "c#1", "a#2", "a#1", "b#2", "b#1"]);
    assert_eq!(page.reports[3].sentence, "In paper a the envoys of RUS and USA spoke of matter 0.");
    assert_eq!(
        page.reports[3].event,
        entry("a", "2017-05-02", &[act("RUS", EventType::Consult, "USA", "2017-05-02")]).events[0]
    );
    assert_eq!(
        ledger.report("gdelt:7").await.unwrap().unwrap().source.publisher.as_deref(),
        Some("Example News")
    );
    assert_eq!(ledger.reviews("a#1").await.unwrap(), [review(format)]);
    let agenda = Agenda { a: "RUS".parse().ok(), b: "USA".parse().ok(), ..Agenda::default() };
    assert!(!ledger.agenda(&agenda, 10).await.unwrap().is_empty());
    let dyad = Dyad::new("RUS".parse().unwrap(), "USA".parse().unwrap()).unwrap();
    let days = Days { from: day("2017-05-01"), to: day("2017-05-31") };
    assert!(!ledger.acts(dyad, days).await.unwrap().is_empty());
    ledger.close().await;
}
