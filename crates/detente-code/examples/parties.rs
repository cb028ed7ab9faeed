//! Measures the resolver on hand-coded parties: `parties ANNOTATIONS.jsonl GOLD.jsonl [--errors]`.
//!
//! ANNOTATIONS has a line a block of a document (`id`, `published`, `part`, `text`, `tokens` as in `annotate`'s output);
//! GOLD is a file of events. For each party of each event: is there a mention that shares words with its text in its
//! sentence, and does it have the party's code and sector?

#![allow(clippy::print_stdout, reason = "what is measured is printed")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::str::FromStr;
use std::time::{Duration, Instant};

use detente_code::{Mention, Resolved, resolve};
use detente_english::{Annotated, Dep, Entity, EntityType, Pos, Tag, TokenRecord};
use detente_lexicon::Lexicon;
use detente_model::Span;
use serde_json::Value;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(annotations), Some(gold)) = (args.first(), args.get(1)) else {
        eprintln!("usage: parties ANNOTATIONS.jsonl GOLD.jsonl [--errors]");
        std::process::exit(2);
    };
    let docs = load(annotations);
    let start = Instant::now();
    let lexicon = Lexicon::builtin();
    println!("lexicon ready after {:?}", start.elapsed());
    let mut tally = Tally::default();
    let (mut resolved, mut tokens, mut took) = (HashMap::new(), 0, Duration::ZERO);
    for (id, doc) in &docs {
        let (title, text) = (doc.title.annotated(), doc.body.annotated());
        tokens += title.len() + text.len();
        let start = Instant::now();
        resolved.insert(id.clone(), resolve(&[&title, &text], lexicon, doc.day));
        took += start.elapsed();
    }
    println!("{tokens} tokens resolved in {took:?}");
    for event in rows(gold) {
        let Some(doc) = docs.get(event["doc"].as_str().unwrap_or("")) else { continue };
        for side in ["actors", "recipients"] {
            for party in event[side].as_array().into_iter().flatten() {
                tally.party(doc, &resolved[event["doc"].as_str().unwrap_or("")], &event, party);
            }
        }
    }
    tally.report(args.iter().any(|a| a == "--errors"));
    if args.iter().any(|a| a == "--dump") {
        for (id, doc) in &docs {
            dump(id, doc, &resolved[id]);
        }
    }
}

fn dump(id: &str, doc: &Doc, resolved: &[Resolved]) {
    for (block, resolved) in [&doc.title, &doc.body].into_iter().zip(resolved) {
        let text = block.annotated();
        for sentence in text.sentences() {
            println!("{id}\t{}", sentence.text());
            for mention in resolved.mentions().iter().filter(|m| sentence.range().contains(&m.head)) {
                let actors: Vec<String> = mention.actors.iter().map(show).collect();
                println!(
                    "\t[{}] {} {:?} {:?}",
                    text.text_of(mention.tokens.clone()),
                    mention.kind,
                    actors,
                    mention.name
                );
            }
        }
    }
}

fn show(actor: &detente_model::Actor) -> String {
    let code = actor.code.map(|c| c.to_string()).unwrap_or_default();
    format!("{code} {}", actor.sector.map(|s| s.to_string()).unwrap_or_default())
}

#[derive(Default)]
struct Tally {
    parties: usize,
    covered: usize,
    code: usize,
    both: usize,
    causes: BTreeMap<&'static str, Vec<String>>,
}

impl Tally {
    fn party(&mut self, doc: &Doc, resolved: &[Resolved], event: &Value, party: &Value) {
        self.parties += 1;
        let sentence = event["sentence"].as_str().unwrap_or("");
        let in_title = sentence == "TITLE";
        let block = if in_title { &doc.title } else { &doc.body };
        let wanted = party["text"].as_str().unwrap_or("");
        let code = party["code"].as_str();
        let from = if in_title { Some(0) } else { find(&block.text, sentence, 0) };
        let at = from.and_then(|from| find(&block.text, wanted, from));
        let label =
            format!("{wanted} -> {} {}", code.unwrap_or("-"), party["sector"].as_str().unwrap_or("-"));
        let Some(at) = at else {
            return self.cause("text not found", label);
        };
        let span = Span::new(at, at + wanted.len());
        let text = block.annotated();
        let mentions: Vec<&Mention> = resolved[usize::from(!in_title)]
            .mentions()
            .iter()
            .filter(|m| text.span_of(m.tokens.clone()).overlaps(span))
            .collect();
        let got: Vec<String> = mentions
            .iter()
            .map(|m| {
                format!(
                    "[{}] {:?}",
                    text.text_of(m.tokens.clone()),
                    m.actors.iter().map(show).collect::<Vec<_>>()
                )
            })
            .collect();
        let label = format!("{label}   got {}", got.join(" "));
        self.covered += usize::from(!mentions.is_empty());
        let actors = || mentions.iter().flat_map(|m| &m.actors);
        let same_code = |a: &&detente_model::Actor| a.code.map(|c| c.to_string()).as_deref() == code;
        let right =
            if code.is_none() { actors().all(|a| a.code.is_none()) } else { actors().any(|a| same_code(&a)) };
        self.code += usize::from(right);
        let sector = party["sector"].as_str();
        let both = actors().filter(same_code).any(|a| a.sector.map(|s| s.as_str()) == sector)
            || code.is_none() && right;
        self.both += usize::from(both);
        match () {
            () if both => {}
            () if right => self.cause("sector", label),
            () if mentions.is_empty() => self.cause("no mention", label),
            () if actors().next().is_none() => self.cause("unresolved", label),
            () => self.cause("wrong code", label),
        }
    }

