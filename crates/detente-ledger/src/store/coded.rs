//! Articles as they were coded, in the order of their names: what two ledgers are compared by.

use std::collections::BTreeMap;

use detente_model::{Report, Signature};
use sqlx::AnyConnection;

use super::append::Versions;
use super::known::read_signature;
use super::report_rows;
use super::sql::{Cells, Outcome, Row, Sql, Value};
use super::{Ledger, LedgerError};

/// A living article that was read here, with its events.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedArticle {
    /// Its id.
    pub id: String,
    /// What its text is known again by.
    pub signature: Option<Signature>,
    /// What read it.
    pub versions: Versions,
    /// What was read in it, in the order of keeping.
    pub reports: Vec<Report>,
}

impl Ledger {
    /// The next articles by their ids, after one or from the beginning; those known only by reports from elsewhere are left out.
    pub async fn coded_articles(
        &self,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<CodedArticle>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut sql = Sql::new(CODED);
            sql.push("a.id > ? ORDER BY a.id LIMIT ?", [after.unwrap_or_default().into(), limit.into()]);
            let mut articles = BTreeMap::new();
            for row in sql.all(&mut connection).await? {
                let (no, article) = read(&row)?;
                articles.insert(no, article);
            }
            put_reports(&mut connection, &mut articles).await?;
            let mut articles: Vec<CodedArticle> = articles.into_values().collect();
            articles.sort_by(|x, y| x.id.cmp(&y.id));
            Ok(articles)
        };
        self.told(found.await)
    }
}

const CODED: &str = "SELECT a.no, a.id, a.signature, a.signature_near, a.words, v.coder, v.rules, v.lexicon, v.model \
     FROM articles a JOIN versions v ON v.id = a.version WHERE a.superseded_by IS NULL AND ";

fn read(row: &Row) -> Outcome<(i64, CodedArticle)> {
    let mut cells = Cells::of(row);
    let (no, id, signature) = (cells.int()?, cells.string()?, read_signature(&mut cells)?);
    let versions = Versions {
        coder: cells.string()?,
        rules: cells.string()?,
        lexicon: cells.string()?,
        model: cells.string()?,
    };
    Ok((no, CodedArticle { id, signature, versions, reports: Vec::new() }))
}

async fn put_reports(
    connection: &mut AnyConnection,
    articles: &mut BTreeMap<i64, CodedArticle>,
) -> Outcome<()> {
    let mut sql = Sql::new("SELECT article, id FROM reports WHERE superseded_by IS NULL AND ");
    sql.push_in("article", articles.keys().map(|no| Value::Int(*no)));
    let mut homes = BTreeMap::new();
    for row in sql.all(connection).await? {
        let mut cells = Cells::of(&row);
        let (article, report) = (cells.int()?, cells.int()?);
        homes.insert(report, article);
    }
    let ids: Vec<i64> = homes.keys().copied().collect();
    for kept in report_rows::by_id(connection, &ids).await? {
        if let Some(article) = homes.get(&kept.id).and_then(|home| articles.get_mut(home)) {
            article.reports.push(kept.report);
        }
    }
    Ok(())
}
