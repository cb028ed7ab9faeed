//! `detente places`: place names, and which places they are.

use clap::Args;
use detente::english::English;
use detente::rows;

use crate::docs::DocsOption;
use crate::failure::{Failure, Outcome};

/// Print place names with GeoNames id, coordinates and country
#[derive(Debug, Args)]
pub struct Places {
    #[command(flatten)]
    docs: DocsOption,
}

impl Places {
    /// Resolves every document and prints a line a place name.
    pub fn run(self) -> Result<Outcome, Failure> {
        let english = English::load();
        self.docs.print(|doc| doc.lines(rows::places(&english.annotate(&doc.text))))
    }
}
