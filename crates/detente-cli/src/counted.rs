//! Numbers of things, as people write them.

use std::fmt::Display;

/// "1 report", "2 reports": the noun for one, and for any other number.
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_one() {
        let told = [0_usize, 1, 2].map(|number| counted(number, "report", "reports"));
        assert_eq!(told, ["0 reports", "1 report", "2 reports"]);
    }
}
