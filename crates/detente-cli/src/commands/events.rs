//! `detente events`: reports of a ledger, found by who, what, when, where, and by words.

use std::io::Write;

use clap::{Args, ValueEnum};
use detente::Parties;
use detente::ledger::store::{Access, Cursor, Direction, Filter, Pair};
use detente::lexicon::Lexicon;
use detente::model::{ActorCode, EventType, QuadClass, Report, Status};
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
    /// Print no more than so many
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    limit: usize,
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
}

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
        let (reports, next) = self.page(&opened, &filter)?;
        let mut out = output::stdout();
        match self.format {
            Format::Jsonl => reports.iter().try_for_each(|report| output::json_line(&mut out, report))?,
            Format::Table => self.table().reports(&mut out, &reports)?,
        }
        out.flush()?;
        if let Some(next) = next {
            eprintln!("detente: there are more; the next page: --after {next}");
        }
        Ok(Outcome::Complete)
    }

    /// Pages until enough are found, so that a large limit needs no large query.
    fn page(&self, opened: &Opened, filter: &Filter) -> Result<(Vec<Report>, Option<Cursor>), Failure> {
        const PAGE: usize = 500;
        let ledger = opened.kept.ledger();
        let (mut reports, mut cursor) = (Vec::new(), self.after.clone());
        loop {
            let most = PAGE.min(self.limit - reports.len());
            let page = opened.kept.wait(ledger.page(filter, cursor.as_ref(), most))?;
            reports.extend(page.reports);
            cursor = page.next;
            if cursor.is_none() || reports.len() >= self.limit {
                return Ok((reports, cursor));
            }
        }
    }

    fn table(&self) -> Table {
        Table { columns: paint::columns(), paint: self.colour.paint() }
    }
}
