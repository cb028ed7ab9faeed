//! Where records come from: tables, a user's folder, the dictionaries of other coders.

mod fault;
mod table;

use std::collections::BTreeSet;

pub use fault::Fault;
pub(crate) use fault::Faults;
pub use table::Table;

use crate::Lexicon;

/// Reads one table's text; faults are added to the list, with this file name.
pub fn read_table(lexicon: &mut Lexicon, table: Table, file: &str, text: &str, faults: &mut Vec<Fault>) {
    table::read(lexicon, table, text, &mut Faults { file, list: faults });
}

/// Checks that every row of a table that names its source names one that is listed.
pub fn check_sources(
    table: Table,
    file: &str,
    text: &str,
    known: &BTreeSet<String>,
    faults: &mut Vec<Fault>,
) {
    let Some(column) = table.columns().iter().position(|c| *c == "source") else { return };
    let mut faults = Faults { file, list: faults };
    for (number, line) in
        text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty())
    {
        let cell = line.split('\t').nth(column).unwrap_or("").trim();
        if cell.is_empty() {
            faults.error(number + 1, "lexicon/no-source", "the row names no source");
        }
        for key in cell.split(';').map(str::trim).filter(|key| !key.is_empty() && !known.contains(*key)) {
            faults.error(number + 1, "lexicon/bad-source", format!("`{key}` is no key of SOURCES.tsv"));
        }
    }
}
