//! Matrix products with the activations that follow them, in vectors as wide as the machine has.
//!
//! Weights are laid out once for the machine: a *panel* holds, input by input, the weights of as many outputs as fit
//! the registers, so that a *tile* of some rows times one panel runs without touching memory for its sums.
//! [`pulp`] finds the machine's vectors at run time; every other line here is plain safe Rust.

use pulp::{Arch, Simd, WithSimd};

use super::{PIECES, WIDTH};

/// Rows of input that overlap or not: row `i` is `width` values from `i * stride` on.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) data: &'a [f32],
    pub(crate) stride: usize,
    pub(crate) width: usize,
}

impl<'a> Rows<'a> {
    /// Rows that follow each other without overlap.
    pub(crate) fn dense(data: &'a [f32], width: usize) -> Self {
        Self { data, stride: width, width }
    }

    /// How many rows there are.
    pub(crate) fn len(self) -> usize {
        if self.data.len() < self.width { 0 } else { (self.data.len() - self.width) / self.stride + 1 }
    }

    fn row(self, i: usize) -> &'a [f32] {
        &self.data[i * self.stride..][..self.width]
    }
}

/// How many `f32` a vector of this machine holds.
pub(super) fn lanes(arch: Arch) -> usize {
    struct Lanes;
    impl WithSimd for Lanes {
        type Output = usize;
        fn with_simd<S: Simd>(self, _: S) -> usize {
            S::F32_LANES
        }
    }
    arch.dispatch(Lanes)
}

/// Weights in panels of `P` vectors of outputs.
pub(super) struct Panels<const P: usize> {
    inputs: usize,
    values: Vec<f32>,
    /// Where the weights begin, so that no vector lies across two lines of the cache.
    start: usize,
}

/// Bytes of a cache line.
const LINE: usize = 64;

impl<const P: usize> Panels<P> {
    /// Lays out `weight(panel, vector, lane, input)`.
    pub(super) fn new(
        panels: usize,
        lanes: usize,
        inputs: usize,
        weight: impl Fn([usize; 4]) -> f32,
    ) -> Self {
        let mut values: Vec<f32> = Vec::with_capacity(panels * inputs * P * lanes + LINE);
        let start = values.as_ptr().align_offset(LINE).min(LINE);
        values.resize(start, 0.0);
        for panel in 0..panels {
            for input in 0..inputs {
                for vector in 0..P {
                    values.extend((0..lanes).map(|lane| weight([panel, vector, lane, input])));
                }
            }
        }
        Self { inputs, values, start }
    }

    pub(super) fn values(&self) -> &[f32] {
        &self.values[self.start..]
    }

    pub(super) fn vectors<S: Simd>(&self) -> impl Iterator<Item = &[[S::f32s; P]]> {
        S::as_simd_f32s(self.values()).0.as_chunks::<P>().0.chunks_exact(self.inputs)
    }
}

/// The sums of `R` rows times one panel, added to `sums`.
#[inline(always)]
pub(super) fn tile<S: Simd, const R: usize, const P: usize>(
    simd: S,
    mut sums: [[S::f32s; P]; R],
    rows: [&[f32]; R],
    panel: &[[S::f32s; P]],
) -> [[S::f32s; P]; R] {
    let mut bounded = rows;
    for row in &mut bounded {
        *row = &row[..panel.len()];
    }
    for (input, weights) in panel.iter().enumerate() {
        for r in 0..R {
            let x = simd.splat_f32s(bounded[r][input]);
            for p in 0..P {
                sums[r][p] = simd.mul_add_e_f32s(x, weights[p], sums[r][p]);
            }
        }
    }
    sums
}

/// A linear layer whose outputs are padded with zeros up to whole panels of `P` vectors.
pub(crate) struct Dense<const P: usize> {
    arch: Arch,
    panels: Panels<P>,
    bias: Vec<f32>,
}

