//! `detente ledger diff`: what two codings make of the same articles.

use std::io::Write;

use clap::{Args, ValueEnum};
use detente::ledger::compare::{Difference, Field, differences};
use detente::ledger::store::{Access, CodedArticle, Ledger, Versions};
use detente::model::{EventRecord, Report};
use serde::Serialize;

use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::ledger::{Opened, open};
use crate::output;

/// Say what is coded otherwise in another ledger of the same articles
#[derive(Debug, Args)]
pub struct Diff {
    /// The ledger with the articles as they were coded
    before: String,
    /// The ledger with the same articles, coded by another version
    after: String,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Text,
    /// One JSON object a line
    Jsonl,
}

/// Articles looked at in one go.
const AT_ONCE: usize = 200;

impl Diff {
    /// Goes through both in the order of the articles' ids and prints what differs.
    pub fn run(self) -> Result<Outcome, Failure> {
        let (before, after) = (open(&self.before, Access::Read)?, open(&self.after, Access::Read)?);
        let (mut before, mut after) = (Articles::of(&before), Articles::of(&after));
        let mut printer = Printer { out: output::stdout(), format: self.format, sum: Sum::default() };
        let (mut left, mut right) = (before.next()?, after.next()?);
        loop {
            match (left, right) {
                (None, None) => break,
                (Some(x), Some(y)) if x.id == y.id => {
                    printer.compare(&x, &y)?;
                    (left, right) = (before.next()?, after.next()?);
                }
                (Some(x), y) if y.as_ref().is_none_or(|y| x.id < y.id) => {
                    printer.sum.only_before += 1;
                    (left, right) = (before.next()?, y);
                }
                (x, _) => {
                    printer.sum.only_after += 1;
                    (left, right) = (x, after.next()?);
                }
            }
        }
        printer.out.flush()?;
        eprintln!("detente: {}", printer.sum.told());
        Ok(Outcome::Complete)
    }
}

/// The articles of a ledger, one after the other.
struct Articles<'o> {
    opened: &'o Opened,
    ahead: std::vec::IntoIter<CodedArticle>,
    last: Option<String>,
}

impl<'o> Articles<'o> {
    fn of(opened: &'o Opened) -> Self {
        Self { opened, ahead: Vec::new().into_iter(), last: None }
    }

    fn next(&mut self) -> Result<Option<CodedArticle>, Failure> {
        if self.ahead.len() == 0 {
            let ledger: &Ledger = self.opened.kept.ledger();
            let next = self.opened.kept.wait(ledger.coded_articles(self.last.as_deref(), AT_ONCE))?;
            self.ahead = next.into_iter();
        }
        let next = self.ahead.next();
        if let Some(article) = &next {
            self.last = Some(article.id.clone());
        }
        Ok(next)
    }
}

/// How much differs.
#[derive(Default)]
struct Sum {
    both: usize,
    otherwise: usize,
    added: usize,
    gone: usize,
    changed: usize,
    other_text: usize,
    only_before: usize,
    only_after: usize,
}

impl Sum {
    fn told(&self) -> String {
        let articles = |number| counted(number, "article", "articles");
        let mut told = format!(
            "{} compared, {} coded otherwise: {} added, {} gone, {} changed",
            articles(self.both),
            self.otherwise,
            self.added,
            self.gone,
            self.changed
        );
        for (number, place) in [
            (self.other_text, "with another text"),
            (self.only_before, "only in the first"),
            (self.only_after, "only in the second"),
        ] {
            if number > 0 {
                told.push_str(&format!("; {} {place}", articles(number)));
            }
        }
        told
    }
}

/// One difference as a program reads it.
#[derive(Serialize)]
struct DifferenceRecord<'r> {
    article: &'r str,
    difference: &'static str,
    before: Option<EventRecord<'r>>,
    after: Option<EventRecord<'r>>,
    fields: &'r [Field],
    versions: [VersionRecord<'r>; 2],
}

