//! Measures names against hand-marked ones, and prints what to learn them from:
//! `names GOLD.jsonl [--errors] [--every=N] [--folds=FOLDER] [--lessons]`; `bench/entities/run` and `train/names/run` call it.
//!
//! GOLD has a line a report, `{region, sentences: [[[word, tag], …], …]}` with tags `B-Person`, `I-Person`, … and `O`. The words
//! are put together to plain text, which the engine reads; a name counts where its first and last letter and its kind are the
//! marked ones. Scored for Person, Organization, Location and NORP: the model alone (articles and "'s" taken off), and the
//! names as the rules and as the learned weights of `detente_code::name` put them right. With `--folds` report number i is read
//! with the weights FOLDER/k.tsv, k the remainder of i by the number of files there: those that were learned without it.

#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::{Duration, Instant};

use detente_code::name::{Learned, Name, NameKind, lessons, names_by, ruled};
use detente_english::{Annotated, English};
use detente_lexicon::Lexicon;
use detente_model::Span;
use serde_json::Value;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = args.first() else {
        eprintln!("usage: names GOLD.jsonl [--errors]");
        std::process::exit(2);
    };
    let every = args.iter().find_map(|a| a.strip_prefix("--every=")?.parse().ok()).unwrap_or(1);
    let text = fs::read_to_string(path).unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        std::process::exit(1);
    });
    let (english, lexicon) = (English::load(), Lexicon::builtin());
    let folds = args.iter().find_map(|a| a.strip_prefix("--folds=")).map(read_folds).unwrap_or_default();
    let mut regions: BTreeMap<String, [Score; 3]> = BTreeMap::new();
    let mut errors: BTreeMap<String, usize> = BTreeMap::new();
    let mut took = [Duration::ZERO; 3];
    for (number, line) in text.lines().enumerate().step_by(every) {
        let row: Value = serde_json::from_str(line).unwrap_or_default();
        let report = Report::of(&row);
        let start = Instant::now();
        let doc = english.annotate_blocks(&report.text, &report.blocks);
        if args.iter().any(|a| a == "--lessons") {
            report.teach(number, &doc, lexicon);
            continue;
        }
        took[0] += start.elapsed();
        let learned = if folds.is_empty() { Learned::builtin() } else { &folds[number % folds.len()] };
        let start = Instant::now();
        let ours = names_by(learned, &[&doc], lexicon, None).pop().unwrap_or_default();
        took[1] += start.elapsed();
        let start = Instant::now();
        let rules = ruled(&[&doc], lexicon, None).pop().unwrap_or_default();
        took[2] += start.elapsed();
        let found = [plain(&doc), rules, ours].map(|names| marks(&doc, &names));
        for region in [row["region"].as_str().unwrap_or("?"), "all"] {
            let scores = regions.entry(region.to_owned()).or_default();
            scores.iter_mut().zip(&found).for_each(|(score, found)| score.add(found, &report.gold));
        }
        report.tell(&found[2], &mut errors);
    }
    if args.iter().any(|a| a == "--lessons") {
        return;
    }
    println!("region\tkind\tbefore\trules\tafter\tprecision\trecall");
    for (region, [before, rules, after]) in &regions {
        for (i, kind) in NameKind::ALL.iter().map(|k| k.as_str()).chain(["all"]).enumerate() {
            let ([_, _, old], [_, _, rules], [p, r, f]) = (before.of(i), rules.of(i), after.of(i));
            println!("{region}\t{kind}\t{old:.3}\t{rules:.3}\t{f:.3}\t{p:.3}\t{r:.3}");
        }
    }
    println!("annotated in {:?}, names in {:?}, of which rules {:?}", took[0], took[1], took[2]);
    if args.iter().any(|a| a == "--errors") {
        let mut errors: Vec<_> = errors.into_iter().collect();
        errors.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        errors.iter().take(4000).for_each(|(error, count)| println!("{count}\t{error}"));
    }
}

/// The weights of each fold.
fn read_folds(folder: &str) -> Vec<Learned> {
    let file = |k: usize| fs::read_to_string(format!("{folder}/{k}.tsv")).ok();
    (0..).map_while(file).map(|text| Learned::read(&text)).collect()
}

/// A name by its bytes.
type Mark = (usize, usize, NameKind);

/// A marked report as plain text.
#[derive(Default)]
struct Report {
    text: String,
    blocks: Vec<Span>,
    gold: BTreeSet<Mark>,
    /// Marked as a building, an event, a product, a work.
    other: Vec<(usize, usize)>,
}

impl Report {
    fn of(row: &Value) -> Report {
        let mut report = Report::default();
        for sentence in row["sentences"].as_array().into_iter().flatten() {
            report.paragraph(sentence);
        }
        report
    }

    fn paragraph(&mut self, words: &Value) {
        let start = self.text.len();
        let (mut open, mut quoted): (Option<(usize, usize, &str)>, bool) = (None, false);
        let (mut before, mut dotted) = ("", false);
        for pair in words.as_array().into_iter().flatten() {
            let (Some(word), tag) = (pair[0].as_str(), pair[1].as_str().unwrap_or("O")) else { continue };
            let letters = dotted && is_letter(word);
            dotted = is_letter(before) && word == ".";
            if is_apart(before, word, quoted) && !letters && self.text.len() > start {
                self.text.push(' ');
            }
            quoted ^= word == "\"";
            before = word;
            let at = self.text.len();
            self.text.push_str(word);
            match (tag.split_once('-'), &mut open) {
                (Some(("I", _)), Some(mark)) => mark.1 = self.text.len(),
                (Some((_, kind)), _) => {
                    self.close(open.take());
                    open = Some((at, self.text.len(), kind));
                }
                _ => self.close(open.take()),
            }
        }
        self.close(open);
        self.blocks.push(Span::new(start, self.text.len()));
        self.text.push_str("\n\n");
    }

