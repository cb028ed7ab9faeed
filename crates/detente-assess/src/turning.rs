//! Turning points: days on which the tone between two parties changed for good.
//!
//! Binary segmentation by the CUSUM statistic (Page 1954; Vostrikova 1981) over the days that have acts, each with its mean weighted
//! score. A cut stands where its statistic is rarely reached when the days are shuffled (permutation test, Taylor 2000; fixed seed, so
//! the same rows give the same answer). Days without acts are not in the row, so silence turns nothing.

use detente_model::Observation;
use jiff::civil::Date;
use serde::Serialize;

use crate::strand::{score, weight};

/// A day from which on the tone was another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurningPoint {
    /// The first day of the new tone.
    pub day: Date,
    /// Mean conflict-cooperation score of the stretch before.
    pub before: f64,
    /// Mean score of the stretch after.
    pub after: f64,
    /// How often shuffled days reach as much, in 0..=1.
    pub chance: f64,
    /// Keys of the acts that turned it, the weightiest first, at most three.
    pub reports: Vec<String>,
}

const SHUFFLES: u32 = 399;
const CHANCE: f64 = 0.05;
/// The fewest days with acts on either side of a cut.
const SHORTEST: usize = 3;
/// The most turning points that are looked for.
const DEEPEST: u32 = 4;
/// Acts of this many days with acts, from the turn on, may have turned it.
const TURNING_DAYS: usize = 3;

struct Tone {
    day: Date,
    score: f64,
    weight: f64,
}

/// The turning points in a row of acts that is in order of days, in order.
pub fn turning_points(acts: &[Observation]) -> Vec<TurningPoint> {
    let tones = tones(acts);
    let mut cuts = Vec::new();
    segment(&tones, 0, DEEPEST, &mut cuts);
    cuts.sort_by_key(|(at, _)| *at);
    let ends: Vec<usize> =
        [0].into_iter().chain(cuts.iter().map(|(at, _)| *at)).chain([tones.len()]).collect();
    let point = |(i, (at, chance)): (usize, &(usize, f64))| {
        let (before, after) = (mean(&tones[ends[i]..*at]), mean(&tones[*at..ends[i + 2]]));
        let last = tones[(*at + TURNING_DAYS).min(ends[i + 2]) - 1].day;
        let reports = turned_by(acts, tones[*at].day, last, after - before);
        TurningPoint { day: tones[*at].day, before, after, chance: *chance, reports }
    };
    cuts.iter().enumerate().map(point).collect()
}

fn tones(acts: &[Observation]) -> Vec<Tone> {
    let mut tones: Vec<Tone> = Vec::new();
    for act in acts {
        let Some(score) = score(act) else { continue };
        let weight = weight(act);
        match tones.last_mut().filter(|tone| tone.day == act.day) {
            Some(tone) => {
                tone.score = (tone.score * tone.weight + score * weight) / (tone.weight + weight);
                tone.weight += weight;
            }
            None => tones.push(Tone { day: act.day, score, weight }),
        }
    }
    tones
}

fn segment(tones: &[Tone], offset: usize, depth: u32, cuts: &mut Vec<(usize, f64)>) {
    if depth == 0 || tones.len() < 2 * SHORTEST {
        return;
    }
    let scores: Vec<f64> = tones.iter().map(|tone| tone.score).collect();
    let Some((at, statistic)) = best_cut(&scores) else { return };
    let chance = chance(scores, statistic);
    if chance > CHANCE {
        return;
    }
    cuts.push((offset + at, chance));
    segment(&tones[..at], offset, depth - 1, cuts);
    segment(&tones[at..], offset + at, depth - 1, cuts);
}

/// Where the means on both sides differ most, and by how much: |difference| times the root of n1 n2 / n.
fn best_cut(scores: &[f64]) -> Option<(usize, f64)> {
    let n = scores.len() as f64;
    let total: f64 = scores.iter().sum();
    let mut sum: f64 = scores[..SHORTEST - 1].iter().sum();
    let mut best = None;
    for at in SHORTEST..=scores.len() - SHORTEST {
        sum += scores[at - 1];
        let (left, right) = (at as f64, n - at as f64);
        let statistic = (sum / left - (total - sum) / right).abs() * (left * right / n).sqrt();
        if best.is_none_or(|(_, most)| statistic > most) {
            best = Some((at, statistic));
        }
    }
    best.filter(|(_, statistic)| *statistic > 0.0)
}

fn chance(mut scores: Vec<f64>, statistic: f64) -> f64 {
    let mut random = SplitMix(scores.len() as u64);
    let mut reached = 1;
    for _ in 0..SHUFFLES {
        random.shuffle(&mut scores);
        reached += u32::from(best_cut(&scores).is_some_and(|(_, shuffled)| shuffled >= statistic));
    }
    f64::from(reached) / f64::from(SHUFFLES + 1)
}

fn mean(tones: &[Tone]) -> f64 {
    let weights: f64 = tones.iter().map(|tone| tone.weight).sum();
    tones.iter().map(|tone| tone.score * tone.weight).sum::<f64>() / weights.max(f64::MIN_POSITIVE)
}

/// The acts of the first days that pull most in the direction of the change.
fn turned_by(acts: &[Observation], first: Date, last: Date, change: f64) -> Vec<String> {
    let pull = |act: &Observation| score(act).map(|score| score * weight(act) * change.signum());
    let mut pulling: Vec<(f64, &Observation)> = acts
        .iter()
        .filter(|act| first <= act.day && act.day <= last)
        .filter_map(|act| Some((pull(act)?, act)))
        .filter(|(pull, _)| *pull > 0.0)
        .collect();
    pulling.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.report.cmp(&y.1.report)));
    pulling.into_iter().take(3).map(|(_, act)| act.report.clone()).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle(&mut self, scores: &mut [f64]) {
        for i in (1..scores.len()).rev() {
            scores.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
