//! `detente ledger`: what a ledger holds, whether it is whole, deriving it again.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use detente::ledger::store::{Access, Finished, Info};

use crate::commands::diff::Diff;
use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::ledger::open;
use crate::output;
use crate::progress::counter;

/// Look after a ledger
#[derive(Debug, Args)]
pub struct LedgerTask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Say what it holds; an older ledger is brought up to date
    Info(Look),
    /// Look at every row: nothing lost, nothing changed, everything derived as it should be
    Check(Named),
    /// Derive clusters, contacts and look-up tables anew from the reports
    Rebuild(Named),
    /// Copy everything into a new file or an empty database, all or nothing
    Copy(Copy),
    /// Say what is coded otherwise in another ledger of the same articles
    Diff(Diff),
}

#[derive(Debug, Args)]
struct Named {
    /// The ledger: a file such as news.db, or postgres://user@host/database
    ledger: String,
}

#[derive(Debug, Args)]
struct Copy {
    /// The ledger that is copied, and stays as it is
    from: String,
    /// Where to: a new file, or postgres://user@host/database with an empty database
    to: String,
}

#[derive(Debug, Args)]
struct Look {
    #[command(flatten)]
    named: Named,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Table,
    /// One JSON object
    Json,
}

impl LedgerTask {
    /// Runs the task that was typed.
    pub fn run(self) -> Result<Outcome, Failure> {
        match self.task {
            Task::Info(look) => look.run(),
            Task::Check(named) => named.check(),
            Task::Rebuild(named) => named.rebuild(),
            Task::Copy(copy) => copy.run(),
            Task::Diff(diff) => diff.run(),
        }
    }
}

impl Look {
    fn run(self) -> Result<Outcome, Failure> {
        let opened = open(&self.named.ledger, Access::Write)?;
        let info = opened.kept.wait(opened.kept.ledger().info())?;
        let mut out = output::stdout();
        match self.format {
            Format::Json => output::json_line(&mut out, &info)?,
            Format::Table => table(&mut out, &info)?,
        }
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn table(out: &mut impl Write, info: &Info) -> std::io::Result<()> {
    let published = info
        .published
        .as_ref()
        .map_or_else(|| "nothing".to_owned(), |[first, last]| format!("{first} to {last}"));
    let bytes = info.bytes.map_or_else(|| "on a server".to_owned(), |bytes| format!("{bytes} bytes"));
    writeln!(out, "format     {}, made by {}", info.format, info.created_by)?;
    writeln!(
        out,
        "articles   {} ({} superseded), published {published}",
        info.articles, info.superseded_articles
    )?;
    writeln!(out, "sources    {}", info.sources)?;
    writeln!(out, "reports    {} ({} superseded)", info.reports, info.superseded_reports)?;
    writeln!(out, "clusters   {}", info.clusters)?;
    writeln!(out, "contacts   {}", info.contacts)?;
    writeln!(out, "to derive  {}", counted(info.blocks_to_derive, "block", "blocks"))?;
    writeln!(out, "read by    {}", info.versions.join(", "))?;
    writeln!(out, "size       {bytes}")
}

impl Copy {
    fn run(self) -> Result<Outcome, Failure> {
        let from = open(&self.from, Access::Read)?;
        let to = open(&self.to, Access::Create)?;
        let (from, to) = (from.kept, to.kept);
        let bar = counter("rows copied");
        let rows = from.wait(from.ledger().copy_to(to.ledger(), |rows| bar.set_position(rows)))?;
        to.wait(to.ledger().clone().close());
        bar.finish_and_clear();
        let rows = counted(rows, "row", "rows");
        eprintln!("detente: {rows} copied from {} to {}", from.ledger().at(), to.ledger().at());
        Ok(Outcome::Complete)
    }
}

impl Named {
    /// Prints every finding; one is enough for a failure.
    fn check(self) -> Result<Outcome, Failure> {
        let opened = open(&self.ledger, Access::Read)?;
        let bar = counter("rows looked at");
        let progress = |finished| match finished {
            Finished::Structure => {}
            Finished::Articles(n) | Finished::Reports(n) | Finished::Blocks(n) => bar.inc(n as u64),
        };
        let findings = opened.kept.wait(opened.kept.ledger().check(progress))?;
        bar.finish_and_clear();
        let mut out = output::stdout();
        findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
        if findings.is_empty() {
            writeln!(out, "{} is as it was written", opened.kept.ledger().at())?;
        }
        out.flush()?;
        Ok(if findings.is_empty() { Outcome::Complete } else { Outcome::Partial })
    }

    fn rebuild(self) -> Result<Outcome, Failure> {
        let opened = open(&self.ledger, Access::Write)?;
        let bar = counter("groups of reports compared");
        let blocks = opened.kept.wait(opened.kept.ledger().rebuild(|done| bar.set_position(done as u64)))?;
        bar.finish_and_clear();
        let groups = counted(blocks, "group of reports", "groups of reports");
        eprintln!("detente: {groups} derived anew in {}", opened.kept.ledger().at());
        Ok(Outcome::Complete)
    }
}
