//! The same article twice: an exact signature, and one that reprints with another headline come close to.
//!
//! Both are computed from the text blocks alone, so furniture, headlines and white space do not count. They are plain numbers
//! that a ledger can keep and index; their value for one text never changes between versions or machines.
//! The near signature is a simhash: Moses Charikar, "Similarity estimation techniques from rounding
//! algorithms", STOC 2002, over shingles of three words.

use detente_model::{Article, BlockKind, Signature};

/// Words in one shingle.
const SHINGLE: usize = 3;
/// The signature of what an article says, furniture and headings left out.
pub fn signature(article: &Article) -> Signature {
    let blocks = article.blocks.iter().filter(|block| block.kind == BlockKind::Text);
    of_words(blocks.flat_map(|block| words(&article.text[block.span.range()])))
}

fn of_words(words: impl Iterator<Item = u64>) -> Signature {
    let mut exact = SEED;
    let mut counts = [0i32; 64];
    let mut window = [0u64; SHINGLE];
    let mut read = 0;
    for word in words {
        exact = mix(exact ^ word);
        window.rotate_left(1);
        window[SHINGLE - 1] = word;
        read += 1;
        if read as usize >= SHINGLE {
            let shingle = window.iter().fold(SEED, |hash, word| mix(hash ^ word));
            tally(&mut counts, shingle);
        }
    }
    let near = (0..64).filter(|bit| counts[*bit] > 0).fold(0, |near, bit| near | 1 << bit);
    Signature { exact, near, words: read }
}

fn tally(counts: &mut [i32; 64], shingle: u64) {
    for (bit, count) in counts.iter_mut().enumerate() {
        *count += if shingle >> bit & 1 == 1 { 1 } else { -1 };
    }
}

/// The hashes of the words: letters and digits in lower case.
fn words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let lower = word.chars().flat_map(char::to_lowercase);
        mix(lower.fold(SEED, |hash, c| (hash ^ u64::from(c as u32)).wrapping_mul(FNV_PRIME)))
    })
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): spreads every bit over all.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, article_from_text};

    const REPORT: &str = "The envoys of the two countries met in the old customs house of the harbour on Monday to speak of grain, \
        of the ships that carry it and of the mines that lie in their way. Neither side would say how far they had come. \
        A spokesman for the port said that eleven ships were waiting to leave, and that the pilots were ready to take them \
        out through the narrow channel as soon as an agreement was signed. Insurers have asked for a guarantee from both \
        governments. The talks go on this week, and a second round is to be held in the spring if the first should fail.";

    fn of_text(text: &str) -> Signature {
        signature(&article_from_text("a", text, &Options::default()))
    }

    #[test]
    fn furniture_and_white_space_do_not_count() {
        let reprint = format!("Envoys Speak of Grain\n\n{}\n\nShare this", REPORT.replace(", ", ",\n"));
        assert!(of_text(REPORT).is_same(&of_text(&reprint)));
    }

    #[test]
    fn a_reprint_with_a_changed_line_is_near() {
        let reprint = REPORT.replace("Neither side would say how far they had come. ", "");
        assert!(!of_text(REPORT).is_same(&of_text(&reprint)));
        assert!(of_text(REPORT).is_near(&of_text(&reprint)));
    }

    #[test]
    fn another_report_is_far() {
        let other = REPORT.split(' ').rev().collect::<Vec<_>>().join(" ");
        assert!(!of_text(REPORT).is_near(&of_text(&other)));
    }

    #[test]
    fn the_value_is_kept_for_ever() {
        let kept = Signature { exact: 0xd35a_b560_e477_ad2a, near: 0, words: 2 };
        assert_eq!(of_words(words("Envoys, met")), kept);
    }
}
