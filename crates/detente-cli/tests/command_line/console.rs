//! Markdown whose `console` blocks are run: what stands below a command must be what the command says.
//!
//! ```text
//! $ detente read missing.txt         the command; `< FILE` at its end gives it standard input, `> FILE` takes its standard output
//! a line of standard output          `…` at the end of a line stands for its rest, on a line of its own for all lines that follow
//! ! a line of standard error
//! ? 1                                the exit code, where it is not 0
//! ```
//!
//! `{tmp}` in a command stands for a folder that is empty at the head of the file and that its commands share.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p detente-cli` writes what the commands say now.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// How the README types the command for those who have not installed it.
const FROM_SOURCE: &str = "cargo run --release -p detente-cli -- ";
const INSTALLED: &str = "detente";

/// Runs every console block of a Markdown file in a folder and compares, or rewrites the file.
pub fn check(file: &Path, folder: &Path) {
    let text = fs::read_to_string(file).expect("a Markdown file");
    let scratch = scratch(file);
    let rerun = rerun(&text, folder, &scratch);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(file, rerun).expect("the file can be written");
        return;
    }
    let differing = text.lines().zip(rerun.lines()).position(|(was, is)| was != is);
    if let Some(at) = differing.or((text != rerun).then_some(0)) {
        panic!("{}:{}: UPDATE_SNAPSHOTS=1 takes what follows\n{rerun}", file.display(), at + 1);
    }
}

/// The built command with these arguments, in this folder, with nothing on standard input.
pub fn detente(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// The folder that `{tmp}` stands for, emptied.
fn scratch(file: &Path) -> String {
    let name = file.file_stem().expect("the file has a name");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder.to_string_lossy().into_owned()
}

fn rerun(text: &str, folder: &Path, scratch: &str) -> String {
    let mut out = Vec::new();
    let mut lines = text.lines().peekable();
    let mut console = false;
    while let Some(line) = lines.next() {
        out.push(line.to_owned());
        if line.starts_with("```") {
            console = line == "```console";
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| console) else { continue };
        let mut shown = Vec::new();
        while let Some(below) = lines.next_if(|next| !next.starts_with("$ ") && !next.starts_with("```")) {
            shown.push(below);
        }
        let transcript = transcript(&command.replace("{tmp}", scratch), folder);
        let transcript = transcript.into_iter().map(|line| line.replace(scratch, "{tmp}")).collect();
        out.extend(shorten(transcript, &shown));
    }
    out.join("\n") + "\n"
}

/// What a person sees after typing a command.
fn transcript(command: &str, folder: &Path) -> Vec<String> {
    let output = run(command, folder);
    let mut lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.extend(text(&output.stderr).lines().map(|line| format!("! {line}").trim_end().to_owned()));
    match output.status.code() {
        Some(0) => {}
        code => lines.push(format!("? {}", code.map_or("signal".to_owned(), |code| code.to_string()))),
    }
    lines
}

fn run(command: &str, folder: &Path) -> Output {
    let typed = command
        .strip_prefix(FROM_SOURCE)
        .or_else(|| command.strip_prefix(INSTALLED))
        .expect("a detente command");
    let (typed, file) = typed.split_once(" > ").unwrap_or((typed, ""));
    let (arguments, input) = typed.split_once(" < ").unwrap_or((typed, ""));
    let words = words(arguments);
    let mut call = detente(folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
    if !input.is_empty() {
        call.stdin(File::open(folder.join(input)).expect("a file for standard input"));
    }
    let mut output = call.output().expect("the command starts");
    if !file.is_empty() {
        let taken = std::mem::take(&mut output.stdout);
        fs::write(folder.join(file), taken).expect("standard output can be put into the file");
    }
    output
}

/// Words as a shell parts them, with double quotes.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    let word = |(at, piece): (usize, &str)| match at % 2 {
        1 => vec![piece.to_owned()],
        _ => piece.split_whitespace().map(str::to_owned).collect(),
    };
    pieces.flat_map(word).collect()
}

/// Cut short where what was shown before was cut short.
fn shorten(mut lines: Vec<String>, shown: &[&str]) -> Vec<String> {
    if let Some((&"…", kept)) = shown.split_last() {
        lines.truncate(kept.len());
        lines.push("…".to_owned());
    }
    for (line, before) in lines.iter_mut().zip(shown) {
        let kept = before.chars().count().saturating_sub(1);
        if before.ends_with('…') && line.chars().count() > kept + 1 {
            *line = line.chars().take(kept).chain(['…']).collect();
        }
    }
    lines
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}
