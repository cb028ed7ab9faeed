//! Publications: all of them, and one with its latest articles and events.

use askama::Template;
use axum::extract::Path;
use detente::ledger::store::{Filter, Publication};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Shape, answer, href};
use crate::record::EventRecord;

/// A publication.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Source {
    name: String,
    href: String,
    articles: usize,
    from: Option<String>,
    to: Option<String>,
}

/// All publications.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sources {
    sources: Vec<Source>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Leaf {
    source: Source,
    articles: Vec<Headline>,
    latest: Vec<EventRecord>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Headline {
    id: String,
    href: String,
    title: String,
    published: Option<String>,
}

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    frame: Frame,
    sources: Sources,
}

#[derive(Template)]
#[template(path = "source.html")]
struct SourcePage {
    frame: Frame,
    leaf: Leaf,
    events: String,
}

const ARTICLES: usize = 50;
const LATEST: usize = 20;

/// Shows all publications.
pub async fn all(asked: Asked) -> Answer {
    let publications = asked.desk.ledger().publications().await?;
    let sources = Sources { sources: publications.into_iter().map(Source::of).collect() };
    let frame = Frame::new(&asked, "Sources", SourcesPage::SHAPES);
    answer(&asked, &SourcesPage { frame, sources })
}

/// Shows one.
pub async fn show(mut asked: Asked, Path(name): Path<String>) -> Answer {
    let (name, publication) = found(&mut asked, name).await?;
    let ledger = asked.desk.ledger();
    let filter = Filter { publisher: Some(name.clone()), ..Filter::default() };
    let latest = ledger.page(&filter, None, LATEST).await?.reports;
    let headline = |headline: detente::ledger::store::Headline| Headline {
        href: href::article(&headline.id),
        id: headline.id,
        title: headline.title,
        published: headline.published.map(|day| day.to_string()),
    };
    let leaf = Leaf {
        source: Source::of(publication),
        articles: ledger.headlines(&name, ARTICLES).await?.into_iter().map(headline).collect(),
        latest: EventRecord::all(&latest, &asked.desk.names),
    };
    let frame = Frame::new(&asked, &name, SourcePage::SHAPES);
    answer(&asked, &SourcePage { frame, leaf, events: super::events_href([("source", name.as_str())]) })
}

/// A publication of this name. A name may end like a shape does: then the whole address is tried as well.
async fn found(asked: &mut Asked, name: String) -> Result<(String, Publication), Fault> {
    let ledger = asked.desk.ledger();
    if let Some(publication) = ledger.publication(&name).await? {
        return Ok((name, publication));
    }
    let typed = format!("{name}.{}", asked.shape);
    let publication = match asked.has_ending() {
        true => ledger.publication(&typed).await?,
        false => None,
    };
    let publication = publication.ok_or_else(|| Fault::missing("publication", &name))?;
    asked.shape = Shape::Html;
    asked.path = asked.typed.clone();
    Ok((typed, publication))
}

impl Source {
    fn of(publication: Publication) -> Self {
        Self {
            href: href::source(&publication.name),
            name: publication.name,
            articles: publication.articles,
            from: publication.days.map(|days| days.from.to_string()),
            to: publication.days.map(|days| days.to.to_string()),
        }
    }

    fn days(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => "no day known".to_owned(),
        }
    }
}

impl Page for SourcesPage {
    type Data = Sources;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv];

    fn data(&self) -> &Sources {
        &self.sources
    }

    fn csv(&self) -> Option<Csv> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let row = |s: &Source| vec![s.name.clone(), s.articles.to_string(), text(&s.from), text(&s.to)];
        let rows = self.sources.sources.iter().map(row).collect();
        Some(Csv { header: &["name", "articles", "from", "to"], rows })
    }
}

impl Page for SourcePage {
    type Data = Leaf;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Atom];

    fn data(&self) -> &Leaf {
        &self.leaf
    }

    fn csv(&self) -> Option<Csv> {
        let rows = self.leaf.latest.iter().map(EventRecord::row).collect();
        Some(Csv { header: EventRecord::COLUMNS, rows })
    }

    fn atom(&self, origin: &str) -> Option<String> {
        super::feed(origin, &self.leaf.source.href, &self.leaf.source.name, &self.leaf.latest)
    }
}
