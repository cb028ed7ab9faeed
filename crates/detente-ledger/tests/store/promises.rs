//! Kept once, kept whole, found again, superseded but never changed.

use detente_ledger::derive::{clusters, observations};
use detente_ledger::store::{
    Agenda, Appended, Correction, Cursor, Direction, Filter, Ledger, Pair, Review, Tide, Verdict,
};
use detente_model::{Bearing, Days, Dyad, EventType, QuadClass, Report, Signature, Status};

use crate::made::{self, Act, act, day, entry, entry_of, versions};
use crate::on_both;

on_both! {
    the_same_article_twice_is_one,
    a_report_comes_back_as_it_went_in,
    a_corrected_article_supersedes,
    a_correction_within_one_batch_supersedes,
    reprints_share_a_family,
    reports_from_elsewhere_are_kept_once,
    batches_that_do_not_wait_for_the_disk_follow_each_other,
    filters_find_what_fits,
    words_find_sentences,
    pages_follow_each_other_without_gap_or_repeat,
    places_that_begin_alike_are_all_found,
    a_timeline_counts_what_both_do_once,
    months_are_the_sums_of_their_days,
    an_agenda_tells_what_became_of_it,
    deriving_step_by_step_equals_rebuilding,
    a_changed_row_is_found,
    a_lost_report_is_found,
    a_pair_is_judged_by_its_acts,
    reviews_stand_beside_reports,
    exports_are_in_the_order_of_keeping,
    a_reader_can_leaf_through,
}

pub const ON: &str = "2026-11-25";

pub async fn keep(ledger: &Ledger, entries: &[detente_ledger::store::Entry]) -> Appended {
    ledger.append(entries, &versions(), day(ON)).await.unwrap()
}

async fn keys(ledger: &Ledger, filter: Filter) -> Vec<String> {
    let page = ledger.page(&filter, None, 100).await.unwrap();
    page.reports.iter().map(|report| report.key().to_owned()).collect()
}

/// The next is written before the disk has the one before, and finds what that one kept.
async fn batches_that_do_not_wait_for_the_disk_follow_each_other(ledger: Ledger, at: String) {
    let (first, soon) = ledger.append_soon(&two(), &versions(), day(ON)).await.unwrap();
    let (again, later) = ledger.append_soon(&two(), &versions(), day(ON)).await.unwrap();
    let elsewhere = made::report("gdelt:7", "7", &act("FRA", EventType::Support, "DEU", "2017-05-02"));
    let (third, last) = ledger.append_reports_soon(&[elsewhere], day(ON)).await.unwrap();
    assert_eq!((first.articles, again.unchanged, third.reports), (2, 2, 1));
    let other = Ledger::open(&at).await.unwrap();
    assert_eq!(other.info().await.unwrap().articles, 3, "others see it at once");
    for on_disk in [soon, later, last] {
        on_disk.reached().await.unwrap();
    }
    assert_eq!(faults(&ledger).await, Vec::<&str>::new());
}

async fn faults(ledger: &Ledger) -> Vec<&'static str> {
    ledger.derive(|_| ()).await.unwrap();
    ledger.check(|_| ()).await.unwrap().iter().map(|finding| finding.code).collect()
}

fn pair(a: &str, b: &str, direction: Direction) -> Option<Pair> {
    Some(Pair { a: a.parse().unwrap(), b: b.parse().unwrap(), direction })
}

pub fn two() -> Vec<detente_ledger::store::Entry> {
    vec![
        entry(
            "a",
            "2017-05-02",
            &[
                act("RUS", EventType::Consult, "USA", "2017-05-02"),
                act("USA", EventType::Accuse, "SYR", "2017-05-01"),
            ],
        ),
        entry(
            "b",
            "2017-05-03",
            &[
                act("USA", EventType::Aid, "JOR", "2017-05-03"),
                Act { status: Status::Scheduled, ..act("USA", EventType::Agree, "RUS", "2017-05-10") },
            ],
        ),
    ]
}

