//! What speaks for and against the events of documents: `signs DOCS.json`, DOCS being a list of documents with `id`, `published`, `title` and `text`.
//!
//! Prints a line an event, as `train/certainty` reads it: its record as `detente read --format jsonl` writes it, with `signs` besides.

#![allow(clippy::print_stdout, reason = "what is found is printed")]

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use detente::Pipeline;
use detente::code::certainty::Shown;
use detente::model::{Article, Event, EventRecord};
use serde_json::Value;

fn main() {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: signs DOCS.json");
        std::process::exit(2);
    };
    let docs =
        std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    let docs = docs.unwrap_or_else(|| {
        eprintln!("{path}: not a list of documents");
        std::process::exit(1);
    });
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(doc) = docs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let lines = lines(doc);
                    std::io::stdout().lock().write_all(lines.as_bytes()).unwrap_or_default();
                }
            });
        }
    });
}

fn lines(doc: &Value) -> String {
    let of = |name: &str| doc[name].as_str().unwrap_or("");
    let article = Article::of_text(of("id"), of("title"), of("text"));
    let article = match of("published").parse() {
        Ok(day) => article.published_on(day),
        Err(_) => article,
    };
    let (events, signs): (Vec<Event>, Vec<Vec<Shown>>) =
        Pipeline::builtin().explain_all(&article).into_iter().map(|why| (why.event, why.signs)).unzip();
    let line = |(record, signs): (EventRecord<'_>, &Vec<Shown>)| {
        let mut line = serde_json::to_value(record).unwrap_or_default();
        line["signs"] = signs.iter().map(|shown| (shown.sign.as_str(), shown.value)).collect();
        format!("{line}\n")
    };
    EventRecord::all(&article, &events).into_iter().zip(&signs).map(line).collect()
}
