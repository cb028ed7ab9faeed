//! `detente read`: who did what to whom, when, where, says who.

use std::io::{self, Write};
use std::mem;

use clap::{Args, ValueEnum};
use detente::model::Article;
use detente::{Coded, EventRecord, Pipeline};

use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Inputs};
use crate::paint::{self, ColourOption};
use crate::table::Table;
use crate::watch::{Watch, WatchOptions};
use crate::output;

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
    watch: WatchOptions,
    #[command(flatten)]
    colour: ColourOption,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table for people
    Table,
    /// A line of JSON an event
    Jsonl,
    /// A row an event, with a header
    Csv,
    /// A Parquet file, for data frames and databases
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Read {
    /// Codes every report on all cores and prints in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        match self.format {
            Format::Table => {
                let table = Table { columns: paint::columns(), paint: self.colour.paint() };
                self.stream(b"", |out, article, coded| table.print(out, article, coded))
            }
            Format::Jsonl => self.stream(b"", |out, article, coded| {
                records(article, coded).iter().try_for_each(|event| output::json_line(out, event))
            }),
            Format::Csv => self.stream(&detente_tables::csv_header(), |out, article, coded| {
                out.write_all(&detente_tables::csv_rows(&records(article, coded)))
            }),
            #[cfg(feature = "parquet")]
            Format::Parquet => self.parquet(),
        }
    }

    /// A head, then what each article gives.
    fn stream(
        &self,
        head: &[u8],
        print: impl Fn(&mut Vec<u8>, &Article, &Coded) -> io::Result<()> + Sync,
    ) -> Result<Outcome, Failure> {
        let mut out = output::stdout();
        out.write_all(head)?;
        let printed = |article: Article, coded: Coded| {
            let mut bytes = Vec::new();
            print(&mut bytes, &article, &coded).map(|()| bytes)
        };
        let outcome = self.each(printed, |bytes| Ok(out.write_all(&bytes?)?))?;
        out.flush()?;
        Ok(outcome)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self) -> Result<Outcome, Failure> {
        let out = io::stdout();
        if io::IsTerminal::is_terminal(&out) {
            return Err(Failure::Terminal);
        }
        let mut file = detente_tables::EventsParquet::new(io::BufWriter::new(out))?;
        let outcome = self.each(
            |article, coded| (article, coded),
            |(article, coded)| Ok(file.write(&records(&article, &coded))?),
        )?;
        file.finish()?;
        Ok(outcome)
    }

    /// Codes every article on all cores; what `make` makes of each goes to `take` in the order of the input.
    fn each<T: Send>(
        &self,
        make: impl Fn(Article, Coded) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let pipeline = self.inputs.records.pipeline()?;
        let watch = self.watch.begin()?;
        let outcome = self.inputs.each(
            |article| {
                let mut coded = self.code(&watch, &pipeline, &article)?;
                let remarks = (article.id.clone(), mem::take(&mut coded.diagnostics));
                Some((remarks, make(article, coded)))
            },
            |made| match made {
                Some(((article, remarks), made)) => {
                    inputs::remark(&article, &remarks);
                    take(made)
                }
                None => Ok(()),
            },
        )?;
        Ok(outcome.and(watch.finish()?))
    }

    fn code(&self, watch: &Watch, pipeline: &Pipeline, article: &Article) -> Option<Coded> {
        let mut coded = watch.code(pipeline, article)?;
        coded.events.retain(|event| event.confidence >= self.min_confidence);
        Some(coded)
    }
}

fn records<'a>(article: &'a Article, coded: &'a Coded) -> Vec<EventRecord<'a>> {
    EventRecord::all(article, &coded.events)
}