impl<const P: usize> Dense<P> {
    /// Lays out `weight(output, input)`; `bias` holds a value for each of the outputs.
    pub(crate) fn new(inputs: usize, mut bias: Vec<f32>, weight: impl Fn(usize, usize) -> f32) -> Self {
        let arch = Arch::new();
        let (lanes, outputs) = (lanes(arch), bias.len());
        let count = outputs.div_ceil(P * lanes);
        let panels = Panels::new(count, lanes, inputs, |[panel, vector, lane, input]| {
            let output = (panel * P + vector) * lanes + lane;
            if output < outputs { weight(output, input) } else { 0.0 }
        });
        bias.resize(count * P * lanes, 0.0);
        Self { arch, panels, bias }
    }

    /// Values in a row of the result: the outputs and their padding.
    pub(crate) fn padded(&self) -> usize {
        self.bias.len()
    }

    /// Writes `rows · weights + bias` into `out`: [`Self::padded`] values for each row.
    pub(crate) fn apply(&self, rows: Rows<'_>, out: &mut [f32]) {
        self.arch.dispatch(DenseProduct { layer: self, rows, out });
    }

    /// The same for one row, from within a dispatched computation.
    #[inline(always)]
    pub(crate) fn apply_row<S: Simd>(&self, simd: S, row: &[f32], out: &mut [f32]) {
        let out = S::as_mut_simd_f32s(out).0.as_chunks_mut::<P>().0;
        let bias = S::as_simd_f32s(&self.bias).0.as_chunks::<P>().0;
        for ((panel, bias), out) in self.panels.vectors::<S>().zip(bias).zip(out) {
            let [sums] = tile(simd, [[simd.splat_f32s(0.0); P]], [row], panel);
            for p in 0..P {
                out[p] = simd.add_f32s(sums[p], bias[p]);
            }
        }
    }
}

struct DenseProduct<'a, const P: usize> {
    layer: &'a Dense<P>,
    rows: Rows<'a>,
    out: &'a mut [f32],
}

impl<const P: usize> WithSimd for DenseProduct<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let bias = S::as_simd_f32s(&self.layer.bias).0.as_chunks::<P>().0;
        for (number, (panel, bias)) in self.layer.panels.vectors::<S>().zip(bias).enumerate() {
            let mut i = 0;
            while i + 3 <= self.rows.len() {
                self.block::<S, 3>(simd, i, number, panel, bias);
                i += 3;
            }
            while i < self.rows.len() {
                self.block::<S, 1>(simd, i, number, panel, bias);
                i += 1;
            }
        }
    }
}

impl<const P: usize> DenseProduct<'_, P> {
    #[inline(always)]
    fn block<S: Simd, const R: usize>(
        &mut self,
        simd: S,
        first: usize,
        number: usize,
        panel: &[[S::f32s; P]],
        bias: &[S::f32s; P],
    ) {
        let rows = std::array::from_fn::<_, R, _>(|r| self.rows.row(first + r));
        let sums = tile(simd, [[simd.splat_f32s(0.0); P]; R], rows, panel);
        let width = self.layer.padded();
        for (r, sums) in sums.into_iter().enumerate() {
            let out = S::as_mut_simd_f32s(&mut self.out[(first + r) * width..][..width]).0;
            for p in 0..P {
                out[number * P + p] = simd.add_f32s(sums[p], bias[p]);
            }
        }
    }
}

/// A layer of [`WIDTH`] outputs, each the largest of [`PIECES`] linear pieces, then normalised.
pub(crate) struct Maxout {
    arch: Arch,
    panels: Panels<PIECES>,
    /// A vector of outputs at a time, a piece after the other, as the panels have them.
    bias: Vec<f32>,
    norm: Norm,
}

impl Maxout {
    /// From thinc's `weight[output][piece][input]` and `bias[output][piece]`.
    pub(crate) fn new(inputs: usize, weight: &[f32], bias: &[f32], norm: Norm) -> Self {
        let arch = Arch::new();
        let lanes = lanes(arch);
        let panels = maxout_panels(lanes, inputs, |row, input| weight[row * inputs + input]);
        Self { arch, panels, bias: maxout_panels(lanes, 1, |row, _| bias[row]).values().to_vec(), norm }
    }

    /// Writes the layer's result for each row to `out`.
    pub(crate) fn apply(&self, rows: Rows<'_>, out: &mut [f32]) {
        self.arch.dispatch(MaxoutProduct { layer: self, rows, out });
    }
}

