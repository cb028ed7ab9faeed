//! What a reader leafs through: articles, publications, places, pairs; how far the ledger has come.

use std::collections::BTreeMap;

use detente_model::{
    ActorCode, Article, Block, BlockKind, Contact, DateBasis, Days, EventType, Place, Published, QuadClass,
    Report, Span, Status,
};
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::contact_rows;
use super::filter::Filter;
use super::lead;
use super::query;
use super::report_rows::{self, read_place};
use super::sql::{Cells, Outcome, Row, Sql, Value};
use super::{Ledger, LedgerError};

/// How far a ledger has come: equal as long as nothing was kept, derived or reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tide {
    /// The number of the last report.
    pub report: i64,
    /// The number of the last article.
    pub article: i64,
    /// Blocks that wait to be derived.
    pub waiting: i64,
    /// The number of the last review.
    pub review: i64,
}

/// A publication and what was kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its name.
    pub name: String,
    /// Articles that are not superseded.
    pub articles: usize,
    /// The first and the last day on which it published.
    pub days: Option<Days>,
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its day.
    pub published: Option<Date>,
}

/// What two did to each other, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct PairSum {
    /// One.
    pub a: ActorCode,
    /// The other, later in the alphabet.
    pub b: ActorCode,
    /// Acts by quad class, in the order of [`QuadClass::ALL`].
    pub acts: [usize; 4],
}

/// What happened at a place, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceSum {
    /// The place.
    pub place: Place,
    /// Reports of cooperation.
    pub cooperation: usize,
    /// Reports of conflict.
    pub conflict: usize,
}

/// How often each value of a column stands among the latest reports that fit a filter, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Types.
    pub kinds: Vec<(EventType, usize)>,
    /// Statuses.
    pub statuses: Vec<(Status, usize)>,
    /// Countries of the place.
    pub countries: Vec<(ActorCode, usize)>,
    /// Publications.
    pub publishers: Vec<(String, usize)>,
    /// How many reports were counted.
    pub counted: usize,
    /// Whether there are more than were counted.
    pub more: bool,
}

/// Names bound in one query at most.
const AT_ONCE: usize = 400;
/// Publications, places and pairs told at most.
const MOST: usize = 5_000;

