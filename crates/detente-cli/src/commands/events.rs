//! `detente events`: reports of a ledger, found by who, what, when, where, and by words.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use detente::ledger::store::{Access, Cursor, Direction, Filter, Page, Pair};
use detente::lexicon::Lexicon;
use detente::model::{ActorCode, EventType, QuadClass, Report, Status};
use detente::{EventRecord, Parties};
use jiff::civil::Date;

use crate::args::named;
use crate::failure::{Failure, Outcome};
use crate::ledger::{LedgerOption, Opened};
use crate::output;
use crate::paint::{self, ColourOption};
use crate::table::Table;

/// Find the events of a ledger
#[derive(Debug, Args)]
pub struct Events {
    #[command(flatten)]
    ledger: LedgerOption,
    #[command(flatten)]
    wanted: Wanted,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Print no more than so many; without it, 100 in a table and all in a file
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Go on after an earlier page, by the word that it ended with
    #[arg(long, value_name = "CURSOR")]
    after: Option<Cursor>,
    #[command(flatten)]
    colour: ColourOption,
}

/// Which events are asked for.
#[derive(Debug, Args)]
pub struct Wanted {
    /// Who takes part, on either side: a code such as RUS, or a name
    #[arg(long, value_name = "PARTY")]
    actor: Option<String>,
    /// Between two parties: --dyad RUS USA
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    dyad: Option<Vec<String>>,
    /// Only what the first of the dyad does to the second
    #[arg(long, requires = "dyad")]
    directed: bool,
    /// Of this type; may be repeated
    #[arg(long = "type", value_name = "TYPE", ignore_case = true, hide_possible_values = true, value_parser = named(EventType::ALL))]
    kinds: Vec<EventType>,
    /// Of this quad class; may be repeated
    #[arg(long = "quad", value_name = "CLASS", ignore_case = true, value_parser = named(QuadClass::ALL))]
    quads: Vec<QuadClass>,
    /// Of this status; may be repeated
    #[arg(long = "status", value_name = "STATUS", ignore_case = true, value_parser = named(Status::ALL))]
    statuses: Vec<Status>,
    /// In this country
    #[arg(long, value_name = "PARTY")]
    country: Option<String>,
    /// In a place whose name begins so
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Said by somebody of this state or organisation
    #[arg(long, value_name = "PARTY")]
    speaker: Option<String>,
    /// Published there
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Not before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// Not after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<Date>,
    /// All of these words stand in the sentence; "…" for words in a row
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people, the latest first
    Table,
    /// Reports as they are kept, a JSON object a line
    Jsonl,
    /// A row an event, with a header; the columns of `detente read`
    Csv,
    /// A Parquet file of the same columns
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Rows of a table, where nobody says how many.
const ROWS: usize = 100;
/// Reports asked for in one go.
const PAGE: usize = 500;

impl Wanted {
    /// The filter that is meant.
    pub fn filter(&self) -> Result<Filter, Failure> {
        let parties = Parties::new(Lexicon::builtin(), self.to.or(self.from));
        let party = |name: &String| parties.find(name).ok_or_else(|| Failure::UnknownParty(name.clone()));
        let maybe = |name: &Option<String>| name.as_ref().map(party).transpose();
        let codes: Vec<ActorCode> = self.dyad.iter().flatten().map(party).collect::<Result<_, _>>()?;
        let direction = if self.directed { Direction::Forth } else { Direction::Both };
        Ok(Filter {
            actor: maybe(&self.actor)?,
            pair: match codes[..] {
                [a, b] => Some(Pair { a, b, direction }),
                _ => None,
            },
            kinds: self.kinds.clone(),
            quads: self.quads.clone(),
            statuses: self.statuses.clone(),
            country: maybe(&self.country)?,
            place: self.place.clone(),
            speaker: maybe(&self.speaker)?,
            publisher: self.source.clone(),
            from: self.from,
            to: self.to,
            text: self.text.clone(),
        })
    }
}

impl Events {
    /// Prints the latest events that fit, and where the next page begins.
    pub fn run(self) -> Result<Outcome, Failure> {
        let filter = self.wanted.filter()?;
        let opened = self.ledger.open(Access::Read)?;
        let found = Found { opened: &opened, filter };
        let next = match self.format {
            Format::Table => self.table(&found)?,
            Format::Jsonl => self.lines(&found)?,
            Format::Csv => self.csv(&found)?,
            #[cfg(feature = "parquet")]
            Format::Parquet => self.parquet(&found)?,
        };
        if let Some(next) = next {
            eprintln!("detente: there are more; the next page: --after {next}");
        }
        Ok(Outcome::Complete)
    }

