//! Events as a table that people like to read.

use std::io::{self, Write};

use detente::Coded;
use detente::model::{Article, Event, Party, When};

/// Prints the events of one article under its title, a line an event with its words below.
pub fn events(out: &mut impl Write, article: &Article, coded: &Coded) -> io::Result<()> {
    let title = if article.title.is_empty() { &article.id } else { &article.title };
    let day = article.published.as_ref().and_then(|p| p.day());
    writeln!(out, "{title}{}", day.map(|day| format!("  ({day})")).unwrap_or_default())?;
    if coded.events.is_empty() {
        writeln!(out, "  no events")?;
    }
    coded.events.iter().try_for_each(|event| row(out, article, event))?;
    writeln!(out)
}

fn row(out: &mut impl Write, article: &Article, event: &Event) -> io::Result<()> {
    let kind = match event.mode {
        Some(mode) => format!("{} {mode}", event.kind),
        None => event.kind.to_string(),
    };
    let facts = format!(
        "  {kind:<22} {:<12} {:<24} {:<30} {}",
        event.status,
        event.when.map(days).unwrap_or_else(|| "-".to_owned()),
        parties(event),
        event.place.as_ref().map_or("", |place| place.name.as_str()),
    );
    writeln!(out, "{}", facts.trim_end())?;
    let text = match event.evidence.part {
        detente::model::Part::Title => &article.title,
        detente::model::Part::Text => &article.text,
    };
    let speaker = event.speaker.as_ref().map(|s| format!("  [{}]", s.text)).unwrap_or_default();
    writeln!(out, "      {}{speaker}", one_line(&text[event.evidence.sentence.range()], 150))
}

fn parties(event: &Event) -> String {
    match event.recipients.is_empty() {
        true => side(&event.actors, " + "),
        false => format!("{} → {}", side(&event.actors, " + "), side(&event.recipients, " + ")),
    }
}

fn side(parties: &[Party], joint: &str) -> String {
    match parties.is_empty() {
        true => "?".to_owned(),
        false => parties.iter().map(party).collect::<Vec<_>>().join(joint),
    }
}

fn party(party: &Party) -> String {
    match (party.actor.code, party.actor.sector) {
        (Some(code), Some(sector)) => format!("{code} {sector}"),
        (Some(code), None) => code.to_string(),
        (None, Some(sector)) => sector.to_string(),
        (None, None) => format!("“{}”", one_line(&party.text, 20)),
    }
}

fn days(when: When) -> String {
    match (when.start, when.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start}..{end}"),
        (Some(start), None) => format!("{start}.."),
        (None, Some(end)) => format!("..{end}"),
        (None, None) => "-".to_owned(),
    }
}

fn one_line(text: &str, longest: usize) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", &folded[..at]),
        None => folded,
    }
}
