//! `detente`: reads news and keeps a dated, sourced ledger of what states and political actors do to one another.

mod answered;
mod args;
mod commands;
mod counted;
#[cfg(feature = "serve")]
mod desk;
mod docs;
mod exchange;
mod failure;
mod grouped;
mod inputs;
mod ledger;
mod limits;
#[cfg(feature = "serve")]
mod log;
#[cfg(feature = "mail")]
mod mail;
mod names;
mod output;
mod paint;
#[cfg(all(feature = "serve", feature = "fetch"))]
mod post;
mod progress;
mod records;
mod shelf;
mod table;
mod usage;
mod watch;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Networks, sentences and rows of a database are many small pieces that come and go on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match args::Cli::try_parse().map(|cli| cli.command.run()) {
        Ok(Ok(outcome)) => outcome.into(),
        Ok(Err(failure)) => failure.report(),
        Err(mistyped) => usage::report(&mistyped),
    }
}
