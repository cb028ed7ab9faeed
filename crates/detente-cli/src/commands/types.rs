//! `detente types`: the event types, modes and contexts.

use std::io::Write;

use clap::Args;
use detente_model::{Context, EventType, Mode};

use crate::failure::{Failure, Outcome};
use crate::output;

/// Nothing to choose.
#[derive(Debug, Args)]
pub struct Types {}

impl Types {
    /// Prints every name that events use.
    pub fn run(self) -> Result<Outcome, Failure> {
        let mut out = output::stdout();
        for kind in EventType::ALL {
            writeln!(out, "{kind:<10} {}", kind.quad())?;
        }
        list(&mut out, "modes", Mode::ALL.iter().map(|mode| mode.as_str()))?;
        list(&mut out, "contexts", Context::ALL.iter().map(|context| context.as_str()))?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn list<'a>(out: &mut impl Write, title: &str, names: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
    Ok(writeln!(out, "\n{title}: {}", names.collect::<Vec<_>>().join(" "))?)
}
