//! What the articles of reports say, found again.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{Part, Report};
use sqlx::AnyConnection;

use super::report_rows::AT_ONCE;
use super::sql::{Cells, Outcome, Sql, Value};
use super::{Ledger, LedgerError};

/// What an article says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The headline.
    pub title: String,
    /// The text as it was read.
    pub text: Option<String>,
}

impl Text {
    /// The part that evidence names.
    pub fn part(&self, part: Part) -> Option<&str> {
        match part {
            Part::Title => Some(&self.title),
            Part::Text => self.text.as_deref(),
        }
    }
}

impl Ledger {
    /// The titles and texts of the articles that these reports were read in, by article; an article that is known by its reports only has
    /// no text.
    pub async fn texts(&self, reports: &[Report]) -> Result<BTreeMap<String, Text>, LedgerError> {
        let mut connection = self.connection().await?;
        let articles: BTreeSet<&str> = reports.iter().map(|report| report.source.article.as_str()).collect();
        let articles: Vec<&str> = articles.into_iter().collect();
        self.told(texts(&mut connection, &articles).await)
    }
}

async fn texts(connection: &mut AnyConnection, articles: &[&str]) -> Outcome<BTreeMap<String, Text>> {
    let mut found = BTreeMap::new();
    for articles in articles.chunks(AT_ONCE) {
        let mut sql = Sql::new("SELECT id, title, text FROM articles WHERE superseded_by IS NULL AND ");
        sql.push_in("id", articles.iter().map(|id| Value::from(*id)));
        for row in sql.all(connection).await? {
            let mut cells = Cells::of(&row);
            found.insert(cells.string()?, Text { title: cells.string()?, text: cells.maybe_string()? });
        }
    }
    Ok(found)
}
