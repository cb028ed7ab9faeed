//! `--docs DOCS.json`: a list of `{id, published, title, text}`.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use serde::Deserialize;

use crate::failure::{self, Failure, Outcome};
use crate::inputs;

/// The option that names a file of documents.
#[derive(Debug, Args)]
pub struct DocsOption {
    /// A JSON list of {id, published, title, text}; - for standard input
    #[arg(long, value_name = "DOCS.json")]
    pub docs: PathBuf,
}

/// One document as given; offsets in answers count code points of `text`.
#[derive(Debug, Clone, Deserialize)]
pub struct Doc {
    /// Its name, repeated in every answer.
    pub id: String,
    /// The day of the report.
    #[serde(default)]
    pub published: Option<Date>,
    /// The text.
    pub text: String,
}

impl DocsOption {
    /// Reads the whole list.
    pub fn read(&self) -> Result<Vec<Doc>, Failure> {
        let json = read_to_string(&self.docs)?;
        serde_json::from_str(&json).map_err(|error| Failure::Malformed {
            path: self.docs.clone(),
            reason: format!("not a list of documents: {error}"),
            hint: failure::DOCS_SHAPE,
        })
    }
}

/// Reads every file as plain text, folders recursively; what cannot be read is named on standard error.
pub fn texts(paths: &[PathBuf]) -> (Vec<Doc>, Outcome) {
    let mut docs = Vec::new();
    let mut outcome = Outcome::Complete;
    for file in paths.iter().flat_map(|path| files_below(path)) {
        match read_to_string(&file) {
            Ok(text) => docs.push(Doc { id: name(&file), published: None, text }),
            Err(failure) => {
                failure.report();
                outcome = Outcome::Partial;
            }
        }
    }
    (docs, outcome)
}

/// Reads a file, or standard input for `-`, as UTF-8; bytes that are not are replaced.
pub fn read_to_string(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    open(path)
        .and_then(|mut input| input.read_to_end(&mut bytes))
        .map_err(|source| Failure::Unreadable { path: path.to_owned(), source })?;
    if let Some(kind) = detente_ingest::binary(&bytes[..bytes.len().min(4096)]) {
        let (path, reason) = (path.to_owned(), format!("is {kind}, not text"));
        return Err(Failure::Malformed { path, reason, hint: inputs::binary_hint(kind) });
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    match path.to_str() {
        Some("-") => Ok(Box::new(io::stdin().lock())),
        _ => Ok(Box::new(BufReader::new(File::open(path)?))),
    }
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