async fn the_same_article_twice_is_one(ledger: Ledger, _: String) {
    let kept = keep(&ledger, &two()).await;
    assert_eq!(kept, Appended { articles: 2, corrected: 0, unchanged: 0, reports: 4 });
    let again = keep(&ledger, &two()).await;
    assert_eq!(again, Appended { articles: 0, corrected: 0, unchanged: 2, reports: 0 });
    let one = &two()[0];
    assert!(ledger.holds(&one.article, &one.signature).await.unwrap());
    assert!(!ledger.holds(&one.article, &Signature::default()).await.unwrap());
    assert_eq!(faults(&ledger).await, [""; 0]);
}

async fn a_report_comes_back_as_it_went_in(ledger: Ledger, _: String) {
    let entries = two();
    keep(&ledger, &entries).await;
    let report = ledger.report("b#2").await.unwrap().unwrap();
    assert_eq!(report.event, entries[1].events[1]);
    assert_eq!(report.sentence, entries[1].article.text[report.event.evidence.sentence.range()]);
    assert_eq!(report.trigger, "In");
    assert_eq!(report.source.title, "Paper b");
    assert_eq!(report.source.published, Some(day("2017-05-03")));
    let elsewhere = made::report("gdelt:7", "7", &act("FRA", EventType::Support, "DEU", "2017-05-02"));
    ledger.append_reports(std::slice::from_ref(&elsewhere), day(ON)).await.unwrap();
    assert_eq!(ledger.report("gdelt:7").await.unwrap(), Some(elsewhere));
    assert_eq!(ledger.report("b#3").await.unwrap(), None);
}

async fn a_corrected_article_supersedes(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    let changed = entry("a", "2017-05-02", &[act("RUS", EventType::Consult, "FRA", "2017-05-02")]);
    let kept = keep(&ledger, &[changed]).await;
    assert_eq!(kept, Appended { articles: 0, corrected: 1, unchanged: 0, reports: 1 });
    assert_eq!(keys(&ledger, Filter { actor: "SYR".parse().ok(), ..Filter::default() }).await, [""; 0]);
    assert_eq!(keys(&ledger, Filter { actor: "FRA".parse().ok(), ..Filter::default() }).await, ["a#1"]);
    let info = ledger.info().await.unwrap();
    assert_eq!((info.articles, info.superseded_articles), (2, 1));
    assert_eq!((info.reports, info.superseded_reports), (3, 2));
    assert_eq!(faults(&ledger).await, [""; 0]);
    // And back again: the first wording is a correction of the second.
    assert_eq!(keep(&ledger, &two()).await.corrected, 1);
    assert_eq!(faults(&ledger).await, [""; 0]);
}

async fn a_correction_within_one_batch_supersedes(ledger: Ledger, _: String) {
    let mut entries = two();
    entries.push(entry("a", "2017-05-02", &[act("RUS", EventType::Consult, "FRA", "2017-05-02")]));
    let mut moved = entry("c", "2017-05-03", &[act("USA", EventType::Aid, "LBN", "2017-05-03")]);
    moved.article.url = Some("https://news.example/b".into());
    let mut again = entry("d", "2017-05-03", &[act("USA", EventType::Aid, "IRQ", "2017-05-03")]);
    again.article.url.clone_from(&moved.article.url);
    entries.extend([moved, again]);
    let kept = keep(&ledger, &entries).await;
    assert_eq!((kept.articles, kept.corrected), (3, 2));
    assert_eq!(ledger.report("c#1").await.unwrap(), None);
    assert_eq!(faults(&ledger).await, [""; 0]);
}

async fn reprints_share_a_family(ledger: Ledger, _: String) {
    let text = "The envoys met in the old customs house of the harbour to speak of grain. ".repeat(4);
    let wire = |id: &str, near: u64, exact: u64, published: &str| {
        let article = detente_model::Article::of_text(id, id, text.clone()).published_on(day(published));
        let events = entry(id, published, &[act("RUS", EventType::Consult, "UKR", "2022-07-13")]).events;
        let mut entry = entry_of(article, events);
        entry.signature = Signature { exact, near, words: 60 };
        entry
    };
    keep(&ledger, &[wire("a", 0b1111, 1, "2022-07-14"), wire("b", 0b1011, 2, "2022-07-15")]).await;
    keep(
        &ledger,
        &[
            wire("c", 0b0011, 3, "2022-07-16"),
            wire("d", !0, 4, "2022-07-16"),
            wire("e", 0b1111, 5, "2022-08-16"),
        ],
    )
    .await;
    let mut families = Vec::new();
    for key in ["a#1", "b#1", "c#1", "d#1", "e#1"] {
        families.push(ledger.report(key).await.unwrap().unwrap().source.text_family.unwrap());
    }
    assert_eq!(families, [1, 1, 1, 4, 5]);
}

