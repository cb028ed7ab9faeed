//! `detente completions`, `detente man`: what a shell and the manual know of the commands.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::args::Cli;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Print completions for a shell, to be kept where it looks for them
#[derive(Debug, Args)]
#[command(after_help = "\
hint: bash: detente completions bash > ~/.local/share/bash-completion/completions/detente
      zsh:  detente completions zsh > ~/.zfunc/_detente
      fish: detente completions fish > ~/.config/fish/completions/detente.fish")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub fn run(self) -> Result<Outcome, Failure> {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "detente", &mut bytes);
        let mut out = output::stdout();
        out.write_all(&bytes)?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

/// Write a manual page for each command into a folder
#[derive(Debug, Args)]
#[command(after_help = "hint: detente man ~/.local/share/man/man1, then: man detente-read")]
pub struct Man {
    /// The folder; made where there is none
    folder: PathBuf,
}

impl Man {
    /// Writes them.
    pub fn run(self) -> Result<Outcome, Failure> {
        fs::create_dir_all(&self.folder)?;
        clap_mangen::generate_to(Cli::command().disable_help_subcommand(true), &self.folder)?;
        eprintln!("detente: manual pages of all commands in {}", self.folder.display());
        Ok(Outcome::Complete)
    }
}
