//! `detente relations`: what a marked source does to a marked target.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente::code::judge::{Judge, Learned, Rules};
use detente::{Pipeline, flow};
use detente_model::Span;

use crate::docs;
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Name the event type between a marked source and target
#[derive(Debug, Args)]
pub struct Relations {
    /// TSV of uid and a sentence with <s>source</s> and <t>target</t>; - for standard input
    #[arg(long, value_name = "PAIRS.tsv")]
    pairs: PathBuf,
    /// Who decides
    #[arg(long, value_enum, default_value = "learned")]
    judge: By,
    /// Answer NONE where the judge is less sure
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    min_confidence: f32,
    /// Print what a learned judge is shown instead, as it is trained with
    #[arg(long, hide = true)]
    features: bool,
}

/// Who decides between the types that speak for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The act that fits best among those the rules find
    Rules,
    /// Learned weights of what the rules find and of the words around
    Learned,
}

impl By {
    fn judge(self) -> &'static dyn Judge {
        match self {
            Self::Rules => &Rules,
            Self::Learned => Learned::builtin(),
        }
    }
}

impl Relations {
    /// Prints uid and root, a line a pair.
    pub fn run(self) -> Result<Outcome, Failure> {
        let text = docs::read_to_string(&self.pairs)?;
        let rows = rows(&text);
        let pipeline = Pipeline::builtin();
        let mut out = output::stdout();
        writeln!(out, "uid\t{}", if self.features { "features" } else { "root" })?;
        progress::in_order(
            flow::all_cores(),
            || &rows,
            |(uid, marked)| (uid, self.tell(&pipeline, &Marked::parse(marked))),
            |(uid, told)| writeln!(out, "{uid}\t{told}"),
        )?;
        out.flush()?;
        Ok(Outcome::Complete)
    }

    fn tell(&self, pipeline: &Pipeline, pair: &Marked) -> String {
        match self.features {
            true => features(pipeline, pair),
            false => self.root(pipeline, pair).to_owned(),
        }
    }

    fn root(&self, pipeline: &Pipeline, pair: &Marked) -> &'static str {
        let verdict = pipeline.relate(&pair.text, &pair.source, &pair.target, self.judge.judge());
        let sure = verdict.filter(|verdict| verdict.confidence >= self.min_confidence);
        sure.map_or("NONE", |verdict| verdict.kind.as_str())
    }
}

/// Rows of TSV as spreadsheets write it: a field in double quotes holds doubled quotes.
fn rows(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().skip_while(|line| line.starts_with("uid\t"));
    lines.filter_map(|line| line.split_once('\t')).map(|(uid, rest)| (uid.to_owned(), field(rest))).collect()
}

fn field(rest: &str) -> String {
    match rest.strip_prefix('"') {
        Some(quoted) => unquote(quoted),
        None => rest.split('\t').next().unwrap_or_default().to_owned(),
    }
}

fn unquote(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if letters.peek() == Some(&'"') => text.extend(letters.next()),
            '"' => break,
            letter => text.push(letter),
        }
    }
    text
}

/// Value and name of each, a tab between them.
fn features(pipeline: &Pipeline, pair: &Marked) -> String {
    let features = pipeline.relation_features(&pair.text, &pair.source, &pair.target);
    let told: Vec<String> = features.iter().map(|f| format!("{:.3} {}", f.value, f.name)).collect();
    told.join("\t")
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Marked {
    text: String,
    source: Vec<Span>,
    target: Vec<Span>,
}

impl Marked {
    fn parse(marked: &str) -> Self {
        let mut found = Self::default();
        let mut rest = marked;
        let mut open = 0;
        while let Some(at) = rest.find('<') {
            found.text.push_str(&rest[..at]);
            rest = &rest[at..];
            let here = found.text.len();
            match rest.get(..3).or(Some("")).filter(|tag| !tag.is_empty()) {
                Some("<s>" | "<t>") => (open, rest) = (here, &rest[3..]),
                _ if rest.starts_with("</s>") => rest = found.close(open, here, true, rest),
                _ if rest.starts_with("</t>") => rest = found.close(open, here, false, rest),
                _ => {
                    found.text.push('<');
                    rest = &rest[1..];
                }
            }
        }
        found.text.push_str(rest);
        found
    }

    fn close<'r>(&mut self, open: usize, here: usize, source: bool, rest: &'r str) -> &'r str {
        let side = if source { &mut self.source } else { &mut self.target };
        side.push(Span::new(open, here));
        &rest[4..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans_of_the_bare_text() {
        let marked = Marked::parse("<s>Iran</s> warned <t>Israel</t> & <t>Egypt</t> < 3");
        assert_eq!(marked.text, "Iran warned Israel & Egypt < 3");
        assert_eq!(marked.source, [Span::new(0, 4)]);
        assert_eq!(marked.target, [Span::new(12, 18), Span::new(21, 26)]);
    }

    #[test]
    fn quoted_fields_lose_their_quotes() {
        assert_eq!(field("\"say \"\"no\"\" twice\"\tREJECT"), "say \"no\" twice");
        assert_eq!(field("plain\tREJECT"), "plain");
    }
}
