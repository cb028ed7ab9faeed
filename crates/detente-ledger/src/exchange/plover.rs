//! Our own lines: a report a line as JSON, its codes named as PLOVER names them. Written and read without loss.

use std::io::{self, Write};

use detente_model::Report;

use super::reader::FaultKind;

/// Writes one report.
pub(super) fn write(out: &mut impl Write, report: &Report) -> io::Result<()> {
    serde_json::to_writer(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Reads one line.
pub(super) fn read(line: &str) -> Result<Report, FaultKind> {
    let report: Report = serde_json::from_str(line).map_err(|error| FaultKind::Json(error.to_string()))?;
    if report.event.id.is_empty() || report.source.article.is_empty() {
        return Err(FaultKind::Json("a report needs an `event.id` and a `source.article`".to_owned()));
    }
    let backward =
        report.event.when.is_some_and(|when| matches!((when.start, when.end), (Some(a), Some(b)) if b < a));
    if backward {
        return Err(FaultKind::Json("`event.when` ends before it begins".to_owned()));
    }
    Ok(report)
}
