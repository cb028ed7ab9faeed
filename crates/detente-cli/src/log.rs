//! What a desk writes to standard error while it runs: lines for people, or objects for programs.

use clap::ValueEnum;
use tracing_subscriber::fmt::Subscriber;

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// Lines for people
    Text,
    /// A JSON object a line
    Json,
}

impl Log {
    /// Begins to write what is told from here on
    pub fn begin(self) {
        let told = Subscriber::builder()
            .with_writer(std::io::stderr)
            .with_ansi(false)
            .with_max_level(tracing::Level::INFO);
        // Where somebody has begun already, theirs stays.
        let _ = match self {
            Self::Text => tracing::subscriber::set_global_default(told.with_target(false).finish()),
            Self::Json => tracing::subscriber::set_global_default(told.json().flatten_event(true).finish()),
        };
    }
}
