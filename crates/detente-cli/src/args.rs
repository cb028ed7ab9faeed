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
    /// Print names of persons, organisations, places and peoples
    Names(commands::names::Names),
    /// Print place names with GeoNames id, coordinates and country
    Places(commands::places::Places),
    /// Read articles, code them and keep them in a ledger
    Ingest(commands::ingest::Ingest),
    /// Follow feeds, and keep what is new in them in a ledger
    #[cfg(feature = "fetch")]
    Follow(commands::follow::Follow),
    /// Find the events of a ledger
    Events(commands::events::Events),
    /// Print new events of a ledger as they are kept, until Ctrl-C
    Watch(commands::watch::Watch),
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
    /// Show a ledger as pages in a browser
    #[cfg(feature = "serve")]
    Serve(commands::serve::Serve),
    /// Say who may write on a desk
    #[cfg(feature = "serve")]
    Account(commands::account::AccountTask),
    /// What reviewers said of the codes of a ledger
    Review(commands::review::ReviewTask),
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
            Command::Names(names) => names.run(),
            Command::Places(places) => places.run(),
            Command::Ingest(ingest) => ingest.run(),
            #[cfg(feature = "fetch")]
            Command::Follow(follow) => follow.run(),
            Command::Events(events) => events.run(),
            Command::Agenda(agenda) => agenda.run(),
            Command::Ledger(ledger) => ledger.run(),
            #[cfg(feature = "serve")]
            Command::Serve(serve) => serve.run(),
            #[cfg(feature = "serve")]
            Command::Account(account) => account.run(),
            Command::Review(review) => review.run(),
            Command::Watch(watch) => watch.run(),
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

#[cfg(test)]
mod tests {
    use clap::{Arg, Command, CommandFactory};

    use super::Cli;

    /// What of a command says nothing of itself.
    fn silent(command: &Command, path: &str, found: &mut Vec<String>) {
        if command.get_about().is_none() {
            found.push(path.to_owned());
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let named = format!("{path} {}", argument.get_id());
            if argument.get_help().is_none() {
                found.push(named.clone());
            }
            found.extend(silent_values(argument).map(|value| format!("{named}={value}")));
        }
        for sub in command.get_subcommands() {
            silent(sub, &format!("{path} {}", sub.get_name()), found);
        }
    }

    /// The values of a list that is our own: names of types and the like are explained by `detente types`.
    fn silent_values(argument: &Arg) -> impl Iterator<Item = String> {
        let values = argument.get_possible_values();
        let ours = values.iter().any(|value| value.get_help().is_some());
        values
            .into_iter()
            .filter(move |value| ours && value.get_help().is_none())
            .map(|v| v.get_name().to_owned())
    }

    #[test]
    fn every_command_option_and_value_says_what_it_is() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        let mut found = Vec::new();
        silent(&command, "detente", &mut found);
        assert!(found.is_empty(), "{found:#?}");
    }
}