/// What read an article, as a program reads it.
#[derive(Serialize)]
struct VersionRecord<'r> {
    coder: &'r str,
    rules: &'r str,
    lexicon: &'r str,
    model: &'r str,
}

impl<'r> VersionRecord<'r> {
    fn of(Versions { coder, rules, lexicon, model }: &'r Versions) -> Self {
        Self { coder, rules, lexicon, model }
    }
}

struct Printer<W> {
    out: W,
    format: Format,
    sum: Sum,
}

impl<W: Write> Printer<W> {
    fn compare(&mut self, before: &CodedArticle, after: &CodedArticle) -> Result<(), Failure> {
        if before.signature != after.signature {
            self.sum.other_text += 1;
            return Ok(());
        }
        self.sum.both += 1;
        let found = differences(&before.reports, &after.reports);
        if found.is_empty() {
            return Ok(());
        }
        self.sum.otherwise += 1;
        if self.format == Format::Text {
            writeln!(self.out, "{}  ({})", before.id, versions(&before.versions, &after.versions))?;
        }
        for difference in &found {
            self.count(difference);
            match self.format {
                Format::Text => self.line(difference)?,
                Format::Jsonl => output::json_line(&mut self.out, &record(before, after, difference))?,
            }
        }
        Ok(())
    }

    fn count(&mut self, difference: &Difference<'_>) {
        match difference {
            Difference::Added(_) => self.sum.added += 1,
            Difference::Gone(_) => self.sum.gone += 1,
            Difference::Changed { .. } => self.sum.changed += 1,
        }
    }

    fn line(&mut self, difference: &Difference<'_>) -> std::io::Result<()> {
        match difference {
            Difference::Added(report) => writeln!(self.out, "  + {}", event(report)),
            Difference::Gone(report) => writeln!(self.out, "  - {}", event(report)),
            Difference::Changed { after, fields, .. } => {
                writeln!(self.out, "  ~ {}", event(after))?;
                fields.iter().try_for_each(|Field { field, before, after }| {
                    writeln!(self.out, "      {field}: {} → {}", or_nothing(before), or_nothing(after))
                })
            }
        }
    }
}

fn record<'r>(
    before: &'r CodedArticle,
    after: &'r CodedArticle,
    difference: &'r Difference<'_>,
) -> DifferenceRecord<'r> {
    let (name, first, second, fields): (_, Option<&Report>, Option<&Report>, &[Field]) = match difference {
        Difference::Added(report) => ("added", None, Some(*report), [].as_slice()),
        Difference::Gone(report) => ("gone", Some(*report), None, [].as_slice()),
        Difference::Changed { before, after, fields } => {
            ("changed", Some(*before), Some(*after), fields.as_slice())
        }
    };
    let event = |report: &'r Report| EventRecord::of_report(report, None);
    DifferenceRecord {
        article: &before.id,
        difference: name,
        before: first.map(event),
        after: second.map(event),
        fields,
        versions: [VersionRecord::of(&before.versions), VersionRecord::of(&after.versions)],
    }
}

/// "ACCUSE occurred “condemned” in: The envoy condemned …  [accuse/condemn]".
fn event(report: &Report) -> String {
    let event = &report.event;
    let sentence = report.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{} {} “{}” in: {sentence}  [{}]", event.kind, event.status, report.trigger, event.rule)
}

/// The parts that differ: "coder detente 0.1.0 → detente 0.2.0, rules 7f → 8a".
fn versions(before: &Versions, after: &Versions) -> String {
    let parts = [
        ("coder", &before.coder, &after.coder),
        ("rules", &before.rules, &after.rules),
        ("lexicon", &before.lexicon, &after.lexicon),
        ("model", &before.model, &after.model),
    ];
    let differ = parts.into_iter().filter(|(_, before, after)| before != after);
    let told: Vec<String> =
        differ.map(|(part, before, after)| format!("{part} {before} → {after}")).collect();
    if told.is_empty() { format!("both by {}", before.coder) } else { told.join(", ") }
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
