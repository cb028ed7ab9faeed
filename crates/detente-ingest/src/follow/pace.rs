//! How often one host is asked, and when a feed is asked again.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use url::Url;

/// A pause between two requests to one host, for all threads together.
#[derive(Debug)]
pub struct Pace {
    pause: Duration,
    /// When each host may be asked again.
    free: Mutex<FxHashMap<String, Instant>>,
}

/// Nobody waits longer in one go without looking whether to go on.
const NAP: Duration = Duration::from_millis(200);

impl Pace {
    /// At least so long a pause between two requests to one host.
    pub fn new(pause: Duration) -> Self {
        Self { pause, free: Mutex::default() }
    }

    /// Waits until the host of an address may be asked; `false` where `go_on` ended the waiting.
    pub fn wait(&self, url: &str, go_on: &dyn Fn() -> bool) -> bool {
        let at = self.turn(&host(url), Instant::now());
        loop {
            if !go_on() {
                return false;
            }
            match at.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
                Some(left) => std::thread::sleep(left.min(NAP)),
                None => return true,
            }
        }
    }

    /// The moment at which a host may be asked next; it is then taken.
    fn turn(&self, host: &str, now: Instant) -> Instant {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        free.retain(|_, at| *at > now);
        let at = free.get(host).copied().unwrap_or(now);
        free.insert(host.to_owned(), at + self.pause);
        at
    }
}

fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// After so many failures the waits grow no more.
const MOST_DOUBLINGS: u32 = 10;
/// A feed that fails is asked once a day at least.
const LONGEST: Duration = Duration::from_secs(86_400);
/// No server is obeyed that wants to be left alone for longer.
const LONGEST_WISH: Duration = Duration::from_secs(7 * 86_400);

/// How long a feed rests after so many failures in a row: the usual time, doubled with each, at least as long as its server wishes.
/// `chance` in 0..1 spreads feeds that began together.
pub fn rest(usual: Duration, failures: u32, wish: Option<Duration>, chance: f64) -> Duration {
    let doubled = usual.saturating_mul(1 << failures.min(MOST_DOUBLINGS)).min(LONGEST.max(usual));
    let spread = if failures == 0 { 0.2 } else { 0.5 };
    let rest = doubled.mul_f64(1.0 - spread / 2.0 + spread * chance.clamp(0.0, 1.0));
    rest.max(wish.unwrap_or_default().min(LONGEST_WISH))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: Duration = Duration::from_secs(900);

    #[test]
    fn a_host_has_one_turn_a_pause_and_hosts_do_not_wait_for_each_other() {
        let (pace, now) = (Pace::new(Duration::from_secs(1)), Instant::now());
        let turns: Vec<u64> = ["a", "a", "b", "a"].map(|host| (pace.turn(host, now) - now).as_secs()).into();
        assert_eq!(turns, [0, 1, 0, 2]);
    }

    #[test]
    fn waiting_ends_when_told_so() {
        let pace = Pace::new(Duration::from_secs(3600));
        assert!(pace.wait("http://a.example/1", &|| true));
        assert!(!pace.wait("http://a.example/2", &|| false));
    }

    #[test]
    fn waits_double_with_each_failure_up_to_a_day_and_are_spread() {
        let seconds = |failures, chance| rest(QUARTER, failures, None, chance).as_secs();
        assert_eq!([seconds(0, 0.0), seconds(0, 0.5), seconds(0, 1.0)], [810, 900, 990]);
        assert_eq!([seconds(1, 0.5), seconds(2, 0.5), seconds(3, 0.5)], [1800, 3600, 7200]);
        assert_eq!(seconds(40, 0.5), 86_400);
        assert_eq!((seconds(2, 0.0), seconds(2, 1.0)), (2700, 4500));
    }

    #[test]
    fn a_server_s_wish_is_kept_within_reason() {
        let wished = |seconds| rest(QUARTER, 1, Some(Duration::from_secs(seconds)), 0.5).as_secs();
        assert_eq!((wished(5), wished(7200), wished(u64::MAX)), (1800, 7200, 7 * 86_400));
    }
}
