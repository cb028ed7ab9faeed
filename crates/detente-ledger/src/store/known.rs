//! Articles that are there already: the same one again, another wording of it, a reprint.

use std::collections::BTreeMap;

use detente_model::{Article, Signature};
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::append::Entry;
use super::report_rows::AT_ONCE;
use super::sql::{Cells, Outcome, Sql, Value};

/// An article of the ledger that is not superseded, as far as is needed to know it again.
#[derive(Debug)]
pub(super) struct Lived {
    pub no: i64,
    id: String,
    url: Option<String>,
    title: String,
    published: Option<Date>,
    signature: Option<Signature>,
}

impl Lived {
    pub fn is_named(&self, article: &Article) -> bool {
        self.id == article.id || self.url.is_some() && self.url == article.url
    }

    pub fn is(&self, article: &Article, signature: &Signature) -> bool {
        let day = article.published.as_ref().and_then(|published| published.day());
        self.is_named(article)
            && self.title == article.title
            && self.published == day
            && self.signature.is_some_and(|kept| kept.is_same(signature))
    }
}

/// Articles of the ledger that share an id or an address with one of these.
pub(super) async fn living(
    connection: &mut AnyConnection,
    articles: &[(&Article, &Signature)],
) -> Outcome<Vec<Lived>> {
    let mut found = BTreeMap::new();
    for articles in articles.chunks(AT_ONCE) {
        for (column, names) in [
            ("id", articles.iter().map(|(article, _)| article.id.as_str()).collect::<Vec<_>>()),
            ("url", articles.iter().filter_map(|(article, _)| article.url.as_deref()).collect()),
        ] {
            if names.is_empty() {
                continue;
            }
            let mut sql = Sql::new(
                "SELECT no, id, url, title, published, signature, signature_near, words FROM articles WHERE ",
            );
            sql.push_in(column, names.into_iter().map(Value::from)).push(" AND superseded_by IS NULL", []);
            for row in sql.all(connection).await? {
                let lived = read_lived(&mut Cells::of(&row))?;
                found.insert(lived.no, lived);
            }
        }
    }
    Ok(found.into_values().collect())
}

fn read_lived(cells: &mut Cells<'_>) -> Outcome<Lived> {
    Ok(Lived {
        no: cells.int()?,
        id: cells.string()?,
        url: cells.maybe_string()?,
        title: cells.string()?,
        published: cells.maybe_named()?,
        signature: read_signature(cells)?,
    })
}

pub(super) fn read_signature(cells: &mut Cells<'_>) -> Outcome<Option<Signature>> {
    let (exact, near, words) = (cells.maybe_int()?, cells.maybe_int()?, cells.maybe_int()?);
    Ok(exact.zip(near).zip(words).map(|((exact, near), words)| Signature {
        exact: exact.cast_unsigned(),
        near: near.cast_unsigned(),
        words: u32::try_from(words).unwrap_or(u32::MAX),
    }))
}

/// Days before and after that a reprint may appear.
const REPRINT_DAYS: i32 = 7;

/// Texts of the days around a batch, to find reprints among.
#[derive(Default)]
pub(super) struct Families(BTreeMap<Option<Date>, Vec<(Signature, u64)>>);

impl Families {
    pub async fn around(connection: &mut AnyConnection, entries: &[&Entry]) -> Outcome<Self> {
        let days: Vec<Date> = entries.iter().filter_map(|entry| day(&entry.article)).collect();
        let mut families = Self::default();
        if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
            let (from, to) = (shifted(*first, -REPRINT_DAYS), shifted(*last, REPRINT_DAYS));
            let mut sql = Sql::new(KNOWN_TEXTS);
            sql.push(" AND published BETWEEN ? AND ? ORDER BY no", [from.into(), to.into()]);
            families.read(&sql, connection).await?;
        }
        if days.len() < entries.len() {
            let mut sql = Sql::new(KNOWN_TEXTS);
            let same = entries.iter().filter(|entry| day(&entry.article).is_none());
            sql.push(" AND published IS NULL AND ", []);
            sql.push_in("signature", same.map(|entry| Value::Int(entry.signature.exact.cast_signed())));
            sql.push(" ORDER BY no", []);
            families.read(&sql, connection).await?;
        }
        Ok(families)
    }

    async fn read(&mut self, sql: &Sql<'_>, connection: &mut AnyConnection) -> Outcome<()> {
        for row in sql.all(connection).await? {
            let mut cells = Cells::of(&row);
            let (family, day) = (cells.int()?.cast_unsigned(), cells.maybe_named()?);
            if let Some(signature) = read_signature(&mut cells)? {
                self.0.entry(day).or_default().push((signature, family));
            }
        }
        Ok(())
    }

    /// The family of a text: that of the first text it reprints, else its own, which it founds.
    pub fn of(&mut self, entry: &Entry) -> Option<u64> {
        if entry.signature.words == 0 {
            return None;
        }
        let day = day(&entry.article);
        let known = self.near(day).find(|(known, _)| known.is_near(&entry.signature));
        let family = known.map_or(entry.signature.exact, |(_, family)| *family);
        self.0.entry(day).or_default().push((entry.signature, family));
        Some(family)
    }

    fn near(&self, day: Option<Date>) -> impl Iterator<Item = &(Signature, u64)> {
        let from = day.map(|day| shifted(day, -REPRINT_DAYS));
        let to = day.map(|day| shifted(day, REPRINT_DAYS));
        self.0.range(from..=to).flat_map(|(_, texts)| texts)
    }
}

const KNOWN_TEXTS: &str = "SELECT text_family, published, signature, signature_near, words FROM articles \
     WHERE superseded_by IS NULL AND text_family IS NOT NULL";

fn day(article: &Article) -> Option<Date> {
    article.published.as_ref().and_then(|published| published.day())
}

fn shifted(day: Date, by: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(by))
}
