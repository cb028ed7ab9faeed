//! What goes out comes back: our own lines whole, GDELT and POLECAT in type, parties, day and place.

use std::io::Write;

use detente_ledger::exchange::Format;
use detente_model::{ActorCode, EventType, Mode, Report};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::sample::{read, reports, written};

/// Type, first actor, first recipient, day, place, as far as a dyadic format can tell.
type Core = (
    EventType,
    Option<ActorCode>,
    Option<ActorCode>,
    Option<jiff::civil::Date>,
    Option<String>,
    Option<ActorCode>,
);

fn core(report: &Report) -> Core {
    let event = &report.event;
    let code = |parties: &[detente_model::Party]| parties.first().and_then(|party| party.actor.code);
    let place = event.place.as_ref();
    (
        event.kind,
        code(&event.actors),
        code(&event.recipients),
        event.when.and_then(|when| when.start),
        place.map(|place| place.name.clone()),
        place.and_then(|place| place.country),
    )
}

/// Reports of one pair of parties and one day that every format can hold.
fn plain() -> Vec<Report> {
    let one = |report: &Report| {
        report.event.actors.len() <= 1
            && report.event.recipients.len() <= 1
            && report.event.status.as_str() == "occurred"
    };
    let mut reports: Vec<Report> =
        reports().into_iter().filter(|r| one(r) && r.event.when.is_some()).collect();
    for report in &mut reports {
        let when = report.event.when.as_mut().unwrap();
        when.end = when.start;
    }
    assert!(reports.len() >= 3);
    reports
}

#[test]
fn own_lines_come_back_whole() {
    let reports = reports();
    assert_eq!(read(written(Format::PloverJsonl, &reports).0.into_bytes()), reports);
}

#[test]
fn gdelt_and_polecat_come_back_in_type_parties_day_and_place() {
    for format in [Format::Gdelt1, Format::Gdelt2, Format::Polecat] {
        let plain = plain();
        let back = read(written(format, &plain).0.into_bytes());
        assert_eq!(
            back.iter().map(core).collect::<Vec<_>>(),
            plain.iter().map(core).collect::<Vec<_>>(),
            "{format}"
        );
    }
}

#[test]
fn every_type_and_mode_comes_back_in_its_type() {
    let mut report = plain().remove(0);
    for kind in EventType::ALL {
        for mode in Mode::ALL.iter().copied().map(Some).chain([None]) {
            (report.event.kind, report.event.mode) = (*kind, mode);
            report.event.cameo = kind.cameo(mode).to_owned();
            let back = read(written(Format::Gdelt2, std::slice::from_ref(&report)).0.into_bytes());
            assert_eq!(back[0].event.kind, *kind, "{kind} {mode:?} by {}", report.event.cameo);
        }
    }
}

#[test]
fn a_code_of_another_type_is_not_written() {
    let mut report = plain().remove(0);
    report.event.cameo = "190".to_owned();
    let text = written(Format::Gdelt2, std::slice::from_ref(&report)).0;
    assert_eq!(text.split('\t').nth(26), Some("042"), "{text}");
}

#[test]
fn gzip_is_taken_off() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let reports = reports();
    for line in written(Format::PloverJsonl, &reports).0.lines() {
        writeln!(gzip, "{line}").unwrap();
    }
    assert_eq!(read(gzip.finish().unwrap()), reports);
}
