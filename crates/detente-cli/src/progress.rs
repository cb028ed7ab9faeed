//! Work over many documents: on all cores, answers in the order of the input, a bar on a terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

/// Documents in flight at once: enough to keep every core busy, few enough to keep memory flat.
const BATCH: usize = 256;

/// Applies `work` to every item on all cores and hands the results to `take` in the order of the items.
pub fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let bar = bar(items.len());
    for batch in items.chunks(BATCH) {
        let results: Vec<R> = batch.par_iter().with_max_len(1).map(&work).collect();
        bar.inc(batch.len() as u64);
        results.into_iter().try_for_each(&mut take)?;
    }
    bar.finish_and_clear();
    Ok(())
}

fn bar(len: usize) -> ProgressBar {
    let target = match std::io::stderr().is_terminal() && len > 1 {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} documents, {per_sec}, {eta} left");
    ProgressBar::with_draw_target(Some(len as u64), target)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
