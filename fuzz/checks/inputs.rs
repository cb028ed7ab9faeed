//! What every test run asks the checks of: the seeds of a target, and the inputs that a run of its fuzzer found a way of their own for.

#![allow(dead_code, reason = "not every target takes text")]

use std::fs::File;
use std::io::{Error, Read};
use std::path::Path;

const FUZZ: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz");

/// All inputs of a target, the seeds first.
///
/// # Panics
/// Where the target has no seeds or no corpus, or one cannot be read.
pub fn inputs(target: &str) -> Vec<Vec<u8>> {
    let seeds = seeds(&Path::new(FUZZ).join("seeds").join(target)).expect("a folder of seeds");
    let corpus = corpus(&Path::new(FUZZ).join("corpora").join(format!("{target}.tar.gz"))).expect("a corpus");
    assert!(!seeds.is_empty() && !corpus.is_empty(), "nothing to try {target} with");
    seeds.into_iter().chain(corpus).collect()
}

/// The same as text, as a target that takes text is given it: up to the first byte that is none.
pub fn texts(target: &str) -> Vec<String> {
    let text = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned()
        }
    };
    inputs(target).into_iter().map(text).collect()
}

fn seeds(folder: &Path) -> Result<Vec<Vec<u8>>, Error> {
    let mut files = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    files.iter().map(|file| std::fs::read(file.path())).collect()
}

fn corpus(archive: &Path) -> Result<Vec<Vec<u8>>, Error> {
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(File::open(archive)?));
    let mut inputs = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let mut input = Vec::new();
            entry.read_to_end(&mut input)?;
            inputs.push(input);
        }
    }
    Ok(inputs)
}
