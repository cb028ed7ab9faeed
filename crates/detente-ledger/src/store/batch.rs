//! One batch on its way into the tables, inside one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::thread::scope;

use detente_model::{Report, Source};
use jiff::civil::Date;
use sqlx::AnyConnection;

use super::append::{Appended, Entry, Versions};
use super::article_rows::{self, ARTICLES, Shelf};
use super::cores::on_all_cores;
use super::known::{Families, Lived, living};
use super::months::Months;
use super::next_number;
use super::report_rows::{self, AT_ONCE, Blocks, DIRTY, DYADS, INVOLVED, PARTIES, REPORTS, SENTENCES, Seat};
use super::sql::{Again, Cells, Dialect, Kind, Outcome, Sql, Table, Value};
use super::supersede;

/// What is written in one transaction.
pub(super) struct Batch<'c> {
    connection: &'c mut AnyConnection,
    dialect: Dialect,
    on: Date,
    kept_on: String,
}

/// An article that will be kept, and what it replaces.
struct Coming<'e> {
    entry: &'e Entry,
    no: i64,
    replaces: Vec<i64>,
    source: Source,
    reports: Vec<Report>,
}

/// A report that will be kept, and where it belongs.
struct Seated<'r> {
    report: &'r Report,
    digest: i64,
    article: i64,
    source: Option<i64>,
}

impl<'c> Batch<'c> {
    pub fn new(connection: &'c mut AnyConnection, dialect: Dialect, on: Date) -> Self {
        Self { connection, dialect, on, kept_on: on.to_string() }
    }

    /// Keeps articles with their events.
    pub async fn articles(mut self, entries: &[Entry], versions: &Versions) -> Outcome<Appended> {
        let mut appended = Appended::default();
        let names = |entry: &Entry| [Some(entry.article.id.clone()), entry.article.url.clone()];
        for entries in without_repeats(entries, names) {
            appended = appended.and(self.distinct_articles(entries, versions).await?);
        }
        Ok(appended)
    }

    /// Keeps reports whose articles are known by name only.
    pub async fn reports(mut self, reports: &[Report]) -> Outcome<Appended> {
        let mut appended = Appended::default();
        for reports in without_repeats(reports, |report| [Some(report.key().to_owned()), None]) {
            appended = appended.and(self.distinct_reports(reports).await?);
        }
        Ok(appended)
    }

    async fn distinct_articles(&mut self, entries: &[Entry], versions: &Versions) -> Outcome<Appended> {
        let asked: Vec<_> = entries.iter().map(|entry| (&entry.article, &entry.signature)).collect();
        let lived = living(self.connection, &asked).await?;
        let is_there = |entry: &Entry| lived.iter().any(|l| l.is(&entry.article, &entry.signature));
        let new: Vec<&Entry> = entries.iter().filter(|entry| !is_there(entry)).collect();
        let coming = self.coming(&new, &lived).await?;
        self.put_articles(&coming, versions).await?;
        let corrected = coming.iter().filter(|coming| !coming.replaces.is_empty()).count();
        Ok(Appended {
            articles: coming.len() - corrected,
            corrected,
            unchanged: entries.len() - coming.len(),
            reports: coming.iter().map(|coming| coming.reports.len()).sum(),
        })
    }

