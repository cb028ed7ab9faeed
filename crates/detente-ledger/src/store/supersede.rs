//! Taking back: a row that was corrected stays as it is, says by what, and leaves the look-up tables.

use jiff::civil::Date;
use sqlx::AnyConnection;

use super::months::Months;
use super::report_rows::{self, Blocks};
use super::sql::{Cells, Dialect, Outcome, Sql, Table, Value};

/// An article and its reports give way to article `by`.
pub(super) async fn article(
    connection: &mut AnyConnection,
    dialect: Dialect,
    no: i64,
    by: i64,
    on: Date,
) -> Outcome<()> {
    let mut sql = Sql::new("SELECT id FROM reports WHERE superseded_by IS NULL AND ");
    sql.push("article = ? ORDER BY id", [no.into()]);
    let rows = sql.all(connection).await?;
    let ids = rows.iter().map(|row| Cells::of(row).int()).collect::<Outcome<Vec<_>>>()?;
    reports(connection, dialect, &ids, by, on).await?;
    let mut sql = Sql::new("UPDATE articles SET ");
    sql.push("superseded_by = ?, superseded_on = ? WHERE no = ?", [by.into(), on.into(), no.into()]);
    sql.run(connection).await?;
    Ok(())
}

/// Reports give way to those of article `by`.
pub(super) async fn reports(
    connection: &mut AnyConnection,
    dialect: Dialect,
    ids: &[i64],
    by: i64,
    on: Date,
) -> Outcome<()> {
    let mut months = Months::default();
    for kept in report_rows::by_id(connection, ids).await? {
        for (table, keys, rows) in [
            (&report_rows::INVOLVED, 3, report_rows::involved(&kept.report, kept.id)),
            (&report_rows::DYADS, 4, report_rows::dyads(&kept.report, kept.id)),
        ] {
            for row in rows {
                delete(connection, table, &row[..keys]).await?;
            }
        }
        months.take(&kept.report);
        for (derived, block) in Blocks::of(&kept.report).marks() {
            let mut sql = Sql::new("INSERT INTO dirty (derived, block) VALUES ");
            sql.push("(?, ?) ON CONFLICT DO NOTHING", [derived.into(), block.into()]).run(connection).await?;
        }
        let mut sql = Sql::new("UPDATE reports SET ");
        sql.push("superseded_by = ?, superseded_on = ? WHERE id = ?", [by.into(), on.into(), kept.id.into()]);
        sql.run(connection).await?;
    }
    months.put(connection, dialect).await
}

/// Deletes the row of these first columns.
async fn delete(connection: &mut AnyConnection, table: &Table, keys: &[Value<'_>]) -> Outcome<()> {
    let mut sql = Sql::new(&format!("DELETE FROM {} WHERE ", table.name));
    for (i, ((column, _), key)) in table.columns.iter().zip(keys).enumerate() {
        let and = if i == 0 { "" } else { " AND " };
        sql.push(&format!("{and}{column} = ?"), [key.clone()]);
    }
    sql.run(connection).await?;
    Ok(())
}
