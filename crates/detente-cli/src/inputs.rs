//! Files and folders named on the command line, as documents of plain text.

use std::fs;
use std::path::{Path, PathBuf};

use crate::docs::{self, Doc};
use crate::failure::Outcome;

/// Reads every file, folders recursively; what cannot be read is named on standard error.
pub fn texts(paths: &[PathBuf]) -> (Vec<Doc>, Outcome) {
    let mut docs = Vec::new();
    let mut outcome = Outcome::Complete;
    for file in paths.iter().flat_map(|path| files_below(path)) {
        match docs::read_to_string(&file) {
            Ok(text) => docs.push(Doc { id: name(&file), published: None, title: String::new(), text }),
            Err(failure) => {
                failure.report();
                outcome = Outcome::Partial;
            }
        }
    }
    (docs, outcome)
}

fn files_below(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let mut below: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    below.sort();
    below.iter().flat_map(|entry| files_below(entry)).collect()
}

fn name(path: &Path) -> String {
    path.file_stem().map_or_else(|| "-".into(), |stem| stem.to_string_lossy().into_owned())
}
