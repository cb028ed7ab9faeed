//! Place names of texts annotated elsewhere, for measuring: `places ANNOTATED.jsonl [NAME=WEIGHT …] > places.jsonl`.
//!
//! Input: a line a block, `{id, part, offset, text, tokens: [[idx, text, lemma, tag, pos, dep, head, ent_iob,
//! ent_type, sent_start], …]}`, offsets in code points of the document's text; blocks of one document together.

use std::error::Error;
use std::io::{BufRead, Write};
use std::{env, fs, io};

use detente_code::place::{Weights, resolve_with};
use detente_english::{Annotated, Entity, TokenRecord};
use detente_gazetteer::Gazetteer;
use detente_model::Span;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let path = args.next().ok_or("usage: places ANNOTATED.jsonl [NAME=WEIGHT …]")?;
    let mut weights = Weights::default();
    for arg in args {
        let (name, value) = arg.split_once('=').ok_or("a weight is NAME=NUMBER")?;
        *weights.named(name).ok_or_else(|| format!("no weight `{name}`"))? = value.parse()?;
    }
    let mut docs: Vec<(String, Vec<Value>)> = Vec::new();
    for line in io::BufReader::new(fs::File::open(path)?).lines() {
        let block: Value = serde_json::from_str(&line?)?;
        let id = block["id"].as_str().ok_or("no id")?.to_owned();
        if block["part"] == "text" {
            match docs.last_mut() {
                Some(last) if last.0 == id => last.1.push(block),
                _ => docs.push((id, vec![block])),
            }
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut tokens, mut spent) = (0, std::time::Duration::ZERO);
    for (id, blocks) in &docs {
        let text = lay(blocks);
        let starts = code_points(&text);
        let doc = annotated(&text, &starts, blocks);
        let before = std::time::Instant::now();
        let places = resolve_with(&doc, &weights);
        spent += before.elapsed();
        tokens += doc.len();
        for mention in places.mentions() {
            let place = mention.place.map(|p| Gazetteer::embedded().place(p));
            let at = mention.located().map(|p| Gazetteer::embedded().place(p).at);
            let row = serde_json::json!({
                "doc": id, "start": starts.partition_point(|s| *s < mention.span.start),
                "end": starts.partition_point(|s| *s < mention.span.end), "name": &text[mention.span.range()],
                "geonameid": place.and_then(|p| p.geonameid), "lat": at.map(|a| a.0), "lon": at.map(|a| a.1),
                "country": place.and_then(|p| p.alpha3).map(|c| c.to_string()), "form": mention.form.as_str(),
                "certainty": mention.certainty,
            });
            writeln!(out, "{row}")?;
        }
    }
    eprintln!("{tokens} tokens, {:.2} µs each", spent.as_secs_f64() * 1e6 / tokens as f64);
    Ok(())
}

/// The blocks at their offsets in one text.
fn lay(blocks: &[Value]) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for block in blocks {
        let offset = block["offset"].as_u64().unwrap_or(0) as usize;
        text.extend(std::iter::repeat_n(' ', offset.saturating_sub(length)));
        let words = block["text"].as_str().unwrap_or("");
        length = length.max(offset) + words.chars().count();
        text.push_str(words);
    }
    text
}

fn code_points(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).chain([text.len()]).collect()
}

fn annotated<'t>(text: &'t str, starts: &[usize], blocks: &[Value]) -> Annotated<'t> {
    let (mut records, mut entities): (Vec<TokenRecord<'_>>, Vec<Entity>) = (Vec::new(), Vec::new());
    for block in blocks {
        let (offset, base) = (block["offset"].as_u64().unwrap_or(0) as usize, records.len());
        for (i, token) in block["tokens"].as_array().into_iter().flatten().enumerate() {
            let start = offset + token[0].as_u64().unwrap_or(0) as usize;
            let end = start + token[1].as_str().unwrap_or("").chars().count();
            let of = |i: usize| token[i].as_str().unwrap_or("");
            records.push(TokenRecord {
                span: Span::new(starts[start], starts[end]),
                lemma: token[2].as_str().unwrap_or(""),
                tag: of(3).parse().expect("a tag"),
                pos: of(4).parse().expect("a part of speech"),
                dep: of(5).parse().expect("a relation"),
                head: base + token[6].as_u64().unwrap_or(0) as usize,
                sent_start: token[9] == 1 || i == 0,
            });
            match of(7) {
                "B" => entities.push(Entity {
                    start: base + i,
                    end: base + i + 1,
                    kind: of(8).parse().expect("a type"),
                }),
                "I" => entities.last_mut().expect("begun").end = base + i + 1,
                _ => {}
            }
        }
    }
    Annotated::new(text, records, entities)
}
