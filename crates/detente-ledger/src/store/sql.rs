//! The little that SQL needs here: values, rows read by position, many rows written at once.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::str::FromStr;

use futures_util::future::join;
use jiff::civil::Date;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Row as _};

/// What went wrong inside a statement or with a row; the ledger adds where.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The database refused.
    Sql(sqlx::Error),
    /// A row makes no sense.
    Row(String),
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

pub(super) type Outcome<T> = Result<T, Trouble>;

/// Which SQL is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    fn of(connection: &AnyConnection) -> Self {
        match connection.backend_name() {
            "SQLite" => Self::Sqlite,
            _ => Self::Postgres,
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Int,
    Real,
}

/// One value to be written or compared with.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Value<'v> {
    Null,
    Text(Cow<'v, str>),
    Int(i64),
    Real(f64),
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Date> for Value<'_> {
    fn from(date: Date) -> Self {
        Self::Text(Cow::Owned(date.to_string()))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f32> for Value<'_> {
    fn from(number: f32) -> Self {
        Self::Real(f64::from(number))
    }
}

impl<'v, T: Into<Value<'v>>> From<Option<T>> for Value<'v> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A statement with its values.
pub(super) type Statement<'q> = Query<'q, Any, AnyArguments<'q>>;

/// Binds a value; an empty one as empty of its kind, which PostgreSQL wants to know.
pub(super) fn bind<'q>(query: Statement<'q>, value: &'q Value<'q>, kind: Kind) -> Statement<'q> {
    match (value, kind) {
        (Value::Null, Kind::Text) => query.bind(None::<String>),
        (Value::Null, Kind::Int) => query.bind(None::<i64>),
        (Value::Null, Kind::Real) => query.bind(None::<f64>),
        (Value::Text(text), _) => query.bind(text.as_ref()),
        (Value::Int(number), _) => query.bind(*number),
        (Value::Real(number), _) => query.bind(*number),
    }
}

/// A condition or query that is put together piece by piece; `?` in a piece stands for its next value.
#[derive(Debug, Clone, Default)]
pub(super) struct Sql<'v> {
    text: String,
    values: Vec<Value<'v>>,
}

impl<'v> Sql<'v> {
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds a piece with one value for each `?`.
    pub fn push(&mut self, piece: &str, values: impl IntoIterator<Item = Value<'v>>) -> &mut Self {
        let mut values = values.into_iter();
        for (i, part) in piece.split('?').enumerate() {
            if i > 0 {
                self.values.extend(values.next());
                self.text.push('$');
                self.text.push_str(&self.values.len().to_string());
            }
            self.text.push_str(part);
        }
        self
    }

    /// Adds another piece that was put together; its values are counted on from those that are there.
    pub fn append(&mut self, other: Sql<'v>) -> &mut Self {
        let before = self.values.len();
        for (number, text) in pieces(&other.text) {
            if let Some(number) = number {
                self.text.push_str(&format!("${}", before + number));
            }
            self.text.push_str(text);
        }
        self.values.extend(other.values);
        self
    }

    /// Adds `column IN (…)`, false for no values.
    pub fn push_in(&mut self, column: &str, values: impl IntoIterator<Item = Value<'v>>) -> &mut Self {
        let values: Vec<Value<'v>> = values.into_iter().collect();
        let marks = vec!["?"; values.len()].join(", ");
        match values.is_empty() {
            true => self.push("1 = 0", []),
            false => self.push(&format!("{column} IN ({marks})"), values),
        }
    }

    /// The text as the database wants it. SQLite searches the names of all values for each that is named; the values stand in
    /// the order of the text, and need no names there.
    fn spoken(&self, connection: &AnyConnection) -> String {
        if Dialect::of(connection) == Dialect::Postgres {
            return self.text.clone();
        }
        let piece = |(number, text): (Option<usize>, _)| [if number.is_some() { "?" } else { "" }, text];
        pieces(&self.text).flat_map(piece).collect()
    }

