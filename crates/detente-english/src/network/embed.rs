//! Vectors of word forms: hashed features, mixed, and their share in the first window layer.
//!
//! A form's features pick four rows from each of several tables (the "hashing trick"); the sums, one after the other,
//! go through a maxout layer. The first window layer is linear in the form's vector, and in those of its neighbours,
//! before its maxout; so a form's three shares, as left neighbour, as centre and as right neighbour, are kept as well.

use rustc_hash::FxHashMap;

use super::kernel::{Dense, Maxout, Norm, Rows};
use super::weights::{ModelError, Table, Weights};
use super::{PIECES, WIDTH};

/// Linear pieces of all outputs of a window layer.
pub(crate) const LINEAR: usize = PIECES * WIDTH;

/// Forms kept at most when a text begins; a form takes about 4 KB.
const CAPACITY: usize = 8192;

/// The first table's seed; each further one has the next.
const FIRST_SEED: u32 = 8;

/// The tables and layers that turn `N` hashed features into a form's vector and shares.
pub(crate) struct Embedder<const N: usize> {
    tables: [Table<'static>; N],
    mix: Maxout,
    shares: Dense<3>,
}

impl<const N: usize> Embedder<N> {
    /// Reads the tables `features` and the mixing layer of `component`, and the first window layer's weights.
    pub(crate) fn read(
        weights: &Weights<'static>,
        component: &str,
        features: [(&str, usize); N],
        window: &[f32],
    ) -> Result<Self, ModelError> {
        let mut tables = Vec::with_capacity(N);
        for (feature, rows) in features {
            tables.push(weights.table(&format!("{component}.embed.{feature}"), rows)?);
        }
        let tables = tables.try_into().map_err(|_| ModelError::Header("tables".to_owned()))?;
        let mix = read_maxout(weights, &format!("{component}.mix"), N * WIDTH)?;
        let shares = Dense::new(WIDTH, vec![0.0; 3 * LINEAR], |output, input| {
            let (side, piece, o) = (output / LINEAR, output / WIDTH % PIECES, output % WIDTH);
            window[((o * PIECES + piece) * 3 + side) * WIDTH + input]
        });
        Ok(Self { tables, mix, shares })
    }

    /// An empty store for this embedder's forms.
    pub(crate) fn store(&self) -> Forms<N> {
        Forms {
            numbers: FxHashMap::default(),
            fresh: Vec::new(),
            sums: Vec::new(),
            vectors: Vec::new(),
            shares: Vec::new(),
            stride: self.shares.padded(),
        }
    }

    /// Computes the forms that `forms` has numbered and not yet computed.
    pub(crate) fn compute(&self, forms: &mut Forms<N>) {
        let known = forms.vectors.len() / WIDTH;
        let total = known + forms.fresh.len();
        forms.sums.clear();
        for features in &forms.fresh {
            self.concatenate(features, &mut forms.sums);
        }
        forms.fresh.clear();
        forms.vectors.resize(total * WIDTH, 0.0);
        forms.shares.resize(total * forms.stride, 0.0);
        let vectors = &mut forms.vectors[known * WIDTH..];
        self.mix.apply(Rows::dense(&forms.sums, N * WIDTH), vectors);
        self.shares.apply(Rows::dense(vectors, WIDTH), &mut forms.shares[known * forms.stride..]);
    }

    /// Appends the sum of each table's four rows.
    fn concatenate(&self, features: &[u64; N], sums: &mut Vec<f32>) {
        for ((feature, table), seed) in features.iter().zip(self.tables).zip(FIRST_SEED..) {
            let mut sum = [0.0; WIDTH];
            for key in hash_keys(*feature, seed) {
                table.add_row(key as usize % table.rows(), &mut sum);
            }
            sums.extend_from_slice(&sum);
        }
    }
}

/// The forms met so far, by their features. Number 0 is no word: zeros, as beyond the ends of a text.
pub(crate) struct Forms<const N: usize> {
    numbers: FxHashMap<[u64; N], u32>,
    fresh: Vec<[u64; N]>,
    sums: Vec<f32>,
    vectors: Vec<f32>,
    shares: Vec<f32>,
    stride: usize,
}

impl<const N: usize> Forms<N> {
    /// Makes room before a text is read; numbers given earlier lose their meaning.
    pub(crate) fn begin(&mut self) {
        if self.vectors.is_empty() || self.numbers.len() > CAPACITY {
            self.numbers.clear();
            self.vectors.clear();
            self.shares.clear();
            self.vectors.resize(WIDTH, 0.0);
            self.shares.resize(self.stride, 0.0);
        }
    }

    /// The number of the form with these features.
    pub(crate) fn number(&mut self, features: [u64; N]) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(features).or_insert_with(|| {
            self.fresh.push(features);
            next
        })
    }

    /// The form's vector.
    pub(crate) fn vector(&self, number: u32) -> &[f32] {
        &self.vectors[number as usize * WIDTH..][..WIDTH]
    }

    /// What the form adds to the first window layer's pieces: 0 as left neighbour, 1 as centre, 2 as right neighbour.
    pub(crate) fn share(&self, number: u32, side: usize) -> &[f32] {
        &self.shares[number as usize * self.stride + side * LINEAR..][..LINEAR]
    }
}

/// Reads a normalised maxout layer.
pub(crate) fn read_maxout(weights: &Weights<'_>, name: &str, inputs: usize) -> Result<Maxout, ModelError> {
    let weight = weights.array(&format!("{name}.weight"), LINEAR * inputs)?;
    let bias = weights.array(&format!("{name}.bias"), LINEAR)?;
    Ok(Maxout::new(inputs, &weight, &bias, read_norm(weights, name)?))
}

/// Reads the normalisation of a layer.
pub(crate) fn read_norm(weights: &Weights<'_>, name: &str) -> Result<Norm, ModelError> {
    let gain = weights.array(&format!("{name}.gain"), WIDTH)?;
    Ok(Norm { gain, shift: weights.array(&format!("{name}.shift"), WIDTH)? })
}

/// Four keys of a feature: MurmurHash3 x86-128 of eight bytes, as thinc's CPU and GPU code have it.
pub(crate) fn hash_keys(value: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed) ^ 8;
    let mut h1 = value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31);
    h1 = h1.wrapping_mul(0x4cf5_ad43_2745_937f) ^ seed;
    h1 = h1.wrapping_add(seed);
    let mut h2 = seed.wrapping_add(h1);
    h1 = finish(h1);
    h2 = finish(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn finish(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}
