//! `detente ask`: a question in words, answered from the reports.

use std::io::Write;

use clap::Args;
use detente::Parties;
use detente::assess::Question;

use super::relation::Frame;
use crate::answered::{self, Format};
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::shelf::ShelfOptions;

/// Answer a question about one or two parties from the reports
#[derive(Debug, Args)]
pub struct Ask {
    /// Such as "Is reconciliation back on the table between Russia and the United States?"
    question: String,
    #[command(flatten)]
    shelf: ShelfOptions,
    #[command(flatten)]
    frame: Frame,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Ask {
    /// Understands the question, asks the reports and prints the answer.
    pub fn run(self) -> Result<Outcome, Failure> {
        let parties = Parties::new(self.shelf.lexicon()?, self.shelf.on);
        let question = Question::parse(&self.question, &parties).ok_or(Failure::NotUnderstood)?;
        let (shelf, outcome) = self.shelf.open()?;
        let on = match self.shelf.on.or(question.on) {
            Some(day) => day,
            None => self.shelf.day(&shelf)?,
        };
        let options = self.frame.options();
        let answered = detente::answer(&shelf, question.asked, on, options, &|code| parties.name(code))?;
        let mut out = output::stdout();
        answered::print(&mut out, &answered, self.format, self.frame.grain)?;
        out.flush()?;
        Ok(outcome)
    }
}
