//! A layer that looks at a token and its two neighbours, in two thirds of the multiplications.
//!
//! The layer is a convolution with three taps along the tokens. Winograd's minimal filtering F(2, 3) computes two
//! neighbouring results from four products instead of six: for inputs `x0 … x3` and taps `g0 g1 g2`,
//!
//! ```text
//! a = (x1 + x2) · (g0 + g1 + g2)/2      y0 = a + b + (x0 - x2) · g0
//! b = (x2 - x1) · (g0 - g1 + g2)/2      y1 = a - b + (x3 - x1) · g2
//! ```
//!
//! (S. Winograd, *Arithmetic Complexity of Computations*, 1980.) Products are of a token's [`WIDTH`] values with a
//! matrix; the sums and differences of inputs are made once, those of the taps when the model is loaded.

use pulp::{Arch, Simd, WithSimd};

use super::kernel::{Norm, Panels, lanes, largest, maxout_panels, tile};
use super::{PIECES, WIDTH};

/// A normalised maxout layer over windows of three tokens, whose result is added to the token's own vector.
pub(crate) struct Window {
    arch: Arch,
    sum: Panels<PIECES>,
    difference: Panels<PIECES>,
    first: Panels<PIECES>,
    last: Panels<PIECES>,
    bias: Vec<f32>,
    norm: Norm,
}

/// Combinations of the inputs of each pair of tokens, one kind after the other.
#[derive(Default)]
pub(crate) struct Combined {
    sum: Vec<f32>,
    difference: Vec<f32>,
    first: Vec<f32>,
    last: Vec<f32>,
}

impl Window {
    /// From thinc's `weight[output][piece][3 × WIDTH]` and `bias[output][piece]`.
    pub(crate) fn new(weight: &[f32], bias: &[f32], norm: Norm) -> Self {
        let arch = Arch::new();
        let lanes = lanes(arch);
        let tap = |row: usize, tap: usize, input: usize| f64::from(weight[(row * 3 + tap) * WIDTH + input]);
        let half = |row, input, sign: f64| {
            (tap(row, 0, input) + sign * tap(row, 1, input) + tap(row, 2, input)) / 2.0
        };
        Self {
            arch,
            sum: maxout_panels(lanes, WIDTH, |row, input| half(row, input, 1.0) as f32),
            difference: maxout_panels(lanes, WIDTH, |row, input| half(row, input, -1.0) as f32),
            first: maxout_panels(lanes, WIDTH, |row, input| tap(row, 0, input) as f32),
            last: maxout_panels(lanes, WIDTH, |row, input| tap(row, 2, input) as f32),
            bias: maxout_panels(lanes, 1, |row, _| bias[row]).values().to_vec(),
            norm,
        }
    }

    /// Writes to `out` the result for each row of `rows` but the first and the last. The number of rows is even.
    pub(crate) fn apply(&self, rows: &[f32], combined: &mut Combined, out: &mut [f32]) {
        debug_assert!(rows.len() == out.len() && rows.len().is_multiple_of(2 * WIDTH));
        let pairs = (rows.len() / WIDTH).saturating_sub(2) / 2;
        self.arch.dispatch(WindowProduct { layer: self, rows, combined, pairs, out });
    }
}

/// Pairs in a tile.
const TILE: usize = 3;

/// Pairs whose sums are held while one kind of product after the other is added to them.
const BLOCK: usize = 8 * TILE;

struct WindowProduct<'a> {
    layer: &'a Window,
    rows: &'a [f32],
    combined: &'a mut Combined,
    pairs: usize,
    out: &'a mut [f32],
}

impl WithSimd for WindowProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        self.combined.fill(simd, self.rows, self.pairs);
        let layer = self.layer;
        let bias = S::as_simd_f32s(&layer.bias).0.as_chunks::<PIECES>().0;
        let sum_and_difference = layer.sum.vectors::<S>().zip(layer.difference.vectors::<S>());
        let first_and_last = layer.first.vectors::<S>().zip(layer.last.vectors::<S>());
        for (number, ((middle, ends), bias)) in sum_and_difference.zip(first_and_last).zip(bias).enumerate() {
            for start in (0..self.pairs).step_by(BLOCK) {
                self.block(simd, number, start, [middle.0, middle.1, ends.0, ends.1], bias);
            }
        }
        let (rows, residual) = (self.out.as_chunks_mut::<WIDTH>().0, self.rows.as_chunks::<WIDTH>().0);
        let inner = 1..=2 * self.pairs;
        for (row, residual) in rows[inner.clone()].iter_mut().zip(&residual[inner]) {
            layer.norm.apply_row(simd, row, Some(residual));
        }
    }
}

