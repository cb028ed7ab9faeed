//! `detente explain`: why an event was coded so, what a rule asks for, what a name means.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente::acts::{Acts, Meaning, Rule, Sense};
use detente::code::certainty::Shown;
use detente::codebook::{Case, Chapter};
use detente::ledger::store::Access;
use detente::model::{Article, DateBasis, Days, EventRecord, EventType, Part, Published, Span};
use detente::{Explanation, Folding, Mark};
use detente_ingest::{Options, Source};
use jiff::civil::Date;
use serde::Serialize;

use crate::commands::types::{self, NameRecord};
use crate::failure::{Failure, Outcome};
use crate::grouped::Grouped;
use crate::inputs;
use crate::ledger::open;
use crate::limits::LimitOptions;
use crate::names::{Name, Names};
use crate::output;
use crate::paint::{self, ColourOption, Paint};
use crate::records::RecordsOption;
use crate::table;

/// Where the files of the lexicon stand in the repository.
const LEXICON: &str = "crates/detente-acts/data";

/// So many cases of a type are shown.
const CASES: usize = 6;

/// Say why an event was coded so, what a rule asks for, what a type means
#[derive(Debug, Args)]
#[command(after_help = "hint: event ids and rule ids stand in `detente read --format jsonl`")]
pub struct Explain {
    /// An event (FILE#2, or DOCUMENT#2 with --docs), a rule (consult/meet.v), or a type, mode, context or status
    #[arg(value_name = "EVENT|RULE|NAME|CLUSTER")]
    what: String,
    /// The ledger whose cluster or contact is explained: why its reports are one act or one contact
    #[arg(long, value_name = "LEDGER", conflicts_with_all = ["docs", "published"])]
    ledger: Option<String>,
    /// The JSON list of {id, published, title, text} that the event comes from
    #[arg(long, value_name = "DOCS.json")]
    docs: Option<PathBuf>,
    /// The day of the report, where `read` was given one
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    colour: ColourOption,
    #[command(flatten)]
    records: RecordsOption,
    #[command(flatten)]
    limits: LimitOptions,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For machines
    Json,
}

impl Explain {
    /// Explains what is named.
    pub fn run(self) -> Result<Outcome, Failure> {
        match (&self.ledger, event_id(&self.what)) {
            (Some(ledger), _) => self.grouped(ledger)?,
            (None, Some((doc, number))) => self.event(doc, number)?,
            (None, None) => self.names(Names::all().find(&self.what)?)?,
        }
        Ok(Outcome::Complete)
    }

    fn grouped(&self, ledger: &str) -> Result<(), Failure> {
        let opened = open(ledger, Access::Read)?;
        let grouped = Grouped::find(&opened, &self.what)?
            .ok_or_else(|| Failure::NoSuchGroup { id: self.what.clone(), ledger: ledger.to_owned() })?;
        let mut out = output::stdout();
        match self.format {
            Format::Text => grouped.print(&mut out)?,
            Format::Json => output::json(&mut out, &grouped)?,
        }
        Ok(out.flush()?)
    }

    fn event(&self, doc: &str, number: usize) -> Result<(), Failure> {
        let article = self.article(doc)?;
        let pipeline = self.records.pipeline()?;
        let Some(explanation) = pipeline.explain(&article, number) else {
            let events = pipeline.read(&article).events.len();
            return Err(Failure::NoSuchEvent { doc: doc.to_owned(), number, events });
        };
        let mut out = output::stdout();
        match self.format {
            Format::Text => {
                EventText { article: &article, explanation: &explanation, paint: self.colour.paint() }
                    .print(&mut out)?
            }
            Format::Json => output::json(&mut out, &EventAnswer::new(&article, &explanation))?,
        }
        Ok(out.flush()?)
    }

