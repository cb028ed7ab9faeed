//! `detente read`: who did what to whom, when, where, says who.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use detente::model::Article;
use detente::{Coded, EventRecord, Pipeline};

use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Inputs};
use crate::paint::{self, ColourOption};
use crate::table::Table;
use crate::{output, progress};

/// Read reports and print their events
#[derive(Debug, Args)]
pub struct Read {
    #[command(flatten)]
    inputs: Inputs,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Leave out events that the coder is less sure of
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    min_confidence: f32,
    #[command(flatten)]
    colour: ColourOption,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// A line of JSON an event
    Jsonl,
}

impl Read {
    /// Codes every report on all cores and prints in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let pipeline = Pipeline::builtin();
        let reader = self.inputs.reader();
        let mut out = output::stdout();
        let mut outcome = Outcome::Complete;
        progress::in_order(
            self.inputs.articles(&reader),
            |article| article.map(|article| self.code(&pipeline, &article)),
            |coded| match coded {
                Ok(lines) => out.write_all(&lines),
                Err(error) => {
                    outcome = outcome.and(inputs::report(&error));
                    Ok(())
                }
            },
        )?;
        out.flush()?;
        Ok(outcome)
    }

    fn code(&self, pipeline: &Pipeline, article: &Article) -> Vec<u8> {
        let mut coded = pipeline.read(article);
        coded.events.retain(|event| event.confidence >= self.min_confidence);
        let mut out = Vec::new();
        // Writing to memory cannot fail.
        let _ = match self.format {
            Format::Jsonl => jsonl(&mut out, article, &coded),
            Format::Table => self.table().print(&mut out, article, &coded),
        };
        out
    }

    fn table(&self) -> Table {
        Table { columns: paint::columns(), paint: self.colour.paint() }
    }
}

fn jsonl(out: &mut impl Write, article: &Article, coded: &Coded) -> io::Result<()> {
    EventRecord::all(article, &coded.events).iter().try_for_each(|event| output::json_line(out, event))
}
