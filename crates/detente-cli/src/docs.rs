//! `--docs DOCS.json`: a list of `{id, published, title, text}`.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use detente::flow;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::failure::{self, Failure, Outcome};
use crate::{inputs, output, progress};

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

    /// Reads every document on all cores and prints the lines of each, in their order.
    pub fn print(&self, lines: impl Fn(&Doc) -> Vec<u8> + Sync) -> Result<Outcome, Failure> {
        let docs = self.read()?;
        let mut out = output::stdout();
        progress::in_order(flow::all_cores(), || &docs, lines, |lines| out.write_all(&lines))?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

impl Doc {
    /// A line of JSON for every row, each with the document's name.
    pub fn lines<R: Serialize>(&self, rows: impl IntoIterator<Item = R>) -> Vec<u8> {
        let mut out = Vec::new();
        for row in rows {
            // Writing to memory cannot fail.
            let _ = output::json_line(&mut out, &Named { doc: &self.id, row });
        }
        out
    }
}

/// A row with the name of its document before it.
#[derive(Serialize)]
struct Named<'a, R> {
    doc: &'a str,
    #[serde(flatten)]
    row: R,
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
