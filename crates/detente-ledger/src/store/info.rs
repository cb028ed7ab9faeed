//! What a ledger holds, in numbers.

use serde::Serialize;

use super::schema::FORMAT;
use super::sql::{Cells, Dialect, Outcome, Sql};
use super::{Ledger, LedgerError};

/// What a ledger holds, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Info {
    /// Its format.
    pub format: i64,
    /// What made it.
    pub created_by: String,
    /// Articles that are not superseded.
    pub articles: i64,
    /// Articles that are.
    pub superseded_articles: i64,
    /// Publications.
    pub sources: i64,
    /// Reports that are not superseded.
    pub reports: i64,
    /// Reports that are.
    pub superseded_reports: i64,
    /// Clusters of reports.
    pub clusters: i64,
    /// Contacts.
    pub contacts: i64,
    /// Blocks that wait to be derived again.
    pub blocks_to_derive: i64,
    /// The first and the last day that anything was published on.
    pub published: Option<[String; 2]>,
    /// The programs that read its articles.
    pub versions: Vec<String>,
    /// Bytes on disk; unknown on a server.
    pub bytes: Option<i64>,
}

impl Ledger {
    /// How many reports are not superseded.
    pub async fn living_reports(&self) -> Result<i64, LedgerError> {
        let mut connection = self.connection().await?;
        let sql = Sql::new("SELECT count(*) FROM reports WHERE superseded_by IS NULL");
        self.told(sql.number(&mut connection).await)
    }

    /// Counts what the ledger holds.
    pub async fn info(&self) -> Result<Info, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut count = async |sql: &str| Sql::new(sql).number(&mut connection).await;
            let counts = [
                count("SELECT count(*) FROM articles WHERE superseded_by IS NULL").await?,
                count("SELECT count(*) FROM articles WHERE superseded_by IS NOT NULL").await?,
                count("SELECT count(*) FROM sources").await?,
                count("SELECT count(*) FROM reports WHERE superseded_by IS NULL").await?,
                count("SELECT count(*) FROM reports WHERE superseded_by IS NOT NULL").await?,
                count("SELECT count(*) FROM clusters").await?,
                count("SELECT count(*) FROM contacts").await?,
                count("SELECT count(*) FROM dirty").await?,
            ];
            let bytes = match self.dialect {
                Dialect::Sqlite => Some(
                    count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").await?,
                ),
                Dialect::Postgres => None,
            };
            let created = Sql::new("SELECT created_by FROM ledger").all(&mut connection).await?;
            let days =
                Sql::new("SELECT min(published), max(published) FROM articles WHERE superseded_by IS NULL");
            let days = days.all(&mut connection).await?;
            let versions = Sql::new("SELECT coder FROM versions ORDER BY id").all(&mut connection).await?;
            let text = |row| Cells::of(row).string();
            let [
                articles,
                superseded_articles,
                sources,
                reports,
                superseded_reports,
                clusters,
                contacts,
                blocks,
            ] = counts;
            Ok(Info {
                format: FORMAT,
                created_by: created.first().map(text).transpose()?.unwrap_or_default(),
                articles,
                superseded_articles,
                sources,
                reports,
                superseded_reports,
                clusters,
                contacts,
                blocks_to_derive: blocks,
                published: days.first().map(|row| span(&mut Cells::of(row))).transpose()?.flatten(),
                versions: versions.iter().map(text).collect::<Outcome<_>>()?,
                bytes,
            })
        };
        self.told(found.await)
    }
}

fn span(cells: &mut Cells<'_>) -> Outcome<Option<[String; 2]>> {
    let (first, last) = (cells.maybe_string()?, cells.maybe_string()?);
    Ok(first.zip(last).map(|(first, last)| [first, last]))
}
