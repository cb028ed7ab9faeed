//! Work on many rows at once, on all cores, in the order of the rows.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread::{available_parallelism, scope};

/// Fewer items than this are not worth a thread.
const WORTH_A_THREAD: usize = 256;

/// What `work` makes of each item, in their order.
pub(super) fn on_all_cores<'t, T: Sync, R: Send>(items: &'t [T], work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let cores = available_parallelism().map_or(1, NonZeroUsize::get);
    let share = items.len().div_ceil(cores).max(WORTH_A_THREAD);
    let done = |items: &'t [T]| items.iter().map(&work).collect::<Vec<R>>();
    let Some((mine, others)) = items.split_at_checked(share).filter(|(_, others)| !others.is_empty()) else {
        return done(items);
    };
    scope(|scope| {
        let others: Vec<_> = others.chunks(share).map(|items| scope.spawn(|| done(items))).collect();
        let mut all = done(mine);
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order() {
        for length in [0, 1, WORTH_A_THREAD, WORTH_A_THREAD + 1, 7 * WORTH_A_THREAD + 3] {
            let items: Vec<usize> = (0..length).collect();
            assert_eq!(on_all_cores(&items, |n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