    async fn coming<'e>(&mut self, new: &[&'e Entry], lived: &[Lived]) -> Outcome<Vec<Coming<'e>>> {
        let mut families = Families::around(self.connection, new).await?;
        let first = next_number(self.connection, "no", "articles").await?;
        let coming = new.iter().zip(first..).map(|(&entry, no)| {
            let replaces = lived.iter().filter(|lived| lived.is_named(&entry.article)).map(|lived| lived.no);
            let source = Source::of(&entry.article, families.of(entry));
            let reports = Report::all_of(&entry.article, entry.events.clone(), &source);
            Coming { entry, no, replaces: replaces.collect(), source, reports }
        });
        Ok(coming.collect())
    }

    async fn put_articles(&mut self, coming: &[Coming<'_>], versions: &Versions) -> Outcome<()> {
        if coming.is_empty() {
            return Ok(());
        }
        for coming in coming {
            for old in &coming.replaces {
                supersede::article(self.connection, self.dialect, *old, coming.no, self.on).await?;
            }
        }
        let version = self.version(versions).await?;
        let sources =
            self.sources(coming.iter().filter_map(|coming| coming.source.publisher.as_deref())).await?;
        let source = |coming: &Coming<'_>| {
            coming.source.publisher.as_ref().and_then(|name| sources.get(name).copied())
        };
        let rows = coming.iter().map(|c| {
            let shelf = Shelf {
                no: c.no,
                source: source(c),
                version: Some(version),
                text_family: c.source.text_family,
                reports: Some(c.reports.len()),
            };
            article_rows::read_row(&c.entry.article, &c.entry.signature, shelf, &self.kept_on)
        });
        ARTICLES.insert(self.connection, self.dialect, &rows.collect::<Vec<_>>()).await?;
        let placed = coming.iter().flat_map(|c| {
            let place = move |report| (report, c.no, source(c));
            c.reports.iter().map(place)
        });
        let placed: Vec<(&Report, i64, Option<i64>)> = placed.collect();
        let seated = on_all_cores(&placed, |&(report, article, source)| Seated {
            report,
            digest: report_rows::digest(report),
            article,
            source,
        });
        self.put_reports(&seated).await
    }

    async fn distinct_reports(&mut self, reports: &[Report]) -> Outcome<Appended> {
        let kept = self.keys(reports).await?;
        let mut coming = on_all_cores(reports, |report| (report, report_rows::digest(report)));
        coming.retain(|(report, digest)| kept.get(report.key()).is_none_or(|(_, kept)| kept != digest));
        let (articles, new_articles) = self.articles_of(coming.iter().map(|(report, _)| *report)).await?;
        for (report, _) in &coming {
            if let Some((id, _)) = kept.get(report.key()) {
                let by = articles[&report.source.article];
                supersede::reports(self.connection, self.dialect, &[*id], by, self.on).await?;
            }
        }
        let names = coming.iter().filter_map(|(report, _)| report.source.publisher.as_deref());
        let sources = self.sources(names).await?;
        let seated = coming.iter().map(|&(report, digest)| Seated {
            report,
            digest,
            article: articles[&report.source.article],
            source: report.source.publisher.as_ref().and_then(|name| sources.get(name).copied()),
        });
        let seated: Vec<Seated<'_>> = seated.collect();
        self.put_reports(&seated).await?;
        Ok(Appended {
            articles: new_articles,
            corrected: 0,
            unchanged: reports.len() - seated.len(),
            reports: seated.len(),
        })
    }

    /// The living reports of these keys: their numbers and digests.
    async fn keys(&mut self, reports: &[Report]) -> Outcome<HashMap<String, (i64, i64)>> {
        let mut found = HashMap::new();
        for reports in reports.chunks(AT_ONCE) {
            let mut sql = Sql::new("SELECT key, id, digest FROM reports WHERE superseded_by IS NULL AND ");
            sql.push_in("key", reports.iter().map(|report| Value::from(report.key())));
            for row in sql.all(self.connection).await? {
                let mut cells = Cells::of(&row);
                found.insert(cells.string()?, (cells.int()?, cells.int()?));
            }
        }
        Ok(found)
    }

    /// The numbers of the articles of these reports, and how many had to be made.
    async fn articles_of<'r>(
        &mut self,
        reports: impl Iterator<Item = &'r Report>,
    ) -> Outcome<(HashMap<String, i64>, usize)> {
        let mut named: BTreeMap<&str, &Source> = BTreeMap::new();
        for report in reports {
            named.entry(&report.source.article).or_insert(&report.source);
        }
        let names: Vec<&str> = named.keys().copied().collect();
        let mut numbers = self.numbers("no", "id", "articles", " AND superseded_by IS NULL", &names).await?;
        let missing = named.iter().filter(|(name, _)| !numbers.contains_key(**name));
        let missing: Vec<&Source> = missing.map(|(_, source)| *source).collect();
        let sources = self.sources(missing.iter().filter_map(|source| source.publisher.as_deref())).await?;
        let first = next_number(self.connection, "no", "articles").await?;
        let rows = missing.iter().zip(first..).map(|(source, no)| {
            let publisher = source.publisher.as_ref().and_then(|name| sources.get(name).copied());
            let shelf = Shelf {
                no,
                source: publisher,
                version: None,
                text_family: source.text_family,
                reports: None,
            };
            article_rows::imported_row(source, shelf, &self.kept_on)
        });
        ARTICLES.insert(self.connection, self.dialect, &rows.collect::<Vec<_>>()).await?;
        numbers.extend(missing.iter().map(|source| source.article.clone()).zip(first..));
        Ok((numbers, missing.len()))
    }

    /// The numbers of these publications, new ones included.
    async fn sources<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> Outcome<HashMap<String, i64>> {
        let names: BTreeSet<&str> = names.collect();
        let names: Vec<&str> = names.into_iter().collect();
        let mut numbers = self.numbers("id", "name", "sources", "", &names).await?;
        let missing = names.iter().filter(|name| !numbers.contains_key(**name));
        let missing: Vec<&str> = missing.copied().collect();
        let first = next_number(self.connection, "id", "sources").await?;
        let rows = missing.iter().zip(first..).map(|(name, id)| vec![id.into(), (*name).into()]);
        SOURCES.insert(self.connection, self.dialect, &rows.collect::<Vec<_>>()).await?;
        numbers.extend(missing.iter().map(|name| (*name).to_owned()).zip(first..));
        Ok(numbers)
    }

    async fn numbers(
        &mut self,
        number: &str,
        name: &str,
        table: &str,
        condition: &str,
        names: &[&str],
    ) -> Outcome<HashMap<String, i64>> {
        let mut found = HashMap::new();
        for names in names.chunks(AT_ONCE) {
            let mut sql = Sql::new(&format!("SELECT {name}, {number} FROM {table} WHERE "));
            sql.push_in(name, names.iter().map(|name| Value::from(*name))).push(condition, []);
            for row in sql.all(self.connection).await? {
                let mut cells = Cells::of(&row);
                found.insert(cells.string()?, cells.int()?);
            }
        }
        Ok(found)
    }

    async fn version(&mut self, versions: &Versions) -> Outcome<i64> {
        let Versions { coder, rules, lexicon, model } = versions;
        let values = || [coder, rules, lexicon, model].map(|part| Value::from(part.as_str()));
        let mut sql = Sql::new("SELECT id FROM versions WHERE ");
        sql.push("coder = ? AND rules = ? AND lexicon = ? AND model = ?", values());
        let known = sql.number(self.connection).await?;
        if known > 0 {
            return Ok(known);
        }
        let id = next_number(self.connection, "id", "versions").await?;
        let row = [vec![id.into()], values().to_vec()].concat();
        VERSIONS.insert(self.connection, self.dialect, &[row]).await?;
        Ok(id)
    }

    /// Writes reports with everything that hangs on them.
    async fn put_reports(&mut self, seated: &[Seated<'_>]) -> Outcome<()> {
        if seated.is_empty() {
            return Ok(());
        }
        let sentence = next_number(self.connection, "id", "sentences").await?;
        let report = next_number(self.connection, "id", "reports").await?;
        let rows = Rows::of(seated, sentence, report);
        for (table, rows) in rows.tables() {
            table.insert(self.connection, self.dialect, rows).await?;
        }
        rows.months.put(self.connection, self.dialect).await?;
        if self.dialect == Dialect::Sqlite {
            let mut sql =
                Sql::new("INSERT INTO sentence_words (rowid, text) SELECT id, text FROM sentences WHERE ");
            sql.push("id >= ?", [sentence.into()]).run(self.connection).await?;
        }
        Ok(())
    }
}

