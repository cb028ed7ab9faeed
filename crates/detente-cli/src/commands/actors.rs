//! `detente actors`: look up who somebody is on a day, and check a folder of own records.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use detente_lexicon::{Holding, Lexicon, Role, Standing, folder};
use jiff::civil::Date;
use serde::Serialize;

use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::records::{RecordsOption, unreadable};

/// What to do with the actors.
#[derive(Debug, Args)]
pub struct Actors {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Say who a name or a title means: "Tillerson", "the Russian foreign minister"
    Find(Find),
    /// List every office of a person, or every role of a group, organisation or state
    Show(Show),
    /// Check a folder of own records: faults, terms that mean two, aliases that are never found
    Check(Check),
}

#[derive(Debug, Args)]
struct Find {
    /// A name, a surname, or a title with its state
    name: String,
    /// The day that counts; without it, the latest known
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Show {
    /// A name
    name: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Check {
    /// Tables, TOML records, PETRARCH or TABARI dictionaries
    folder: PathBuf,
}

#[derive(Debug, Args)]
struct Common {
    #[command(flatten)]
    records: RecordsOption,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for people
    Table,
    /// A JSON object a line
    Jsonl,
}

/// One role of somebody, as printed.
#[derive(Debug, Serialize)]
struct Answer<'l> {
    name: &'l str,
    code: Option<String>,
    sector: Option<&'static str>,
    office: Option<&'l str>,
    #[serde(rename = "in")]
    of: Option<&'l str>,
    from: Option<Date>,
    to: Option<Date>,
    standing: Option<&'static str>,
}

impl Actors {
    /// Runs the task that was typed.
    pub fn run(self) -> Result<Outcome, Failure> {
        match self.task {
            Task::Find(find) => find.run(),
            Task::Show(show) => show.run(),
            Task::Check(check) => check.run(),
        }
    }
}

impl Find {
    fn run(self) -> Result<Outcome, Failure> {
        let lexicon = self.common.records.lexicon()?;
        let found = lexicon.find(&self.name, self.on);
        let answers =
            found.iter().map(|h| answer(lexicon, h.person.name(), h.role, Some(h))).collect::<Vec<_>>();
        self.common.print(&answers, &self.name)?;
        Ok(Outcome::Complete)
    }
}

impl Show {
    fn run(self) -> Result<Outcome, Failure> {
        let lexicon = self.common.records.lexicon()?;
        let mut answers = Vec::new();
        let mut shown = Vec::new();
        for subject in lexicon.forms(&self.name).iter().map(|form| lexicon.subject(form.subject)) {
            if shown.contains(&subject.id()) {
                continue;
            }
            shown.push(subject.id());
            let mut roles: Vec<&Role> = subject.roles().iter().collect();
            roles.sort_by_key(|role| role.period.from);
            answers.extend(roles.into_iter().map(|role| answer(lexicon, subject.name(), role, None)));
        }
        self.common.print(&answers, &self.name)?;
        Ok(Outcome::Complete)
    }
}

impl Check {
    fn run(self) -> Result<Outcome, Failure> {
        let found = folder::check(&self.folder).map_err(|source| unreadable(&self.folder, source))?;
        let mut out = output::stdout();
        for finding in &found {
            writeln!(out, "{}: {}", finding.severity, finding.message)?;
        }
        out.flush()?;
        let findings = counted(found.len(), "finding", "findings");
        eprintln!("detente: {findings} in {}", self.folder.display());
        Ok(if found.is_empty() { Outcome::Complete } else { Outcome::Partial })
    }
}

impl Common {
    fn print(&self, answers: &[Answer<'_>], asked: &str) -> Result<(), Failure> {
        if answers.is_empty() {
            eprintln!("detente: nobody is known as {asked:?}");
            eprintln!(
                "hint: a name as papers write it, a surname, or a title with its state: \"the Cuban foreign minister\""
            );
        }
        let mut out = output::stdout();
        for answer in answers {
            match self.format {
                Format::Jsonl => output::json_line(&mut out, answer)?,
                Format::Table => writeln!(out, "{}", answer.row())?,
            }
        }
        Ok(out.flush()?)
    }
}

impl Answer<'_> {
    fn row(&self) -> String {
        let day = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
        format!(
            "{:<28} {:<3} {:<3} {:<24} {:<10} {:<10} {}",
            self.name,
            self.code.as_deref().unwrap_or("-"),
            self.sector.unwrap_or("-"),
            self.office.unwrap_or("-"),
            day(self.from),
            day(self.to),
            [self.standing, self.of].into_iter().flatten().collect::<Vec<_>>().join(", "),
        )
        .trim_end()
        .to_owned()
    }
}

fn answer<'l>(lexicon: &'l Lexicon, name: &'l str, role: &Role, holding: Option<&Holding<'_>>) -> Answer<'l> {
    Answer {
        name,
        code: role.code.map(|code| code.to_string()),
        sector: role.sector.map(|sector| sector.as_str()),
        office: role.office.map(|office| lexicon.office_record(office).key.as_str()),
        of: role.of.map(|id| lexicon.subject(id).name()),
        from: role.period.from,
        to: role.period.to,
        standing: holding.map(|h| match h.standing {
            Standing::Held => "in office",
            Standing::Former => "former",
            Standing::Future => "later",
        }),
    }
}
