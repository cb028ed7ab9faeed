//! The rows of the lexicon files, as `build.rs` has checked them.

/// The rows of a file that are neither empty nor comments.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|row| !row.starts_with('#') && !row.is_empty())
}

/// The columns of each row; the last one takes what is left of it.
pub(crate) fn columns<const N: usize>(file: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    rows(file).filter_map(|row| {
        let mut cells = row.splitn(N, '\t');
        let mut columns = [""; N];
        for column in &mut columns {
            *column = cells.next()?;
        }
        Some(columns)
    })
}

/// The phrases of one list of `lists.txt`, in their order.
pub(crate) fn list(name: &str) -> Vec<&'static str> {
    let rows = columns::<2>(include_str!("../lexicon/lists.txt"));
    rows.filter(|[list, _]| *list == name).map(|[_, phrase]| phrase.trim_matches('"')).collect()
}
