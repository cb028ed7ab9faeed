//! `detente types`: the event types, modes, contexts and statuses, and what each means.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use detente::codebook::Chapter;
use detente::model::{Context, EventType, Mode, QuadClass, Status};
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::names::{Name, Names};
use crate::output;
use crate::paint::{ColourOption, Paint};

/// List the event types, modes and contexts
#[derive(Debug, Args)]
pub struct Types {
    /// Types, modes, contexts or statuses to tell more of; all types where none is named
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    colour: ColourOption,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For machines
    Json,
}

impl Types {
    /// Prints every name that events use, or what the named ones mean.
    pub fn run(self) -> Result<Outcome, Failure> {
        let mut out = output::stdout();
        let mut names = Vec::new();
        for name in &self.names {
            names.extend(Names::of_types().find(name)?);
        }
        let all = names.is_empty();
        match self.format {
            Format::Table if all => overview(&mut out)?,
            Format::Table => {
                for name in names {
                    definition(&mut out, self.colour.paint(), name)?;
                    writeln!(out)?;
                }
            }
            Format::Json if all => output::json(&mut out, &Vocabulary::new())?,
            Format::Json => {
                output::json(&mut out, &names.into_iter().map(NameRecord::of).collect::<Vec<_>>())?
            }
        }
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn overview(out: &mut impl Write) -> io::Result<()> {
    for kind in EventType::ALL {
        writeln!(out, "{kind:<10} {:<20} {:>5.1}  {}", kind.quad(), kind.score(), kind.meaning())?;
    }
    list(out, "modes", Mode::ALL.iter().map(|mode| mode.as_str()))?;
    list(out, "contexts", Context::ALL.iter().map(|context| context.as_str()))?;
    list(out, "statuses", Status::ALL.iter().map(|status| status.as_str()))
}

fn list<'a>(out: &mut impl Write, title: &str, names: impl Iterator<Item = &'a str>) -> io::Result<()> {
    writeln!(out, "\n{title}: {}", names.collect::<Vec<_>>().join(" "))
}

/// What one name means: of a type its definition, scale and modes.
pub fn definition(out: &mut impl Write, paint: Paint, name: Name) -> io::Result<()> {
    let Name::Type(kind) = name else {
        return writeln!(
            out,
            "{} ({})\n  {}",
            paint.with(crate::paint::STRONG, name.as_str()),
            name.what(),
            name.meaning()
        );
    };
    let style = crate::paint::of_quad(kind.quad());
    writeln!(
        out,
        "{} ({}, score {:.1}, CAMEO {})",
        paint.with(style, kind),
        kind.quad(),
        kind.score(),
        kind.cameo(None)
    )?;
    output::wrapped(out, "  ", &plain(&Chapter::of(kind).definition))?;
    for mode in kind.modes() {
        let (_, meaning) = mode.meaning().split_once(": ").unwrap_or(("", mode.meaning()));
        writeln!(out, "  {mode:<14} {meaning}")?;
    }
    Ok(())
}

/// Markdown without its stars.
pub fn plain(markdown: &str) -> String {
    markdown.replace("**", "").replace('*', "")
}

#[derive(Serialize)]
struct Vocabulary {
    types: Vec<NameRecord>,
    modes: Vec<NameRecord>,
    contexts: Vec<NameRecord>,
    statuses: Vec<NameRecord>,
}

impl Vocabulary {
    fn new() -> Self {
        Self {
            types: EventType::ALL.iter().map(|kind| NameRecord::of(Name::Type(*kind))).collect(),
            modes: Mode::ALL.iter().map(|mode| NameRecord::of(Name::Mode(*mode))).collect(),
            contexts: Context::ALL.iter().map(|context| NameRecord::of(Name::Context(*context))).collect(),
            statuses: Status::ALL.iter().map(|status| NameRecord::of(Name::Status(*status))).collect(),
        }
    }
}

/// A name as machines read it.
#[derive(Serialize)]
pub struct NameRecord {
    name: &'static str,
    what: &'static str,
    meaning: &'static str,
    #[serde(flatten)]
    scale: Option<Scale>,
}

/// What only types have.
#[derive(Serialize)]
struct Scale {
    definition: String,
    neighbours: Vec<String>,
    quad: QuadClass,
    score: f32,
    cameo: &'static str,
    modes: Vec<ModeRecord>,
}

#[derive(Serialize)]
struct ModeRecord {
    mode: Mode,
    cameo: &'static str,
}

impl NameRecord {
    /// The record of a name.
    pub fn of(name: Name) -> Self {
        let scale = match name {
            Name::Type(kind) => Some(Scale::of(kind)),
            _ => None,
        };
        Self { name: name.as_str(), what: name.what(), meaning: name.meaning(), scale }
    }
}

impl Scale {
    fn of(kind: EventType) -> Self {
        let Chapter { definition, neighbours, .. } = Chapter::of(kind);
        let modes =
            kind.modes().iter().map(|mode| ModeRecord { mode: *mode, cameo: kind.cameo(Some(*mode)) });
        Self {
            definition: plain(&definition),
            neighbours: neighbours.iter().map(|line| plain(line)).collect(),
            quad: kind.quad(),
            score: kind.score(),
            cameo: kind.cameo(None),
            modes: modes.collect(),
        }
    }
}
