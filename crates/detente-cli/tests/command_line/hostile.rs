//! Texts that want to do something to whoever reads the output.

use std::fs;
use std::path::PathBuf;

use crate::console;

/// A folder of its own, gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("detente-hostile-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    /// What a command says on both of its streams.
    fn says(&self, arguments: &[&str]) -> String {
        let output = console::detente(&self.0, arguments).output().expect("the command starts");
        String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8(output.stderr).expect("UTF-8")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SIGNS: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{8}\u{9b}31m";

fn obeyed(said: &str) -> Vec<char> {
    said.chars().filter(|c| c.is_control() && *c != '\n').collect()
}

#[test]
fn no_control_sign_reaches_the_terminal() {
    let folder = Folder::new("signs");
    let text = format!(
        "Envoys meet{SIGNS}\n\nLIMA, May 2, 2017 - The foreign ministers of Chile{SIGNS} and Peru met in Lima on Monday, {SIGNS}a spokesman said.\n"
    );
    fs::write(folder.0.join("a.txt"), &text).expect("a file");
    fs::write(folder.0.join("b\u{1b}[2J\ndetente: all is well.pdf"), "%PDF").expect("a file");
    fs::write(folder.0.join("c.jsonl"), format!("{{\"id\": \"x{}\", \"text\": 1}}\n{{\"id\": \"y\\n\\u001b[2J\", \"text\": \"Das ist nicht gut und wird auch nicht besser, sagte der Minister am Montag.\"}}\n", "\\u001b[2J"))
        .expect("a file");
    let commands: [&[&str]; 7] = [
        &["read", "."],
        &["explain", "a.txt#1"],
        &["ingest", "--ledger", "news.db", "."],
        &["events", "--ledger", "news.db"],
        &["agenda", "--ledger", "news.db"],
        &["relation", "CHL", "PER", "--ledger", "news.db", "--on", "2017-05-03"],
        &["import", "c.jsonl"],
    ];
    for command in commands {
        let said = folder.says(command);
        assert!(!said.is_empty(), "{command:?} says nothing");
        assert_eq!(obeyed(&said), [], "{command:?}: {said:?}");
        assert!(!said.lines().any(|line| line.starts_with("detente: all is well")), "{command:?}: {said:?}");
    }
}

#[test]
fn no_markup_of_a_report_reaches_a_picture() {
    let folder = Folder::new("markup");
    let text = "LIMA, May 2, 2017 - The foreign ministers of Chile and Peru <script>alert(1)</script> met in Lima on Monday & left.\n";
    fs::write(folder.0.join("a.txt"), text).expect("a file");
    for command in [
        &["annotate", "a.txt", "--format", "svg"][..],
        &["relation", "CHL", "PER", "--on", "2017-05-03", "--format", "svg", "a.txt"],
    ] {
        let said = folder.says(command);
        assert!(said.starts_with("<svg") && !said.contains("<script"), "{command:?}: {said}");
    }
}
