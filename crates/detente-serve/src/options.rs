//! What the owner of a desk decides.

use std::time::Duration;

use detente::model::Dyad;

/// How a desk is set up.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The pairs on the front desk; without any, the busiest of the ledger.
    pub watched: Vec<Dyad>,
    /// The address under which readers know the desk, for links in feeds: `https://desk.example.org`. Without it, that of the request.
    pub public_address: Option<String>,
    /// Whether only people with an account may read.
    pub private: bool,
    /// Whether people without an account may suggest corrections.
    pub guests_suggest: bool,
    /// How many reading requests a second another machine may send; 0 for any number.
    pub reads: u32,
    /// How many writing requests a second one address may send; without it, 5; 0 for any number.
    pub writes: Option<u32>,
    /// Requests that take so long are told in the log.
    pub slow: Option<Duration>,
}
