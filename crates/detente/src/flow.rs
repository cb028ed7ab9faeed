//! Work over a stream: one thread reads, several work, and the caller takes the results in the order of the input.
//!
//! Every queue is bounded, so that memory depends on what is in flight and not on how much there is to read. Nothing here knows
//! what an article is.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// So many items a thread may be read before the first of them is taken: enough for the others to go on while one is long.
const AHEAD: usize = 16;

/// As many threads as the machine runs at once.
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Applies `work` to every item on so many threads, and hands the results to `take` in the order of the items.
///
/// `items` is called on a thread of its own, which reads; `take` runs on the caller's. The first error of `take` ends all.
pub fn in_order<I: IntoIterator, R: Send, E>(
    threads: NonZeroUsize,
    items: impl FnOnce() -> I + Send,
    work: impl Fn(I::Item) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    I::Item: Send,
{
    let (jobs, to_do) = sync_channel(threads.get());
    let (places, results) = sync_channel(threads.get() * AHEAD);
    let to_do = Arc::new(Mutex::new(to_do));
    thread::scope(|scope| {
        scope.spawn(move || read(items(), &jobs, &places));
        for _ in 0..threads.get() {
            let to_do = Arc::clone(&to_do);
            let work = &work;
            scope.spawn(move || work_off(&to_do, work));
        }
        // With the last worker the queue must go, or the reader would wait for one for ever.
        drop(to_do);
        // A place without a result is that of a thread that panicked; the scope hands the panic on.
        results.into_iter().map_while(|place: Receiver<R>| place.recv().ok()).try_for_each(&mut take)
    })
}

/// An item, and where its result goes.
type Job<T, R> = (T, SyncSender<R>);

/// Hands every item to the workers, and the place of its result to the taker; ends early when either is gone.
fn read<I: IntoIterator, R>(items: I, jobs: &SyncSender<Job<I::Item, R>>, places: &SyncSender<Receiver<R>>) {
    for item in items {
        let (result, place) = sync_channel(1);
        if jobs.send((item, result)).is_err() || places.send(place).is_err() {
            return;
        }
    }
}

fn work_off<T, R>(to_do: &Mutex<Receiver<Job<T, R>>>, work: impl Fn(T) -> R) {
    loop {
        let job = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, result)) = job else { return };
        // The taker may have gone; then the reader ends soon.
        let _ = result.send(work(item));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();

    fn slow_where_odd(number: u64) -> u64 {
        thread::sleep(Duration::from_micros((number % 3) * 300));
        number * 2
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut taken = Vec::new();
        let all = in_order(
            THREE,
            || 0..500,
            slow_where_odd,
            |result| {
                taken.push(result);
                Ok::<(), ()>(())
            },
        );
        assert_eq!(all, Ok(()));
        assert_eq!(taken, (0..500).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_reader_waits_for_the_taker() {
        let (read, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = || {
            (0..2_000).inspect(|_| {
                let ahead = read.fetch_add(1, Ordering::SeqCst).saturating_sub(taken.load(Ordering::SeqCst));
                assert!(ahead <= 3 * AHEAD + 4, "{ahead} items are in flight");
            })
        };
        let take = |_: u64| {
            thread::sleep(Duration::from_micros(20));
            taken.fetch_add(1, Ordering::SeqCst);
            Ok::<(), ()>(())
        };
        assert_eq!(in_order(THREE, items, |number| number, take), Ok(()));
        assert_eq!(taken.load(Ordering::SeqCst), 2_000);
    }

    #[test]
    fn an_error_of_the_taker_ends_an_endless_input() {
        let take = |number: u64| if number < 10 { Ok(()) } else { Err(number) };
        assert_eq!(in_order(THREE, || 0.., |number| number, take), Err(10));
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_of_a_worker_is_handed_on() {
        let work = |number: u64| assert!(number != 7, "seven");
        let _ = in_order(THREE, || 0..1_000_000, work, Ok::<(), ()>);
    }
}
