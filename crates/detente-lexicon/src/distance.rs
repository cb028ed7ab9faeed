//! How far one spelling is from another: insertions, deletions, substitutions and swaps of neighbours.

/// How many slips a word of this length may hold and still be the same name.
pub fn bound(word: &str) -> usize {
    match word.chars().count() {
        0..=4 => 0,
        5..=6 => 1,
        _ => 2,
    }
}

/// The optimal-string-alignment distance of two words, if it is at most `bound`.
pub fn within(a: &str, b: &str, bound: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > bound {
        return None;
    }
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2][0] = i;
        for j in 1..=b.len() {
            let mut best = (rows[1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                .min(rows[1][j] + 1)
                .min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = best;
        }
        if rows[2].iter().min().is_some_and(|&least| least > bound) {
            return None;
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|&steps| steps <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(within("tillson", "tillerson", 2), Some(2));
        assert_eq!(within("chernomrydin", "chernomyrdin", 2), Some(1));
        assert_eq!(within("same", "same", 0), Some(0));
        assert_eq!(within("clinton", "bush", 2), None);
        assert_eq!(within("", "", 2), Some(0));
    }
}