    fn query<'q>(&'q self, text: &'q str) -> Statement<'q> {
        let query = sqlx::query(text).persistent(self.values.len() <= KEPT_READY);
        self.values.iter().fold(query, |query, value| bind(query, value, Kind::Text))
    }

    /// The rows, in their order. They come as one JSON text, since a row of its own for each costs more than finding it.
    pub async fn all(&self, connection: &mut AnyConnection) -> Outcome<Vec<Row>> {
        rows_of(&self.json(connection).await?)
    }

    /// The rows as the one JSON text that they come as: an array of arrays.
    pub async fn json(&self, connection: &mut AnyConnection) -> Outcome<String> {
        let text = as_one(&self.spoken(connection), Dialect::of(connection));
        let row = self.query(&text).fetch_one(connection).await?;
        let rows: Option<String> = row.try_get(0)?;
        Ok(rows.unwrap_or_else(|| "[]".to_owned()))
    }

    pub async fn run(&self, connection: &mut AnyConnection) -> Outcome<u64> {
        let text = self.spoken(connection);
        Ok(self.query(&text).execute(connection).await?.rows_affected())
    }

    /// How SQLite would go about it, a step a line.
    #[cfg(test)]
    pub async fn plan(&self, connection: &mut AnyConnection) -> Outcome<Vec<String>> {
        let text = format!("EXPLAIN QUERY PLAN {}", self.spoken(connection));
        let rows = self.query(&text).fetch_all(connection).await?;
        Ok(rows.iter().map(|row| row.try_get::<String, _>(3)).collect::<Result<_, _>>()?)
    }

    /// The only value of the only row, or the type's default where there is none.
    pub async fn number(&self, connection: &mut AnyConnection) -> Outcome<i64> {
        let text = self.spoken(connection);
        let row = self.query(&text).fetch_optional(connection).await?;
        let number: Option<i64> = row.map_or(Ok(None), |row| row.try_get(0))?;
        Ok(number.unwrap_or_default())
    }
}

/// The text of a statement, piece by piece: the number of the value before each, and what follows it.
fn pieces(text: &str) -> impl Iterator<Item = (Option<usize>, &str)> {
    let (first, rest) = text.split_once('$').unwrap_or((text, ""));
    let numbered = rest.split('$').filter(|part| !part.is_empty()).map(|part| {
        let text = part.trim_start_matches(|c: char| c.is_ascii_digit());
        (part[..part.len() - text.len()].parse().ok(), text)
    });
    [(None, first)].into_iter().chain(numbered)
}

/// Rows of a JSON text; they may borrow from it.
pub(super) fn rows_of<'t, T: Deserialize<'t>>(json: &'t str) -> Outcome<Vec<T>> {
    serde_json::from_str(json).map_err(|error| Trouble::Row(error.to_string()))
}

/// Values of a statement that is kept ready to be asked again, at most; one of more is hardly ever the same twice.
const KEPT_READY: usize = 50;

/// The query whose one value is the rows of another, as a JSON array of arrays; the order of the rows stays.
fn as_one(query: &str, dialect: Dialect) -> String {
    let names: Vec<String> = (0..columns(query)).map(|n| format!("c{n}")).collect();
    let names = names.join(", ");
    let all = match dialect {
        Dialect::Sqlite => format!("json_group_array(json_array({names}))"),
        Dialect::Postgres => format!("CAST(json_agg(json_build_array({names})) AS TEXT)"),
    };
    format!("WITH t ({names}) AS ({query}) SELECT {all} FROM t")
}

/// How many columns a query selects: the commas between its first `SELECT` and the `FROM` that belongs to it, and one.
fn columns(query: &str) -> usize {
    let (mut depth, mut columns) = (0, 1);
    for (i, c) in query.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => columns += 1,
            ' ' if depth == 0 && query[i..].starts_with(" FROM ") => break,
            _ => {}
        }
    }
    columns
}

/// A row as it came.
pub(super) type Row = Vec<Cell>;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or nothing")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Cell, E> {
        i64::try_from(number).map(Cell::Int).map_err(E::custom)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cell, E> {
        Ok(Cell::Text(text))
    }
}

