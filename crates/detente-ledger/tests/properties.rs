//! What holds of clusters and contacts whatever the reports are.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use detente_ledger::derive::{as_of, cluster_block, clusters, contact_block, contact_joins, contacts, joins};
use detente_model::{
    Actor, Days, Event, EventType, Evidence, Mode, Part, Party, Place, PlainAct, Report, Sector, Source,
    Span, Status, When, WhenBasis,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const FIRST: Date = date(2023, 12, 20);

fn day() -> impl Strategy<Value = Date> {
    (0..24_i64).prop_map(|days| FIRST.saturating_add(jiff::Span::new().days(days)))
}

fn when() -> impl Strategy<Value = Option<When>> {
    let basis = select(vec![WhenBasis::Clause, WhenBasis::Sentence, WhenBasis::Context, WhenBasis::Report]);
    let end = prop_oneof![4 => Just(Some(0)), 1 => Just(Some(3)), 1 => Just(None)];
    let when = (day(), end, basis).prop_map(|(start, length, basis)| When {
        start: Some(start),
        end: length.map(|days: i64| start.saturating_add(jiff::Span::new().days(days))),
        basis,
    });
    prop_oneof![5 => when.prop_map(Some), 1 => Just(None)]
}

fn party() -> impl Strategy<Value = Party> {
    let codes = select(vec![Some("RUS"), Some("USA"), Some("TUR"), None]);
    let words = select(vec!["president", "foreign minister", "troops", "Ankara"]);
    let sectors = select(vec![Some(Sector::Gov), Some(Sector::Mil), Some(Sector::Reb), None]);
    let names = select(vec![None, Some("Anna Berg"), Some("Carl Dahl")]);
    (codes, words, sectors, names).prop_map(|(code, words, sector, name)| Party {
        text: words.to_owned(),
        span: None,
        actor: Actor { code: code.map(|code| code.parse().unwrap()), sector },
        name: name.map(str::to_owned),
        elsewhere: false,
    })
}

fn place() -> impl Strategy<Value = Option<Place>> {
    let places = select(vec![
        None,
        Some(("Homs, Syria", "SYR")),
        Some(("Geneva, Switzerland", "CHE")),
        Some(("Syria", "SYR")),
    ]);
    places.prop_map(|place| {
        place.map(|(name, country)| Place {
            name: name.to_owned(),
            geonameid: None,
            coordinates: None,
            country: Some(country.parse().unwrap()),
        })
    })
}

/// Types as they come out of coding, with the plain act, its mode and a word for it.
fn act() -> impl Strategy<Value = (EventType, Status, PlainAct, &'static str)> {
    use EventType::{Accuse, Agree, Assault, Coerce, Consult, Reject, Request};
    let consult = |mode| PlainAct { kind: Consult, mode };
    let plain = |kind| PlainAct { kind, mode: None };
    select(vec![
        (Consult, Status::Occurred, consult(None), "met"),
        (Consult, Status::Occurred, consult(Some(Mode::Phone)), "spoke by telephone"),
        (Consult, Status::Ongoing, consult(Some(Mode::Visit)), "visited"),
        (Agree, Status::Scheduled, consult(None), "will meet"),
        (Agree, Status::Proposed, consult(None), "offered talks"),
        (Agree, Status::Cancelled, consult(None), "cancelled a meeting"),
        (Agree, Status::Cancelled, consult(None), "postponed a meeting"),
        (Request, Status::Occurred, consult(None), "invited"),
        (Reject, Status::Occurred, consult(None), "refused to meet"),
        (Assault, Status::Occurred, plain(Assault), "bombed"),
        (Coerce, Status::Occurred, plain(Coerce), "seized"),
        (Accuse, Status::Occurred, plain(Accuse), "accused"),
    ])
}

fn report() -> impl Strategy<Value = Report> {
    let sides = (prop::collection::vec(party(), 0..3), prop::collection::vec(party(), 0..2));
    let words =
        prop::collection::vec(select(vec!["bridge", "border", "camp", "soldiers", "Nile", "dam"]), 0..4);
    let occasion = prop_oneof![6 => Just(None), 1 => Just(Some("astana talk".to_owned()))];
    let told = (prop::option::weighted(0.9, day()), prop::option::weighted(0.3, 0..3_u64));
    (act(), sides, when(), place(), words, occasion, told).prop_map(
        |(
            (kind, status, plain, trigger),
            (actors, recipients),
            when,
            place,
            words,
            occasion,
            (published, family),
        )| {
            let event = Event {
                id: String::new(),
                doc: String::new(),
                evidence: Evidence { part: Part::Text, sentence: Span::new(0, 9), trigger: Span::new(0, 4) },
                kind,
                mode: (kind == plain.kind).then_some(plain.mode).flatten(),
                plain,
                occasion,
                contexts: Vec::new(),
                actors,
                recipients,
                status,
                when,
                place,
                speaker: None,
                cameo: String::new(),
                rule: String::new(),
                confidence: 0.5,
            };
            let source = Source { published, text_family: family, ..Source::default() };
            Report {
                source,
                sentence: format!("{trigger} {}", words.join(" ")),
                trigger: trigger.to_owned(),
                event,
            }
        },
    )
}

/// Reports with keys of their own; every other time so much alike that most have to do with each other.
fn reports() -> impl Strategy<Value = Vec<Report>> {
    (prop::collection::vec(report(), 0..40), any::<bool>()).prop_map(|(mut reports, alike)| {
        for (number, report) in reports.iter_mut().enumerate() {
            name(report, number);
            if alike {
                liken(report);
            }
        }
        reports
    })
}

/// Between two parties, in four days, by few words.
fn liken(report: &mut Report) {
    let party = |code: &str| Party {
        text: "troops".to_owned(),
        span: None,
        actor: Actor { code: Some(code.parse().unwrap()), sector: None },
        name: None,
        elsewhere: false,
    };
    let event = &mut report.event;
    (event.actors, event.recipients) = (vec![party("RUS")], vec![party("USA")]);
    event.place = event.place.take().filter(|place| place.name == "Homs, Syria");
    let near = |day: Date| FIRST.saturating_add(jiff::Span::new().days((day - FIRST).get_days() % 4));
    if let Some(when) = &mut event.when {
        let long = when.end.is_some_and(|end| Some(end) != when.start);
        when.start = when.start.map(near);
        when.end = if long {
            when.start.map(|day| day.saturating_add(jiff::Span::new().days(3)))
        } else {
            when.start
        };
    }
    report.source.published = report.source.published.map(near);
    if event.plain.kind != EventType::Consult {
        (event.kind, event.plain.kind) = (EventType::Assault, EventType::Assault);
    }
}

fn name(report: &mut Report, number: usize) {
    report.source.article = format!("a{}", number / 2);
    report.event.doc.clone_from(&report.source.article);
    report.event.id = format!("{}#{number}", report.source.article);
}

/// All that is derived, as bytes.
fn derived(reports: &[Report]) -> String {
    serde_json::to_string(&(clusters(reports), joins(reports), contacts(reports), contact_joins(reports)))
        .unwrap()
}

fn block_of(report: &Report) -> (Option<String>, Option<String>) {
    (cluster_block(report), contact_block(report))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reports_does_not_count((one, other) in reports().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))) {
        prop_assert_eq!(derived(&one), derived(&other));
    }

    #[test]
    fn the_same_reports_give_the_same_bytes(reports in reports()) {
        prop_assert_eq!(derived(&reports), derived(&reports.clone()));
    }

    #[test]
    fn every_dated_report_is_in_one_cluster(reports in reports()) {
        let held: Vec<String> = clusters(&reports).into_iter().flat_map(|cluster| cluster.reports).collect();
        let once: BTreeSet<&String> = held.iter().collect();
        prop_assert_eq!(once.len(), held.len());
        let dated = reports.iter().filter(|report| cluster_block(report).is_some());
        prop_assert_eq!(dated.map(Report::key).collect::<BTreeSet<_>>(), held.iter().map(String::as_str).collect());
    }

    #[test]
    fn clusters_begin_with_the_first_reported(reports in reports()) {
        let told = |key: &String| reports.iter().find(|r| r.key() == key).map(|r| (r.source.published, r.key()));
        for cluster in clusters(&reports) {
            prop_assert!(cluster.reports.is_sorted_by_key(told));
            prop_assert_eq!(cluster.id, format!("c:{}", cluster.reports[0]));
        }
    }

    #[test]
    fn every_report_of_a_contact_is_a_step_of_one(reports in reports()) {
        let contacts = contacts(&reports);
        let steps: Vec<&str> = contacts.iter().flat_map(|c| &c.steps).filter_map(|s| s.report.as_deref()).collect();
        let once: BTreeSet<&str> = steps.iter().copied().collect();
        prop_assert_eq!(once.len(), steps.len());
        let told = reports.iter().filter(|report| contact_block(report).is_some());
        prop_assert_eq!(told.map(Report::key).collect::<BTreeSet<_>>(), once);
    }

    #[test]
    fn steps_are_in_order_and_end_in_the_state(reports in reports()) {
        for contact in contacts(&reports) {
            prop_assert!(contact.steps.is_sorted_by_key(|step| step.on));
            prop_assert!(contact.steps.iter().all(|step| step.report.is_some()));
            prop_assert_eq!(contact.steps.last().map(|step| step.state), Some(contact.state));
        }
    }

    #[test]
    fn a_contact_as_of_its_last_report_is_the_contact(reports in reports()) {
        for contact in contacts(&reports) {
            let last = contact.steps.iter().filter_map(|step| step.on).max().unwrap_or(FIRST);
            let known = as_of(&contact, last).unwrap();
            prop_assert_eq!(known.days, contact.days);
            prop_assert_eq!(&known.steps[..contact.steps.len()], &contact.steps[..]);
        }
    }

    #[test]
    fn each_join_names_its_reason(reports in reports()) {
        let keys: BTreeSet<&str> = reports.iter().map(Report::key).collect();
        for (groups, joins) in [
            (clusters(&reports).into_iter().map(|c| (c.id, c.reports)).collect::<BTreeMap<_, _>>(), joins(&reports)),
            (contacts(&reports).into_iter().map(|c| (c.id, c.steps.into_iter().filter_map(|s| s.report).collect())).collect(), contact_joins(&reports)),
        ] {
            prop_assert_eq!(groups.values().map(Vec::len).sum::<usize>(), joins.len());
            for join in joins {
                let group = &groups[&join.cluster];
                prop_assert!(keys.contains(join.report.as_str()) && group.contains(&join.report));
                let is_first = group[0] == join.report;
                prop_assert_eq!(is_first, join.with.is_none(), "{:?}", join);
                prop_assert!(join.with.is_none_or(|with| group.contains(&with) && with != join.report));
            }
        }
    }

    #[test]
    fn blocks_have_nothing_to_do_with_each_other(reports in reports()) {
        let mut blocks: BTreeMap<_, Vec<Report>> = BTreeMap::new();
        for report in &reports {
            blocks.entry(cluster_block(report)).or_default().push(report.clone());
        }
        let mut parts: Vec<_> = blocks.values().flat_map(|block| clusters(block)).collect();
        parts.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(parts, clusters(&reports));
        let mut blocks: BTreeMap<_, Vec<Report>> = BTreeMap::new();
        for report in &reports {
            blocks.entry(contact_block(report)).or_default().push(report.clone());
        }
        let mut parts: Vec<_> = blocks.values().flat_map(|block| contacts(block)).collect();
        parts.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(parts, contacts(&reports));
    }

    #[test]
    fn two_reports_that_join_share_a_block(reports in reports()) {
        for (i, a) in reports.iter().enumerate().take(12) {
            for b in &reports[..i] {
                let pair = [a.clone(), b.clone()];
                let together = |joins: &[detente_ledger::derive::Join]| joins.iter().any(|join| join.with.is_some());
                prop_assert!(!together(&joins(&pair)) || cluster_block(a) == cluster_block(b));
                prop_assert!(!together(&contact_joins(&pair)) || contact_block(a) == contact_block(b));
            }
        }
    }

    #[test]
    fn an_unrelated_report_changes_nothing_else(reports in reports(), mut other in report()) {
        name(&mut other, 1000);
        let (act, contact) = block_of(&other);
        let unrelated: Vec<Report> = reports.into_iter().filter(|report| {
            let (its_act, its_contact) = block_of(report);
            (act.is_none() || its_act != act) && (contact.is_none() || its_contact != contact)
        }).collect();
        let all = [unrelated.clone(), vec![other.clone()]].concat();
        let is_other = |key: &String| key == other.key();
        let rest: Vec<_> = clusters(&all).into_iter().filter(|c| !c.reports.iter().any(is_other)).collect();
        prop_assert_eq!(rest, clusters(&unrelated));
        let rest: Vec<_> = contacts(&all).into_iter().filter(|c| c.steps.iter().all(|s| s.report.as_deref() != Some(other.key()))).collect();
        prop_assert_eq!(rest, contacts(&unrelated));
    }

    #[test]
    fn a_report_told_again_joins_itself(report in report(), index in any::<Index>()) {
        let (mut one, mut two) = (report.clone(), report);
        name(&mut one, 0);
        name(&mut two, 2 + index.index(8));
        prop_assume!(cluster_block(&one).is_some());
        let whole_day = one.days().is_some_and(|days| days == Days::on(days.from));
        prop_assume!(whole_day);
        let all = clusters(&[one, two]);
        prop_assert_eq!(all.len(), 1, "{:?}", all);
    }
}
