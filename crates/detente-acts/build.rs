//! Checks the data files with the very reader the library uses; a fault stops the build and names file and line.

#[allow(dead_code, missing_docs)]
#[path = "src/pattern.rs"]
mod pattern;
#[allow(dead_code, missing_docs)]
#[path = "src/reader.rs"]
mod reader;
#[allow(dead_code, missing_docs)]
#[path = "src/rule_id.rs"]
mod rule_id;
#[allow(dead_code, missing_docs)]
#[path = "src/sense.rs"]
mod sense;
#[allow(dead_code, missing_docs)]
#[path = "src/symbol.rs"]
mod symbol;

use std::path::Path;
use std::{env, fs};

use reader::File;

fn main() {
    println!("cargo::rerun-if-changed=data");
    let files = data_files(Path::new("data"));
    let borrowed: Vec<File<'_>> = files.iter().map(|(name, text)| File { name, text }).collect();
    let (_, faults) = reader::read(&borrowed);
    if !faults.is_empty() {
        for fault in &faults {
            println!("cargo::error={}: {fault}", env!("CARGO_PKG_NAME"));
        }
        std::process::exit(1);
    }
    fs::write(Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("data.rs"), embed(&files))
        .expect("the build folder can be written");
}

fn data_files(folder: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the data folder is there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths
        .iter()
        .map(|path| {
            (name(path), fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        })
        .collect()
}

fn embed(files: &[(String, String)]) -> String {
    let row = |(name, text): &(String, String)| format!("    File {{ name: {name:?}, text: {text:?} }},\n");
    format!("&[\n{}]", files.iter().map(row).collect::<String>())
}
