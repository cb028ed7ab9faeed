//! `detente account`: who may write on a desk.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use detente_serve::{Own, Role};

use crate::args::named;
use crate::desk::DeskOption;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Say who may write on a desk
#[derive(Debug, Args)]
pub struct AccountTask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Make an account; its password is read from standard input
    Add(Add),
    /// Take an account away, with its sessions and tokens
    Remove(Remove),
    /// List the accounts
    List(List),
    /// Make a token for a program, and print it this once
    Token(Token),
}

#[derive(Debug, Args)]
struct Add {
    /// The name
    name: String,
    /// What they may do: readers suggest, reviewers decide, owners manage
    #[arg(long, value_name = "ROLE", ignore_case = true, default_value = "reader", value_parser = named(Role::ALL))]
    role: Role,
    #[command(flatten)]
    desk: DeskOption,
}

#[derive(Debug, Args)]
struct Remove {
    /// The name
    name: String,
    #[command(flatten)]
    desk: DeskOption,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    desk: DeskOption,
}

#[derive(Debug, Args)]
struct Token {
    /// Whose token it is
    name: String,
    /// What it may do, at most what its account may
    #[arg(long, value_name = "ROLE", ignore_case = true, default_value = "reader", value_parser = named(Role::ALL))]
    role: Role,
    /// What it is for
    #[arg(long, value_name = "WORDS", default_value = "made on the command line")]
    label: String,
    #[command(flatten)]
    desk: DeskOption,
}

impl AccountTask {
    /// Runs the task that was typed.
    pub fn run(self) -> Result<Outcome, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let path = self.task.desk().path()?;
        runtime.block_on(self.task.run(path))?;
        Ok(Outcome::Complete)
    }
}

impl Task {
    fn desk(&self) -> &DeskOption {
        match self {
            Self::Add(Add { desk, .. }) | Self::Remove(Remove { desk, .. }) => desk,
            Self::List(List { desk }) | Self::Token(Token { desk, .. }) => desk,
        }
    }

    async fn run(self, path: PathBuf) -> Result<(), Failure> {
        let own = Own::open(&path).await?;
        match self {
            Self::Add(Add { name, role, .. }) => own.add_account(&name, role, &password()?).await?,
            Self::Remove(Remove { name, .. }) => own.remove_account(&name).await?,
            Self::List(_) => list(&own).await?,
            Self::Token(Token { name, role, label, .. }) => {
                let secret = own.add_token(&name, role, &label).await?;
                let mut out = output::stdout();
                writeln!(out, "{secret}")?;
                out.flush()?;
            }
        }
        Ok(())
    }
}

async fn list(own: &Own) -> Result<(), Failure> {
    let mut out = output::stdout();
    for account in own.accounts().await? {
        writeln!(out, "{:<24} {:<9} {}", account.name, account.role, account.made_at)?;
    }
    Ok(out.flush()?)
}

/// The first line of standard input.
fn password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        eprintln!("detente: type the password and press Enter; it shows while you type");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
