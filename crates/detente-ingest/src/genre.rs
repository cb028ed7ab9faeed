//! What kind of text an article is, and the words that decided.

use std::sync::LazyLock;

use detente_model::{BlockKind, Genre};

use crate::cue::{Cue, Cues};
use crate::tables::{columns, list};

static CUES: LazyLock<FieldCues> = LazyLock::new(|| {
    let field = |name: &str| {
        let rows =
            columns::<4>(include_str!("../lexicon/genre.txt")).filter(|[_, field, _, _]| *field == name);
        Cues::new(rows.filter_map(|[genre, _, place, phrase]| Cue::new(genre, place, 80, phrase)))
    };
    FieldCues {
        title: field("title"),
        text: field("text"),
        furniture: field("furniture"),
        section: field("section"),
    }
});

static QUESTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| list("question"));

struct FieldCues {
    title: Cues<Genre>,
    text: Cues<Genre>,
    furniture: Cues<Genre>,
    section: Cues<Genre>,
}

/// How many paragraphs from the start can name the genre.
const OPENING: usize = 3;
/// How many questions or stamped entries make an interview or a live page.
const SERIES: usize = 4;

/// What is known of an article when its genre is asked for.
pub(crate) struct Facts<'a> {
    pub title: &'a str,
    pub url: Option<&'a str>,
    pub section: Option<&'a str>,
    /// The lines of the text with what each is.
    pub lines: &'a [(&'a str, BlockKind)],
}

/// The genre and its cue; a report, without a cue, where nothing speaks for another.
pub(crate) fn of(facts: &Facts<'_>) -> (Genre, String) {
    let found = by_title(facts)
        .or_else(|| by_text(facts))
        .or_else(|| by_section(facts))
        .or_else(|| by_furniture(facts));
    let found = found.or_else(|| by_series(facts));
    found.map_or((Genre::Report, String::new()), |(genre, cue)| (genre, cue.to_owned()))
}

fn by_title<'a>(facts: &Facts<'a>) -> Option<(Genre, &'a str)> {
    CUES.title.find(facts.title)
}

fn by_text<'a>(facts: &Facts<'a>) -> Option<(Genre, &'a str)> {
    facts.lines.iter().take(OPENING + 2).find_map(|(line, _)| CUES.text.find(line))
}

fn by_section<'a>(facts: &Facts<'a>) -> Option<(Genre, &'a str)> {
    let path = facts.url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let pieces = path.split(['/', '?']).skip(1);
    pieces.chain(facts.section).find_map(|piece| CUES.section.find(piece))
}

fn by_furniture<'a>(facts: &Facts<'a>) -> Option<(Genre, &'a str)> {
    let furniture = facts.lines.iter().filter(|(_, kind)| matches!(kind, BlockKind::Furniture(_)));
    furniture.into_iter().find_map(|(line, _)| CUES.furniture.find(line))
}

/// Many questions put, or many entries stamped with a time of day.
fn by_series<'a>(facts: &Facts<'a>) -> Option<(Genre, &'a str)> {
    let text = || {
        facts.lines.iter().filter(|(_, kind)| !matches!(kind, BlockKind::Furniture(_))).map(|(line, _)| *line)
    };
    let series = |fits: fn(&str) -> bool| {
        (text().filter(|line| fits(line)).count() >= SERIES).then(|| text().find(|line| fits(line))).flatten()
    };
    let interview = series(is_question).map(|line| (Genre::Interview, line));
    interview.or_else(|| series(is_stamped).map(|line| (Genre::Live, line)))
}

fn is_question(line: &str) -> bool {
    QUESTIONS.iter().any(|mark| line.starts_with(mark))
}

/// "14:05", "2.30pm", "09:12 GMT" at the head of a line.
fn is_stamped(line: &str) -> bool {
    let head = line.split_whitespace().next().unwrap_or_default();
    let Some((hour, minute)) = head.split_once([':', '.']) else { return false };
    let digits = minute.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &minute[digits..];
    let valid = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|value| value <= most);
    hour.len() <= 2
        && digits == 2
        && valid(hour, 23)
        && valid(&minute[..2], 59)
        && matches!(tail, "" | "am" | "pm" | "a.m." | "p.m.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_model::Furniture;

    fn genre(title: &str, url: &str, lines: &[(&str, BlockKind)]) -> (Genre, String) {
        of(&Facts { title, url: Some(url), section: None, lines })
    }

    #[test]
    fn each_genre_has_its_cue() {
        let text = [("Envoys met in Oslo on Monday.", BlockKind::Text)];
        let cases = [
            ("Envoys meet", "https://a.example/world/1", Genre::Report, ""),
            ("Opinion: Let them talk", "https://a.example/1", Genre::Opinion, "Opinion:"),
            ("Let them talk", "https://a.example/opinion/1", Genre::Opinion, "opinion"),
            ("Readout of the call with the king", "https://a.example/1", Genre::Readout, "Readout of"),
            ("Interview: the harbour master", "https://a.example/1", Genre::Interview, "Interview:"),
            ("Storm: live updates", "https://a.example/1", Genre::Live, "live updates"),
        ];
        for (title, url, expected, cue) in cases {
            assert_eq!(genre(title, url, &text), (expected, cue.to_owned()), "{title}");
        }
    }

    #[test]
    fn a_disclaimer_makes_a_column_and_stamps_a_live_page() {
        let line = "The opinions expressed here are the writer's.";
        let column = [(line, BlockKind::Furniture(Furniture::Disclaimer))];
        assert_eq!(genre("Talk", "", &column), (Genre::Opinion, "opinions expressed".to_owned()));
        let live: Vec<_> =
            ["14:05 One", "14.12 Two", "3.30pm Three", "16:00 Four"].map(|l| (l, BlockKind::Text)).to_vec();
        assert_eq!(genre("Talk", "", &live).0, Genre::Live);
    }
}