/// The cells of a row, read from left to right.
pub(super) struct Cells<'r>(std::slice::Iter<'r, Cell>);

impl<'r> Cells<'r> {
    pub fn of(row: &'r Row) -> Self {
        Self(row.iter())
    }

    fn next(&mut self) -> Outcome<&'r Cell> {
        self.0.next().ok_or_else(|| Trouble::Row("a row is too short".to_owned()))
    }

    pub fn maybe_text(&mut self) -> Outcome<Option<&'r str>> {
        match self.next()? {
            Cell::Text(text) => Ok(Some(text)),
            Cell::Null => Ok(None),
            other => Err(Trouble::Row(format!("{other:?} where a text is wanted"))),
        }
    }

    pub fn maybe_int(&mut self) -> Outcome<Option<i64>> {
        match self.next()? {
            Cell::Int(number) => Ok(Some(*number)),
            Cell::Null => Ok(None),
            other => Err(Trouble::Row(format!("{other:?} where a number is wanted"))),
        }
    }

    pub fn maybe_real(&mut self) -> Outcome<Option<f32>> {
        match self.next()? {
            Cell::Real(number) => Ok(Some(*number as f32)),
            Cell::Int(number) => Ok(Some(*number as f32)),
            Cell::Null => Ok(None),
            other => Err(Trouble::Row(format!("{other:?} where a number is wanted"))),
        }
    }

    pub fn text(&mut self) -> Outcome<&'r str> {
        self.maybe_text()?.ok_or_else(empty)
    }

    pub fn int(&mut self) -> Outcome<i64> {
        self.maybe_int()?.ok_or_else(empty)
    }

    pub fn real(&mut self) -> Outcome<f32> {
        self.maybe_real()?.ok_or_else(empty)
    }

    pub fn count(&mut self) -> Outcome<usize> {
        let number = self.int()?;
        usize::try_from(number).map_err(|_| Trouble::Row(format!("{number} is no count")))
    }

    pub fn maybe_count(&mut self) -> Outcome<Option<usize>> {
        let number = self.maybe_int()?;
        number.map(|n| usize::try_from(n).map_err(|_| Trouble::Row(format!("{n} is no count")))).transpose()
    }

    pub fn string(&mut self) -> Outcome<String> {
        self.text().map(str::to_owned)
    }

    pub fn maybe_string(&mut self) -> Outcome<Option<String>> {
        Ok(self.maybe_text()?.map(str::to_owned))
    }

    /// A value that is written by its name.
    pub fn named<T: FromStr<Err: Display>>(&mut self) -> Outcome<T> {
        parse(self.text()?)
    }

    pub fn maybe_named<T: FromStr<Err: Display>>(&mut self) -> Outcome<Option<T>> {
        self.maybe_text()?.map(parse).transpose()
    }

    /// Values written one after the other, parted by spaces.
    pub fn list<T: FromStr<Err: Display>>(&mut self) -> Outcome<Vec<T>> {
        self.text()?.split_whitespace().map(parse).collect()
    }

    /// A value written as JSON.
    pub fn maybe_json<T: serde::de::DeserializeOwned>(&mut self) -> Outcome<Option<T>> {
        let text = self.maybe_text()?;
        text.map(|text| serde_json::from_str(text).map_err(|error| Trouble::Row(error.to_string())))
            .transpose()
    }
}

fn empty() -> Trouble {
    Trouble::Row("a cell that must hold something is empty".to_owned())
}

/// A value by its name.
pub(super) fn parse<T: FromStr<Err: Display>>(text: &str) -> Outcome<T> {
    text.parse().map_err(|error: T::Err| Trouble::Row(error.to_string()))
}

/// A table as it is written: its columns in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Kind)],
    /// How many of the first columns tell its rows apart.
    pub key: usize,
    /// What becomes of a row whose like is there already.
    pub again: Again,
}

/// What becomes of a row whose like is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It must not be: nothing is written.
    Fails,
    /// The one that is there stays.
    Stays,
    /// What follows the key is added to what is there; of a like, one comes at a time.
    Adds,
}

