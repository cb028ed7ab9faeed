//! The lexicon that comes with the program.

use std::sync::OnceLock;

use crate::{Lexicon, pack};

/// The lexicon as the build script has checked and packed it.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl Lexicon {
    /// The lexicon that comes with the program. It was checked when the program was built, and is taken in once.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        BUILTIN.get_or_init(|| pack::unpack(PACKED))
    }

    /// A number that tells one built-in lexicon from another.
    pub fn fingerprint() -> u64 {
        detente_model::fingerprint([PACKED])
    }
}
