//! What is asked: articles that are read now.

use std::convert::Infallible;

use clap::Args;
use detente::{Dossier, Pipeline, Shelf};
use detente_ingest::signature;
use jiff::civil::Date;

use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Inputs};
use crate::progress;

/// The arguments of every command that asks what the reports tell.
#[derive(Debug, Args)]
pub struct ShelfOptions {
    #[command(flatten)]
    inputs: Inputs,
    /// The day asked about: nothing later counts; without it, the day of the latest report
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
}

impl ShelfOptions {
    /// Reads and codes every article on all cores.
    pub fn open(&self) -> Result<(Dossier, Outcome), Failure> {
        let pipeline = Pipeline::builtin();
        let reader = self.inputs.reader();
        let mut outcome = Outcome::Complete;
        let mut read = Vec::new();
        progress::in_order(
            self.inputs.articles(&reader),
            |article| {
                article.map(|article| {
                    let (signature, events) = (signature(&article), pipeline.read(&article).events);
                    (article, signature, events)
                })
            },
            |coded| {
                match coded {
                    Ok(coded) => read.push(coded),
                    Err(error) => outcome = outcome.and(inputs::report(&error)),
                }
                Ok::<(), Failure>(())
            },
        )?;
        Ok((Dossier::of(read), outcome))
    }

    /// The day asked about: as typed, else the day of the latest report.
    pub fn day(&self, shelf: &Dossier) -> Result<Date, Failure> {
        self.on.or(sure(shelf.last_day())).ok_or(Failure::NoDay)
    }
}

/// What cannot fail.
pub fn sure<T>(answer: Result<T, Infallible>) -> T {
    match answer {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}
