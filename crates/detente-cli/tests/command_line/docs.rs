//! The pages under `docs/`: every command on them is run, every link leads somewhere, and the reference is that of the program.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::console;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
/// What a page may name as if it were typed in the root of a clone.
const SHARED: [&str; 3] = ["examples", "docs", "crates"];
/// Pages that stand outside `docs/`.
const OUTSIDE: [&str; 8] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "COMPARE.md",
    "DESIGN.md",
    "SOURCES.md",
    "fuzz/README.md",
    "codebook/README.md",
];

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every page below `docs/`.
fn pages() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(ROOT).join("docs")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|ext| ext == "md") => pages.push(path),
                false => {}
            }
        }
    }
    pages.sort();
    pages
}

/// A folder that looks like the root of a clone to whoever types there, and that may be written.
fn clone_for(page: &Path) -> PathBuf {
    let name = page.strip_prefix(ROOT).unwrap_or(page).to_string_lossy().replace('/', "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    #[cfg(unix)]
    for shared in SHARED {
        let target = fs::canonicalize(Path::new(ROOT).join(shared)).expect("the repository");
        std::os::unix::fs::symlink(target, folder.join(shared)).expect("a link");
    }
    folder
}

#[cfg(unix)]
#[test]
fn the_pages_show_what_the_commands_say() {
    for page in pages() {
        if read(&page).contains("```console") {
            console::check(&page, &clone_for(&page));
        }
    }
}

/// A command that is shown outside a block that is run could say anything.
#[test]
fn no_command_is_shown_that_is_not_run() {
    for page in pages() {
        let text = read(&page);
        let mut block = "";
        for line in text.lines() {
            if let Some(language) = line.strip_prefix("```") {
                block = if block.is_empty() { language } else { "" };
            }
            let typed = line.starts_with("$ detente ") || !block.is_empty() && line.starts_with("detente ");
            assert!(!typed || matches!(block, "console" | "text"), "{}: {line}", page.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn the_notebook_prints_what_it_shows() {
    let page = Path::new(ROOT).join("docs/how-to/notebooks.md");
    let python = python();
    let folder = clone_for(&PathBuf::from(format!("{}-python", page.display())));
    let found = Command::new(&python).args(["-c", "import pandas"]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        println!("skipped: {} has no pandas; see tests/python/README.md", python.display());
        return;
    }
    let made = console::detente(&folder, &["demo", "news.db", "--kept-on", "2026-01-01"]).output();
    assert!(made.is_ok_and(|output| output.status.success()));
    let text = read(&page);
    let shown = rerun(&python, &folder, &programs(&text));
    let mut printed = shown.iter();
    let renewed = replaced(&text, || printed.next().cloned().unwrap_or_default());
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&page, renewed).expect("the page can be written");
        return;
    }
    assert_eq!(renewed, text, "UPDATE_SNAPSHOTS=1 takes what is printed now");
}

fn python() -> PathBuf {
    let venv = Path::new(ROOT).join(".venv/bin/python");
    let own = std::env::var_os("DETENTE_PYTHON").map(PathBuf::from);
    let found = own.unwrap_or_else(|| if venv.exists() { venv } else { PathBuf::from("python3") });
    std::path::absolute(&found).ok().filter(|path| path.exists()).unwrap_or(found)
}

/// What stands in the `python` blocks.
fn programs(text: &str) -> Vec<&str> {
    text.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// What each program prints, run one after the other in one interpreter, as in a notebook.
fn rerun(python: &Path, folder: &Path, programs: &[&str]) -> Vec<String> {
    let whole = programs.join("\nprint(chr(1))\n");
    let bin =
        Path::new(env!("CARGO_BIN_EXE_detente")).parent().expect("a folder").to_string_lossy().into_owned();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let output = Command::new(python).args(["-c", &whole]).current_dir(folder).env("PATH", path).output();
    let output = output.expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).split("\u{1}\n").map(|part| part.trim_end().to_owned()).collect()
}

/// The page with each `text` block that follows a `python` block made anew.
fn replaced(text: &str, mut next: impl FnMut() -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("```python\n") {
        let shown = at + rest[at..].find("```text\n").expect("what it prints follows") + "```text\n".len();
        let end = shown + rest[shown..].find("```").expect("the block ends");
        let printed = next();
        out.push_str(&rest[..shown]);
        out.push_str(&printed);
        out.push_str(if printed.is_empty() { "" } else { "\n" });
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn every_command_has_its_place_in_the_reference() {
    let page = Path::new(ROOT).join("docs/reference/commands.md");
    let made = reference();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&page, made).expect("the page can be written");
        return;
    }
    let told = read(&page);
    let at = told.lines().zip(made.lines()).position(|(told, made)| told != made);
    assert!(told == made, "{}:{}: UPDATE_SNAPSHOTS=1 writes it", page.display(), at.map_or(0, |at| at + 1));
}

const HEAD: &str = "# Commands

Made from the program: `detente COMMAND --help` says the same. Data go to standard output, talk to standard error. The exit code is 0 when
every input was handled, 1 when some could not be read, 2 for wrong usage.
";

fn reference() -> String {
    let mut page = HEAD.to_owned();
    let mut waiting = vec![Vec::new()];
    while let Some(path) = waiting.pop() {
        let help = help(&path);
        page += &format!("\n## `{}`\n\n```text\n{}\n```\n", path_of(&path), help.trim_end());
        let below = subcommands(&help).into_iter().rev();
        waiting.extend(below.map(|name| path.iter().cloned().chain([name]).collect::<Vec<_>>()));
    }
    page
}

fn path_of(path: &[String]) -> String {
    ["detente"].into_iter().chain(path.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

fn help(path: &[String]) -> String {
    let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
    arguments.push("--help");
    let output = console::detente(Path::new(ROOT), &arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn subcommands(help: &str) -> Vec<String> {
    let listed = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = listed.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// A command that nobody shows in use is not documented, whatever its help says.
#[test]
fn every_command_is_shown_in_use() {
    let mut shown = BTreeSet::new();
    let outside = OUTSIDE.iter().map(|page| Path::new(ROOT).join(page));
    for page in pages().into_iter().chain(outside) {
        let text = read(&page);
        let typed = text.lines().filter_map(|line| line.strip_prefix("$ detente "));
        shown.extend(typed.filter_map(|line| line.split_whitespace().next()).map(str::to_owned));
    }
    let unseen: Vec<String> =
        subcommands(&help(&[])).into_iter().filter(|name| !shown.contains(name)).collect();
    assert!(unseen.is_empty(), "no page shows {unseen:?}");
}

#[test]
fn every_file_of_rules_is_told() {
    let told = read(&Path::new(ROOT).join("docs/reference/rules.md"));
    for entry in fs::read_dir(Path::new(ROOT).join("crates/detente-acts/data")).expect("the data") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(!name.ends_with(".tsv") || told.contains(&format!("`{name}`")), "{name}");
    }
}

/// What is promised on the pages about trust is proved by tests, and these are there.
#[test]
fn every_promise_names_a_test_that_is_there() {
    for page in ["docs/security.md", "docs/reliability.md"] {
        let text = read(&Path::new(ROOT).join(page));
        let (mut source, mut found) = (String::new(), 0);
        for named in text.split('`').skip(1).step_by(2) {
            if named.ends_with(".rs") {
                source = read(&Path::new(ROOT).join(named));
            } else if is_test_name(named) {
                assert!(source.contains(&format!("fn {named}(")), "{page}: no test {named}");
                found += 1;
            }
        }
        assert!(found > 5, "{page} names {found} tests");
    }
}

fn is_test_name(word: &str) -> bool {
    word.matches('_').count() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[test]
fn every_page_is_in_the_summary() {
    let summary = read(&Path::new(ROOT).join("docs/SUMMARY.md"));
    for page in pages() {
        let name = page.strip_prefix(Path::new(ROOT).join("docs")).expect("below docs").to_string_lossy();
        assert!(name == "SUMMARY.md" || summary.contains(&format!("({name})")), "{name} is in no chapter");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let outside = OUTSIDE.iter().map(|page| Path::new(ROOT).join(page));
    let dead: Vec<String> = pages().into_iter().chain(outside).flat_map(|page| dead_links(&page)).collect();
    assert!(dead.is_empty(), "\n{}", dead.join("\n"));
}

fn dead_links(page: &Path) -> Vec<String> {
    let text = read(page);
    let folder = page.parent().expect("a page lies in a folder");
    let dead = |link: &&str| {
        let (file, heading) = link.split_once('#').unwrap_or((link, ""));
        let target = if file.is_empty() { page.to_owned() } else { folder.join(file) };
        !target.exists() || !heading.is_empty() && !headings(&read(&target)).contains(heading)
    };
    links(&text).filter(dead).map(|link| format!("{}: {link}", page.display())).collect()
}

/// Links to places of the repository.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    targets.filter(|link| !link.contains("://") && !link.starts_with("mailto:") && !link.is_empty())
}

/// The names by which headings are linked to.
fn headings(text: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let letters = line.trim_start_matches('#').trim().to_lowercase();
        letters
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .collect::<String>()
            .replace(' ', "-")
    };
    text.lines().filter(|line| line.starts_with('#')).map(name).collect()
}