async fn reports_from_elsewhere_are_kept_once(ledger: Ledger, _: String) {
    let reports = vec![
        made::report("g:1", "https://news.example/x", &act("FRA", EventType::Support, "DEU", "2017-05-02")),
        made::report("g:2", "https://news.example/x", &act("DEU", EventType::Support, "FRA", "2017-05-02")),
        made::report("g:3", "https://news.example/y", &act("DEU", EventType::Accuse, "TUR", "2017-05-02")),
    ];
    let kept = ledger.append_reports(&reports[..2], day(ON)).await.unwrap();
    assert_eq!(kept, Appended { articles: 1, corrected: 0, unchanged: 0, reports: 2 });
    let kept = ledger.append_reports(&reports, day(ON)).await.unwrap();
    assert_eq!(kept, Appended { articles: 1, corrected: 0, unchanged: 2, reports: 1 });
    let changed =
        made::report("g:1", "https://news.example/x", &act("FRA", EventType::Reject, "DEU", "2017-05-02"));
    ledger.append_reports(&[changed], day(ON)).await.unwrap();
    assert_eq!(keys(&ledger, Filter { kinds: vec![EventType::Reject], ..Filter::default() }).await, ["g:1"]);
    assert_eq!(faults(&ledger).await, [""; 0]);
}

async fn filters_find_what_fits(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    let all = Filter::default;
    let cases = [
        (all(), vec!["b#2", "b#1", "a#1", "a#2"]),
        (Filter { actor: "RUS".parse().ok(), ..all() }, vec!["b#2", "a#1"]),
        (Filter { pair: pair("RUS", "USA", Direction::Both), ..all() }, vec!["b#2", "a#1"]),
        (Filter { pair: pair("RUS", "USA", Direction::Forth), ..all() }, vec!["a#1"]),
        (Filter { pair: pair("RUS", "USA", Direction::Both), actor: "SYR".parse().ok(), ..all() }, vec![]),
        (
            Filter { pair: pair("RUS", "USA", Direction::Both), speaker: "USA".parse().ok(), ..all() },
            vec!["b#2"],
        ),
        (Filter { kinds: vec![EventType::Aid, EventType::Accuse], ..all() }, vec!["b#1", "a#2"]),
        (Filter { quads: vec![QuadClass::VerbalCooperation], ..all() }, vec!["b#2", "a#1"]),
        (Filter { quads: vec![QuadClass::VerbalConflict], kinds: vec![EventType::Aid], ..all() }, vec![]),
        (Filter { statuses: vec![Status::Scheduled], ..all() }, vec!["b#2"]),
        (
            Filter { actor: "USA".parse().ok(), statuses: vec![Status::Occurred], ..all() },
            vec!["b#1", "a#1", "a#2"],
        ),
        (Filter { speaker: "RUS".parse().ok(), ..all() }, vec!["a#1"]),
        (Filter { country: "CHE".parse().ok(), to: Some(day("2017-05-01")), ..all() }, vec!["a#2"]),
        (Filter { place: Some("Geneva".into()), from: Some(day("2017-05-04")), ..all() }, vec!["b#2"]),
        (Filter { place: Some("Bern".into()), ..all() }, vec![]),
        (Filter { publisher: Some("Nobody".into()), ..all() }, vec![]),
        (Filter { from: Some(day("2017-05-02")), to: Some(day("2017-05-03")), ..all() }, vec!["b#1", "a#1"]),
    ];
    for (filter, wanted) in cases {
        assert_eq!(keys(&ledger, filter.clone()).await, wanted, "{filter:?}");
    }
}