impl Ledger {
    /// How far it has come; a cheap question.
    pub async fn tide(&self) -> Result<Tide, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let mut number = async |sql: &str| Sql::new(sql).number(&mut connection).await;
            Ok(Tide {
                report: number("SELECT max(id) FROM reports").await?,
                article: number("SELECT max(no) FROM articles").await?,
                waiting: number("SELECT count(*) FROM dirty").await?,
                review: number("SELECT max(id) FROM reviews").await?,
            })
        };
        self.told(found.await)
    }

    /// The living article of this id; one that is known by its reports only has no text.
    pub async fn article(&self, id: &str) -> Result<Option<Article>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql = Sql::new(ARTICLE);
        sql.push("id = ? AND superseded_by IS NULL", [id.into()]);
        let found = async { sql.all(&mut connection).await?.first().map(read_article).transpose() };
        self.told(found.await)
    }

    /// The living reports of an article, in the order of the text.
    pub async fn reports_of_article(&self, id: &str) -> Result<Vec<Report>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql = Sql::new(
            "SELECT r.id FROM articles a JOIN reports r ON r.article = a.no \
             WHERE a.superseded_by IS NULL AND r.superseded_by IS NULL AND ",
        );
        sql.push("a.id = ? ORDER BY r.id", [id.into()]);
        let found = async { reports(&mut connection, &sql).await };
        Ok(self.told(found.await)?.into_iter().map(|(_, report)| report).collect())
    }

    /// Reports that were kept after the one of this number, with their numbers, in the order of keeping.
    pub async fn reports_since(
        &self,
        filter: &Filter,
        number: i64,
        limit: usize,
    ) -> Result<Vec<(i64, Report)>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let ids = query::kept_after(&mut connection, self.dialect, filter, number, limit).await?;
            let kept = report_rows::by_id(&mut connection, &ids).await?;
            Ok(kept.into_iter().map(|kept| (kept.id, kept.report)).collect())
        };
        self.told(found.await)
    }

    /// The contacts that any of these reports tells of, in order of ids.
    pub async fn contacts_of_reports(&self, keys: &[&str]) -> Result<Vec<Contact>, LedgerError> {
        let mut connection = self.connection().await?;
        let told = "SELECT DISTINCT t.contact FROM reports r JOIN contact_steps t ON t.report = r.id \
                    WHERE r.superseded_by IS NULL AND ";
        let found = contact_rows::told(&mut connection, told, "r.key", keys).await;
        self.told(found)
    }

    /// Publications, the one with most articles first.
    pub async fn publications(&self) -> Result<Vec<Publication>, LedgerError> {
        let sql =
            Sql::new(&format!("{PUBLICATIONS} GROUP BY s.name ORDER BY count(*) DESC, s.name LIMIT {MOST}"));
        self.rows(sql, read_publication).await
    }

    /// The publication of this name.
    pub async fn publication(&self, name: &str) -> Result<Option<Publication>, LedgerError> {
        let mut sql = Sql::new(PUBLICATIONS);
        sql.push(" AND s.name = ? GROUP BY s.name", [name.into()]);
        Ok(self.rows(sql, read_publication).await?.pop())
    }

    /// The latest articles of a publication.
    pub async fn headlines(&self, publication: &str, limit: usize) -> Result<Vec<Headline>, LedgerError> {
        let mut sql = Sql::new("SELECT id, title, published FROM articles WHERE superseded_by IS NULL AND ");
        sql.push(
            "source = (SELECT id FROM sources WHERE name = ?) ORDER BY published DESC, no DESC LIMIT ?",
            [publication.into(), limit.into()],
        );
        self.rows(sql, |cells| {
            Ok(Headline { id: cells.string()?, title: cells.string()?, published: cells.maybe_named()? })
        })
        .await
    }

    /// Pairs by the number of their acts on these days, the busiest first.
    pub async fn pairs(&self, days: Days, limit: usize) -> Result<Vec<PairSum>, LedgerError> {
        let quads: Vec<String> = QuadClass::ALL.iter().map(|quad| count_of(*quad)).collect();
        let acts = lead::indexed("acts", "acts_day", self.dialect);
        let mut sql = Sql::new(&format!("SELECT a, b, {} FROM {acts} WHERE ", quads.join(", ")));
        sql.push(
            "day BETWEEN ? AND ? AND bearing <> 'told' GROUP BY a, b ORDER BY count(*) DESC, a, b LIMIT ?",
            [days.from.into(), days.to.into(), limit.into()],
        );
        self.rows(sql, |cells| {
            let (a, b) = (cells.named()?, cells.named()?);
            Ok(PairSum { a, b, acts: [cells.count()?, cells.count()?, cells.count()?, cells.count()?] })
        })
        .await
    }

    /// Places by the number of reports from there on these days, the busiest first; only those whose position is known.
    pub async fn places(&self, days: Days, limit: usize) -> Result<Vec<PlaceSum>, LedgerError> {
        let mut sql = Sql::new(PLACES);
        sql.push(
            "day BETWEEN ? AND ? GROUP BY place, geonameid, latitude, longitude, country \
             ORDER BY count(*) DESC, place LIMIT ?",
            [days.from.into(), days.to.into(), limit.into()],
        );
        let found = self.rows(sql, |cells| {
            let place = read_place(cells)?;
            let (cooperation, conflict) = (cells.count()?, cells.count()?);
            Ok(place.map(|place| PlaceSum { place, cooperation, conflict }))
        });
        Ok(found.await?.into_iter().flatten().collect())
    }

    /// What the latest reports that fit are made of; at most so many are counted.
    pub async fn facets(&self, filter: &Filter, most: usize) -> Result<Facets, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let (ids, more) = query::latest(&mut connection, self.dialect, filter, most).await?;
            let mut counts = Counts::default();
            for ids in ids.chunks(AT_ONCE) {
                let mut sql = Sql::new("SELECT type, status, country, source FROM reports WHERE ");
                sql.push_in("id", ids.iter().map(|id| Value::from(*id)));
                for row in sql.all(&mut connection).await? {
                    counts.add(&mut Cells::of(&row))?;
                }
            }
            let publishers = publishers(&mut connection, &counts.publishers).await?;
            Ok(counts.facets(publishers, ids.len(), more))
        };
        self.told(found.await)
    }

    async fn rows<T>(
        &self,
        sql: Sql<'_>,
        read: impl Fn(&mut Cells<'_>) -> Outcome<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let mut connection = self.connection().await?;
        let found = async {
            let rows = sql.all(&mut connection).await?;
            rows.iter().map(|row| read(&mut Cells::of(row))).collect()
        };
        self.told(found.await)
    }
}

const ARTICLE: &str = "SELECT id, url, title, text, blocks, published_from, published_to, date_basis, date_reasons, author, \
     site, section, language, genre, genre_cue, dateline, diagnostics, published FROM articles WHERE ";
const PUBLICATIONS: &str = "SELECT s.name, count(*), min(a.published), max(a.published) FROM articles a \
     JOIN sources s ON s.id = a.source WHERE a.superseded_by IS NULL";
const PLACES: &str = "SELECT place, geonameid, latitude, longitude, country, \
     sum(CASE WHEN quad LIKE '%-cooperation' THEN 1 ELSE 0 END), \
     sum(CASE WHEN quad LIKE '%-conflict' THEN 1 ELSE 0 END) FROM reports \
     WHERE superseded_by IS NULL AND place IS NOT NULL AND latitude IS NOT NULL AND ";

/// The number of acts of one quad class, as a column.
fn count_of(quad: QuadClass) -> String {
    let kinds: Vec<String> =
        EventType::ALL.iter().filter(|kind| kind.quad() == quad).map(|kind| format!("'{kind}'")).collect();
    format!("sum(CASE WHEN type IN ({}) THEN 1 ELSE 0 END)", kinds.join(", "))
}

