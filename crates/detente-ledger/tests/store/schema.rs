//! `docs/schema.md` tells every table and view as it is.

use std::collections::BTreeMap;
use std::path::Path;

use detente_ledger::store::Ledger;
use sqlx::{Connection as _, Row as _};

use crate::on_both;

on_both! { the_page_on_the_tables_is_true }

/// Columns in their order, by table; each with its type where that is told.
type Tables = BTreeMap<String, Vec<(String, Option<String>)>>;

async fn the_page_on_the_tables_is_true(_: Ledger, at: String) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema.md");
    let told = told(&std::fs::read_to_string(page).unwrap());
    let found = if at.starts_with("postgres") { in_postgres(&at).await } else { in_sqlite(&at).await };
    assert_eq!(told.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (table, columns) in &told {
        let names = |columns: &[(String, Option<String>)]| -> Vec<String> {
            columns.iter().map(|(name, _)| name.clone()).collect()
        };
        assert_eq!(names(columns), names(&found[table]), "{table}");
        for (told, found) in columns.iter().zip(&found[table]) {
            assert!(told.1.is_none() || found.1.is_none() || told == found, "{table}: {told:?}, {found:?}");
        }
    }
}

/// What the page tells: a heading `### `name`` and a table whose rows begin with the name of a column.
fn told(page: &str) -> Tables {
    let mut tables = Tables::new();
    let mut table = String::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### `") {
            table = name.trim_end_matches('`').to_owned();
        } else if let Some(row) = line.strip_prefix("| `") {
            let cells: Vec<&str> = row.split(" | ").collect();
            let kind = (cells.len() == 3).then(|| cells[1].to_owned());
            let column = (cells[0].trim_end_matches('`').to_owned(), kind);
            tables.entry(table.clone()).or_default().push(column);
        }
    }
    tables
}

async fn in_sqlite(at: &str) -> Tables {
    let all = "SELECT m.name, c.name, CASE m.type WHEN 'table' THEN c.type || iif(c.\"notnull\", ' NOT NULL', '') END \
         FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
         WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'sentence_words%' \
         ORDER BY m.name, c.cid";
    found(&format!("sqlite://{at}"), all).await
}

async fn in_postgres(at: &str) -> Tables {
    let all = "SELECT table_name::text, column_name::text, NULL::text FROM information_schema.columns \
         WHERE table_schema = current_schema() AND (table_name, column_name) <> ('sentences', 'words') \
         ORDER BY table_name, ordinal_position";
    found(at, all).await
}

async fn found(url: &str, all: &str) -> Tables {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let mut tables = Tables::new();
    for row in sqlx::query(all).fetch_all(&mut connection).await.unwrap() {
        let (table, column, kind): (String, String, Option<String>) = (row.get(0), row.get(1), row.get(2));
        // A primary key of a table without row numbers is never empty, whether it says so or not.
        tables.entry(table).or_default().push((column, kind));
    }
    connection.close().await.unwrap();
    tables
}