    /// The article of this id, read again.
    fn article(&self, doc: &str) -> Result<Article, Failure> {
        let given = |day| Published { days: Days::on(day), basis: DateBasis::Given, reasons: Vec::new() };
        let reader =
            self.limits.reader(Options { published: self.published.map(given), ..Options::default() });
        let source = self.docs.as_deref().map_or_else(|| file_of(doc), Path::to_string_lossy);
        let mut articles = reader.read(Source::named(&source));
        let mut unreadable = false;
        let found = articles.find_map(|article| match article {
            Ok(article) => (article.id == doc).then_some(article),
            Err(error) => {
                inputs::report(&error);
                unreadable = true;
                None
            }
        });
        found.ok_or_else(|| match unreadable {
            true => Failure::Named,
            false => Failure::NoSuchDocument { doc: doc.to_owned(), input: source.clone().into_owned() },
        })
    }

    fn names(&self, names: Vec<Name>) -> Result<(), Failure> {
        let mut out = output::stdout();
        match self.format {
            Format::Json => {
                output::json(&mut out, &names.into_iter().map(NameAnswer::new).collect::<Vec<_>>())?
            }
            Format::Text => {
                for name in names {
                    explain_name(&mut out, self.colour.paint(), name)?;
                    writeln!(out)?;
                }
            }
        }
        Ok(out.flush()?)
    }
}

/// `reports/a.txt#3`: a document and the number of its event.
fn event_id(what: &str) -> Option<(&str, usize)> {
    let (doc, number) = what.rsplit_once('#')?;
    Some((doc, number.parse().ok()?))
}

/// The file that a document's id begins with: "feed.xml#2" is an entry of "feed.xml".
fn file_of(doc: &str) -> std::borrow::Cow<'_, str> {
    let shorter = std::iter::successors(Some(doc), |doc| doc.rsplit_once('#').map(|(file, _)| file));
    shorter.into_iter().find(|file| Path::new(file).exists()).unwrap_or(doc).into()
}

/// An event for people.
struct EventText<'a> {
    article: &'a Article,
    explanation: &'a Explanation,
    paint: Paint,
}

impl EventText<'_> {
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let event = &self.explanation.event;
        self.headline(out)?;
        output::wrapped(out, "  ", &self.marked())?;
        if self.paint.is_on() {
            writeln!(out, "  {}", legend(self.paint, &self.explanation.marks))?;
        }
        self.heading(out, "Who, where, when, who says so")?;
        self.facts(out)?;
        self.heading(out, "Parse")?;
        self.explanation.parse.lines().try_for_each(|line| writeln!(out, "  {}", harmless(line)))?;
        self.heading(out, "Rule")?;
        if let Some(rule) = Acts::builtin().rule(&event.rule) {
            explain_rule(out, rule)?;
        }
        self.heading(out, "Folding")?;
        self.folding(out)?;
        self.heading(out, "Confidence")?;
        self.confidence(out)?;
        self.heading(out, "Definition")?;
        types::definition(out, self.paint, Name::Type(event.kind))
    }

    fn headline(&self, out: &mut impl Write) -> io::Result<()> {
        let event = &self.explanation.event;
        let kind = event.mode.map_or_else(|| event.kind.to_string(), |mode| format!("{} {mode}", event.kind));
        let when = event.when.map(|when| format!(", {}", table::days(when))).unwrap_or_default();
        writeln!(
            out,
            "{}: {}, {}{when}, {}\n",
            event.id,
            self.paint.with(paint::of_quad(event.kind.quad()), kind),
            event.status,
            table::parties(event)
        )
    }

    fn heading(&self, out: &mut impl Write, text: &str) -> io::Result<()> {
        writeln!(out, "\n{}", self.paint.with(paint::STRONG, text))
    }

    /// The sentence with its parts in colour, or in brackets with their names.
    fn marked(&self) -> String {
        let event = &self.explanation.event;
        let text = match event.evidence.part {
            Part::Title => &self.article.title,
            Part::Text => &self.article.text,
        };
        mark(text, event.evidence.sentence, &self.explanation.marks, self.paint)
    }

    fn facts(&self, out: &mut impl Write) -> io::Result<()> {
        let event = &self.explanation.event;
        for (label, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
            for party in parties {
                let code = party.actor.code.map_or("?".to_owned(), |code| code.to_string());
                let sector = party.actor.sector.map_or("", |sector| sector.as_str());
                let name = party.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
                let elsewhere = if party.elsewhere { ", named in another sentence" } else { "" };
                let text = paint::one_line(&party.text);
                writeln!(out, "  {label:<10} {code} {sector:<4} {text}{name}{elsewhere}")?;
            }
        }
        if let Some(place) = &event.place {
            writeln!(out, "  {:<10} {}", "place", place.name)?;
        }
        if let Some(when) = event.when {
            writeln!(out, "  {:<10} {}, by its {}", "time", table::days(when), when.basis)?;
        }
        match &event.speaker {
            Some(speaker) => writeln!(out, "  {:<10} {}", "speaker", paint::one_line(&speaker.text)),
            None => writeln!(out, "  {:<10} the report itself", "speaker"),
        }
    }

    fn folding(&self, out: &mut impl Write) -> io::Result<()> {
        let event = &self.explanation.event;
        let Folding { standing, by, because } = self.explanation.folding();
        let plain = event.plain.mode.map_or_else(String::new, |mode| format!(" {mode}"));
        let by = by.map(|word| format!(", by “{word}”")).unwrap_or_default();
        writeln!(out, "  {}{plain}, {standing}{by}", event.plain.kind)?;
        let mode = event.mode.map_or_else(String::new, |mode| format!(" {mode}"));
        let because = because.map(|line| format!(": {line}")).unwrap_or_default();
        writeln!(out, "  → {}{mode}, {}{because}", event.kind, event.status)
    }

    /// What speaks for the coding and what against it, and the share of such events that is right.
    fn confidence(&self, out: &mut impl Write) -> io::Result<()> {
        let told = |shown: &Shown| format!("{} {:+.2}", shown.sign, shown.weight());
        let signs: Vec<String> = self.explanation.signs.iter().map(told).collect();
        output::wrapped(out, "  ", &format!("{:.2}: {}", self.explanation.event.confidence, signs.join(", ")))
    }
}

