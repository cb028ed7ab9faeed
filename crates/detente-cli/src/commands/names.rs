//! `detente names`: names, and what they name.

use clap::Args;
use detente::english::English;
use detente::rows;

use crate::docs::DocsOption;
use crate::failure::{Failure, Outcome};

/// Print names of persons, organisations, places and peoples
#[derive(Debug, Args)]
pub struct Names {
    #[command(flatten)]
    docs: DocsOption,
}

impl Names {
    /// Finds the names of every document and prints a line a name.
    pub fn run(self) -> Result<Outcome, Failure> {
        let english = English::load();
        self.docs.print(|doc| doc.lines(rows::names(&english.annotate(&doc.text), doc.published)))
    }
}
