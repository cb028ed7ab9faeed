//! `detente times`: time expressions, with their TIMEX3 values and civil days.

use std::io::Write;

use clap::Args;
use detente::flow;
use detente_model::CodePoints;
use detente_time::{Anchor, Timex};
use jiff::civil::Date;
use serde::Serialize;

use crate::docs::{Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Print time expressions with their TIMEX3 value and the civil days they cover
#[derive(Debug, Args)]
pub struct Times {
    #[command(flatten)]
    docs: DocsOption,
}

impl Times {
    /// Resolves every document on all cores and prints a line a time expression.
    pub fn run(self) -> Result<Outcome, Failure> {
        let docs = self.docs.read()?;
        let mut out = output::stdout();
        progress::in_order(flow::all_cores(), || &docs, render, |lines| out.write_all(&lines))?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn render(doc: &Doc) -> Vec<u8> {
    let times = detente_time::read(&doc.text, &Anchor { published: doc.published, ..Anchor::default() });
    let mut points = CodePoints::new(&doc.text);
    let mut out = Vec::new();
    for timex in &times.timexes {
        // Writing to memory cannot fail.
        let _ = output::json_line(&mut out, &Row::new(doc, timex, &mut points));
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    doc: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    r#type: &'static str,
    value: String,
    /// The first civil day; null where nothing pins it to the calendar.
    from: Option<Date>,
    /// The last civil day.
    to: Option<Date>,
    r#mod: Option<&'static str>,
    basis: &'static str,
}

impl<'a> Row<'a> {
    fn new(doc: &'a Doc, timex: &Timex, points: &mut CodePoints<'_>) -> Self {
        Self {
            doc: &doc.id,
            start: points.at(timex.span.start),
            end: points.at(timex.span.end),
            text: &doc.text[timex.span.range()],
            r#type: timex.kind.as_str(),
            value: timex.value.to_string(),
            from: timex.days.map(|d| d.from),
            to: timex.days.map(|d| d.to),
            r#mod: timex.modifier.map(|m| m.as_str()),
            basis: timex.basis.as_str(),
        }
    }
}