/// Puts marks around words; marks that begin together stand one inside the other, the longest outside.
fn mark(text: &str, sentence: Span, marks: &[Mark], paint: Paint) -> String {
    let marks = &nested(text, marks);
    let mut bounds: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    bounds.extend([sentence.start, sentence.end]);
    bounds.sort_unstable();
    bounds.dedup();
    let mut out = String::new();
    for piece in bounds.windows(2) {
        let around: Vec<&Mark> =
            marks.iter().filter(|m| m.span.start <= piece[0] && piece[1] <= m.span.end).collect();
        let words = &harmless(&text[piece[0]..piece[1]]);
        match (paint.is_on(), around.last()) {
            (true, Some(innermost)) => out.push_str(&paint.with(paint::of_part(innermost.part), words)),
            (true, None) => out.push_str(words),
            (false, _) => bracketed(&mut out, words, piece, &around),
        }
    }
    out
}

/// Where a mark begins within another and ends after it, it begins at its next word instead: brackets cannot cross.
fn nested(text: &str, marks: &[Mark]) -> Vec<Mark> {
    let mut nested: Vec<Mark> = Vec::new();
    for mark in marks {
        let (start, end) = (mark.span.start, mark.span.end);
        let crossed =
            nested.iter().map(|m| m.span).filter(|m| m.start < start && start < m.end && m.end < end);
        let start = crossed.map(|m| m.end).max().unwrap_or(start);
        let blank = text[start..end].len() - text[start..end].trim_start().len();
        nested.push(Mark { span: Span::new(start + blank, end), ..*mark });
    }
    nested
}

/// Without the control characters that a terminal would obey.
fn harmless(text: &str) -> String {
    text.chars().filter(|letter| letter.is_whitespace() || !letter.is_control()).collect()
}