    fn cause(&mut self, cause: &'static str, label: String) {
        self.causes.entry(cause).or_default().push(label);
    }

    fn report(&self, errors: bool) {
        let share = |n: usize| n as f64 / self.parties.max(1) as f64;
        println!("parties {}", self.parties);
        println!("with a mention {:.3}", share(self.covered));
        println!("right code {:.3}", share(self.code));
        println!("right code and sector {:.3}", share(self.both));
        for (cause, labels) in &self.causes {
            println!("{cause}: {}", labels.len());
            if errors {
                labels.iter().for_each(|label| println!("    {label}"));
            }
        }
    }
}

#[derive(Default)]
struct Doc {
    title: Block,
    body: Block,
    day: Option<jiff::civil::Date>,
}

#[derive(Default)]
struct Block {
    text: String,
    tokens: Vec<Token>,
}

struct Token {
    span: Span,
    lemma: String,
    tag: Tag,
    pos: Pos,
    dep: Dep,
    head: usize,
    entity: (String, String),
    sent_start: bool,
}

impl Block {
    fn annotated(&self) -> Annotated<'_> {
        let records = self.tokens.iter().map(|t| TokenRecord {
            span: t.span,
            lemma: &t.lemma,
            tag: t.tag,
            pos: t.pos,
            dep: t.dep,
            head: t.head,
            sent_start: t.sent_start,
        });
        Annotated::new(&self.text, records, self.entities())
    }

    fn entities(&self) -> Vec<Entity> {
        let mut found: Vec<Entity> = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            match (token.entity.0.as_str(), EntityType::from_str(&token.entity.1)) {
                ("B", Ok(kind)) => found.push(Entity { start: i, end: i + 1, kind }),
                ("I", Ok(_)) => found.last_mut().into_iter().for_each(|e| e.end = i + 1),
                _ => {}
            }
        }
        found
    }

    fn push(&mut self, block: &Value) {
        let text = block["text"].as_str().unwrap_or("");
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let (base, first) = (self.text.len(), self.tokens.len());
        self.text.push_str(text);
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        for row in block["tokens"].as_array().into_iter().flatten() {
            let word = |i: usize| row[i].as_str().unwrap_or("");
            let start = base + bytes[row[0].as_u64().unwrap_or(0) as usize];
            self.tokens.push(Token {
                span: Span::new(start, start + word(1).len()),
                lemma: word(2).to_owned(),
                tag: word(3).parse().unwrap_or(Tag::Xx),
                pos: word(4).parse().unwrap_or(Pos::X),
                dep: word(5).parse().unwrap_or(Dep::Dep),
                head: first + row[6].as_u64().unwrap_or(0) as usize,
                entity: (word(7).to_owned(), word(8).to_owned()),
                sent_start: row[9].as_u64() == Some(1),
            });
        }
    }
}

fn load(path: &str) -> BTreeMap<String, Doc> {
    let mut docs: BTreeMap<String, Doc> = BTreeMap::new();
    for block in rows(path) {
        let doc = docs.entry(block["id"].as_str().unwrap_or("").to_owned()).or_default();
        doc.day = block["published"].as_str().and_then(|day| day.parse().ok());
        let part = if block["part"] == "title" { &mut doc.title } else { &mut doc.body };
        part.push(&block);
    }
    docs
}

fn rows(path: &str) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        std::process::exit(1);
    });
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Where `needle` stands at or after `from`, white space being equal.
fn find(text: &str, needle: &str, from: usize) -> Option<usize> {
    text[from..].find(needle).map(|i| from + i).or_else(|| {
        let head: String = needle.split_whitespace().next()?.to_owned();
        let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        text[from..]
            .match_indices(&head)
            .map(|(i, _)| from + i)
            .find(|&i| squeeze(&text[i..]).starts_with(&squeeze(needle)))
    })
}
