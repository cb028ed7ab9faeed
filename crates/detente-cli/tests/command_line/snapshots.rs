//! What every command says, from the README and from `snapshots/`: data, talk, exit code.

use std::fs;
use std::path::Path;

use crate::console;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn the_readme_shows_what_the_commands_say() {
    console::check(&Path::new(ROOT).join("README.md"), Path::new(ROOT));
}

#[test]
fn commands_say_what_the_snapshots_show() {
    let folder = fs::read_dir(Path::new(HERE).join("snapshots")).expect("the snapshots");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("a snapshot").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files.iter().for_each(|file| console::check(file, Path::new(HERE)));
}
