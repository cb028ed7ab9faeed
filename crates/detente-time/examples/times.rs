//! `times DOCS.json`: a JSON line for each time expression, offsets in code points.

use std::io::Write as _;

use detente_time::{Anchor, Timex, read};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: times DOCS.json")?;
    let docs: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for doc in &docs {
        let text = doc["text"].as_str().unwrap_or_default();
        let published = doc["published"].as_str().and_then(|d| d.parse().ok());
        let mut offsets = CodePoints { text, byte: 0, chars: 0 };
        for timex in read(text, &Anchor { published, ..Anchor::default() }).timexes {
            writeln!(out, "{}", line(&doc["id"], &timex, &mut offsets))?;
        }
    }
    Ok(())
}

fn line(doc: &Value, timex: &Timex, offsets: &mut CodePoints) -> Value {
    let (start, end) = (offsets.at(timex.span.start), offsets.at(timex.span.end));
    json!({
        "doc": doc, "start": start, "end": end, "text": &offsets.text[timex.span.range()],
        "type": timex.kind.as_str(), "value": timex.value.to_string(),
        "from": timex.days.map(|d| d.from.to_string()), "to": timex.days.map(|d| d.to.to_string()),
    })
}

/// Byte offsets, asked in rising order, to code points.
struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    chars: usize,
}

impl CodePoints<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.chars += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.chars
    }
}
