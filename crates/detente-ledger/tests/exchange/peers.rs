//! The files as other programs read them: pandas with the published columns, and Python's icalendar.
//!
//! Needs a Python with pandas, icalendar and pytest: `DETENTE_PYTHON`, else `.venv/bin/python`, else `python3`; says so where there is none.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::{env, str};

use crate::sample::root;

#[test]
fn peers_read_what_is_written() {
    let python = python();
    let has = |modules: &str| run(&python, &["-c", modules]).is_some_and(|output| output.status.success());
    if !has("import pandas, icalendar, pytest") {
        eprintln!(
            "SKIPPED: {} lacks pandas, icalendar or pytest; see tests/python/README.md",
            python.display()
        );
        return;
    }
    let output = run(&python, &["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/python"]).unwrap();
    assert!(output.status.success(), "{}", str::from_utf8(&output.stdout).unwrap_or("pytest failed"));
}

fn python() -> PathBuf {
    let venv = root().join(".venv/bin/python");
    let own = env::var_os("DETENTE_PYTHON").map(PathBuf::from);
    own.unwrap_or_else(|| if venv.exists() { venv } else { PathBuf::from("python3") })
}

fn run(python: &PathBuf, arguments: &[&str]) -> Option<Output> {
    Command::new(python).args(arguments).current_dir(root()).env("PYTHONDONTWRITEBYTECODE", "1").output().ok()
}