async fn words_find_sentences(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    let text = |text: &str| Filter { text: Some(text.into()), ..Filter::default() };
    assert_eq!(keys(&ledger, text("envoy speaking JOR")).await, [""; 0]);
    assert_eq!(keys(&ledger, text("envoy JOR")).await, ["b#1"]);
    assert_eq!(keys(&ledger, text("\"of RUS and USA\"")).await, ["a#1"]);
    assert_eq!(keys(&ledger, text("matter")).await, ["b#2", "b#1", "a#2", "a#1"]);
    assert_eq!(
        keys(&ledger, Filter { pair: pair("USA", "RUS", Direction::Forth), ..text("matter") }).await,
        ["b#2"]
    );
    assert_eq!(keys(&ledger, text("' OR 1=1 -- NEAR( *")).await.len(), 0);
    assert_eq!(
        keys(&ledger, text("envoy\0JOR")).await,
        ["b#1"],
        "no text holds this sign, and none ends at it"
    );
    for signs in ["\"", "---", " \u{301} ", ""] {
        assert_eq!(keys(&ledger, text(signs)).await, [""; 0], "signs alone are no words: {signs:?}");
    }
    let nowhere = |text: &str| Some(text.to_owned());
    let odd = Filter { place: nowhere("Ge\0"), publisher: nowhere("a\0"), ..Filter::default() };
    assert_eq!(keys(&ledger, odd).await, [""; 0]);
    let first = ledger.page(&text("matter"), None, 3).await.unwrap();
    let next = ledger.page(&text("matter"), first.next.as_ref(), 3).await.unwrap();
    assert_eq!((next.reports[0].key(), next.next), ("a#1", None));
}

async fn pages_follow_each_other_without_gap_or_repeat(ledger: Ledger, _: String) {
    let days = ["2017-05-01", "2017-05-02", "2017-05-03"];
    let entries: Vec<_> = (0..30)
        .map(|i| {
            let mut acts = vec![act("RUS", EventType::Consult, "USA", days[i % 3])];
            acts.push(Act { on: None, ..act("USA", EventType::Accuse, "RUS", "2017-05-01") });
            entry(&format!("p{i:02}"), days[i % 2], &acts)
        })
        .collect();
    keep(&ledger, &entries).await;
    for filter in [
        Filter::default(),
        Filter { pair: pair("USA", "RUS", Direction::Both), ..Filter::default() },
        Filter { actor: "USA".parse().ok(), ..Filter::default() },
        Filter { text: Some("matter".into()), ..Filter::default() },
    ] {
        let (mut seen, mut cursor) = (Vec::new(), None::<Cursor>);
        loop {
            let page = ledger.page(&filter, cursor.as_ref(), 7).await.unwrap();
            assert!(page.reports.len() <= 7);
            seen.extend(page.reports.iter().map(|report| report.key().to_owned()));
            let Some(next) = page.next else { break };
            cursor = Some(next.to_string().parse().unwrap());
        }
        let all: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), all.len()), (60, 60), "{filter:?}");
    }
    assert_eq!("nonsense".parse::<Cursor>().unwrap_err().code(), "ledger/cursor");
}

async fn a_timeline_counts_what_both_do_once(ledger: Ledger, _: String) {
    let mut both = entry("m", "2017-05-02", &[act("RUS", EventType::Consult, "USA", "2017-05-02")]);
    let other = both.events[0].recipients.remove(0);
    both.events[0].actors.push(other);
    keep(&ledger, &[both]).await;
    keep(&ledger, &two()).await;
    let (from, to) = (day("2017-05-01"), day("2017-05-09"));
    let both = ledger.timeline(pair("USA", "RUS", Direction::Both).unwrap(), from, to).await.unwrap();
    let counts: Vec<_> = both.iter().map(|d| (d.day, d.kind, d.reports)).collect();
    assert_eq!(counts, [(day("2017-05-02"), EventType::Consult, 2)]);
    let forth = ledger.timeline(pair("USA", "RUS", Direction::Forth).unwrap(), from, to).await.unwrap();
    assert_eq!(forth.iter().map(|d| d.reports).sum::<usize>(), 1);
}

