//! What each format looks like, byte for byte.

use detente_ledger::exchange::calendar::{self, Entry, Proof};
use detente_ledger::exchange::{Format, Summary};

use crate::sample::{agrees, contacts, folder, reports, written};

#[test]
fn formats() {
    for format in Format::ALL.iter().filter(|format| **format != Format::PloverJsonl) {
        let (text, _) = written(*format, &reports());
        agrees(&folder().join(format!("snapshots/{format}.tsv")), &text);
    }
}

#[test]
fn what_is_not_done_or_undated_is_counted() {
    let left = |format| {
        let Summary { not_done, undated, .. } = written(format, &reports()).1;
        (not_done, undated)
    };
    assert_eq!(left(Format::Gdelt2), (2, 1));
    assert_eq!(left(Format::Polecat), (2, 1));
    assert_eq!(left(Format::PloverJsonl), (0, 0));
}

#[test]
fn every_row_has_every_column() {
    for format in Format::ALL.iter().filter(|format| !format.columns().is_empty()) {
        for line in written(*format, &reports()).0.lines() {
            assert_eq!(line.split('\t').count(), format.columns().len(), "{format}: {line}");
        }
    }
    let counts = Format::ALL.iter().map(|format| format.columns().len());
    assert_eq!(counts.collect::<Vec<_>>(), [58, 61, 20, 40, 26, 0]);
}

#[test]
fn agenda() {
    let (reports, contacts) = (reports(), contacts());
    let proofs: Vec<Vec<Proof>> = contacts
        .iter()
        .map(|contact| {
            let keys = contact.steps.iter().filter_map(|step| step.report.as_deref());
            keys.filter_map(|key| reports.iter().find(|report| report.key() == key)).map(proof).collect()
        })
        .collect();
    let entries = contacts.iter().zip(&proofs).map(|(contact, proofs)| Entry { contact, proofs });
    let mut out = Vec::new();
    let summary = calendar::write(entries, "2017-05-09T08:30:00Z".parse().unwrap(), &mut out).unwrap();
    assert_eq!((summary.written, summary.undated), (3, 1));
    let text = String::from_utf8(out).unwrap();
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    agrees(&folder().join("snapshots/agenda.ics"), &text);
}

fn proof(report: &detente_model::Report) -> Proof {
    let source = &report.source;
    Proof { on: source.published, publisher: source.publisher.clone(), sentence: report.sentence.clone() }
}
