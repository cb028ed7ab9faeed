//! Events as a table that people like to read: a line an event, the sentence that proves it below.

use std::io::{self, Write};

use anstyle::Style;
use detente::Coded;
use detente::model::{Article, Event, Part, Party, Report, Span, When};

use crate::paint::{self, Paint};

/// Type and mode, status, days, parties, place, speaker.
type Row = [String; 6];

/// The columns that give way where a line is too long: parties, place, speaker.
const YIELDING: [usize; 3] = [3, 4, 5];
const NARROWEST: usize = 9;
const GAP: usize = 2;
const INDENT: usize = 2;
const SENTENCE_INDENT: usize = 6;
const SENTENCE_LINES: usize = 4;

/// How tables are printed.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The columns a line may take.
    pub columns: usize,
    /// The colours.
    pub paint: Paint,
}

impl Table {
    /// Prints the events of one article under its title; a sentence stands below the last event it proves.
    pub fn print(self, out: &mut impl Write, article: &Article, coded: &Coded) -> io::Result<()> {
        self.title(out, article)?;
        if coded.events.is_empty() {
            writeln!(out, "  no events")?;
        }
        let rows: Vec<Row> = coded.events.iter().map(row).collect();
        let widths = self.fit(&rows);
        for (number, (event, row)) in coded.events.iter().zip(&rows).enumerate() {
            writeln!(out, "{}", self.line(event, row, widths))?;
            let next = coded.events.get(number + 1);
            if next.is_none_or(|next| place(next) != place(event)) {
                self.sentence(out, article, event)?;
            }
        }
        writeln!(out)
    }

    /// Prints reports of any articles, each with its sentence and where it was read.
    pub fn reports(self, out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
        if reports.is_empty() {
            writeln!(out, "no events")?;
        }
        let rows: Vec<Row> = reports.iter().map(|report| row(&report.event)).collect();
        let widths = self.fit(&rows);
        for (report, row) in reports.iter().zip(&rows) {
            writeln!(out, "{}", self.line(&report.event, row, widths))?;
            if !report.sentence.is_empty() {
                self.lines(out, &report.sentence)?;
            }
            let source = &report.source;
            let day = source.published.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let by = source.publisher.as_deref().unwrap_or("unknown source");
            self.lines(out, &format!("[{}] {by}, {day}", report.key()))?;
        }
        Ok(())
    }

    fn title(self, out: &mut impl Write, article: &Article) -> io::Result<()> {
        let title = if article.title.is_empty() { &article.id } else { &article.title };
        let day = article.published.as_ref().and_then(|p| p.day());
        let day = day.map(|day| format!("  ({day})")).unwrap_or_default();
        let title = paint::cut(title, self.columns.saturating_sub(day.len()));
        writeln!(out, "{}{day}", self.paint.with(paint::STRONG, title))
    }

    /// The width of each column: what its widest cell takes, less where the line would be too long.
    fn fit(self, rows: &[Row]) -> [usize; 6] {
        let mut widths = [0; 6];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(paint::width(cell));
            }
        }
        let room = self.columns.saturating_sub(INDENT + GAP * (widths.len() - 1));
        while widths.iter().sum::<usize>() > room {
            let Some(&widest) = YIELDING.iter().max_by_key(|&&at| widths[at]) else { break };
            if widths[widest] <= NARROWEST {
                break;
            }
            widths[widest] -= 1;
        }
        widths
    }

    fn line(self, event: &Event, row: &Row, widths: [usize; 6]) -> String {
        let mut line = " ".repeat(INDENT);
        for (number, (cell, width)) in row.iter().zip(widths).enumerate() {
            let shown = paint::cut(cell, width);
            let blank = width - paint::width(&shown);
            let rest = row[number + 1..].iter().any(|cell| !cell.is_empty());
            line.push_str(&self.paint.with(style(number, event), shown));
            line.push_str(&" ".repeat(if rest { blank + GAP } else { 0 }));
        }
        line
    }

    fn sentence(self, out: &mut impl Write, article: &Article, event: &Event) -> io::Result<()> {
        let text = match event.evidence.part {
            Part::Title => &article.title,
            Part::Text => &article.text,
        };
        self.lines(out, &text[event.evidence.sentence.range()])
    }

    fn lines(self, out: &mut impl Write, text: &str) -> io::Result<()> {
        let room = self.columns.saturating_sub(SENTENCE_INDENT);
        for line in wrapped(text, room) {
            writeln!(out, "{}{}", " ".repeat(SENTENCE_INDENT), self.paint.with(paint::DIM, line))?;
        }
        Ok(())
    }
}

fn row(event: &Event) -> Row {
    let kind = event.mode.map_or_else(|| event.kind.to_string(), |mode| format!("{} {mode}", event.kind));
    [
        kind,
        event.status.to_string(),
        event.when.map_or_else(|| "-".to_owned(), days),
        parties(event),
        event.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
        event.speaker.as_ref().map(|s| format!("says {}", paint::one_line(&s.text))).unwrap_or_default(),
    ]
}

fn style(column: usize, event: &Event) -> Style {
    match column {
        0 => paint::of_quad(event.kind.quad()),
        1 | 5 => paint::DIM,
        _ => Style::new(),
    }
}

fn place(event: &Event) -> (Part, Span) {
    (event.evidence.part, event.evidence.sentence)
}

/// A text in lines of at most so many columns; what takes more than a few lines is cut.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let word = paint::cut(word, room);
        let last = lines.len() - 1;
        match paint::width(&lines[last]) + 1 + paint::width(&word) {
            _ if lines[last].is_empty() => lines[last] = word,
            wide if wide <= room => lines[last] = format!("{} {word}", lines[last]),
            _ if lines.len() == SENTENCE_LINES => {
                lines[last] = paint::cut(&format!("{}…", lines[last]), room);
                break;
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// `USA GOV + CUB GOV`, `USA GOV → CUB`.
pub fn parties(event: &Event) -> String {
    match event.recipients.is_empty() {
        true => side(&event.actors),
        false => format!("{} → {}", side(&event.actors), side(&event.recipients)),
    }
}

fn side(parties: &[Party]) -> String {
    match parties.is_empty() {
        true => "?".to_owned(),
        false => parties.iter().map(party).collect::<Vec<_>>().join(" + "),
    }
}

fn party(party: &Party) -> String {
    match (party.actor.code, party.actor.sector) {
        (Some(code), Some(sector)) => format!("{code} {sector}"),
        (Some(code), None) => code.to_string(),
        (None, Some(sector)) => sector.to_string(),
        (None, None) => format!("“{}”", paint::cut(&party.text, 20)),
    }
}

/// `2015-07-20`, `2015-07-20..2015-07-26`, `..2015-07-26`.
pub fn days(when: When) -> String {
    match (when.start, when.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start}..{end}"),
        (Some(start), None) => format!("{start}.."),
        (None, Some(end)) => format!("..{end}"),
        (None, None) => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn long_sentences_are_wrapped_and_cut() {
        let text = "one two three four five six seven eight nine ten";
        let lines = wrapped(text, 10);
        assert_eq!(lines, ["one two", "three four", "five six", "seven…"]);
    }
}