pub(super) const SOURCES: Table = Table {
    name: "sources",
    columns: &[("id", Kind::Int), ("name", Kind::Text)],
    key: 1,
    again: Again::Fails,
};

pub(super) const VERSIONS: Table = Table {
    name: "versions",
    columns: &[
        ("id", Kind::Int),
        ("coder", Kind::Text),
        ("rules", Kind::Text),
        ("lexicon", Kind::Text),
        ("model", Kind::Text),
    ],
    key: 1,
    again: Again::Fails,
};

/// The rows of a batch of reports, a table each.
struct Rows<'r> {
    sentences: Vec<Vec<Value<'r>>>,
    reports: Vec<Vec<Value<'r>>>,
    parties: Vec<Vec<Value<'r>>>,
    involved: Vec<Vec<Value<'r>>>,
    dyads: Vec<Vec<Value<'r>>>,
    months: Months,
    marks: Vec<Vec<Value<'r>>>,
}

/// The rows of one report.
struct Hanging<'r> {
    report: Vec<Value<'r>>,
    parties: Vec<Vec<Value<'r>>>,
    involved: Vec<Vec<Value<'r>>>,
    dyads: Vec<Vec<Value<'r>>>,
    blocks: Blocks,
}

impl<'r> Rows<'r> {
    fn of(seated: &[Seated<'r>], first_sentence: i64, first_report: i64) -> Self {
        let (sentences, seats) = seats(seated, first_sentence, first_report);
        let mut months = Months::default();
        seated.iter().for_each(|seated| months.add(seated.report));
        let hanging = on_all_cores(&seats, |(seated, seat)| Hanging::of(seated, *seat));
        let (mut involved, mut dyads): (Vec<_>, Vec<_>) = Default::default();
        let (mut reports, mut parties, mut marks) = (Vec::with_capacity(seats.len()), Vec::new(), Vec::new());
        for hanging in hanging {
            reports.push(hanging.report);
            parties.extend(hanging.parties);
            involved.extend(hanging.involved);
            dyads.extend(hanging.dyads);
            marks.extend(hanging.blocks.marks());
        }
        // In the order of their indices: neighbours are written together.
        scope(|scope| {
            scope.spawn(|| involved.sort_by(compare));
            dyads.sort_by(compare);
        });
        marks.sort_unstable();
        marks.dedup();
        let marks = marks.into_iter().map(|(derived, block)| vec![derived.into(), block.into()]).collect();
        Self { sentences, reports, parties, involved, dyads, months, marks }
    }

    /// In the order in which they refer to each other.
    fn tables(&self) -> [(&'static Table, &[Vec<Value<'r>>]); 6] {
        [
            (&SENTENCES, &self.sentences),
            (&REPORTS, &self.reports),
            (&PARTIES, &self.parties),
            (&INVOLVED, &self.involved),
            (&DYADS, &self.dyads),
            (&DIRTY, &self.marks),
        ]
    }
}

