//! What follows from reports alone: clusters of reports of one act, contacts with their life, rows of a pair.
//!
//! Pure functions of a set of reports: the order they come in, the clock and the machine do not count. Reports fall into blocks
//! ([`cluster_block`], [`contact_block`]) that have nothing to do with each other, so whoever keeps them derives again only the
//! blocks that changed, and gets what deriving everything would give.

mod cluster;
mod contact;
mod joined;
mod observation;
mod offices;
mod words;

pub use cluster::{cluster_block, clusters, joins};
pub use contact::{as_of, contact_block, contact_joins, contacts};
pub use joined::{Fact, Join, JoinRule};
pub use observation::{PairAct, acts, observations};
