//! Formats of a ledger, and the way from each to the next.

use sqlx::{AnyConnection, Executor as _};

use super::sql::{Dialect, Outcome, Sql, Value};

/// The format that this version writes.
pub const FORMAT: i64 = 4;

/// What marks a SQLite file as a ledger for `file` and other programs: "dtnt" in its header.
const APPLICATION_ID: i64 = 0x6474_6e74;

/// One step from a format to the next.
struct Migration {
    both: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// The step to format N stands at N - 1.
const MIGRATIONS: [Migration; FORMAT as usize] = [
    Migration {
        both: include_str!("../../migrations/1.sql"),
        sqlite: include_str!("../../migrations/1.sqlite.sql"),
        postgres: include_str!("../../migrations/1.postgres.sql"),
    },
    Migration {
        both: include_str!("../../migrations/2.sql"),
        sqlite: include_str!("../../migrations/2.sqlite.sql"),
        postgres: include_str!("../../migrations/2.postgres.sql"),
    },
    Migration {
        both: include_str!("../../migrations/3.sql"),
        sqlite: include_str!("../../migrations/3.sqlite.sql"),
        postgres: include_str!("../../migrations/3.postgres.sql"),
    },
    Migration {
        both: include_str!("../../migrations/4.sql"),
        sqlite: include_str!("../../migrations/4.sqlite.sql"),
        postgres: include_str!("../../migrations/4.postgres.sql"),
    },
];

const VIEWS: &str = include_str!("../../migrations/views.sql");

/// What stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// An empty database.
    Nothing,
    /// Tables that are no ledger's.
    Foreign,
    /// A ledger of this format.
    Ledger(i64),
}

/// Looks what stands there.
pub(super) async fn look(connection: &mut AnyConnection, dialect: Dialect) -> Outcome<Found> {
    let (tables, ledger) = match dialect {
        Dialect::Sqlite => (
            "SELECT count(*) FROM sqlite_schema",
            "SELECT count(*) FROM sqlite_schema WHERE name = 'ledger' AND type = 'table'",
        ),
        Dialect::Postgres => (
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()",
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'ledger'",
        ),
    };
    if Sql::new(tables).number(connection).await? == 0 {
        return Ok(Found::Nothing);
    }
    if Sql::new(ledger).number(connection).await? == 0 {
        return Ok(Found::Foreign);
    }
    Ok(Found::Ledger(Sql::new("SELECT format FROM ledger").number(connection).await?))
}

/// Takes a ledger from `format` to the present one, inside the caller's transaction.
pub(super) async fn migrate(connection: &mut AnyConnection, dialect: Dialect, format: i64) -> Outcome<()> {
    drop_views(connection, dialect).await?;
    for migration in &MIGRATIONS[usize::try_from(format).unwrap_or(0)..] {
        run(connection, &migration.in_dialect(dialect)).await?;
    }
    run(connection, &translated(VIEWS, dialect)).await?;
    if dialect == Dialect::Sqlite {
        run(
            connection,
            &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"),
        )
        .await?;
    }
    if format == 0 {
        let created = Value::from(concat!("detente ", env!("CARGO_PKG_VERSION")));
        let mut sql = Sql::default();
        sql.push("INSERT INTO ledger (format, created_by) VALUES (?, ?)", [FORMAT.into(), created]);
        sql.run(connection).await?;
    } else {
        Sql::default().push("UPDATE ledger SET format = ?", [FORMAT.into()]).run(connection).await?;
    }
    Ok(())
}

impl Migration {
    fn in_dialect(&self, dialect: Dialect) -> String {
        let own = match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        };
        format!("{}\n{own}", translated(self.both, dialect))
    }
}

/// The names of the views, as `views.sql` lays them.
fn views() -> impl Iterator<Item = &'static str> {
    VIEWS.lines().filter_map(|line| line.strip_prefix("CREATE VIEW ")?.strip_suffix(" AS"))
}

async fn drop_views(connection: &mut AnyConnection, dialect: Dialect) -> Outcome<()> {
    let mut all: Vec<String> = views().map(|view| format!("DROP VIEW IF EXISTS {view};")).collect();
    if dialect == Dialect::Postgres {
        all.reverse();
    }
    run(connection, &all.concat()).await
}

async fn run(connection: &mut AnyConnection, sql: &str) -> Outcome<()> {
    connection.execute(sql).await?;
    Ok(())
}

/// What is written for SQLite as PostgreSQL says it.
fn translated(sql: &str, dialect: Dialect) -> String {
    if dialect == Dialect::Sqlite {
        return sql.to_owned();
    }
    [
        (" INTEGER", " BIGINT"),
        (" REAL", " DOUBLE PRECISION"),
        // Bytes compare as in SQLite, whatever the language of the database.
        (" TEXT", " TEXT COLLATE \"C\""),
        (") STRICT, WITHOUT ROWID;", ");"),
        (") STRICT;", ");"),
        ("group_concat(", "string_agg("),
    ]
    .iter()
    .fold(sql.to_owned(), |sql, (sqlite, postgres)| sql.replace(sqlite, postgres))
}
