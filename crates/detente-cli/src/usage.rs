//! What was typed wrongly, and what to type instead: clap says what is wrong, this adds what was probably meant.

use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Prints what clap has to say, help and version included, and gives the exit code.
pub fn report(error: &clap::Error) -> ExitCode {
    // Where neither stream can be written there is nobody to tell.
    let _ = error.print();
    if let Some(hint) = hint(error) {
        eprintln!("\nhint: {hint}");
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn hint(error: &clap::Error) -> Option<String> {
    let named = |kind| strings(error.get(kind));
    match error.kind() {
        ErrorKind::InvalidSubcommand => meant(named(ContextKind::InvalidSubcommand).first()?),
        ErrorKind::MissingRequiredArgument => {
            named(ContextKind::InvalidArg).iter().find_map(|argument| missing(argument)).map(str::to_owned)
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            named(ContextKind::InvalidArg).iter().find_map(|argument| shape(argument)).map(str::to_owned)
        }
        _ => None,
    }
}

fn strings(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        _ => Vec::new(),
    }
}

/// What somebody wanted who typed no command: a file or address to be read, a question to be answered.
fn meant(typed: &str) -> Option<String> {
    let address = typed.starts_with("http://") || typed.starts_with("https://");
    if address || Path::new(typed).exists() {
        return Some(format!("to read it: detente read {}", quoted(typed)));
    }
    typed.contains(' ').then(|| {
        format!("to ask it: detente ask {} --ledger news.db (or name articles instead)", quoted(typed))
    })
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    match word.contains([' ', '\'', '&', ';', '(', '?', '*', '$']) {
        true => format!("\"{word}\""),
        false => word.to_owned(),
    }
}

/// What to give where an argument is missing.
fn missing(argument: &str) -> Option<&'static str> {
    Some(match argument {
        _ if argument.contains("<INPUT>") || argument.contains("<FILE>") => {
            "name files, folders or addresses, or - for standard input"
        }
        _ if argument.starts_with("--ledger") => "a ledger is made by: detente ingest --ledger news.db INPUT",
        _ if argument.starts_with("--docs") => {
            "a file of documents is a JSON list of {id, published, title, text}"
        }
        _ => return None,
    })
}

/// How a value has to look.
fn shape(argument: &str) -> Option<&'static str> {
    argument.contains("YYYY-MM-DD").then_some("a day is written as in 2017-05-02")
}
