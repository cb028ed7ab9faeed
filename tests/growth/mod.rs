//! Four times the input takes about four times the work, whatever its shape: no input can keep a reader busy for long.
//!
//! Shared by the tests of several rooms. The work is the time that the thread has worked, as the system tells it; where it does
//! not, the test says that it was skipped. Each time is the least of several runs, and a shape that seems to grow faster is
//! measured again.

#![allow(clippy::print_stdout, reason = "the figures are what the test is for")]

use std::time::Duration;

/// How much larger the second input is.
const TIMES: usize = 4;
/// How many times as long it may take. What is quadratic takes sixteen times as long.
const MOST: f64 = 8.0;
/// Shorter than this, times are mostly those of the clock.
const LEAST: Duration = Duration::from_millis(20);
const RUNS: usize = 2;
const ATTEMPTS: usize = 3;

/// A shape of input: its name, how many pieces the smaller one has, and how it is made of so many pieces.
pub type Shape = (&'static str, usize, fn(usize) -> String);

/// Fails where four times the input takes much more than four times the work.
pub fn assert_linear(shapes: &[Shape], work: impl Fn(&str, &str)) {
    if worked().is_none() {
        println!("skipped: this system does not tell how long a thread has worked");
        return;
    }
    let grows =
        |shape: &&Shape| !(0..ATTEMPTS).any(|_| growth(shape, &work).is_some_and(|ratio| ratio <= MOST));
    let superlinear: Vec<&str> = shapes.iter().filter(grows).map(|(name, ..)| *name).collect();
    assert!(superlinear.is_empty(), "{superlinear:#?}");
}

/// How many times as long the larger input takes.
fn growth((name, size, make): &Shape, work: &impl Fn(&str, &str)) -> Option<f64> {
    let time = |size: usize| time(name, &make(size), work);
    let (one, more) = (time(*size)?, time(TIMES * size)?);
    let ratio = more.as_secs_f64() / one.max(LEAST).as_secs_f64();
    println!("{name}: {one:.1?}, then {more:.1?}: {ratio:.1} times");
    Some(ratio)
}

fn time(name: &str, input: &str, work: &impl Fn(&str, &str)) -> Option<Duration> {
    let runs = (0..RUNS).map(|_| {
        let before = worked()?;
        work(name, input);
        Some(worked()?.saturating_sub(before))
    });
    runs.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// The time this thread has worked.
fn worked() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
