//! `detente annotate`: tokens, tags, parse and entities.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use detente::english::{Annotated, English, Sentence, Token, picture};
use detente::flow;
use detente::rows::{self, TokenRow};
use serde::Serialize;

use crate::docs::{self, Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Print tokens, tags, parse and entities
#[derive(Debug, Args)]
pub struct Annotate {
    /// Text files, folders, or - for standard input
    #[arg(value_name = "FILE", required_unless_present = "docs")]
    files: Vec<PathBuf>,
    /// A JSON list of {id, published, title, text}
    #[arg(long, value_name = "DOCS.json", conflicts_with = "files")]
    docs: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A line of JSON a document
    Jsonl,
    /// CoNLL-U
    Conllu,
    /// A dependency tree a sentence, for people
    Tree,
    /// A dependency picture a sentence: one sentence is an SVG file, several can stand in one page
    Svg,
}

impl Annotate {
    /// Annotates every document on all cores and prints in the order of the input.
    pub fn run(self) -> Result<Outcome, Failure> {
        let (docs, outcome) = match &self.docs {
            Some(path) => (DocsOption { docs: path.clone() }.read()?, Outcome::Complete),
            None => docs::texts(&self.files),
        };
        let english = English::load();
        let mut out = output::stdout();
        progress::in_order(
            flow::all_cores(),
            || &docs,
            |doc| render(english, doc, self.format),
            |text| out.write_all(&text),
        )?;
        out.flush()?;
        Ok(outcome)
    }
}

fn render(english: &English, doc: &Doc, format: Format) -> Vec<u8> {
    let text = english.annotate(&doc.text);
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = match format {
        Format::Jsonl => output::json_line(&mut out, &DocRecord::new(doc, &text)),
        Format::Conllu => conllu(&mut out, doc, &text),
        Format::Tree => pictures(&mut out, &text, picture::tree),
        Format::Svg => pictures(&mut out, &text, picture::svg),
    };
    out
}

#[derive(Serialize)]
struct DocRecord<'a> {
    id: &'a str,
    tokens: Vec<TokenFields<'a>>,
}

/// idx, text, lemma, tag, pos, dep, head, ent_iob, ent_type, sent_start.
type TokenFields<'a> = (
    usize,
    &'a str,
    &'a str,
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static str,
    &'static str,
    u8,
);

impl<'a> DocRecord<'a> {
    fn new(doc: &'a Doc, text: &'a Annotated<'a>) -> Self {
        Self { id: &doc.id, tokens: rows::tokens(text).into_iter().map(fields).collect() }
    }
}

fn fields(row: TokenRow<'_>) -> TokenFields<'_> {
    let TokenRow { start, text, lemma, tag, pos, dep, head, ent_iob, ent_type, sent_start, .. } = row;
    (start, text, lemma, tag, pos, dep, head, ent_iob, ent_type, sent_start.into())
}

/// A picture of every sentence, parted by an empty line.
fn pictures(
    out: &mut impl Write,
    text: &Annotated<'_>,
    draw: impl Fn(Sentence<'_>) -> String,
) -> io::Result<()> {
    text.sentences().try_for_each(|sentence| writeln!(out, "{}", draw(sentence)))
}

fn conllu(out: &mut impl Write, doc: &Doc, text: &Annotated<'_>) -> io::Result<()> {
    writeln!(out, "# newdoc id = {}", doc.id)?;
    for sentence in text.sentences() {
        writeln!(out, "# sent_id = {}-{}", doc.id, sentence.number() + 1)?;
        writeln!(out, "# text = {}", sentence.text().split_whitespace().collect::<Vec<_>>().join(" "))?;
        let words: Vec<Token<'_>> = sentence.tokens().filter(|t| !t.text().trim().is_empty()).collect();
        for (number, token) in words.iter().enumerate() {
            conllu_row(out, number + 1, *token, &words)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn conllu_row(out: &mut impl Write, number: usize, token: Token<'_>, words: &[Token<'_>]) -> io::Result<()> {
    let head = match token.is_root() {
        true => 0,
        false => words.iter().position(|w| w.i() == token.head().i()).map_or(0, |at| at + 1),
    };
    let entity = token.entity_type().map(|kind| format!("NER={}-{kind}", token.ent_iob()));
    let space = (!token.has_space_after()).then(|| "SpaceAfter=No".to_owned());
    let misc: Vec<String> = entity.into_iter().chain(space).collect();
    writeln!(
        out,
        "{number}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{}",
        token.text(),
        token.lemma(),
        token.pos(),
        token.tag(),
        or_blank(token.morph()),
        token.dep(),
        or_blank(&misc.join("|")),
    )
}

fn or_blank(text: &str) -> &str {
    match text {
        "" => "_",
        text => text,
    }
}
