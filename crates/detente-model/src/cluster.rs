//! Clusters: the reports of one act, across articles and days.

use serde::{Deserialize, Serialize};

use crate::{ActorCode, Days, EventType};

/// One act, and all the reports that tell of it. Derived from reports and rebuilt from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// Stable for the same reports: derived from the key of the first.
    pub id: String,
    /// The type most reports give it; of equals the first reported.
    pub kind: EventType,
    /// Codes of those who act, in order, without repeats.
    pub actors: Vec<ActorCode>,
    /// Codes of those it is done to, in order, without repeats.
    pub recipients: Vec<ActorCode>,
    /// The narrowest days that its reports agree on.
    pub days: Option<Days>,
    /// Keys of its reports, the first reported first.
    pub reports: Vec<String>,
    /// How many sources tell of it; reprints of one text count once.
    pub sources: usize,
    /// The key of the report that tells it best: most parties, narrowest days, first reported.
    pub told_best: String,
}
