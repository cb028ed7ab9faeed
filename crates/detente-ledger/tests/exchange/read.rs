//! Bad rows are told with file and line, and the rest goes on.

use detente_ledger::exchange::{Format, Reader};
use detente_model::{EventType, Mode, Report, Severity};

use crate::sample::{reports, written};

fn outcome(text: String) -> (Vec<Report>, Vec<String>, u64) {
    let mut reader = Reader::new(std::io::Cursor::new(text.into_bytes()), "may.csv").unwrap();
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for result in reader.by_ref() {
        match result {
            Ok(report) => read.push(report),
            Err(fault) => {
                let told = fault.diagnostic();
                assert_eq!(told.severity == Severity::Error, fault.kind.ends_file());
                faults.push(format!("{} {}", told.code, told.message));
            }
        }
    }
    (read, faults, reader.statements())
}

/// A row of GDELT 2 with some cells changed.
fn gdelt(changes: &[(usize, &str)]) -> String {
    let text = written(Format::Gdelt2, &reports()[..1]).0;
    let mut cells: Vec<&str> = text.trim_end_matches('\n').split('\t').collect();
    for (at, cell) in changes {
        cells[*at] = cell;
    }
    cells.join("\t") + "\n"
}

#[test]
fn faults_name_file_and_line_and_cost_one_row() {
    let text = [
        gdelt(&[]),
        "1\t2\t3\n".to_owned(),
        gdelt(&[(1, "20170231")]),
        gdelt(&[(26, "999")]),
        gdelt(&[(0, "seven")]),
        gdelt(&[(26, "010")]),
        gdelt(&[(0, "8")]),
    ];
    let (read, faults, statements) = outcome(text.concat());
    assert_eq!(read.len(), 2);
    assert_eq!(statements, 1);
    assert_eq!(
        faults,
        [
            "import/columns may.csv:2: 61 columns wanted, 3 found",
            "import/cell may.csv:3: SQLDATE is `20170231`, wanted a day as YYYYMMDD",
            "import/cell may.csv:4: EventCode is `999`, wanted a CAMEO code",
            "import/cell may.csv:5: GLOBALEVENTID is `seven`, wanted a number",
        ]
    );
}

#[test]
fn a_file_of_another_kind_is_told_once() {
    let (read, faults, _) = outcome("name,code\na,b\nc,d\n".to_owned());
    assert!(read.is_empty());
    assert_eq!(
        faults,
        ["import/unknown-form may.csv:1: this is no file of GDELT, POLECAT or plover-jsonl: 1 columns"]
    );
}

#[test]
fn the_historical_backfile_has_no_address() {
    let text = written(Format::Gdelt1, &reports()[..1]).0;
    let backfile = text.rsplit_once('\t').unwrap().0.to_owned() + "\n";
    let (read, faults, _) = outcome(backfile);
    assert_eq!((read.len(), faults.len(), read[0].source.url.as_deref()), (1, 0, None));
}

#[test]
fn a_host_is_the_recipient_of_a_visit() {
    let (read, _, _) = outcome(gdelt(&[(26, "043")]));
    let code = |parties: &[detente_model::Party]| parties[0].actor.code.unwrap().to_string();
    let event = &read[0].event;
    assert_eq!((event.kind, event.mode), (EventType::Consult, Some(Mode::Visit)));
    assert_eq!((code(&event.actors), code(&event.recipients)), ("RUS".to_owned(), "USA".to_owned()));
}

#[test]
fn a_finer_code_is_read_as_the_one_above_it() {
    let (read, faults, _) = outcome(gdelt(&[(26, "1952")]));
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!((read[0].event.kind, read[0].event.cameo.as_str()), (EventType::Assault, "1952"));
}

#[test]
fn polecat_has_headers_with_excess_columns_and_rows_with_excess_tabs() {
    let text = written(Format::Polecat, &reports()[..2]).0;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[0] += "\tHeadline\tBody";
    lines[1] += "\t\t\t";
    let (read, faults, _) = outcome(lines.join("\n"));
    assert_eq!((read.len(), faults), (2, Vec::new()));
    assert_eq!(read[1].event.actors.len(), 3);
    assert_eq!(read[1].event.actors[0].name.as_deref(), Some("Sergey Lavrov"));
}