async fn reports(connection: &mut AnyConnection, sql: &Sql<'_>) -> Outcome<Vec<(i64, Report)>> {
    let rows = sql.all(connection).await?;
    let ids = rows.iter().map(|row| Cells::of(row).int()).collect::<Outcome<Vec<_>>>()?;
    let kept = report_rows::by_id(connection, &ids).await?;
    Ok(kept.into_iter().map(|kept| (kept.id, kept.report)).collect())
}

fn read_publication(cells: &mut Cells<'_>) -> Outcome<Publication> {
    let (name, articles) = (cells.string()?, cells.count()?);
    let days: Option<(Date, Date)> = cells.maybe_named()?.zip(cells.maybe_named()?);
    Ok(Publication { name, articles, days: days.map(|(from, to)| Days { from, to }) })
}

/// Reads what `ARTICLE` selects.
fn read_article(row: &Row) -> Outcome<Article> {
    let mut cells = Cells::of(row);
    let cells = &mut cells;
    let mut article = Article {
        id: cells.string()?,
        url: cells.maybe_string()?,
        title: cells.string()?,
        text: cells.maybe_string()?.unwrap_or_default(),
        blocks: read_blocks(cells)?,
        published: read_published(cells)?,
        author: cells.maybe_string()?,
        site: cells.maybe_string()?,
        section: cells.maybe_string()?,
        language: cells.maybe_string()?,
        genre: cells.named()?,
        genre_cue: cells.maybe_string()?.unwrap_or_default(),
        dateline: cells.maybe_json()?,
        diagnostics: cells.maybe_json()?.unwrap_or_default(),
    };
    let day: Option<Date> = cells.maybe_named()?;
    if let (None, Some(day)) = (&article.published, day) {
        article = article.published_on(day);
    }
    Ok(article)
}

fn read_published(cells: &mut Cells<'_>) -> Outcome<Option<Published>> {
    let (from, to): (Option<Date>, Option<Date>) = (cells.maybe_named()?, cells.maybe_named()?);
    let basis: Option<DateBasis> = cells.maybe_named()?;
    let reasons = cells.maybe_json()?.unwrap_or_default();
    let days = from.zip(to).map(|(from, to)| Days { from, to });
    Ok(days.zip(basis).map(|(days, basis)| Published { days, basis, reasons }))
}

fn read_blocks(cells: &mut Cells<'_>) -> Outcome<Vec<Block>> {
    let rows: Vec<(usize, usize, String)> = cells.maybe_json()?.unwrap_or_default();
    let block = |(start, end, kind): (usize, usize, String)| {
        let kind = match kind.as_str() {
            "text" => BlockKind::Text,
            "heading" => BlockKind::Heading,
            furniture => BlockKind::Furniture(super::sql::parse(furniture)?),
        };
        Ok(Block { span: Span::new(start, end), kind })
    };
    rows.into_iter().map(block).collect()
}

#[derive(Default)]
struct Counts {
    kinds: BTreeMap<EventType, usize>,
    statuses: BTreeMap<Status, usize>,
    countries: BTreeMap<ActorCode, usize>,
    /// By the numbers of publications.
    publishers: BTreeMap<i64, usize>,
}

impl Counts {
    fn add(&mut self, cells: &mut Cells<'_>) -> Outcome<()> {
        *self.kinds.entry(cells.named()?).or_default() += 1;
        *self.statuses.entry(cells.named()?).or_default() += 1;
        if let Some(country) = cells.maybe_named()? {
            *self.countries.entry(country).or_default() += 1;
        }
        if let Some(publisher) = cells.maybe_int()? {
            *self.publishers.entry(publisher).or_default() += 1;
        }
        Ok(())
    }

    fn facets(self, publishers: BTreeMap<String, usize>, counted: usize, more: bool) -> Facets {
        Facets {
            kinds: ranked(self.kinds),
            statuses: ranked(self.statuses),
            countries: ranked(self.countries),
            publishers: ranked(publishers),
            counted,
            more,
        }
    }
}

/// The same by their names.
async fn publishers(
    connection: &mut AnyConnection,
    counts: &BTreeMap<i64, usize>,
) -> Outcome<BTreeMap<String, usize>> {
    let mut named = BTreeMap::new();
    for ids in counts.keys().collect::<Vec<_>>().chunks(AT_ONCE) {
        let mut sql = Sql::new("SELECT id, name FROM sources WHERE ");
        sql.push_in("id", ids.iter().map(|id| Value::from(**id)));
        for row in sql.all(connection).await? {
            let mut cells = Cells::of(&row);
            let (id, name) = (cells.int()?, cells.string()?);
            named.insert(name, counts.get(&id).copied().unwrap_or_default());
        }
    }
    Ok(named)
}

fn ranked<K: Ord>(counts: BTreeMap<K, usize>) -> Vec<(K, usize)> {
    let mut counts: Vec<(K, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
