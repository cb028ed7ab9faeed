//! The formats of other event data sets: what goes out, what comes in.
//!
//! [`Writer`] turns reports into the rows that the users of GDELT, ICEWS, POLECAT and Phoenix expect, and into lines of our own JSON;
//! [`Reader`] turns files of GDELT and POLECAT, and our own lines, into reports; [`calendar`] writes contacts as iCalendar.
//! The columns of each format lie in `data/columns`, with the reason for each that stays empty, and `docs/exports.md` shows them.
//!
//! Rows go straight through: nothing is kept but the row at hand. No clock is read and nothing is looked up outside `data/`; whoever
//! has a gazetteer lends it as [`Geography`]. What a format has no words for is left out and counted, never bent to fit.

pub mod calendar;
mod dyad;
mod gdelt;
mod geography;
mod gold;
mod icews;
mod imported;
mod lines;
mod party;
mod phoenix;
mod plover;
mod polecat;
mod reader;
mod row;
mod tables;
mod writer;

use detente_model::{Cluster, named_enum};

pub use geography::{Geography, NoGeography, Setting, SettingKind};
pub use gold::{Gold, GoldParty};
pub use reader::{Fault, FaultKind, Reader};
pub use tables::{Column, ColumnKind};
pub use writer::{Summary, Writer};

named_enum! {
    /// A format that reports are written in.
    Format, "export format", {
        /// GDELT 1.0 events, daily updates: 58 columns, no header.
        Gdelt1 = "gdelt1",
        /// GDELT 2.0 events: 61 columns, no header.
        Gdelt2 = "gdelt2",
        /// ICEWS Coded Event Data: 20 columns.
        Icews = "icews",
        /// POLECAT: 40 columns.
        Polecat = "polecat",
        /// Phoenix of the Open Event Data Alliance: 26 columns, no header.
        Phoenix = "phoenix",
        /// Reports as they are, a JSON object a line; read back without loss.
        PloverJsonl = "plover-jsonl",
    }
}

impl Format {
    /// Its columns, in order; none for JSON Lines.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Gdelt1 => tables::GDELT1,
            Self::Gdelt2 => tables::GDELT2,
            Self::Icews => tables::ICEWS,
            Self::Polecat => tables::POLECAT,
            Self::Phoenix => tables::PHOENIX,
            Self::PloverJsonl => &[],
        }
    }

    /// Whether the first line names the columns.
    pub fn has_header(self) -> bool {
        matches!(self, Self::Icews | Self::Polecat)
    }
}

/// How widely an act is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Sentences that tell of it.
    pub mentions: usize,
    /// Sources that tell of it; reprints of one text count once.
    pub sources: usize,
    /// Articles that tell of it.
    pub articles: usize,
}

impl Coverage {
    /// That of a report by itself.
    pub const ONCE: Coverage = Coverage { mentions: 1, sources: 1, articles: 1 };

    /// That of the act whose reports a cluster gathers.
    pub fn of(cluster: &Cluster) -> Self {
        let article =
            |key: &String| key.rsplit_once('#').map_or(key.clone(), |(article, _)| article.to_owned());
        let mut articles: Vec<String> = cluster.reports.iter().map(article).collect();
        articles.sort();
        articles.dedup();
        Self { mentions: cluster.reports.len(), sources: cluster.sources, articles: articles.len() }
    }
}
