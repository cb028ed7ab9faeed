//! How an answer is printed: in words with numbered reports, as JSON, as a picture.

use std::io::{self, Write};

use clap::ValueEnum;
use detente::Answered;
use detente::assess::{
    Answer, Clause, Grain, History, Picture, Section, Series, Verdict, in_short, lanes, svg,
};
use detente::model::Report;
use jiff::civil::Date;
use serde::Serialize;

use crate::output;

/// The shapes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// In words, every statement with the reports behind it
    Text,
    /// One JSON object
    Json,
    /// A timeline as SVG; for relations
    Svg,
}

/// Prints an answer; `svg` needs a verdict and falls back to words without one.
pub fn print(out: &mut impl Write, answered: &Answered, format: Format, grain: Grain) -> io::Result<()> {
    match (format, &answered.verdict) {
        (Format::Json, _) => output::json_line(out, &Whole::of(answered, grain)),
        (Format::Svg, Some((verdict, history))) => picture(out, answered, verdict, history),
        _ => words(out, answered),
    }
}

fn picture(
    out: &mut impl Write,
    answered: &Answered,
    verdict: &Verdict,
    history: &History,
) -> io::Result<()> {
    let headline = answered.answer.section(Section::Headline).next();
    let title = headline.map_or("", |clause| clause.text.as_str());
    writeln!(out, "{}", svg(&Picture::of(history, verdict), history, verdict, title))
}

fn words(out: &mut impl Write, answered: &Answered) -> io::Result<()> {
    let Answered { answer, verdict, cited } = answered;
    let numbers = |clause: &Clause| numbers(clause, cited);
    for clause in answer.section(Section::Headline) {
        writeln!(out, "{}{}", clause.text, numbers(clause))?;
    }
    if let Some((verdict, history)) = verdict {
        weeks(out, history, verdict)?;
    }
    for section in Section::ALL.iter().filter(|section| **section != Section::Headline) {
        let mut clauses = answer.section(*section).peekable();
        if clauses.peek().is_some() {
            writeln!(out, "\n{section}")?;
        }
        clauses.try_for_each(|clause| writeln!(out, "- {}{}", clause.text, numbers(clause)))?;
    }
    sources(out, cited)
}

/// Contacts, bars of cooperation above bars of conflict, and verdicts, a sign a week.
fn weeks(out: &mut impl Write, history: &History, verdict: &Verdict) -> io::Result<()> {
    let picture = Picture::of(history, verdict);
    writeln!(out)?;
    for (name, signs) in lanes(&picture, history, verdict) {
        writeln!(out, "{}", format!("{name:<12}{signs}").trim_end())?;
    }
    writeln!(out, "by week     {} to {}", picture.days.from, picture.days.to)
}

fn sources(out: &mut impl Write, cited: &[Report]) -> io::Result<()> {
    for (i, report) in cited.iter().enumerate() {
        let lead = if i == 0 { "\n" } else { "" };
        let source = &report.source;
        let published = source.published.map_or_else(|| "no day".to_owned(), |day: Date| day.to_string());
        let by = source.publisher.as_ref().map_or_else(String::new, |name| format!(", {name}"));
        writeln!(out, "{lead}[{}] {}, {published}{by}: “{}”", i + 1, source.article, report.sentence.trim())?;
    }
    Ok(())
}

/// " [1][3]", the places of a clause's reports in the list of sources.
fn numbers(clause: &Clause, cited: &[Report]) -> String {
    let places = clause.reports.iter().filter_map(|key| cited.iter().position(|report| report.key() == key));
    let numbers: String = places.map(|place| format!("[{}]", place + 1)).collect();
    if numbers.is_empty() { numbers } else { format!(" {numbers}") }
}

/// An answer with all that it was made of.
#[derive(Serialize)]
struct Whole<'a> {
    in_short: Option<String>,
    #[serde(flatten)]
    answer: &'a Answer,
    verdict: Option<&'a Verdict>,
    series: Option<Series>,
    contacts: Option<&'a [detente::model::Contact]>,
    reports: &'a [Report],
}

impl<'a> Whole<'a> {
    fn of(answered: &'a Answered, grain: Grain) -> Self {
        let verdict = answered.verdict.as_ref();
        Self {
            in_short: verdict.map(|(verdict, _)| in_short(verdict)),
            answer: &answered.answer,
            verdict: verdict.map(|(verdict, _)| verdict),
            series: verdict.map(|(_, history)| Series::of(history, grain)),
            contacts: verdict.map(|(_, history)| history.contacts.as_slice()),
            reports: &answered.cited,
        }
    }
}
