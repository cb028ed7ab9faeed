//! The judge that learned: a linear model over named features.
//!
//! It corrects the rules and invents nothing: where they find no act at all, it gives none.
//!
//! `data/judge.tsv` holds a line a feature: its name and a weight for each type; `data/MODEL.md` says from what they were learned and how well they
//! do. The types CONCEDE and RETREAT were learned as one; where that one wins, the rules say which of the two it is.

use std::sync::LazyLock;

use detente_model::EventType;
use rustc_hash::FxHashMap;

use super::{Case, Feature, Judge, Verdict, features};

/// Weighs what the rules find together with the words around the parties.
#[derive(Debug)]
pub struct Learned {
    kinds: Vec<EventType>,
    weights: FxHashMap<&'static str, Box<[f32]>>,
}

/// The name of the line of weights that hold whatever the case.
const ALWAYS: &str = "always";

const FILE: &str = include_str!("../../data/judge.tsv");

impl Learned {
    /// The judge that comes with detente.
    pub fn builtin() -> &'static Learned {
        static LEARNED: LazyLock<Learned> = LazyLock::new(|| Learned::read(FILE));
        &LEARNED
    }

    /// Reads `#` comments, a line of type names, and a line a feature: its name and its weights in hundredths.
    fn read(file: &'static str) -> Learned {
        let mut lines = file.lines().filter(|line| !line.starts_with('#'));
        let kinds = lines.next().into_iter().flat_map(|line| line.split('\t').skip(1));
        let kinds = kinds.filter_map(|name| name.parse().ok()).collect();
        let weights =
            lines.filter_map(|line| line.split_once('\t')).map(|(name, row)| (name, hundredths(row)));
        Learned { kinds, weights: weights.collect() }
    }

    /// The likeliest type of the likeliest quad class: to take an act of conflict for one of cooperation is the worse error.
    fn choose(&self, likely: &[f32]) -> Option<(EventType, f32)> {
        let likely = || self.kinds.iter().copied().zip(likely.iter().copied());
        let of_quad = |quad| likely().filter(|(kind, _)| kind.quad() == quad).map(|(_, p)| p).sum::<f32>();
        let quads = likely().map(|(kind, _)| kind.quad());
        let best = quads.max_by(|a, b| of_quad(*a).total_cmp(&of_quad(*b)))?;
        likely().filter(|(kind, _)| kind.quad() == best).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How likely each type is.
    fn likely(&self, features: &[Feature]) -> Vec<f32> {
        let mut sums =
            self.weights.get(ALWAYS).map_or_else(|| vec![0.0; self.kinds.len()], |row| row.to_vec());
        for Feature { name, value } in features {
            let Some(weights) = self.weights.get(name.as_str()) else { continue };
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight * value);
        }
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let shares: Vec<f32> = sums.iter().map(|sum| (sum - top).exp()).collect();
        let all: f32 = shares.iter().sum();
        shares.iter().map(|share| share / all).collect()
    }
}

impl Judge for Learned {
    fn judge(&self, case: &Case<'_>) -> Option<Verdict> {
        case.candidates().first()?;
        let (kind, confidence) = self.choose(&self.likely(&features(case)))?;
        Some(Verdict { kind: told_apart(kind, case), confidence })
    }
}

/// Giving way in words and in deed were learned as one.
fn told_apart(kind: EventType, case: &Case<'_>) -> EventType {
    let yields = |kind: &EventType| matches!(kind, EventType::Concede | EventType::Retreat);
    match yields(&kind) {
        true => case.candidates().iter().map(|c| c.kind).find(yields).unwrap_or(kind),
        false => kind,
    }
}

fn hundredths(row: &str) -> Box<[f32]> {
    row.split('\t').map(|weight| weight.parse::<f32>().unwrap_or(0.0) / 100.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_quad_class_goes_before_the_likeliest_type() {
        let kinds = vec![EventType::Agree, EventType::Support, EventType::Assault];
        let judge = Learned { kinds, weights: FxHashMap::default() };
        assert_eq!(judge.choose(&[0.25, 0.35, 0.4]), Some((EventType::Support, 0.35)));
        assert_eq!(judge.choose(&[0.1, 0.2, 0.7]), Some((EventType::Assault, 0.7)));
    }

    #[test]
    fn every_line_of_the_weights_has_one_for_each_type() {
        let judge = Learned::builtin();
        assert_eq!(judge.kinds.len(), 15);
        assert!(judge.weights.contains_key(ALWAYS));
        assert!(judge.weights.values().all(|row| row.len() == judge.kinds.len()));
    }
}