/// The rows of the sentences, each once, and the seats of the reports.
fn seats<'s, 'r>(
    seated: &'s [Seated<'r>],
    first_sentence: i64,
    first_report: i64,
) -> (Vec<Vec<Value<'r>>>, Vec<(&'s Seated<'r>, Seat)>) {
    let (mut rows, mut told) = (Vec::new(), HashMap::new());
    let seat = |(seated, id): (&'s Seated<'r>, i64)| {
        let evidence = &seated.report.event.evidence;
        let place = (seated.article, evidence.part, evidence.sentence, &seated.report.sentence);
        let next = first_sentence + told.len() as i64;
        let sentence = *told.entry(place).or_insert(next);
        if sentence == next {
            rows.push(sentence_row(seated, sentence));
        }
        (seated, Seat { id, article: seated.article, source: seated.source, sentence })
    };
    let seats = seated.iter().zip(first_report..).map(seat).collect();
    (rows, seats)
}

impl<'r> Hanging<'r> {
    fn of(seated: &Seated<'r>, seat: Seat) -> Self {
        let (report, blocks) = (seated.report, Blocks::of(seated.report));
        Self {
            report: report_rows::row(report, seat, seated.digest, blocks),
            parties: report_rows::parties(report, seat.id),
            involved: report_rows::involved(report, seat.id),
            dyads: report_rows::dyads(report, seat.id),
            blocks,
        }
    }
}

fn sentence_row<'r>(seated: &Seated<'r>, id: i64) -> Vec<Value<'r>> {
    let evidence = &seated.report.event.evidence;
    vec![
        id.into(),
        seated.article.into(),
        evidence.part.as_str().into(),
        evidence.sentence.start.into(),
        evidence.sentence.end.into(),
        seated.report.sentence.as_str().into(),
    ]
}

fn compare(a: &Vec<Value<'_>>, b: &Vec<Value<'_>>) -> std::cmp::Ordering {
    a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal)
}

/// Runs in which no name comes twice, so that a correction finds kept what it corrects.
fn without_repeats<T>(items: &[T], names: impl Fn(&T) -> [Option<String>; 2]) -> Vec<&[T]> {
    let mut runs = Vec::new();
    let (mut start, mut seen) = (0, HashSet::new());
    for (i, item) in items.iter().enumerate() {
        let names = names(item);
        if names.iter().flatten().any(|name| seen.contains(name)) {
            runs.push(&items[start..i]);
            start = i;
            seen.clear();
        }
        seen.extend(names.into_iter().flatten());
    }
    runs.push(&items[start..]);
    runs.retain(|run| !run.is_empty());
    runs
}