/// More names than are gone through one by one, each with reports on many days.
async fn places_that_begin_alike_are_all_found(ledger: Ledger, _: String) {
    let entries: Vec<_> = (0..90)
        .map(|n| {
            let mut entry =
                entry(&format!("p{n:02}"), "2017-05-02", &[act("RUS", EventType::Aid, "USA", "2017-05-02")]);
            let event = &mut entry.events[0];
            event.when = None;
            event.place.as_mut().unwrap().name = match n {
                0..3 => "Geneva".into(),
                3..10 => format!("Geneva, Land {n}"),
                _ => format!("Bern {n}"),
            };
            entry
        })
        .collect();
    keep(&ledger, &entries).await;
    let place = |name: &str| Filter { place: Some(name.into()), ..Filter::default() };
    let wanted =
        |numbers: std::ops::Range<u32>| numbers.rev().map(|n| format!("p{n:02}#1")).collect::<Vec<_>>();
    assert_eq!(keys(&ledger, place("Geneva")).await, wanted(0..10));
    assert_eq!(keys(&ledger, place("Geneva,")).await, wanted(3..10));
    assert_eq!(keys(&ledger, place("Bern")).await, wanted(10..90));
    assert_eq!(
        keys(&ledger, Filter { kinds: vec![EventType::Aid], ..place("Bern 5") }).await,
        wanted(50..60)
    );
    assert_eq!(keys(&ledger, Filter { kinds: vec![EventType::Accuse], ..place("Geneva") }).await, [""; 0]);
    let both = Filter { speaker: "RUS".parse().ok(), country: "CHE".parse().ok(), ..place("Geneva") };
    let first = ledger.page(&both, None, 4).await.unwrap();
    let next = ledger.page(&both, first.next.as_ref(), 100).await.unwrap();
    let told: Vec<_> =
        first.reports.iter().chain(&next.reports).map(|report| report.key().to_owned()).collect();
    assert_eq!(told, wanted(0..10));
}

async fn months_are_the_sums_of_their_days(ledger: Ledger, _: String) {
    let acts = |n: usize| {
        let day = ["2017-04-30", "2017-05-01", "2017-05-31", "2018-01-07"][n % 4];
        let kind = [EventType::Consult, EventType::Accuse, EventType::Aid][n % 3];
        let (a, b) = [("RUS", "USA"), ("USA", "RUS"), ("USA", "SYR")][n % 5 % 3];
        act(a, kind, b, day)
    };
    let mut entries: Vec<_> =
        (0..40).map(|n| entry(&format!("m{n}"), "2017-05-02", &[acts(n), acts(n / 2)])).collect();
    for entry in entries.iter_mut().step_by(7) {
        let other = entry.events[0].recipients.remove(0);
        entry.events[0].actors.push(other);
    }
    keep(&ledger, &entries).await;
    let corrected: Vec<_> = (0..9).map(|n| entry(&format!("m{n}"), "2017-05-02", &[acts(n + 1)])).collect();
    for _ in 0..2 {
        for direction in [Direction::Both, Direction::Forth] {
            let pair = pair("USA", "RUS", direction).unwrap();
            let all = Days { from: day("2017-05-01"), to: day("2018-01-31") };
            let mut wanted = std::collections::BTreeMap::new();
            for told in ledger.timeline(pair, all.from, all.to).await.unwrap() {
                *wanted.entry((told.day.first_of_month(), told.kind, told.status)).or_insert(0) +=
                    told.reports;
            }
            let months = ledger.timeline_by_month(pair, all).await.unwrap();
            let found: Vec<_> = months.iter().map(|m| ((m.month, m.kind, m.status), m.reports)).collect();
            assert_eq!(found, wanted.into_iter().collect::<Vec<_>>(), "{direction:?}");
            assert!(months.len() > 2);
        }
        keep(&ledger, &corrected).await;
        assert_eq!(faults(&ledger).await, [""; 0]);
    }
    let ever = Days { from: jiff::civil::Date::MIN, to: jiff::civil::Date::MAX };
    let never = Days { from: day("1990-01-01"), to: day("1999-12-31") };
    let pair = pair("USA", "RUS", Direction::Both).unwrap();
    assert_eq!(ledger.timeline_by_month(pair, ever).await.unwrap()[0].month, day("2017-04-01"));
    assert_eq!(ledger.timeline_by_month(pair, never).await.unwrap(), []);
}

