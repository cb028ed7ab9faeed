//! Who is meant, case by case (`resolve.tsv`), with the engine's own parse.

#![allow(clippy::unwrap_used)]

use detente_code::{Mention, resolve};
use detente_english::English;
use detente_lexicon::Lexicon;
use detente_model::Actor;

/// A row of the table.
struct Case {
    line: usize,
    goal: bool,
    day: jiff::civil::Date,
    text: String,
    /// The bytes of each mention.
    marks: Vec<std::ops::Range<usize>>,
    wanted: Vec<String>,
}

impl Case {
    fn read(line: usize, row: &str) -> Case {
        let (goal, row) = row.strip_prefix('?').map_or((false, row), |rest| (true, rest));
        let cells: Vec<&str> = row.split('\t').collect();
        let [day, marked, wanted] = cells[..] else { panic!("line {line}: three cells are wanted") };
        let (mut text, mut marks) = (String::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '[' => marks.push(text.len()..0),
                ']' => marks.last_mut().unwrap().end = text.len(),
                c => text.push(c),
            }
        }
        let wanted: Vec<String> = wanted.split("; ").map(str::to_owned).collect();
        assert_eq!(marks.len(), wanted.len(), "line {line}");
        Case { line, goal, day: day.parse().unwrap(), text, marks, wanted }
    }

    fn found(&self) -> Vec<String> {
        let doc = English::load().annotate(&self.text);
        let resolved = resolve(&[&doc], Lexicon::builtin(), Some(self.day)).pop().unwrap();
        let actors = |mark: &std::ops::Range<usize>| {
            let head = |m: &&Mention| mark.contains(&doc.token(m.head).span().start);
            let whole = resolved.mentions().iter().filter(head).max_by_key(|m| m.tokens.len());
            let mut actors: Vec<String> = whole.into_iter().flat_map(|m| &m.actors).map(shown).collect();
            actors.sort();
            if actors.is_empty() { "-".to_owned() } else { actors.join(" + ") }
        };
        self.marks.iter().map(actors).collect()
    }

    fn wanted(&self) -> Vec<String> {
        let sorted = |cell: &String| {
            let mut actors: Vec<&str> = cell.split(" + ").collect();
            actors.sort_unstable();
            actors.join(" + ")
        };
        self.wanted.iter().map(sorted).collect()
    }
}

fn shown(actor: &Actor) -> String {
    let code = actor.code.map(|c| c.to_string()).unwrap_or_default();
    let sector = actor.sector.map(|s| s.to_string()).unwrap_or_default();
    format!("{code} {sector}").trim().to_owned()
}

#[test]
fn mentions_mean_whom_they_should() {
    let rows = include_str!("resolve.tsv").lines().enumerate();
    let cases: Vec<Case> =
        rows.filter(|(_, row)| !row.starts_with('#')).map(|(i, row)| Case::read(i + 1, row)).collect();
    let (mut wrong, mut open) = (Vec::new(), 0);
    for case in &cases {
        let (found, wanted) = (case.found(), case.wanted());
        match found == wanted {
            true if case.goal => wrong.push(format!("line {}: reached; take its ? off", case.line)),
            true => {}
            false if case.goal => open += 1,
            false => wrong.push(format!("line {}: {wanted:?} wanted, {found:?} found", case.line)),
        }
    }
    println!("{} cases, {open} not reached yet", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
