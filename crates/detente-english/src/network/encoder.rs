//! Vectors of tokens in their context: four layers, each of which looks one token to either side.

use pulp::{Arch, Simd, WithSimd};

use super::embed::{Embedder, Forms, LINEAR, read_norm};
use super::kernel::{Norm, Rows};
use super::weights::{ModelError, Weights};
use super::window::{Combined, Window};
use super::{PIECES, WIDTH};

/// Rows of zeros before, between and after texts; with four layers no text sees its neighbour across them.
const PAD: usize = 4;

/// A token encoder over `N` features.
pub(crate) struct Encoder<const N: usize> {
    arch: Arch,
    embedder: Embedder<N>,
    first_bias: Vec<f32>,
    first_norm: Norm,
    windows: [Window; 3],
}

/// What an [`Encoder`] needs room for; kept from text to text.
pub(crate) struct Scratch<const N: usize> {
    forms: Forms<N>,
    numbers: Vec<u32>,
    starts: Vec<usize>,
    vectors: Vec<f32>,
    other: Vec<f32>,
    combined: Combined,
}

impl<const N: usize> Encoder<N> {
    /// Reads the arrays of `component`.
    pub(crate) fn read(
        weights: &Weights<'static>,
        component: &str,
        features: [(&str, usize); N],
    ) -> Result<Self, ModelError> {
        let name = |layer: usize| format!("{component}.window.{layer}");
        let first = weights.array(&format!("{}.weight", name(0)), LINEAR * 3 * WIDTH)?;
        let bias = weights.array(&format!("{}.bias", name(0)), LINEAR)?;
        let window = |layer| {
            let weight = weights.array(&format!("{}.weight", name(layer)), LINEAR * 3 * WIDTH)?;
            let bias = weights.array(&format!("{}.bias", name(layer)), LINEAR)?;
            Ok::<_, ModelError>(Window::new(&weight, &bias, read_norm(weights, &name(layer))?))
        };
        Ok(Self {
            arch: Arch::new(),
            embedder: Embedder::read(weights, component, features, &first)?,
            first_bias: (0..LINEAR).map(|i| bias[i % WIDTH * PIECES + i / WIDTH]).collect(),
            first_norm: read_norm(weights, &name(0))?,
            windows: [window(1)?, window(2)?, window(3)?],
        })
    }

    /// Empty room.
    pub(crate) fn scratch(&self) -> Scratch<N> {
        Scratch {
            forms: self.embedder.store(),
            numbers: Vec::new(),
            starts: Vec::new(),
            vectors: Vec::new(),
            other: Vec::new(),
            combined: Combined::default(),
        }
    }

    /// Encodes texts, each of them a run of tokens given by their features, as if it stood alone.
    pub(crate) fn encode<T: Iterator<Item = [u64; N]>>(
        &self,
        texts: impl Iterator<Item = T>,
        room: &mut Scratch<N>,
    ) {
        room.number(texts);
        self.embedder.compute(&mut room.forms);
        let values = room.numbers.len() * WIDTH;
        for rows in [&mut room.vectors, &mut room.other] {
            rows.resize(values, 0.0);
            rows[..WIDTH].fill(0.0);
            rows[values - WIDTH..].fill(0.0);
        }
        self.first(&room.forms, &room.numbers, &mut room.vectors);
        for window in &self.windows {
            window.apply(&room.vectors, &mut room.combined, &mut room.other);
            std::mem::swap(&mut room.vectors, &mut room.other);
        }
    }

    fn first(&self, forms: &Forms<N>, numbers: &[u32], out: &mut [f32]) {
        self.arch.dispatch(FirstLayer { encoder: self, forms, numbers, out });
    }
}

impl<const N: usize> Scratch<N> {
    /// The vectors of text `text` of the last [`Encoder::encode`], a row a token; rows after its own may follow.
    pub(crate) fn text(&self, text: usize, tokens: usize) -> Rows<'_> {
        let start = self.starts[text] * WIDTH;
        Rows::dense(&self.vectors[start..start + tokens * WIDTH], WIDTH)
    }

    /// The vectors of the tokens' forms, before any context.
    #[cfg(test)]
    pub(crate) fn mixed(&self) -> Vec<Vec<f32>> {
        let tokens = self.numbers.iter().filter(|number| **number != 0);
        tokens.map(|number| self.forms.vector(*number).to_vec()).collect()
    }

    /// Lays the forms' numbers out with zeros around them: at least a row more than [`PAD`] at
    /// either end, an even number of rows in all.
    fn number<T: Iterator<Item = [u64; N]>>(&mut self, texts: impl Iterator<Item = T>) {
        self.forms.begin();
        self.numbers.clear();
        self.starts.clear();
        self.numbers.push(0);
        for text in texts {
            self.numbers.extend([0; PAD]);
            self.starts.push(self.numbers.len());
            for features in text {
                self.numbers.push(self.forms.number(features));
            }
        }
        self.numbers.extend([0; PAD + 1]);
        if !self.numbers.len().is_multiple_of(2) {
            self.numbers.push(0);
        }
    }
}

struct FirstLayer<'a, const N: usize> {
    encoder: &'a Encoder<N>,
    forms: &'a Forms<N>,
    numbers: &'a [u32],
    out: &'a mut [f32],
}

impl<const N: usize> WithSimd for FirstLayer<'_, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let rows = self.out.as_chunks_mut::<WIDTH>().0;
        let bias = S::as_simd_f32s(&self.encoder.first_bias).0;
        for (window, row) in self.numbers.windows(3).zip(&mut rows[1..]) {
            let share = |side: usize| S::as_simd_f32s(self.forms.share(window[side], side)).0;
            let (left, centre, right) = (share(0), share(1), share(2));
            let sum = |i: usize| {
                let sides = simd.add_f32s(simd.add_f32s(left[i], centre[i]), right[i]);
                simd.add_f32s(sides, bias[i])
            };
            let out = S::as_mut_simd_f32s(row).0;
            let vectors = out.len();
            for (i, out) in out.iter_mut().enumerate() {
                let best = simd.max_f32s(sum(i), sum(i + vectors));
                *out = simd.max_f32s(best, sum(i + 2 * vectors));
            }
            self.encoder.first_norm.apply_row(simd, row, Some(self.forms.vector(window[1])));
        }
    }
}