async fn an_agenda_tells_what_became_of_it(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    ledger.derive(|_| ()).await.unwrap();
    let all = ledger.agenda(&Agenda::default(), 10).await.unwrap();
    assert!(!all.is_empty());
    let agenda = Agenda { a: "USA".parse().ok(), b: "RUS".parse().ok(), ..Agenda::default() };
    let found = ledger.agenda(&agenda, 10).await.unwrap();
    assert!(
        found.iter().all(|c| c.joins("RUS".parse().unwrap(), "USA".parse().unwrap())) && !found.is_empty()
    );
    let steps: Vec<_> = found.iter().flat_map(|c| c.steps.iter().filter_map(|s| s.report.clone())).collect();
    assert!(steps.contains(&"b#2".to_owned()), "{found:?}");
    assert_eq!(ledger.contact(&found[0].id).await.unwrap().as_ref(), Some(&found[0]));
    assert_eq!(ledger.agenda(&Agenda { a: "FRA".parse().ok(), ..agenda.clone() }, 10).await.unwrap(), []);
    assert_eq!(ledger.agenda(&Agenda { from: Some(day("2018-01-01")), ..agenda }, 10).await.unwrap(), []);
    let cluster = ledger.cluster("a#1").await.unwrap().unwrap();
    assert_eq!(cluster.reports, ["a#1"]);
    assert_eq!(ledger.cluster(&cluster.id).await.unwrap(), Some(cluster));
}

async fn deriving_step_by_step_equals_rebuilding(ledger: Ledger, _: String) {
    for entry in two() {
        keep(&ledger, &[entry]).await;
        ledger.derive(|_| ()).await.unwrap();
    }
    keep(&ledger, &[entry("a", "2017-05-02", &[act("USA", EventType::Consult, "RUS", "2017-05-10")])]).await;
    assert!(ledger.blocks_to_derive().await.unwrap() > 0);
    ledger.derive(|_| ()).await.unwrap();
    let before = ledger.agenda(&Agenda::default(), 100).await.unwrap();
    let info = ledger.info().await.unwrap();
    ledger.rebuild(|_| ()).await.unwrap();
    assert_eq!(ledger.agenda(&Agenda::default(), 100).await.unwrap(), before);
    assert_eq!((ledger.info().await.unwrap().clusters, info.blocks_to_derive), (info.clusters, 0));
    assert_eq!(faults(&ledger).await, [""; 0]);
}

