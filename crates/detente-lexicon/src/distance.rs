//! How far one spelling is from another: insertions, deletions, substitutions and swaps of neighbours.

use smallvec::{SmallVec, smallvec};

/// How many slips a word of this length may hold and still be the same name.
pub fn bound(word: &str) -> usize {
    match word.chars().count() {
        0..=4 => 0,
        5..=6 => 1,
        _ => 2,
    }
}

/// The optimal-string-alignment distance of two words, if it is at most `bound`.
///
/// Most words are far apart, which their lengths and letters tell; of the others only what lies within `bound` of the diagonal of the
/// table of distances is counted (Ukkonen 1985).
pub fn within(a: &str, b: &str, bound: usize) -> Option<usize> {
    // A substitution takes one letter out and puts another in; every other slip changes less.
    if (letters_of(a) ^ letters_of(b)).count_ones() as usize > 2 * bound {
        return None;
    }
    let (a, b): (Letters, Letters) = (a.chars().collect(), b.chars().collect());
    let (a, b) = without_shared_ends(&a, &b);
    if a.len().abs_diff(b.len()) > bound {
        return None;
    }
    along_the_diagonal(a, b, bound)
}

type Letters = SmallVec<[char; 32]>;
type Row = SmallVec<[usize; 32]>;

/// A bit for each letter that a word has, some of which share one.
fn letters_of(word: &str) -> u32 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 32))
}

/// What is left of two words without the letters with which both begin and both end.
fn without_shared_ends<'w>(a: &'w [char], b: &'w [char]) -> (&'w [char], &'w [char]) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

fn along_the_diagonal(a: &[char], b: &[char], bound: usize) -> Option<usize> {
    let too_far = bound + 1;
    let blank: Row = smallvec![too_far; b.len() + 1];
    let mut rows: [Row; 3] = [blank.clone(), (0..=b.len()).map(|steps| steps.min(too_far)).collect(), blank];
    for i in 1..=a.len() {
        let (first, last) = (i.saturating_sub(bound).max(1), (i + bound).min(b.len()));
        rows[2][first - 1] = if first == 1 { i.min(too_far) } else { too_far };
        let mut least = rows[2][first - 1];
        for j in first..=last {
            let mut best = (rows[1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                .min(rows[1][j] + 1)
                .min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = best.min(too_far);
            least = least.min(best);
        }
        if least > bound {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|&steps| steps <= bound)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(within("tillson", "tillerson", 2), Some(2));
        assert_eq!(within("chernomrydin", "chernomyrdin", 2), Some(1));
        assert_eq!(within("same", "same", 0), Some(0));
        assert_eq!(within("clinton", "bush", 2), None);
        assert_eq!(within("", "", 2), Some(0));
        assert_eq!(within("", "ab", 2), Some(2));
    }

    /// The whole table, as the definition has it.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (i, j) in (0..=a.len()).flat_map(|i| (0..=b.len()).map(move |j| (i, j))) {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let put = usize::from(a[i - 1] != b[j - 1]);
            table[i][j] = (table[i - 1][j - 1] + put).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                table[i][j] = table[i][j].min(table[i - 2][j - 2] + 1);
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn it_is_the_distance_as_far_as_the_bound(a in "[abcé ]{0,9}", b in "[abcé ]{0,9}", bound in 0usize..5) {
            let (of_a, of_b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let whole = distance(&of_a, &of_b);
            prop_assert_eq!(within(&a, &b, bound), Some(whole).filter(|&steps| steps <= bound));
        }
    }
}