impl WindowProduct<'_> {
    /// The results of a block of pairs for one vector of outputs.
    #[inline(always)]
    fn block<S: Simd>(
        &mut self,
        simd: S,
        number: usize,
        start: usize,
        [sum, difference, first, last]: [&[[S::f32s; PIECES]]; 4],
        bias: &[S::f32s; PIECES],
    ) {
        let zero = [[simd.splat_f32s(0.0); PIECES]; TILE];
        let mut results = [[zero; 2]; BLOCK / TILE];
        let tiles = (self.pairs - start).div_ceil(TILE).min(BLOCK / TILE);
        let results = &mut results[..tiles];
        let at = |t: usize| start + t * TILE;
        for (t, pair) in results.iter_mut().enumerate() {
            pair[0] = tile(simd, zero, rows(&self.combined.sum, at(t)), sum);
        }
        for (t, pair) in results.iter_mut().enumerate() {
            let b = tile(simd, zero, rows(&self.combined.difference, at(t)), difference);
            for r in 0..TILE {
                for p in 0..PIECES {
                    let a = pair[0][r][p];
                    pair[0][r][p] = simd.add_f32s(a, b[r][p]);
                    pair[1][r][p] = simd.sub_f32s(a, b[r][p]);
                }
            }
        }
        for (t, pair) in results.iter_mut().enumerate() {
            pair[0] = tile(simd, pair[0], rows(&self.combined.first, at(t)), first);
        }
        for (t, pair) in results.iter_mut().enumerate() {
            pair[1] = tile(simd, pair[1], rows(&self.combined.last, at(t)), last);
            let [evens, odds] = *pair;
            for (pair, sums) in (at(t)..self.pairs).zip(evens.into_iter().zip(odds)) {
                let out = &mut self.out[(1 + 2 * pair) * WIDTH..][..2 * WIDTH];
                let (even, odd) = out.split_at_mut(WIDTH);
                S::as_mut_simd_f32s(even).0[number] = largest(simd, sums.0, bias);
                S::as_mut_simd_f32s(odd).0[number] = largest(simd, sums.1, bias);
            }
        }
    }
}

#[inline(always)]
fn rows(values: &[f32], first: usize) -> [&[f32]; TILE] {
    std::array::from_fn(|r| &values[(first + r) * WIDTH..][..WIDTH])
}

impl Combined {
    /// Combines the rows of each pair, with rows to spare up to whole tiles.
    #[inline(always)]
    fn fill<S: Simd>(&mut self, simd: S, rows: &[f32], pairs: usize) {
        let values = pairs.next_multiple_of(TILE) * WIDTH;
        for kind in [&mut self.sum, &mut self.difference, &mut self.first, &mut self.last] {
            kind.resize(values, 0.0);
        }
        for pair in 0..pairs {
            let inputs = rows[2 * pair * WIDTH..][..4 * WIDTH].as_chunks::<WIDTH>().0;
            let [x0, x1, x2, x3] = [0, 1, 2, 3].map(|i| S::as_simd_f32s(&inputs[i]).0);
            let out = pair * WIDTH..(pair + 1) * WIDTH;
            let sum = S::as_mut_simd_f32s(&mut self.sum[out.clone()]).0;
            let difference = S::as_mut_simd_f32s(&mut self.difference[out.clone()]).0;
            let first = S::as_mut_simd_f32s(&mut self.first[out.clone()]).0;
            let last = S::as_mut_simd_f32s(&mut self.last[out]).0;
            for i in 0..x0.len() {
                sum[i] = simd.add_f32s(x1[i], x2[i]);
                difference[i] = simd.sub_f32s(x2[i], x1[i]);
                first[i] = simd.sub_f32s(x0[i], x2[i]);
                last[i] = simd.sub_f32s(x3[i], x1[i]);
            }
        }
    }
}
