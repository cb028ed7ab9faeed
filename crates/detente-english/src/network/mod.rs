//! The networks of the pipeline: from the hashed features of tokens to their vectors, tags and move scores.
//!
//! Everything here computes what spaCy and thinc compute, in `f32`; only the order of additions differs. What depends
//! on the word form alone is computed once per form ([`embed`]), the rest in products over all tokens at once
//! ([`kernel`]).

pub(crate) mod embed;
pub(crate) mod encoder;
pub(crate) mod kernel;
pub(crate) mod weights;
pub(crate) mod window;

#[cfg(test)]
mod tests;

/// Width of a token's vector.
pub(crate) const WIDTH: usize = 96;
/// Linear pieces of the encoders' maxout layers.
pub(crate) const PIECES: usize = 3;
