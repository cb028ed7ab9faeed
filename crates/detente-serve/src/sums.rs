//! What pairs did to each other on some days, counted once for all pages that ask: counting reads every act of these days.

use std::sync::Arc;

use detente::ledger::store::{Ledger, LedgerError, PairSum, Tide};
use detente::model::Days;
use tokio::sync::Mutex;

/// Sums by their days, the last counted last.
#[derive(Debug, Default)]
pub struct Sums(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    tide: Tide,
    sums: Vec<(Days, Arc<[PairSum]>)>,
}

/// Stretches of days that are remembered.
const STRETCHES: usize = 24;
/// Pairs of a stretch, the busiest first.
const PAIRS: usize = 2_000;

impl Sums {
    /// The pairs of these days, the busiest first. Whoever asks at the same time waits and is given the same.
    pub async fn of(&self, ledger: &Ledger, tide: Tide, days: Days) -> Result<Arc<[PairSum]>, LedgerError> {
        let mut counted = self.0.lock().await;
        if counted.tide != tide {
            *counted = Counted { tide, sums: Vec::new() };
        }
        if let Some((_, sums)) = counted.sums.iter().find(|(known, _)| *known == days) {
            return Ok(Arc::clone(sums));
        }
        let sums: Arc<[PairSum]> = ledger.pairs(days, PAIRS).await?.into();
        if counted.sums.len() == STRETCHES {
            counted.sums.remove(0);
        }
        counted.sums.push((days, Arc::clone(&sums)));
        Ok(sums)
    }
}