/// Values bound in one statement at most: SQLite takes 32,766, and a statement of a few thousand is no slower.
const MOST_VALUES: usize = 2_000;

impl Table {
    /// Writes the rows in order, many in a statement; while the database takes one statement, the values of the next are bound.
    pub async fn insert(
        &self,
        connection: &mut AnyConnection,
        dialect: Dialect,
        rows: &[Vec<Value<'_>>],
    ) -> Outcome<()> {
        let most = (MOST_VALUES / self.columns.len()).max(1);
        // Statements of the full length stay prepared; the rest of a batch is different each time.
        let whole = if rows.len() < most { String::new() } else { self.insertion(dialect, most) };
        let rest = self.insertion(dialect, rows.len() % most);
        let mut statements = rows.chunks(most).map(|rows| match rows.len() == most {
            true => self.bound(&whole, rows).persistent(true),
            false => self.bound(&rest, rows).persistent(false),
        });
        let mut ready = statements.next();
        while let Some(statement) = ready {
            let (done, next) = join(statement.execute(&mut *connection), async { statements.next() }).await;
            done?;
            ready = next;
        }
        Ok(())
    }

    fn bound<'q>(&self, sql: &'q str, rows: &'q [Vec<Value<'q>>]) -> Statement<'q> {
        let values = rows.iter().flat_map(|row| row.iter().zip(self.columns));
        values.fold(sqlx::query(sql), |query, (value, (_, kind))| bind(query, value, *kind))
    }

    fn insertion(&self, dialect: Dialect, rows: usize) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let insert = match (dialect, self.again) {
            // Whoever fails gives the whole transaction up: SQLite need not keep what the statement changed so that it can be undone.
            (Dialect::Sqlite, Again::Fails) => "INSERT OR FAIL INTO",
            _ => "INSERT INTO",
        };
        let mut sql = format!("{insert} {} ({}) VALUES ", self.name, names.join(", "));
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..names.len() {
                sql.push_str(if column == 0 { "" } else { ", " });
                // SQLite finds a numbered value by searching the names of all; an unnumbered one by counting.
                match dialect {
                    Dialect::Sqlite => sql.push('?'),
                    Dialect::Postgres => sql.push_str(&format!("${}", row * names.len() + column + 1)),
                }
            }
            sql.push(')');
        }
        match self.again {
            Again::Fails => {}
            Again::Stays => sql.push_str(" ON CONFLICT DO NOTHING"),
            Again::Adds => {
                let sum = |name: &&str| format!("{name} = {}.{name} + excluded.{name}", self.name);
                let sums: Vec<String> = names[self.key..].iter().map(sum).collect();
                let keys = names[..self.key].join(", ");
                sql.push_str(&format!(" ON CONFLICT ({keys}) DO UPDATE SET {}", sums.join(", ")));
            }
        }
        sql
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_piece_are_counted_on() {
        let mut inner = Sql::new("SELECT id FROM t WHERE ");
        inner.push("a = ? AND b = ?", [1_usize.into(), 2_usize.into()]);
        let mut outer = Sql::new("SELECT id FROM u WHERE ");
        outer.push("c = ? AND id IN (", [3_usize.into()]).append(inner).push(") LIMIT ?", [4_usize.into()]);
        assert_eq!(
            outer.text,
            "SELECT id FROM u WHERE c = $1 AND id IN (SELECT id FROM t WHERE a = $2 AND b = $3) LIMIT $4"
        );
        assert_eq!(outer.values.len(), 4);
    }

    #[test]
    fn columns_are_those_of_the_outermost_query() {
        assert_eq!(columns("SELECT a FROM t"), 1);
        assert_eq!(columns("SELECT a, (SELECT max(b, c) FROM u) FROM (SELECT a, b FROM t) x"), 2);
        assert_eq!(columns("SELECT DISTINCT coalesce(a, b), c, count(*) FROM t, u WHERE a IN (1, 2)"), 3);
    }
}
