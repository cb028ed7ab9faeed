//! `detente relation`: how two parties stand on a day.

use std::io::Write;

use clap::Args;
use detente::Parties;
use detente::assess::{Grain, Options};
use detente::model::{ActorCode, Dyad};

use crate::answered::{self, Format};
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::shelf::ShelfOptions;

/// Say how two parties stand: thaw, steady, freeze or mixed, with what proves it
#[derive(Debug, Args)]
pub struct Relation {
    /// One party: a code such as RUS, or a name
    #[arg(value_name = "A")]
    first: String,
    /// The other
    #[arg(value_name = "B")]
    second: String,
    #[command(flatten)]
    shelf: ShelfOptions,
    #[command(flatten)]
    frame: Frame,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is judged against what.
#[derive(Debug, Args)]
pub struct Frame {
    /// How many days up to the day asked about are judged
    #[arg(long, value_name = "DAYS", default_value_t = 28, value_parser = clap::value_parser!(i64).range(1..=3660))]
    window: i64,
    /// How many days before those they are compared with
    #[arg(long, value_name = "DAYS", default_value_t = 182, value_parser = clap::value_parser!(i64).range(1..=36600))]
    baseline: i64,
    /// How long a bin of the series is, in JSON: day, week or month
    #[arg(long, value_name = "GRAIN", default_value_t = Grain::Week)]
    pub grain: Grain,
}

impl Frame {
    /// The options of the verdict.
    pub fn options(&self) -> Options {
        Options { window: self.window, baseline: self.baseline }
    }
}

impl Relation {
    /// Asks the reports and prints the answer.
    pub fn run(self) -> Result<Outcome, Failure> {
        let parties = Parties::new(self.shelf.lexicon()?, self.shelf.on);
        let dyad = self.dyad(&parties)?;
        let (shelf, outcome) = self.shelf.open()?;
        let on = self.shelf.day(&shelf)?;
        let answered = detente::relation(&shelf, dyad, on, self.frame.options(), &|code| parties.name(code))?;
        let mut out = output::stdout();
        answered::print(&mut out, &answered, self.format, self.frame.grain)?;
        out.flush()?;
        Ok(outcome)
    }

    fn dyad(&self, parties: &Parties<'_>) -> Result<Dyad, Failure> {
        let (a, b) = (party(parties, &self.first)?, party(parties, &self.second)?);
        Dyad::new(a, b).ok_or(Failure::SameParty(a))
    }
}

fn party(parties: &Parties<'_>, argument: &str) -> Result<ActorCode, Failure> {
    parties.find(argument).ok_or_else(|| Failure::UnknownParty(argument.to_owned()))
}
