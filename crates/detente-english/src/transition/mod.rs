//! Parsing by moves: a state, a network that scores what to do next, and the rules of what may be done.
//!
//! [`arcs`] builds the dependency tree and finds the sentences, [`entities`] finds the named entities; both take the
//! best-scored move that their state allows until nothing is left to read. [`tree`] finishes the parse.

pub(crate) mod arcs;
pub(crate) mod entities;
pub(crate) mod tree;

use pulp::{Arch, Simd, WithSimd};

use crate::network::WIDTH;
use crate::network::kernel::{Dense, Rows};
use crate::network::weights::{ModelError, Weights};

/// Values of the hidden layer.
const HIDDEN: usize = 64;
/// Linear pieces of all hidden values: the first of each, then the second of each.
const LINEAR: usize = 2 * HIDDEN;

/// The network that scores the moves of a state, which it sees as `F` tokens.
///
/// What a token gives to the hidden layer in each of the `F` places is computed beforehand for all tokens.
pub(crate) struct Scorer<const F: usize> {
    arch: Arch,
    reduce: Dense<3>,
    lower: Dense<3>,
    bias: Vec<f32>,
    pad: Vec<f32>,
    upper: Dense<7>,
}

/// What each token of a text gives to the hidden layer in each place.
#[derive(Default)]
pub(crate) struct Places {
    reduced: Vec<f32>,
    values: Vec<f32>,
}

impl<const F: usize> Scorer<F> {
    /// Reads the arrays of `component`, which has `moves` moves.
    pub(crate) fn read(weights: &Weights<'_>, component: &str, moves: usize) -> Result<Self, ModelError> {
        let array = |name: &str, want| weights.array(&format!("{component}.{name}"), want);
        let reduce = array("reduce.weight", HIDDEN * WIDTH)?;
        let lower = array("lower.weight", F * LINEAR * HIDDEN)?;
        let upper = array("upper.weight", moves * HIDDEN)?;
        let (bias, pad) = (array("lower.bias", LINEAR)?, array("lower.pad", F * LINEAR)?);
        let lower_weight = |output, input| lower[pieces_apart(output) * HIDDEN + input];
        Ok(Self {
            arch: Arch::new(),
            reduce: Dense::new(WIDTH, array("reduce.bias", HIDDEN)?, |o, i| reduce[o * WIDTH + i]),
            lower: Dense::new(HIDDEN, vec![0.0; F * LINEAR], lower_weight),
            bias: (0..LINEAR).map(|i| bias[pieces_apart(i)]).collect(),
            pad: (0..F * LINEAR).map(|i| pad[pieces_apart(i)]).collect(),
            upper: Dense::new(HIDDEN, array("upper.bias", moves)?, |o, i| upper[o * HIDDEN + i]),
        })
    }

    /// Computes what the tokens give in each place.
    pub(crate) fn place(&self, tokens: Rows<'_>, places: &mut Places) {
        places.reduced.resize(tokens.len() * self.reduce.padded(), 0.0);
        self.reduce.apply(tokens, &mut places.reduced);
        let reduced = Rows { data: &places.reduced, stride: self.reduce.padded(), width: HIDDEN };
        places.values.resize(tokens.len() * self.lower.padded(), 0.0);
        self.lower.apply(reduced, &mut places.values);
    }

    /// Room for the scores of all moves.
    pub(crate) fn scores(&self) -> Vec<f32> {
        vec![0.0; self.upper.padded()]
    }

    /// Scores the moves of a state that sees `tokens`; `None` is a place without a token.
    pub(crate) fn score(&self, places: &Places, tokens: [Option<usize>; F], scores: &mut [f32]) {
        self.arch.dispatch(StateScore { scorer: self, places, tokens, scores });
    }
}

/// Where thinc keeps the value that stands at `i` here: it has the pieces of a value side by side.
fn pieces_apart(i: usize) -> usize {
    let (place, piece, value) = (i / LINEAR, i / HIDDEN % 2, i % HIDDEN);
    place * LINEAR + value * 2 + piece
}

struct StateScore<'a, const F: usize> {
    scorer: &'a Scorer<F>,
    places: &'a Places,
    tokens: [Option<usize>; F],
    scores: &'a mut [f32],
}

impl<const F: usize> WithSimd for StateScore<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.scorer.lower.padded();
        let features: [&[S::f32s]; F] = std::array::from_fn(|place| {
            let row = match self.tokens[place] {
                Some(token) => &self.places.values[token * width + place * LINEAR..][..LINEAR],
                None => &self.scorer.pad[place * LINEAR..][..LINEAR],
            };
            S::as_simd_f32s(row).0
        });
        let bias = S::as_simd_f32s(&self.scorer.bias).0;
        let mut hidden = [0.0; HIDDEN];
        let out = S::as_mut_simd_f32s(&mut hidden).0;
        let half = out.len();
        for (i, out) in out.iter_mut().enumerate() {
            let mut sums = [simd.splat_f32s(0.0); 2];
            for row in features {
                sums[0] = simd.add_f32s(sums[0], row[i]);
                sums[1] = simd.add_f32s(sums[1], row[half + i]);
            }
            let (a, b) = (simd.add_f32s(sums[0], bias[i]), simd.add_f32s(sums[1], bias[half + i]));
            *out = simd.max_f32s(a, b);
        }
        self.scorer.upper.apply_row(simd, &hidden, self.scores);
    }
}

/// The best-scored of the allowed moves; the first of equals, as spaCy picks it.
fn best_move<M: Copy>(moves: &[M], scores: &[f32], allowed: impl Fn(M) -> bool) -> Option<M> {
    let mut best: Option<(M, f32)> = None;
    for (candidate, score) in moves.iter().zip(scores) {
        if allowed(*candidate) && best.is_none_or(|(_, top)| *score > top) {
            best = Some((*candidate, *score));
        }
    }
    best.map(|(candidate, _)| candidate)
}
