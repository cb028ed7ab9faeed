//! The user's own records of actors: who is added to those that are built in.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Args;
use detente::Pipeline;
use detente::lexicon::{Lexicon, folder};
use detente::model::Diagnostic;

use crate::failure::Failure;

/// The option that names a folder of own records.
#[derive(Debug, Args, Default)]
pub struct RecordsOption {
    /// A folder of own records of actors, which come before the built-in ones
    #[arg(long, value_name = "FOLDER")]
    records: Option<PathBuf>,
    /// Read once, and kept as long as the program runs.
    #[arg(skip)]
    lexicon: OnceLock<&'static Lexicon>,
}

impl RecordsOption {
    /// Who is known: the built-in records, and those of the folder before them. Its faults are told, and cost their own entries only.
    pub fn lexicon(&self) -> Result<&'static Lexicon, Failure> {
        let Some(folder) = &self.records else { return Ok(Lexicon::builtin()) };
        if let Some(lexicon) = self.lexicon.get() {
            return Ok(lexicon);
        }
        let (lexicon, faults) = Lexicon::with_folder(folder).map_err(|source| unreadable(folder, source))?;
        faults.iter().for_each(tell);
        Ok(self.lexicon.get_or_init(|| Box::leak(Box::new(lexicon))))
    }

    /// The pipeline that codes by them.
    pub fn pipeline(&self) -> Result<Pipeline, Failure> {
        Ok(Pipeline::with_lexicon(self.lexicon()?))
    }

    /// A number that changes with the records, built-in or own.
    pub fn version(&self) -> Result<u64, Failure> {
        let builtin = Lexicon::fingerprint();
        let Some(folder) = &self.records else { return Ok(builtin) };
        let own = folder::fingerprint(folder).map_err(|source| unreadable(folder, source))?;
        Ok(builtin ^ own)
    }
}

/// A folder of records that cannot be read.
pub fn unreadable(path: &Path, source: std::io::Error) -> Failure {
    Failure::Unreadable { path: path.to_owned(), source }
}

fn tell(fault: &Diagnostic) {
    eprintln!("detente: {}: {} [{}]", fault.severity, fault.message, fault.code);
}
