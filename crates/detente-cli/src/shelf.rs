//! What is asked: a ledger, or articles that are read now.

use clap::Args;
use detente::ledger::store::Access;
use detente::lexicon::Lexicon;
use detente::model::{ActorCode, Contact, Days, Dyad, Report};
use detente::{Dossier, Pair, Shelf, Wish};
use detente_ingest::signature;
use jiff::civil::Date;

use crate::failure::{Failure, Outcome};
use crate::inputs::Inputs;
use crate::ledger::{self, Opened};

/// The arguments of every command that asks what the reports tell.
#[derive(Debug, Args)]
#[command(mut_arg("inputs", |inputs| inputs.required_unless_present_any(["ledger", "docs"])))]
pub struct ShelfOptions {
    /// Ask the ledger at this path or address; without it, the articles that are named
    #[arg(long, value_name = "LEDGER", conflicts_with_all = ["inputs", "docs"])]
    ledger: Option<String>,
    #[command(flatten)]
    inputs: Inputs,
    /// The day asked about: nothing later counts; without it, the day of the latest report
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
}

/// Where answers come from.
pub enum Source {
    /// Articles that were read now.
    Read(Dossier),
    /// A ledger.
    Kept(Opened),
}

impl ShelfOptions {
    /// Opens the ledger, or reads and codes every article on all cores.
    pub fn open(&self) -> Result<(Source, Outcome), Failure> {
        match &self.ledger {
            Some(address) => Ok((Source::Kept(ledger::open(address, Access::Read)?), Outcome::Complete)),
            None => self.read(),
        }
    }

    /// The day asked about: as typed, else the day of the latest report.
    pub fn day(&self, source: &Source) -> Result<Date, Failure> {
        match self.on {
            Some(day) => Ok(day),
            None => source.last_day()?.ok_or(Failure::NoDay),
        }
    }

    /// Who is known by which name.
    pub fn lexicon(&self) -> Result<&'static Lexicon, Failure> {
        self.inputs.records.lexicon()
    }

    fn read(&self) -> Result<(Source, Outcome), Failure> {
        let pipeline = self.inputs.records.pipeline()?;
        let mut read = Vec::new();
        let outcome = self.inputs.each(
            |article| {
                let (signature, events) = (signature(&article), pipeline.read(&article).events);
                (article, signature, events)
            },
            |coded| {
                read.push(coded);
                Ok(())
            },
        )?;
        Ok((Source::Read(Dossier::of(read)), outcome))
    }
}

/// An answer of a shelf in memory, which cannot fail.
fn sure<T>(answer: Result<T, std::convert::Infallible>) -> T {
    match answer {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

impl Shelf for Source {
    type Error = Failure;

    fn pair(&self, dyad: Dyad, days: Days) -> Result<Pair, Failure> {
        match self {
            Self::Read(dossier) => Ok(sure(dossier.pair(dyad, days))),
            Self::Kept(opened) => Ok(opened.kept.pair(dyad, days)?),
        }
    }

    fn contacts(&self, parties: &[ActorCode], on: Date) -> Result<Vec<Contact>, Failure> {
        match self {
            Self::Read(dossier) => Ok(sure(dossier.contacts(parties, on))),
            Self::Kept(opened) => Ok(opened.kept.contacts(parties, on)?),
        }
    }

    fn reports(&self, wish: &Wish<'_>, on: Date) -> Result<Vec<Report>, Failure> {
        match self {
            Self::Read(dossier) => Ok(sure(dossier.reports(wish, on))),
            Self::Kept(opened) => Ok(opened.kept.reports(wish, on)?),
        }
    }

    fn last_day(&self) -> Result<Option<Date>, Failure> {
        match self {
            Self::Read(dossier) => Ok(sure(dossier.last_day())),
            Self::Kept(opened) => Ok(opened.kept.last_day()?),
        }
    }
}
