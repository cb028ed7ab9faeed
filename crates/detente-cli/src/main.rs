//! `detente`: reads news and keeps a dated, sourced ledger of what states and political actors do to one another.

mod answered;
mod args;
mod commands;
mod counted;
mod docs;
mod exchange;
mod failure;
mod grouped;
mod inputs;
mod ledger;
mod limits;
mod names;
mod output;
mod paint;
mod progress;
mod shelf;
mod table;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match args::Cli::parse().command.run() {
        Ok(outcome) => outcome.into(),
        Err(failure) => failure.report(),
    }
}
