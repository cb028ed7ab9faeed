//! Work over many documents: on all cores, answers in the order of the input, a bar on a terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

/// Documents in flight at once: enough to keep every core busy, few enough to keep memory flat.
const BATCH: usize = 64;

/// Applies `work` to every item on all cores and hands the results to `take` in the order of the items.
pub fn in_order<T: Send, R: Send, E>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut items = items.into_iter();
    let bar = bar(items.size_hint());
    loop {
        let batch: Vec<T> = items.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        bar.inc(batch.len() as u64);
        let results: Vec<R> = batch.into_par_iter().with_max_len(1).map(&work).collect();
        results.into_iter().try_for_each(&mut take)?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// A count with its rate, for work whose end is not known.
pub fn counter(what: &'static str) -> ProgressBar {
    let target = match std::io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let style = ProgressStyle::with_template("{spinner} {pos} {msg}, {per_sec}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::with_draw_target(None, target).with_style(style).with_message(what)
}

/// A bar where the number of documents is known, else a count with the rate.
fn bar((least, most): (usize, Option<usize>)) -> ProgressBar {
    let known = most.filter(|&most| most == least).map(|most| most as u64);
    let target = match std::io::stderr().is_terminal() && known != Some(1) {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let template = match known {
        Some(_) => "{bar:40} {pos}/{len} documents, {per_sec}, {eta} left",
        None => "{spinner} {pos} documents, {per_sec}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(known, target).with_style(style)
}