fn bracketed(out: &mut String, words: &str, piece: &[usize], around: &[&Mark]) {
    let opening: Vec<&str> =
        around.iter().filter(|m| m.span.start == piece[0]).map(|m| m.part.as_str()).collect();
    if !opening.is_empty() {
        out.push_str(&format!("[{}: ", opening.join(", ")));
    }
    out.push_str(words);
    let mut closing: Vec<usize> =
        around.iter().filter(|m| m.span.end == piece[1]).map(|m| m.span.start).collect();
    closing.dedup();
    out.push_str(&"]".repeat(closing.len()));
}

fn legend(paint: Paint, marks: &[Mark]) -> String {
    let mut parts: Vec<_> = marks.iter().map(|mark| mark.part).collect();
    parts.sort_unstable();
    parts.dedup();
    parts.into_iter().map(|part| paint.with(paint::of_part(part), part)).collect::<Vec<_>>().join("  ")
}

fn explain_name(out: &mut impl Write, paint: Paint, name: Name) -> io::Result<()> {
    match name {
        Name::Rule(rule) => {
            explain_rule(out, rule)?;
            match kind_of(rule) {
                Some(kind) => {
                    writeln!(out)?;
                    types::definition(out, paint, Name::Type(kind))
                }
                None => Ok(()),
            }
        }
        Name::Type(kind) => {
            types::definition(out, paint, name)?;
            chapter(out, paint, &Chapter::of(kind))
        }
        _ => types::definition(out, paint, name),
    }
}

fn chapter(out: &mut impl Write, paint: Paint, chapter: &Chapter) -> io::Result<()> {
    writeln!(out, "\n{}", paint.with(paint::STRONG, "Its neighbours"))?;
    chapter.neighbours.iter().try_for_each(|line| output::wrapped(out, "  ", &types::plain(line)))?;
    writeln!(out, "\n{}", paint.with(paint::STRONG, "Cases"))?;
    chapter.firing().take(CASES).try_for_each(|case| self::case(out, case))?;
    writeln!(out, "\n{}", paint.with(paint::STRONG, format!("Not {}", chapter.kind)))?;
    chapter.silent().take(CASES).try_for_each(|case| self::case(out, case))
}

fn case(out: &mut impl Write, case: &Case) -> io::Result<()> {
    output::wrapped(out, "  ", case.text)?;
    writeln!(out, "      {}", case.expected)
}

fn explain_rule(out: &mut impl Write, rule: Rule<'_>) -> io::Result<()> {
    writeln!(out, "  {}  ({LEXICON}/{}:{})", rule.id(), rule.at().file, rule.at().line)?;
    if let Some(pattern) = rule.pattern() {
        output::wrapped(out, "  pattern   ", pattern)?;
    }
    output::wrapped(out, "  asks for  ", &rule.doc())?;
    output::wrapped(out, "  gives     ", &meaning(rule))?;
    output::wrapped(out, "  fires     ", rule.example())?;
    match counter(rule) {
        Some((sentence, by)) => output::wrapped(out, "  must not  ", &format!("{sentence}{by}")),
        None => Ok(()),
    }
}

fn meaning(rule: Rule<'_>) -> String {
    match rule {
        Rule::Sense(Sense { meaning: Meaning::Act(kind), mode, .. }) => {
            mode.map_or_else(|| kind.to_string(), |mode| format!("{kind} {mode}"))
        }
        Rule::Sense(_) => "no act, though it looks like one".to_owned(),
        Rule::Operator(operator) => format!("{}: {}", operator.effect, operator.effect.meaning()),
        Rule::Construction(construction) => construction.kind.to_string(),
    }
}

/// A sentence that the rule must not fire in: its own, or that of a sense of the same word that is no act.
fn counter(rule: Rule<'_>) -> Option<(&str, String)> {
    match rule {
        Rule::Sense(sense) if sense.meaning != Meaning::Nothing => {
            let other = Acts::builtin().lookalikes(&sense.pattern).next()?;
            Some((&other.example, format!("  ({})", other.id)))
        }
        Rule::Construction(construction) => Some((&construction.counter, String::new())),
        _ => None,
    }
}

