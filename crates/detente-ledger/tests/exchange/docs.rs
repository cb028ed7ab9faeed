//! `docs/exports.md` shows the columns as they are, and columns are empty exactly where it says so.

use std::fs;

use detente_ledger::exchange::{ColumnKind, Format};

use crate::sample::{agrees, reports, root, written};

#[test]
fn columns_are_empty_where_the_docs_say_so() {
    for format in Format::ALL.iter().filter(|format| !format.columns().is_empty()) {
        let text = written(*format, &reports()).0;
        let rows: Vec<Vec<&str>> = text
            .lines()
            .skip(usize::from(format.has_header()))
            .map(|line| line.split('\t').collect())
            .collect();
        for (at, column) in format.columns().iter().enumerate() {
            let filled = rows.iter().any(|row| !row[at].is_empty());
            assert_eq!(filled, column.empty.is_none(), "{format}: {}", column.name);
        }
    }
}

#[test]
fn the_docs_show_the_columns() {
    let path = root().join("docs/exports.md");
    let mut text = fs::read_to_string(&path).unwrap();
    for format in Format::ALL.iter().filter(|format| !format.columns().is_empty()) {
        let (begin, end) = (format!("<!-- columns of {format} -->\n"), "<!-- end -->");
        let at = text.find(&begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
        let to = at + text[at..].find(end).expect("an end");
        text.replace_range(at..to, &table(*format));
    }
    agrees(&path, &text);
}

fn table(format: Format) -> String {
    let rows = format.columns().iter().enumerate().map(|(at, column)| {
        let kind = match column.kind {
            ColumnKind::Int => "int",
            ColumnKind::Float => "float",
            ColumnKind::String => "string",
            ColumnKind::Date => "date",
        };
        format!("| {} | {} | {kind} | {} |\n", at + 1, column.name, column.empty.map_or("", |why| why))
    });
    "| | column | type | empty, because |\n|---|---|---|---|\n".to_owned() + &rows.collect::<String>()
}
