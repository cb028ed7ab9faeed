//! What went wrong with a text, told beside the result.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::named_enum;

named_enum! {
    /// How much a diagnostic matters.
    Severity, "severity", {
        /// Worth knowing; the result is whole.
        Note = "note",
        /// Something was left out or guessed.
        Warning = "warning",
        /// The input gave no result.
        Error = "error",
    }
}

/// One finding about an input. Bad text never stops a run: it gives a result and diagnostics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable name such as `ingest/truncated-warc`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and where, in words.
    pub message: String,
    /// The place in the input, where there is one.
    pub span: Option<Span>,
    /// What the reader can do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A warning without a place or a hint.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// An error without a place or a hint.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A note without a place or a hint.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    /// The same with the place it speaks of.
    pub fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }

    /// The same with advice.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), severity, message: message.into(), span: None, hint: None }
    }
}