fn kind_of(rule: Rule<'_>) -> Option<EventType> {
    match rule {
        Rule::Sense(Sense { meaning: Meaning::Act(kind), .. }) => Some(*kind),
        Rule::Construction(construction) => Some(construction.kind),
        _ => None,
    }
}

/// An event for machines.
#[derive(Serialize)]
struct EventAnswer<'a> {
    event: Option<EventRecord<'a>>,
    marks: Vec<MarkRecord<'a>>,
    parse: &'a str,
    folding: Folding,
    signs: BTreeMap<&'static str, f32>,
    rule: Option<RuleRecord<'a>>,
    definition: NameRecord,
}

#[derive(Serialize)]
struct MarkRecord<'a> {
    part: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct RuleRecord<'a> {
    id: &'a str,
    file: String,
    line: usize,
    pattern: Option<&'a str>,
    doc: String,
    gives: String,
    example: &'a str,
    must_not: Option<&'a str>,
}

impl<'a> EventAnswer<'a> {
    fn new(article: &'a Article, explanation: &'a Explanation) -> Self {
        let event = &explanation.event;
        let text = match event.evidence.part {
            Part::Title => &article.title,
            Part::Text => &article.text,
        };
        let mark = |mark: &Mark| MarkRecord { part: mark.part.as_str(), text: &text[mark.span.range()] };
        Self {
            event: EventRecord::all(article, std::slice::from_ref(event)).pop(),
            marks: explanation.marks.iter().map(mark).collect(),
            parse: &explanation.parse,
            folding: explanation.folding(),
            signs: explanation.signs.iter().map(|shown| (shown.sign.as_str(), shown.weight())).collect(),
            rule: Acts::builtin().rule(&event.rule).map(RuleRecord::new),
            definition: NameRecord::of(Name::Type(event.kind)),
        }
    }
}

impl<'a> RuleRecord<'a> {
    fn new(rule: Rule<'a>) -> Self {
        Self {
            id: rule.id(),
            file: format!("{LEXICON}/{}", rule.at().file),
            line: rule.at().line,
            pattern: rule.pattern(),
            doc: rule.doc(),
            gives: meaning(rule),
            example: rule.example(),
            must_not: counter(rule).map(|(sentence, _)| sentence),
        }
    }
}

/// A rule or a name for machines.
#[derive(Serialize)]
struct NameAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<RuleRecord<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<NameRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cases: Vec<CaseRecord>,
}

#[derive(Serialize)]
struct CaseRecord {
    text: &'static str,
    expected: &'static str,
}

impl NameAnswer {
    fn new(name: Name) -> Self {
        match name {
            Name::Rule(rule) => Self {
                rule: Some(RuleRecord::new(rule)),
                definition: kind_of(rule).map(|kind| NameRecord::of(Name::Type(kind))),
                cases: Vec::new(),
            },
            Name::Type(kind) => {
                let chapter = Chapter::of(kind);
                let shown = chapter.firing().take(CASES).chain(chapter.silent().take(CASES));
                let cases =
                    shown.map(|case| CaseRecord { text: case.text, expected: case.expected }).collect();
                Self { rule: None, definition: Some(NameRecord::of(name)), cases }
            }
            _ => Self { rule: None, definition: Some(NameRecord::of(name)), cases: Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use detente::model::Span;
    use detente::{Mark, Played};

    use super::{event_id, nested};

    #[test]
    fn marks_do_not_cross() {
        let text = "Norway's envoy meets friends";
        let actor = Mark { span: Span::new(0, 14), part: Played::Actor };
        let trigger = Mark { span: Span::new(9, 20), part: Played::Trigger };
        let spans: Vec<&str> =
            nested(text, &[actor, trigger]).iter().map(|m| &text[m.span.range()]).collect();
        assert_eq!(spans, ["Norway's envoy", "meets"]);
    }

    #[test]
    fn the_last_number_is_the_event() {
        assert_eq!(event_id("a/b.txt#12"), Some(("a/b.txt", 12)));
        assert_eq!(event_id("feed.xml#2#1"), Some(("feed.xml#2", 1)));
        assert_eq!(event_id("CONSULT"), None);
    }
}