/// Lays out `weight(row, input)`, where thinc's row is that of an output's piece.
pub(super) fn maxout_panels(
    lanes: usize,
    inputs: usize,
    weight: impl Fn(usize, usize) -> f32,
) -> Panels<PIECES> {
    Panels::new(WIDTH / lanes, lanes, inputs, |[panel, piece, lane, input]| {
        weight((panel * lanes + lane) * PIECES + piece, input)
    })
}

struct MaxoutProduct<'a> {
    layer: &'a Maxout,
    rows: Rows<'a>,
    out: &'a mut [f32],
}

impl WithSimd for MaxoutProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let bias = S::as_simd_f32s(&self.layer.bias).0.as_chunks::<PIECES>().0;
        for (number, (panel, bias)) in self.layer.panels.vectors::<S>().zip(bias).enumerate() {
            let mut i = 0;
            while i + 3 <= self.rows.len() {
                self.block::<S, 3>(simd, i, number, panel, bias);
                i += 3;
            }
            while i < self.rows.len() {
                self.block::<S, 1>(simd, i, number, panel, bias);
                i += 1;
            }
        }
        let rows = self.out.as_chunks_mut::<WIDTH>().0;
        for row in rows.iter_mut().take(self.rows.len()) {
            self.layer.norm.apply_row(simd, row, None);
        }
    }
}

impl MaxoutProduct<'_> {
    #[inline(always)]
    fn block<S: Simd, const R: usize>(
        &mut self,
        simd: S,
        first: usize,
        number: usize,
        panel: &[[S::f32s; PIECES]],
        bias: &[S::f32s; PIECES],
    ) {
        let rows = std::array::from_fn::<_, R, _>(|r| self.rows.row(first + r));
        let sums = tile(simd, [[simd.splat_f32s(0.0); PIECES]; R], rows, panel);
        for (r, sums) in sums.into_iter().enumerate() {
            let out = S::as_mut_simd_f32s(&mut self.out[(first + r) * WIDTH..][..WIDTH]).0;
            out[number] = largest(simd, sums, bias);
        }
    }
}

/// The largest piece, each with its bias.
#[inline(always)]
pub(super) fn largest<S: Simd>(simd: S, [a, b, c]: [S::f32s; PIECES], bias: &[S::f32s; PIECES]) -> S::f32s {
    let best = simd.max_f32s(simd.add_f32s(a, bias[0]), simd.add_f32s(b, bias[1]));
    simd.max_f32s(best, simd.add_f32s(c, bias[2]))
}

/// Layer normalisation: mean 0 and variance 1 over a row, then a gain and a shift for each value.
pub(crate) struct Norm {
    /// Factor for each value.
    pub(crate) gain: Vec<f32>,
    /// Summand for each value.
    pub(crate) shift: Vec<f32>,
}

/// What thinc adds to the variance.
const EPSILON: f32 = 1e-8;

impl Norm {
    /// Normalises a row in place and adds `residual`.
    #[inline(always)]
    pub(crate) fn apply_row<S: Simd>(&self, simd: S, row: &mut [f32], residual: Option<&[f32]>) {
        let row = S::as_mut_simd_f32s(row).0;
        let count = (row.len() * S::F32_LANES) as f32;
        let mut sum = simd.splat_f32s(0.0);
        for x in row.iter() {
            sum = simd.add_f32s(sum, *x);
        }
        let mean = simd.splat_f32s(simd.reduce_sum_f32s(sum) / count);
        let mut squares = simd.splat_f32s(0.0);
        for x in row.iter_mut() {
            *x = simd.sub_f32s(*x, mean);
            squares = simd.mul_add_e_f32s(*x, *x, squares);
        }
        let scale = simd.splat_f32s(1.0 / (simd.reduce_sum_f32s(squares) / count + EPSILON).sqrt());
        let (gain, shift) = (S::as_simd_f32s(&self.gain).0, S::as_simd_f32s(&self.shift).0);
        for ((x, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
            *x = simd.add_f32s(simd.mul_f32s(simd.mul_f32s(*x, scale), *gain), *shift);
        }
        if let Some(residual) = residual {
            for (x, residual) in row.iter_mut().zip(S::as_simd_f32s(residual).0) {
                *x = simd.add_f32s(*x, *residual);
            }
        }
    }
}
