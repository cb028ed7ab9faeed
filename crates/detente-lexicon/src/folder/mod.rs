//! A user's own records, from a folder: tables as under `data/`, own records in TSV or TOML, and the dictionaries of PETRARCH
//! and TABARI as they are.
//!
//! A fault is told with file and line and costs its own entry only. What the folder says comes before what is built in.

mod petrarch;
mod record;

use std::io;
use std::path::{Path, PathBuf};
use std::{fs, mem};

use detente_model::Diagnostic;
use rustc_hash::FxHashMap;

use crate::lexicon::Added;
use crate::record::{Form, Kind, SubjectId};
use crate::source::{Fault, Faults, Table, read_table};
use crate::{Lexicon, Office};

use record::Parents;

impl Lexicon {
    /// The built-in lexicon and the records of a folder, with what is wrong in them.
    ///
    /// Read are, in the order of their paths: `*.tsv` (tables by name as in `data/README.md`, `actors.tsv` own records),
    /// `*.toml` (own records), and other text files that look like PETRARCH or TABARI actors or agents.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read.
    pub fn with_folder(folder: &Path) -> io::Result<(Lexicon, Vec<Diagnostic>)> {
        let mut reader = Reader::new();
        reader.folder(folder)?;
        reader.finish();
        Ok((reader.lexicon, reader.faults.into_iter().map(Diagnostic::from).collect()))
    }
}

/// What is wrong in a folder of records: faults of its files, terms that mean somebody else as well, aliases that can never
/// be found.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn check(folder: &Path) -> io::Result<Vec<Diagnostic>> {
    let mut reader = Reader::new();
    reader.folder(folder)?;
    reader.finish();
    reader.overlaps();
    Ok(reader.faults.into_iter().map(Diagnostic::from).collect())
}

/// A number that changes with what a folder of records says, in names or in contents.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn fingerprint(folder: &Path) -> io::Result<u64> {
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    for path in files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        pieces.extend([name.into_bytes(), vec![0], fs::read(&path)?, vec![0]]);
    }
    Ok(detente_model::fingerprint(pieces.iter().map(Vec::as_slice)))
}

/// Reads one text of records into a lexicon; the name says what it is. For readers that have no folder.
pub fn read_text(lexicon: &mut Lexicon, file: &str, text: &str) -> Vec<Diagnostic> {
    let mut reader = Reader { lexicon: mem::take(lexicon), ..Reader::default() };
    reader.lexicon.added = Some(Added::default());
    reader.text(file, text);
    reader.finish();
    *lexicon = reader.lexicon;
    reader.faults.into_iter().map(Diagnostic::from).collect()
}

#[derive(Default)]
struct Reader {
    lexicon: Lexicon,
    faults: Vec<Fault>,
    parents: Parents,
    /// What each file added.
    trail: Vec<(String, Added)>,
}

impl Reader {
    fn new() -> Self {
        let mut lexicon = Lexicon::builtin().clone();
        lexicon.added = Some(Added::default());
        Self { lexicon, ..Self::default() }
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        for path in files(folder)? {
            let bytes = fs::read(&path)?;
            let file = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            let text = String::from_utf8_lossy(&bytes);
            if matches!(text, std::borrow::Cow::Owned(_)) {
                let line =
                    bytes.split(|b| *b == b'\n').position(|l| std::str::from_utf8(l).is_err()).unwrap_or(0)
                        + 1;
                self.faults(&file).warning(line, "lexicon/not-utf8", "not UTF-8; the bytes are replaced");
            }
            self.text(&file, &text);
        }
        Ok(())
    }

    fn text(&mut self, file: &str, text: &str) {
        let mut faults = Faults { file, list: &mut self.faults };
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        if name.ends_with(".toml") {
            record::read_toml(&mut self.lexicon, text, &mut self.parents, &mut faults);
        } else if name.ends_with(".tsv") && name.starts_with("actors") {
            record::read_tsv(&mut self.lexicon, text, &mut self.parents, &mut faults);
        } else if let Some(table) = Table::of_path(file) {
            read_table(&mut self.lexicon, table, file, text, &mut self.faults);
        } else if petrarch::looks_like(text) {
            petrarch::read(&mut self.lexicon, text, &mut faults);
        } else if !is_document(name) {
            faults.warning(1, "lexicon/unknown-file", "not a table, TOML, or PETRARCH dictionary; left out");
        }
        let added = self.lexicon.added.as_mut().map(mem::take).unwrap_or_default();
        self.trail.push((file.to_owned(), added));
    }

    fn finish(&mut self) {
        self.parents.settle(&mut self.lexicon, &mut self.faults);
        self.lexicon.added = None;
    }

    fn faults<'f>(&'f mut self, file: &'f str) -> Faults<'f> {
        Faults { file, list: &mut self.faults }
    }

    /// Terms that already mean somebody else of the same sort on the same days.
    fn overlaps(&mut self) {
        let mut first: FxHashMap<(&str, Kind), (SubjectId, &str)> = FxHashMap::default();
        let mut found = Vec::new();
        for (file, added) in &self.trail {
            for (key, form, line) in &added.forms {
                let kind = self.lexicon.subject(form.subject).kind();
                let (owner, place) = *first.entry((key, kind)).or_insert((form.subject, file));
                if owner != form.subject {
                    found.push((file.clone(), *line, self.shadowed(key, *form, owner, place)));
                } else if let Some(other) = self.overlapping(key, *form) {
                    found.push((file.clone(), *line, self.ambiguous(key, *form, other)));
                }
            }
        }
        for (file, line, (code, message)) in found {
            self.faults(&file).warning(line, code, message);
        }
    }

    /// Two entries of the folder under one term: only the later is found.
    fn shadowed(&self, key: &str, form: Form, owner: SubjectId, place: &str) -> (&'static str, String) {
        let (a, b) = (self.lexicon.subject(form.subject).name(), self.lexicon.subject(owner).name());
        (
            "lexicon/unreachable",
            format!("`{key}` names both {a} and {b} ({place}); by this term {b} is not found"),
        )
    }

    fn ambiguous(&self, key: &str, form: Form, other: Form) -> (&'static str, String) {
        let (a, b) = (self.lexicon.subject(form.subject), self.lexicon.subject(other.subject));
        let message = format!("`{key}` names {} and, built in, the {} {}", a.name(), b.kind(), b.name());
        ("lexicon/overlap", message)
    }

    /// A form of somebody else, not from the folder, with the same term, other codes, on a common day.
    fn overlapping(&self, key: &str, form: Form) -> Option<Form> {
        let codes = |id| self.lexicon.subject(id).roles().iter().filter_map(|r| r.code).collect::<Vec<_>>();
        let own = codes(form.subject);
        let other =
            |f: &&Form| f.subject != form.subject && f.word == form.word && f.period.overlaps(form.period);
        let forms = self.lexicon.forms(key).iter();
        forms.filter(other).find(|f| !codes(f.subject).iter().any(|code| own.contains(code))).copied()
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => folders.push(entry.path()),
                false => found.push(entry.path()),
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_document(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".md")
        || name.starts_with("license")
        || name.starts_with("readme")
        || name.starts_with('.')
}

/// The office of that key, if the lexicon has it.
fn office(lexicon: &Lexicon, key: &str) -> Option<Office> {
    lexicon.office(key)
}
