//! A number that says whether data are the same.

/// FNV-1a of 64 bits over pieces of data (Fowler, Noll and Vo): the same on every machine, in every version. No secret is safe with it.
pub fn fingerprint<'d>(pieces: impl IntoIterator<Item = &'d [u8]>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(PRIME);
    pieces.into_iter().fold(BASIS, |sum, piece| piece.iter().fold(sum, step))
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn the_published_values_come_out() {
        assert_eq!(fingerprint([&b""[..]]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint([&b"foo"[..], b"bar"]), 0x8594_4171_f739_67e8);
    }
}