/// Somebody else's hand in the database.
pub async fn meddle(at: &str, sql: &str) {
    use sqlx::Connection as _;
    sqlx::any::install_default_drivers();
    let url = if at.starts_with("postgres") { at.to_owned() } else { format!("sqlite://{at}") };
    let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
    sqlx::query("SELECT 1").execute(&mut connection).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// What somebody does to a ledger, how it is undone, and what the check says.
const MEDDLING: [(&str, &str, &str); 17] = [
    (
        "UPDATE reports SET speaker = 'nobody' WHERE key = 'a#1'",
        "UPDATE reports SET speaker = 'the spokeswoman'",
        "ledger/report-changed",
    ),
    (
        "UPDATE parties SET sector = 'MIL' WHERE report = 1 AND n = 0",
        "UPDATE parties SET sector = 'GOV' WHERE report = 1 AND n = 0",
        "ledger/report-changed",
    ),
    (
        "UPDATE sentences SET text = text || '!'",
        "UPDATE sentences SET text = substr(text, 1, length(text) - 1)",
        "ledger/report-changed",
    ),
    (
        "UPDATE articles SET title = 'Another' WHERE id = 'b'",
        "UPDATE articles SET title = 'Paper b' WHERE id = 'b'",
        "ledger/article-changed",
    ),
    ("UPDATE articles SET reports = 3", "UPDATE articles SET reports = 2", "ledger/half-article"),
    (
        "UPDATE reports SET day = '1999-01-01' WHERE key = 'a#1'",
        "UPDATE reports SET day = '2017-05-02' WHERE key = 'a#1'",
        "ledger/look-up",
    ),
    (
        "UPDATE reports SET quad = 'material-conflict' WHERE key = 'a#1'",
        "UPDATE reports SET quad = 'verbal-cooperation' WHERE key = 'a#1'",
        "ledger/look-up",
    ),
    (
        "UPDATE reports SET contact_block = 7 WHERE key = 'a#1'",
        "UPDATE reports SET contact_block = (SELECT block FROM contacts LIMIT 1) WHERE key = 'a#1'",
        "ledger/look-up",
    ),
    ("UPDATE dyads SET type = 'AID'", "", "ledger/look-up"),
    ("DELETE FROM involved WHERE code = 'RUS'", "", "ledger/look-up"),
    ("UPDATE dyad_months SET reports = reports + 1", "", "ledger/look-up"),
    ("UPDATE dyad_months SET mutual = 1 WHERE actor = 'RUS'", "", "ledger/look-up"),
    ("UPDATE clusters SET sources = 9", "", "ledger/derived"),
    ("UPDATE acts SET sources = 9", "", "ledger/derived"),
    ("DELETE FROM contact_steps", "", "ledger/derived"),
    ("UPDATE contact_dyads SET state = 'held'", "", "ledger/derived"),
    ("UPDATE articles SET superseded_by = 2 WHERE no = 1", "", "ledger/superseded"),
];

async fn a_changed_row_is_found(ledger: Ledger, at: String) {
    keep(&ledger, &two()).await;
    assert_eq!(faults(&ledger).await, [""; 0]);
    for (meddling, undoing, wanted) in MEDDLING {
        meddle(&at, meddling).await;
        let found = faults(&ledger).await;
        assert!(found.contains(&wanted), "{meddling}: {wanted} not in {found:?}");
        match undoing {
            "" if wanted == "ledger/superseded" => return,
            "" => drop(ledger.rebuild(|_| ()).await.unwrap()),
            undoing => meddle(&at, undoing).await,
        }
        assert_eq!(faults(&ledger).await, [""; 0], "after {meddling}");
    }
}

async fn a_lost_report_is_found(ledger: Ledger, at: String) {
    keep(&ledger, &two()).await;
    for table in ["parties", "involved", "dyads"] {
        meddle(&at, &format!("DELETE FROM {table} WHERE report = 2")).await;
    }
    meddle(&at, "DELETE FROM reports WHERE id = 2").await;
    assert!(faults(&ledger).await.contains(&"ledger/half-article"));
}

async fn a_pair_is_judged_by_its_acts(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    ledger.derive(|_| ()).await.unwrap();
    let dyad = |a: &str, b: &str| Dyad::new(a.parse().unwrap(), b.parse().unwrap()).unwrap();
    let days = |from, to| Days { from: day(from), to: day(to) };
    let all = days("2017-01-01", "2017-12-31");
    let forth = ledger.acts(dyad("RUS", "USA"), all).await.unwrap();
    let told: Vec<_> = forth.iter().map(|act| (act.report.as_str(), act.bearing, act.known)).collect();
    let (first, second) = (day("2017-05-02"), day("2017-05-03"));
    assert_eq!(told, [("a#1", Bearing::Forward, first), ("b#2", Bearing::Backward, second)]);
    let back = ledger.acts(dyad("USA", "RUS"), all).await.unwrap();
    assert_eq!(back[0].bearing, Bearing::Backward);
    // What memory would say of the same reports.
    let reports = ledger.reports(Filter::default()).next().await.unwrap();
    let mut wanted = observations(dyad("RUS", "USA"), &reports, &clusters(&reports));
    wanted.sort_by(|x, y| (x.day, &x.report).cmp(&(y.day, &y.report)));
    assert_eq!(forth, wanted);
    assert_eq!(ledger.acts(dyad("RUS", "USA"), days("2017-05-03", "2017-12-31")).await.unwrap().len(), 1);
    assert_eq!(ledger.acts(dyad("RUS", "SYR"), all).await.unwrap(), []);
    assert_eq!(ledger.articles_by_day(all).await.unwrap(), [(first, 1), (second, 1)]);
    assert_eq!(ledger.last_day().await.unwrap(), Some(second));
    let told_in = ledger.contacts_told_in(&["b", "nothing"]).await.unwrap();
    assert!(told_in.iter().any(|contact| contact.steps.iter().any(|s| s.report.as_deref() == Some("b#2"))));
    assert_eq!(ledger.contacts_told_in(&["nothing"]).await.unwrap(), []);
    let coverage = ledger.coverage(&["a#1", "a#9"]).await.unwrap();
    assert_eq!((coverage.len(), coverage["a#1"].mentions, coverage["a#1"].articles), (1, 1, 1));
    let keys = ledger.reports_of_keys(&["b#2", "a#9", "a#1"]).await.unwrap();
    assert_eq!(keys.iter().map(Report::key).collect::<Vec<_>>(), ["b#2", "a#1"]);
}

async fn reviews_stand_beside_reports(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    let first = Review {
        report: "a#1".into(),
        verdict: Verdict::Unsure,
        correction: None,
        note: None,
        reviewer: "reader".into(),
        on: day(ON),
    };
    let days = Days::on(day("2017-05-01"));
    let correction = Correction { status: Some(Status::Denied), days: Some(days), ..Correction::default() };
    let second = Review {
        verdict: Verdict::Wrong,
        note: Some("they did not meet".into()),
        correction: Some(correction),
        ..first.clone()
    };
    ledger.review(&first).await.unwrap();
    ledger.review(&second).await.unwrap();
    assert_eq!(ledger.reviews("a#1").await.unwrap(), [first, second.clone()]);
    assert_eq!(ledger.reviews_since(1, 10).await.unwrap(), [(2, second)]);
    assert_eq!(ledger.reviews("a#2").await.unwrap(), []);
}

async fn a_reader_can_leaf_through(ledger: Ledger, _: String) {
    assert_eq!(ledger.tide().await.unwrap(), Tide::default());
    let mut entries = two();
    entries[0].article.site = Some("Desk Wire".into());
    keep(&ledger, &entries).await;
    ledger.derive(|_| ()).await.unwrap();
    let tide = ledger.tide().await.unwrap();
    assert_eq!((tide.report, tide.article, tide.waiting, tide.review), (4, 2, 0, 0));
    assert_eq!(ledger.article("a").await.unwrap().as_ref(), Some(&entries[0].article));
    assert_eq!(ledger.article("z").await.unwrap(), None);
    let reports = ledger.reports_of_article("a").await.unwrap();
    assert_eq!(reports.iter().map(Report::key).collect::<Vec<_>>(), ["a#1", "a#2"]);
    let since = ledger.reports_since(&Filter::default(), 2, 10).await.unwrap();
    assert_eq!(since.iter().map(|(n, r)| (*n, r.key())).collect::<Vec<_>>(), [(3, "b#1"), (4, "b#2")]);
    assert_eq!(ledger.contacts_of_reports(&["a#1", "b#1"]).await.unwrap().len(), 1);

    let publications = ledger.publications().await.unwrap();
    assert_eq!((publications.len(), publications[0].articles), (1, 1));
    assert_eq!(ledger.publication("Desk Wire").await.unwrap().as_ref(), publications.first());
    assert_eq!(ledger.publication("Nobody").await.unwrap(), None);
    assert_eq!(ledger.headlines("Desk Wire", 9).await.unwrap()[0].title, "Paper a");

    let days = Days { from: day("2017-05-01"), to: day("2017-05-31") };
    let pairs = ledger.pairs(days, 10).await.unwrap();
    let told: Vec<String> = pairs.iter().map(|sum| format!("{}-{} {:?}", sum.a, sum.b, sum.acts)).collect();
    assert_eq!(told, ["RUS-USA [2, 0, 0, 0]", "JOR-USA [0, 1, 0, 0]", "SYR-USA [0, 0, 1, 0]"]);
    let places = ledger.places(days, 10).await.unwrap();
    assert_eq!((places.len(), places[0].cooperation, places[0].conflict), (1, 3, 1));
    let facets = ledger.facets(&Filter::default(), 3).await.unwrap();
    assert_eq!((facets.counted, facets.more), (3, true));
    let facets = ledger.facets(&Filter::default(), 4).await.unwrap();
    assert_eq!((facets.kinds.len(), facets.more, facets.publishers[0].1), (4, false, 2));
}

async fn exports_are_in_the_order_of_keeping(ledger: Ledger, _: String) {
    keep(&ledger, &two()).await;
    let keys = async |filter| {
        let mut reports = ledger.reports(filter);
        let mut all: Vec<Report> = Vec::new();
        loop {
            match reports.next().await.unwrap() {
                batch if batch.is_empty() => break,
                batch => all.extend(batch),
            }
        }
        all.iter().map(|report| report.key().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(keys(Filter::default()).await, ["a#1", "a#2", "b#1", "b#2"]);
    let of = Filter {
        pair: pair("USA", "RUS", Direction::Both),
        text: Some("matter".into()),
        ..Filter::default()
    };
    assert_eq!(keys(of).await, ["a#1", "b#2"]);
}
