//! `detente times`: time expressions, with their TIMEX3 values and civil days.

use clap::Args;
use detente::rows;

use crate::docs::DocsOption;
use crate::failure::{Failure, Outcome};

/// Print time expressions with their TIMEX3 value and the civil days they cover
#[derive(Debug, Args)]
pub struct Times {
    #[command(flatten)]
    docs: DocsOption,
}

impl Times {
    /// Resolves every document and prints a line a time expression.
    pub fn run(self) -> Result<Outcome, Failure> {
        self.docs.print(|doc| doc.lines(rows::times(&doc.text, doc.published)))
    }
}
