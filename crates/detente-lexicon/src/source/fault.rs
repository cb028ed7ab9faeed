//! What is wrong with a file of the lexicon, and where.

use std::fmt;

use detente_model::{Diagnostic, Severity};

/// One finding, with file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file as it was named to the reader.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// A stable name such as `lexicon/bad-date`.
    pub code: &'static str,
    /// A warning where the entry was used all the same, an error where it was left out.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.file, self.line, self.message, self.code)
    }
}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        let message = fault.to_string();
        match fault.severity {
            Severity::Error => Diagnostic::error(fault.code, message),
            Severity::Warning => Diagnostic::warning(fault.code, message),
            Severity::Note => Diagnostic::note(fault.code, message),
        }
    }
}

/// Collects the faults of one file.
#[derive(Debug)]
pub(crate) struct Faults<'f> {
    pub file: &'f str,
    pub list: &'f mut Vec<Fault>,
}

impl Faults<'_> {
    /// The entry of this line is left out.
    pub fn error(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        self.push(line, code, Severity::Error, message.into());
    }

    /// The entry of this line is used all the same.
    pub fn warning(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        self.push(line, code, Severity::Warning, message.into());
    }

    fn push(&mut self, line: usize, code: &'static str, severity: Severity, message: String) {
        self.list.push(Fault { file: self.file.to_owned(), line, code, severity, message });
    }
}