    fn table(&self, found: &Found<'_>) -> Result<Option<Cursor>, Failure> {
        let mut reports = Vec::new();
        let next = self.each(found, ROWS, |page| {
            reports.extend(page);
            Ok(())
        })?;
        let mut out = output::stdout();
        Table { columns: paint::columns(), paint: self.colour.paint() }.reports(&mut out, &reports)?;
        out.flush()?;
        Ok(next)
    }

    fn lines(&self, found: &Found<'_>) -> Result<Option<Cursor>, Failure> {
        let mut out = output::stdout();
        let next = self.each(found, usize::MAX, |page| {
            Ok(page.iter().try_for_each(|report| output::json_line(&mut out, report))?)
        })?;
        out.flush()?;
        Ok(next)
    }

    fn csv(&self, found: &Found<'_>) -> Result<Option<Cursor>, Failure> {
        let mut out = output::stdout();
        out.write_all(&detente_tables::csv_header())?;
        let next = self.each(found, usize::MAX, |page| {
            found.records(&page, |rows| Ok(out.write_all(&detente_tables::csv_rows(rows))?))
        })?;
        out.flush()?;
        Ok(next)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, found: &Found<'_>) -> Result<Option<Cursor>, Failure> {
        let out = io::stdout();
        if io::IsTerminal::is_terminal(&out) {
            return Err(Failure::Terminal);
        }
        let mut file = detente_tables::EventsParquet::new(io::BufWriter::new(out))?;
        let next = self.each(found, usize::MAX, |page| found.records(&page, |rows| Ok(file.write(rows)?)))?;
        file.finish()?;
        Ok(next)
    }

    /// Takes page after page until there are enough, so that a large number needs no large query; says where it would go on.
    fn each(
        &self,
        found: &Found<'_>,
        most: usize,
        mut take: impl FnMut(Vec<Report>) -> Result<(), Failure>,
    ) -> Result<Option<Cursor>, Failure> {
        let mut left = self.limit.unwrap_or(most);
        let mut cursor = self.after.clone();
        loop {
            let page = found.page(cursor.as_ref(), PAGE.min(left))?;
            left -= page.reports.len();
            cursor = page.next;
            take(page.reports)?;
            if cursor.is_none() || left == 0 {
                return Ok(cursor);
            }
        }
    }
}

/// The reports of a ledger that fit.
struct Found<'l> {
    opened: &'l Opened,
    filter: Filter,
}

impl Found<'_> {
    fn page(&self, after: Option<&Cursor>, most: usize) -> Result<Page, Failure> {
        let kept = &self.opened.kept;
        Ok(kept.wait(kept.ledger().page(&self.filter, after, most))?)
    }

    /// The reports as records, whose offsets count in the articles that the ledger keeps.
    fn records(
        &self,
        reports: &[Report],
        take: impl FnOnce(&[EventRecord<'_>]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let kept = &self.opened.kept;
        let texts = kept.wait(kept.ledger().texts(reports))?;
        let part = |report: &Report| texts.get(&report.source.article)?.part(report.event.evidence.part);
        let records = reports.iter().map(|report| EventRecord::of_report(report, part(report)));
        take(&records.collect::<Vec<_>>())
    }
}
