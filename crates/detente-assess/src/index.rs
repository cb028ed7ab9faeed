//! The measure: how the odds of cooperation against conflict changed, and how sure that is.
//!
//! Each window has two volumes, the summed weights times scores of its acts of cooperation and of conflict. The baseline is
//! brought to the window's exposure (articles read; days, where the count of articles is not known). The change is
//!
//! ```text
//! ln (C + a)/(K + a) in the window  −  ln (C' + a)/(K' + a) in the baseline
//! ```
//!
//! a log odds ratio shrunk by `a`, the volume of one middling act: without evidence it is 0. Its variance follows from compound
//! Poisson volumes by the delta method, one more act being always possible. Empty days add nothing on either side.

use serde::Serialize;

/// The volume of one middling act told by one source, of score 5 and as likely right as not: what shrinks thin evidence.
const PRIOR: f64 = 2.5;

/// The volumes of cooperation and conflict of a window, with what their variance needs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Volumes {
    /// Sum of weights times scores of acts of cooperation, at least 0.
    pub cooperation: f64,
    /// The same of acts of conflict, turned positive.
    pub conflict: f64,
    /// How many acts.
    pub acts: u32,
    /// Sums of squared volumes of single acts, cooperation and conflict, one middling act more than were seen.
    #[serde(skip)]
    squares: [f64; 2],
}

impl Default for Volumes {
    fn default() -> Self {
        Self { cooperation: 0.0, conflict: 0.0, acts: 0, squares: [PRIOR * PRIOR; 2] }
    }
}

impl Volumes {
    /// The volumes of acts with these scores and weights.
    pub fn of(acts: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut sum = Self::default();
        acts.into_iter().for_each(|(score, weight)| sum.add(score, weight));
        sum
    }

    /// One act more.
    pub(crate) fn add(&mut self, score: f64, weight: f64) {
        let volume = score.abs() * weight;
        let side = usize::from(score < 0.0);
        *[&mut self.cooperation, &mut self.conflict][side] += volume;
        self.squares[side] += volume * volume;
        self.acts += 1;
    }

    /// Both together; the act that is always possible counts once.
    pub(crate) fn and(self, other: Self) -> Self {
        let [x, y] = [0, 1].map(|side| self.squares[side] + other.squares[side] - PRIOR * PRIOR);
        Self {
            cooperation: self.cooperation + other.cooperation,
            conflict: self.conflict + other.conflict,
            acts: self.acts + other.acts,
            squares: [x, y],
        }
    }

    /// The volumes that the same rates would give at another exposure.
    fn scaled(self, by: f64) -> Self {
        Self {
            cooperation: self.cooperation * by,
            conflict: self.conflict * by,
            squares: self.squares.map(|square| square * by * by),
            ..self
        }
    }

    /// Cooperation against conflict, in -1..=1, shrunk towards 0.
    pub fn balance(self) -> f64 {
        (self.cooperation - self.conflict) / (self.cooperation + self.conflict + PRIOR)
    }

    fn log_odds(self) -> f64 {
        ((self.cooperation + PRIOR) / (self.conflict + PRIOR)).ln()
    }

    fn variance(self) -> f64 {
        let part = |volume: f64, square: f64| square / (volume + PRIOR).powi(2);
        part(self.cooperation, self.squares[0]) + part(self.conflict, self.squares[1])
    }
}

/// How the odds of cooperation changed from a baseline to a window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// Log odds ratio: above 0 towards cooperation.
    pub strength: f64,
    /// Its standard error.
    pub error: f64,
    /// The probability that it is a thaw.
    pub thaw: f64,
    /// That nothing changed that counts.
    pub steady: f64,
    /// That it is a freeze.
    pub freeze: f64,
}

/// A change counts from here: the odds doubled or halved.
const COUNTS: f64 = std::f64::consts::LN_2;

impl Change {
    /// The change from `before`, brought to the window's exposure by a factor, to `now`.
    pub fn between(before: Volumes, factor: f64, now: Volumes) -> Self {
        let before = before.scaled(factor);
        let strength = now.log_odds() - before.log_odds();
        let error = (now.variance() + before.variance()).sqrt();
        let thaw = normal((strength - COUNTS) / error);
        let freeze = normal((-strength - COUNTS) / error);
        Self { strength, error, thaw, steady: (1.0 - thaw - freeze).max(0.0), freeze }
    }
}

/// The standard normal distribution function, by Abramowitz and Stegun 7.1.26; error below 2e-7.
fn normal(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let poly = t
        * (0.254_829_592
            + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let tail = 0.5 * poly * (-x * x).exp();
    if z < 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_evidence_nothing_changed() {
        let change = Change::between(Volumes::default(), 1.0, Volumes::default());
        assert_eq!(change.strength, 0.0);
        assert!((change.thaw - change.freeze).abs() < 1e-9);
    }

    #[test]
    fn more_of_the_same_conflict_is_a_freeze() {
        let few = Volumes::of([(-7.0, 1.0)]);
        let many = Volumes::of(std::iter::repeat_n((-7.0, 1.0), 20));
        assert!(Change::between(few, 0.2, many).freeze > 0.9);
        assert!(Change::between(many, 0.2, few).thaw > Change::between(many, 0.2, few).freeze);
    }

    #[test]
    fn much_evidence_of_no_change_is_steady() {
        let acts = || (0..400).map(|i| (if i % 2 == 0 { 4.0 } else { -4.0 }, 1.0));
        assert!(Change::between(Volumes::of(acts()), 1.0, Volumes::of(acts())).steady > 0.9);
    }

    #[test]
    fn the_normal_distribution_is_known() {
        assert!((normal(0.0) - 0.5).abs() < 1e-6);
        assert!((normal(1.959_964) - 0.975).abs() < 1e-6);
        assert!((normal(-1.0) - 0.158_655).abs() < 1e-6);
    }
}
