//! Writing data to standard output: a line a record.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;

use crate::paint;

/// Standard output, locked and buffered.
pub type Out = BufWriter<StdoutLock<'static>>;

/// Opens standard output for a command's data.
pub fn stdout() -> Out {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Writes one record as a line of JSON.
pub fn json_line(out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// Writes one answer as JSON that people can read too.
pub fn json(out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, record)?;
    out.write_all(b"\n")
}

/// Writes a paragraph after a label, its further lines below its first.
pub fn wrapped(out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
    let indent = " ".repeat(label.chars().count());
    let room = paint::columns().saturating_sub(indent.len());
    let mut line = String::new();
    let mut start = label;
    for word in text.split_whitespace() {
        if !line.is_empty() && paint::width(&line) + 1 + paint::width(word) > room {
            writeln!(out, "{start}{line}")?;
            (line, start) = (String::new(), &indent);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{start}{line}")
}