    fn close(&mut self, mark: Option<(usize, usize, &str)>) {
        let Some((start, end, tag)) = mark else { return };
        match kind_of(tag) {
            Some(kind) => _ = self.gold.insert((start, end, kind)),
            None if matches!(tag, "Misc" | "Facility" | "Product") => self.other.push((start, end)),
            None => {}
        }
    }

    /// Prints a line a word: the number of the report, the tag, the cues; an empty line behind each stretch.
    fn teach(&self, number: usize, doc: &Annotated<'_>, lexicon: &Lexicon) {
        let tags = self.tags(doc);
        for stretch in lessons(&[doc], lexicon, None).pop().unwrap_or_default() {
            for (at, cues) in stretch {
                println!("{number}\t{}\t{}", tags[at], cues.join("\t"));
            }
            println!();
        }
    }

    fn tags(&self, doc: &Annotated<'_>) -> Vec<String> {
        let mut tags = vec!["O".to_owned(); doc.len()];
        let others = self.other.iter().map(|(start, end)| (*start, *end, "other"));
        for (start, end, kind) in self.gold.iter().map(|g| (g.0, g.1, g.2.as_str())).chain(others) {
            let inside = doc.tokens().filter(|t| t.span().start < end && start < t.span().end);
            let inside: Vec<usize> = inside.map(|token| token.i()).collect();
            for (i, token) in inside.iter().enumerate() {
                let place = match (i == 0, i + 1 == inside.len()) {
                    (true, true) => 'U',
                    (true, false) => 'B',
                    (false, true) => 'L',
                    (false, false) => 'I',
                };
                tags[*token] = format!("{place}-{kind}");
            }
        }
        tags
    }

    fn tell(&self, found: &BTreeSet<Mark>, errors: &mut BTreeMap<String, usize>) {
        let mut tell = |what: &str, marks: Vec<&Mark>| {
            for &(from, to, kind) in marks {
                let near = self.gold.iter().find(|g| what == "wrong" && g.0 < to && from < g.1);
                let near = near.map(|g| format!(" for {} {}", g.2, &self.text[g.0..g.1])).unwrap_or_default();
                *errors.entry(format!("{what} {kind}: {}{near}", &self.text[from..to])).or_default() += 1;
            }
        };
        tell("missed", self.gold.difference(found).collect());
        tell("wrong", found.difference(&self.gold).collect());
    }
}

fn kind_of(tag: &str) -> Option<NameKind> {
    Some(match tag {
        "Person" => NameKind::Person,
        "Organization" => NameKind::Organisation,
        "Location" => NameKind::Location,
        "NORP" => NameKind::People,
        _ => return None,
    })
}

/// "U" and "S" of "U.S."
fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.starts_with(char::is_uppercase)
}

/// Whether a space stands between two words of a report.
fn is_apart(before: &str, word: &str, quoted: bool) -> bool {
    let closes =
        matches!(word, "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "’" | "'" | "”" | "-" | "/")
            || word.starts_with(['\'', '’']) && word.chars().count() < 4
            || word == "n't"
            || word == "\"" && quoted;
    let opens = matches!(before, "(" | "[" | "$" | "₡" | "-" | "“" | "‘" | "/") || before == "\"" && quoted;
    !closes && !opens
}

/// The model's entities of the four kinds, articles and "'s" taken off.
fn plain(doc: &Annotated<'_>) -> Vec<Name> {
    let name = |e: &detente_english::Entity| {
        let (mut start, mut end) = (e.start, e.end);
        while start < end && matches!(doc.token(start).lower(), "the" | "a" | "an") {
            start += 1;
        }
        while end > start && matches!(doc.token(end - 1).lower(), "'s" | "’s" | "'" | "’") {
            end -= 1;
        }
        Some(Name { tokens: start..end, kind: NameKind::of(e.kind)? })
    };
    doc.entities().iter().filter_map(name).filter(|n| !n.tokens.is_empty()).collect()
}

fn marks(doc: &Annotated<'_>, names: &[Name]) -> BTreeSet<Mark> {
    let mark = |name: &Name| {
        let span = doc.span_of(name.tokens.clone());
        (span.start, span.end, name.kind)
    };
    names.iter().map(mark).collect()
}

/// Right, found and marked names, by kind.
#[derive(Default)]
struct Score([[usize; 3]; 4]);

impl Score {
    fn add(&mut self, found: &BTreeSet<Mark>, gold: &BTreeSet<Mark>) {
        for mark in found {
            self.0[mark.2 as usize][0] += usize::from(gold.contains(mark));
            self.0[mark.2 as usize][1] += 1;
        }
        gold.iter().for_each(|mark| self.0[mark.2 as usize][2] += 1);
    }

    /// Precision, recall and F1 of a kind; past the last, of all.
    fn of(&self, kind: usize) -> [f64; 3] {
        let sum = |i: usize| self.0.get(kind).map_or(self.0.iter().map(|k| k[i]).sum(), |k| k[i]) as f64;
        let (right, found, gold) = (sum(0), sum(1).max(1.0), sum(2).max(1.0));
        [right / found, right / gold, 2.0 * right / (found + gold)]
    }
}
