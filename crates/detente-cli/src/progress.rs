//! Work over many documents: on all cores, answers in the order of the input, a bar on a terminal.

use std::io::IsTerminal;
use std::num::NonZeroUsize;

use detente::flow;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Applies `work` to every item on so many threads and hands the results to `take` in the order of the items.
pub fn in_order<I: IntoIterator, R: Send, E>(
    threads: NonZeroUsize,
    items: impl FnOnce() -> I + Send,
    work: impl Fn(I::Item) -> R + Sync,
    take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    I::Item: Send,
{
    let bar = ProgressBar::hidden();
    let counted = bar.clone();
    let items = move || {
        let items = items().into_iter();
        show(&counted, items.size_hint());
        items.inspect(move |_| counted.inc(1))
    };
    flow::in_order(threads, items, work, take)?;
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

/// A bar where the number of documents is known, else a count with the rate; neither for one document.
fn show(bar: &ProgressBar, (least, most): (usize, Option<usize>)) {
    let known = most.filter(|&most| most == least).map(|most| most as u64);
    if !std::io::stderr().is_terminal() || known == Some(1) {
        return;
    }
    let template = match known {
        Some(_) => "{bar:40} {pos}/{len} documents, {per_sec}, {eta} left",
        None => "{spinner} {pos} documents, {per_sec}",
    };
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    known.into_iter().for_each(|known| bar.set_length(known));
    bar.set_draw_target(ProgressDrawTarget::stderr());
}
