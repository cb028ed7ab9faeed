//! Checks every table of `data/` with the reader that the program itself uses, and packs the lexicon they make.
//! A fault stops the build, with file and line.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

#[allow(dead_code)]
#[path = "src/distance.rs"]
mod distance;
#[allow(dead_code)]
#[path = "src/lexicon.rs"]
mod lexicon;
#[allow(dead_code)]
#[path = "src/names.rs"]
mod names;
#[allow(dead_code)]
#[path = "src/normal.rs"]
mod normal;
#[allow(dead_code)]
#[path = "src/pack.rs"]
mod pack;
#[allow(dead_code)]
#[path = "src/period.rs"]
mod period;
#[allow(dead_code)]
#[path = "src/plural.rs"]
mod plural;
#[allow(dead_code)]
#[path = "src/record.rs"]
mod record;
#[allow(dead_code, unused_imports)]
#[path = "src/source/mod.rs"]
mod source;

use lexicon::Lexicon;
use normal::Case;
use period::Period;
use record::Office;
use source::{Fault, Table, read_table};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=build.rs");
    let data = Path::new("data");
    let (lexicon, faults) = read(&tables(data)?, &sources(data)?)?;
    for fault in &faults {
        println!("cargo::error={fault}");
    }
    if !faults.is_empty() {
        process::exit(1);
    }
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("lexicon.bin"), pack::pack(&lexicon))
}

/// The tables with their files, offices first.
fn tables(data: &Path) -> io::Result<Vec<(Table, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            match Table::of_path(&path.to_string_lossy()) {
                Some(table) => found.push((table, path)),
                None if path.is_dir() => folders.push(path),
                None => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The keys of `SOURCES.tsv`.
fn sources(data: &Path) -> io::Result<BTreeSet<String>> {
    let text = fs::read_to_string(data.join("SOURCES.tsv"))?;
    Ok(text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
        .map(str::to_owned)
        .collect())
}

fn read(tables: &[(Table, PathBuf)], sources: &BTreeSet<String>) -> io::Result<(Lexicon, Vec<Fault>)> {
    let (mut lexicon, mut faults) = (Lexicon::default(), Vec::new());
    for (table, path) in tables {
        let (text, file) = (fs::read_to_string(path)?, path.to_string_lossy());
        read_table(&mut lexicon, *table, &file, &text, &mut faults);
        source::check_sources(*table, &file, &text, sources, &mut faults);
    }
    Ok((lexicon, faults))
}
