//! The codebook of time, `codebook/time/*.md`, run as a test.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use detente_time::{Anchor, infer, read, recognise};
use jiff::civil::Date;

/// The cells of a table's row, and where it stands.
struct Row {
    at: String,
    cells: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/time")
}

/// The rows of the tables of a file, without head and rule.
fn rows(path: &Path, columns: usize) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| l.starts_with('|')).skip(2) {
        let cells: Vec<String> =
            line.trim().trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect();
        assert_eq!(cells.len(), columns, "{name}:{}: {line}", number + 1);
        rows.push(Row { at: format!("{name}:{}", number + 1), cells });
    }
    rows
}

fn days(cell: &str) -> Option<(Date, Date)> {
    let (from, to) = cell.split_once("..").unwrap_or((cell, cell));
    (cell != "-").then(|| (from.parse().unwrap(), to.parse().unwrap()))
}

/// What is wrong with a row, if anything is.
fn judge(row: &Row) -> Option<String> {
    let [text, report, kind, value, wanted_days] = &row.cells[..] else {
        return Some("five cells wanted".into());
    };
    let plain = text.replace(['[', ']'], "");
    let published = (report != "-").then(|| report.parse().unwrap());
    let times = read(&plain, &Anchor { published, ..Anchor::default() });
    let Some(start) = text.find('[') else {
        assert_eq!(kind, "none", "{}", row.at);
        let found: Vec<_> = times.timexes.iter().map(|t| &plain[t.span.range()]).collect();
        return (!found.is_empty()).then(|| format!("{text}: found {found:?}"));
    };
    let end = text.find(']').unwrap() - 1;
    let Some(timex) = times.timexes.iter().find(|t| (t.span.start, t.span.end) == (start, end)) else {
        let found: Vec<_> = times.timexes.iter().map(|t| &plain[t.span.range()]).collect();
        return Some(format!("{text}: not found among {found:?}"));
    };
    let found = (timex.kind.as_str(), timex.value.to_string(), timex.days.map(|d| (d.from, d.to)));
    let wanted = (kind.as_str(), value.clone(), days(wanted_days));
    (found != wanted).then(|| format!("{text}: {found:?} instead of {wanted:?}"))
}

#[test]
fn every_case_of_the_codebook_holds() {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let other = ["README.md", "report-day.md"];
    let cases: Vec<Row> = files
        .iter()
        .filter(|f| !other.iter().any(|name| f.ends_with(name)))
        .flat_map(|f| rows(f, 5))
        .collect();
    assert!(cases.len() >= 300, "only {} cases", cases.len());
    let wrong: Vec<String> =
        cases.iter().filter_map(|row| judge(row).map(|why| format!("{}: {why}", row.at))).collect();
    assert!(wrong.is_empty(), "{} of {} cases fail:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn reports_without_a_date_are_dated_by_their_words() {
    let path = folder().join("report-day.md");
    let cases = rows(&path, 2);
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for row in &cases {
        let text = row.cells[0].replace(" / ", "\n\n");
        let found = infer::report_day(&text, &recognise(&text));
        let wanted = days(&row.cells[1]);
        if found.as_ref().map(|f| (f.days.from, f.days.to)) != wanted {
            wrong.push(format!(
                "{}: {} instead of {}: {:#?}",
                row.at,
                found.as_ref().map_or("nothing".into(), |f| format!("{:?}", f.days)),
                row.cells[1],
                found.map(|f| f.reasons)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases fail:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
