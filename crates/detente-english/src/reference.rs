//! The annotations of spaCy that the agreement tests compare with; absent outside of the project's workplace.

use std::io::Read;

use serde_json::Value;

use crate::labels::{Dep, Pos, Tag};
use crate::ruler::Tagged;

const PATH: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/eval/data/annotate/reference.jsonl.gz");

pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
}

impl Document {
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| &self.text[token.start..token.end])
    }
}

/// A token of the reference, with byte offsets.
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) lemma: String,
    pub(crate) tag: Tag,
    pub(crate) pos: Pos,
    pub(crate) dep: Dep,
}

impl Token {
    pub(crate) fn tagged<'a>(&self, lower: &'a str) -> Tagged<'a> {
        let is_space = !lower.is_empty() && lower.chars().all(char::is_whitespace);
        Tagged { lower, is_space, tag: self.tag, dep: self.dep }
    }
}

/// The documents of the reference, if it is there.
pub(crate) fn documents() -> Option<Vec<Document>> {
    let Ok(bytes) = std::fs::read(PATH) else {
        println!("skipped: no {PATH}");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    Some(text.lines().map(|line| document(&serde_json::from_str(line).unwrap())).collect())
}

fn document(value: &Value) -> Document {
    let text = value["text"].as_str().unwrap().to_owned();
    let offsets: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let tokens = value["tokens"].as_array().unwrap().iter().map(|t| token(t, &offsets)).collect();
    Document { text, tokens }
}

fn token(value: &Value, offsets: &[usize]) -> Token {
    let start = offsets[value[0].as_u64().unwrap() as usize];
    let name = |i: usize| value[i].as_str().unwrap();
    Token {
        start,
        end: start + name(1).len(),
        lemma: name(2).to_owned(),
        tag: name(3).parse().unwrap(),
        pos: name(4).parse().unwrap(),
        dep: name(5).parse().unwrap(),
    }
}
