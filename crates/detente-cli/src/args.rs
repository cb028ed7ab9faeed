//! What can be typed. Each command's own arguments stand beside the command.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::commands;
use crate::failure::{Failure, Outcome};

/// What somebody who has typed nothing yet may type.
const FIRST_STEPS: &str = "\
Begin with one of these:
  detente demo                              a small ledger to try everything on
  detente read REPORT.txt                   its events; a file, a folder, an address, or -
  detente ingest --ledger news.db REPORTS/  keep the events of many reports
  detente ask \"Who attacked Syria?\" --ledger news.db";

/// From a report to dated, attributed events.
#[derive(Debug, Parser)]
#[command(name = "detente", version, arg_required_else_help = true)]
#[command(after_help = FIRST_STEPS)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, one a line.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small ledger of reports of our own, and show what can be asked of it
    Demo(commands::demo::Demo),
    /// Read reports and print their events
    Read(commands::read::Read),
    /// Say why an event was coded so, what a rule asks for, what a type means
    Explain(commands::explain::Explain),
    /// Print the title, author, day, text and furniture of pages
    Extract(commands::extract::Extract),
    /// Print tokens, tags, parse and entities
    Annotate(commands::annotate::Annotate),
    /// Print time expressions with their values and days
    Times(commands::times::Times),
    /// Print place names with GeoNames id, coordinates and country
    Places(commands::places::Places),
    /// Read articles, code them and keep them in a ledger
    Ingest(commands::ingest::Ingest),
    /// Find the events of a ledger
    Events(commands::events::Events),
    /// Say what is planned between parties, and what became of it
    Agenda(commands::agenda::Agenda),
    /// Say how two parties stand, with what proves it
    Relation(commands::relation::Relation),
    /// Answer a question about one or two parties
    Ask(commands::ask::Ask),
    /// Name the event type between a marked source and target
    Relations(commands::relations::Relations),
    /// Look up who somebody is on a day; check own records
    Actors(commands::actors::Actors),
    /// Write reports as GDELT, ICEWS, POLECAT, Phoenix or JSON Lines
    Export(commands::export::Export),
    /// Read files of GDELT, POLECAT, JSON Lines or Parquet as reports
    Import(commands::import::Import),
    /// Say what a ledger holds, check it, derive it anew
    Ledger(commands::ledger::LedgerTask),
    /// List the event types, modes and contexts
    Types(commands::types::Types),
    /// Print completions for a shell
    Completions(commands::completions::Completions),
    /// Write a manual page for each command into a folder
    Man(commands::completions::Man),
}

impl Command {
    /// Runs the command that was typed.
    pub fn run(self) -> Result<Outcome, Failure> {
        match self {
            Command::Demo(demo) => demo.run(),
            Command::Read(read) => read.run(),
            Command::Explain(explain) => explain.run(),
            Command::Extract(extract) => extract.run(),
            Command::Annotate(annotate) => annotate.run(),
            Command::Times(times) => times.run(),
            Command::Places(places) => places.run(),
            Command::Ingest(ingest) => ingest.run(),
            Command::Events(events) => events.run(),
            Command::Agenda(agenda) => agenda.run(),
            Command::Ledger(ledger) => ledger.run(),
            Command::Relation(relation) => relation.run(),
            Command::Ask(ask) => ask.run(),
            Command::Relations(relations) => relations.run(),
            Command::Actors(actors) => actors.run(),
            Command::Export(export) => export.run(),
            Command::Import(import) => import.run(),
            Command::Types(types) => types.run(),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
        }
    }
}

/// A parser of values that go by their names, in any letters where the argument says `ignore_case`.
pub fn named<T>(all: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: Into<&'static str> + Copy + Send + Sync + 'static,
{
    let names = PossibleValuesParser::new(all.iter().map(|value| -> &'static str { (*value).into() }));
    names.try_map(|name| {
        let is_meant = |value: &&T| (**value).into().eq_ignore_ascii_case(&name);
        all.iter().find(is_meant).copied().ok_or_else(|| format!("`{name}` is not known"))
    })
}
