//! Colour and room on a terminal.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal};

use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use detente::Played;
use detente::model::QuadClass;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that are taken where no terminal says how many it has.
const COLUMNS: usize = 120;

/// The option that says when to colour.
#[derive(Debug, Args)]
pub struct ColourOption {
    /// When to colour; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

impl ColourOption {
    /// The paint for standard output.
    pub fn paint(&self) -> Paint {
        Paint {
            on: match self.color {
                Colour::Always => true,
                Colour::Never => false,
                Colour::Auto => {
                    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                    io::stdout().is_terminal() && !refused
                }
            },
        }
    }
}

/// Colours text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Whether anything is coloured.
    pub fn is_on(self) -> bool {
        self.on
    }

    /// The text in this style.
    pub fn with(self, style: Style, text: impl Display) -> String {
        let text = text.to_string();
        match self.on && !text.is_empty() {
            true => format!("{style}{text}{style:#}"),
            false => text,
        }
    }
}

/// Headings.
pub const STRONG: Style = Style::new().bold();
/// What is less important.
pub const DIM: Style = Style::new().dimmed();

/// The style of a type's quad class: cooperation cool, conflict warm, deeds bold.
pub fn of_quad(quad: QuadClass) -> Style {
    match quad {
        QuadClass::VerbalCooperation => AnsiColor::Cyan.on_default(),
        QuadClass::MaterialCooperation => AnsiColor::Green.on_default().bold(),
        QuadClass::VerbalConflict => AnsiColor::Yellow.on_default(),
        QuadClass::MaterialConflict => AnsiColor::Red.on_default().bold(),
    }
}

/// The style of words that play a part in an event.
pub fn of_part(part: Played) -> Style {
    match part {
        Played::Trigger => Style::new().bold().underline(),
        Played::Actor => AnsiColor::Green.on_default(),
        Played::Recipient => AnsiColor::Red.on_default(),
        Played::Place => AnsiColor::Blue.on_default(),
        Played::Time => AnsiColor::Magenta.on_default(),
        Played::Speaker => AnsiColor::Cyan.on_default(),
    }
}

/// How many columns a line may take.
pub fn columns() -> usize {
    terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0)).max(40)
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text of at most so many columns, in one line, without control characters.
pub fn cut(text: &str, columns: usize) -> String {
    let line = one_line(text);
    if width(&line) <= columns {
        return line;
    }
    let mut taken = 0;
    let fits = |letter: &char| {
        taken += letter.width().unwrap_or(0);
        taken < columns
    };
    let kept: String = line.chars().take_while(fits).collect();
    kept.trim_end().to_owned() + "…"
}

/// White space folded to single blanks; control characters, which a terminal would obey, left out.
pub fn one_line(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.chars().filter(|c| !c.is_control()).collect());
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(cut("金正恩", 6), "金正恩");
        assert_eq!(cut("金正恩", 5), "金正…");
        assert_eq!(cut("a\u{1b}[31m\n b", 20), "a[31m b");
    }
}
