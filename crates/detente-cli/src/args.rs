//! What can be typed. Each command's own arguments stand beside the command.

use clap::{Parser, Subcommand};

use crate::commands;
use crate::failure::{Failure, Outcome};

/// From a report to dated, attributed events.
#[derive(Debug, Parser)]
#[command(name = "detente", version, about, long_about = None, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, one a line.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look up who somebody is on a day; check own records
    Actors(commands::actors::Actors),
    /// List the event types, modes and contexts
    Types(commands::types::Types),
}

impl Command {
    /// Runs the command that was typed.
    pub fn run(self) -> Result<Outcome, Failure> {
        match self {
            Command::Actors(actors) => actors.run(),
            Command::Types(types) => types.run(),
        }
    }
}
