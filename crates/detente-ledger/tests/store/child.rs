//! A test that runs in a process of its own, so that it can be killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Starts an ignored test of this program with these variables; the process, and the lines that it says.
pub fn started(test: &str, told: &[(&str, &str)]) -> (Child, impl Iterator<Item = String> + Send + use<>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--ignored", "--nocapture"])
        .envs(told.iter().copied())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    (child, lines)
}
