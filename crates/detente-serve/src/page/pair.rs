//! A pair: its verdict, its calendar as a picture, its strands, its agenda, its turning points, its reports.

use askama::Template;
use axum::extract::Path;
use detente::Answered;
use detente::assess::{Grain, History, Options, Picture, Section, Series, Verdict, figure, svg};
use detente::ledger::store::{Direction, Filter, Pair};
use detente::model::{Contact, Dyad};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::desk::Desk;
use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Shape, answer};
use crate::record::{ContactRecord, EventRecord, SectionRecord, VerdictRecord};

/// What the page of a pair shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Standing {
    /// The verdict.
    pub verdict: VerdictRecord,
    /// The answer in words.
    pub answer: Vec<SectionRecord>,
    /// The reports that the answer cites, in the order of their numbers.
    pub cited: Vec<EventRecord>,
    /// Contacts that lie ahead.
    pub ahead: Vec<ContactRecord>,
    /// Contacts that are over, the latest first.
    pub past: Vec<ContactRecord>,
    /// The latest reports.
    pub latest: Vec<EventRecord>,
    /// The pair by week or month.
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    pub series: Series,
    /// The picture, without a style of its own.
    #[serde(skip)]
    pub figure: String,
    #[serde(skip)]
    picture: String,
    #[serde(skip)]
    contacts: Vec<Contact>,
}

#[derive(Template)]
#[template(path = "pair.html")]
struct PairPage {
    frame: Frame,
    standing: Standing,
    ics: Option<String>,
    headline: String,
    compared: Options,
    live: Option<String>,
}

const LATEST: usize = 20;
const PAST: usize = 30;

/// Shows a pair.
pub async fn show(asked: Asked, Path((a, b)): Path<(String, String)>) -> Answer {
    let dyad = asked.pair(&a, &b)?;
    let on = asked.day().await?;
    let standing = standing(&asked, dyad, on).await?;
    let ics = match asked.shape {
        Shape::Ics => Some(super::calendar(&asked.desk, &standing.contacts, on).await?),
        _ => None,
    };
    let names = &standing.verdict.pair;
    let frame = Frame::new(&asked, format!("{} and {}", names.a.name, names.b.name), PairPage::SHAPES);
    let live = super::live(&asked, &[("actor", dyad.a.as_str()), ("with", dyad.b.as_str())]);
    answer(
        &asked,
        &PairPage { frame, ics, headline: standing.headline(), compared: window(&asked)?, live, standing },
    )
}

/// How a pair stands, with all that its page shows.
pub async fn standing(asked: &Asked, dyad: Dyad, on: Date) -> Result<Standing, Fault> {
    let desk = &asked.desk;
    let frame = window(asked)?;
    let grain = asked.params.one("grain")?.unwrap_or_default();
    let answered = desk.relation(dyad, on, frame).await?;
    let pair = Pair { a: dyad.a, b: dyad.b, direction: Direction::Both };
    let filter = Filter { pair: Some(pair), to: Some(on), ..Filter::default() };
    let latest = desk.ledger().page(&filter, None, LATEST).await?.reports;
    desk.apart(move |desk| {
        let (verdict, history) = answered.verdict.as_ref().ok_or_else(Fault::broken)?;
        Ok(Standing::new(desk, &answered, verdict, history, grain, EventRecord::all(&latest, &desk.names)))
    })
    .await
}

/// What is judged against what, as the query says.
pub fn window(asked: &Asked) -> Result<Options, Fault> {
    let usual = Options::default();
    Ok(Options {
        window: asked.params.within("window", 1, 3660)?.unwrap_or(usual.window),
        baseline: asked.params.within("baseline", 1, 36600)?.unwrap_or(usual.baseline),
    })
}

impl Standing {
    fn new(
        desk: &Desk,
        answered: &Answered,
        verdict: &Verdict,
        history: &History,
        grain: Grain,
        latest: Vec<EventRecord>,
    ) -> Self {
        let picture = Picture::of(history, verdict);
        let title =
            answered.answer.section(Section::Headline).next().map_or("", |clause| clause.text.as_str());
        let (ahead, mut past): (Vec<ContactRecord>, Vec<ContactRecord>) =
            ContactRecord::all(&history.contacts, &desk.names).into_iter().partition(|contact| contact.open);
        past.reverse();
        past.truncate(PAST);
        Self {
            verdict: VerdictRecord::of(verdict, &desk.names),
            answer: SectionRecord::all(answered),
            cited: EventRecord::all(&answered.cited, &desk.names),
            ahead,
            past,
            latest,
            series: Series::of(history, grain),
            figure: figure(&picture, history, verdict, title),
            picture: svg(&picture, history, verdict, title),
            contacts: history.contacts.clone(),
        }
    }

    /// The answer in one line.
    pub fn headline(&self) -> String {
        self.answer
            .first()
            .and_then(|section| section.clauses.first())
            .map_or_else(String::new, |c| c.text.clone())
    }
}

impl Page for PairPage {
    type Data = Standing;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Ics, Shape::Atom, Shape::Svg];

    fn data(&self) -> &Standing {
        &self.standing
    }

    fn csv(&self) -> Option<Csv> {
        let number = |score: Option<f64>| score.map(|score| format!("{score:.3}")).unwrap_or_default();
        let row = |bin: &detente::assess::Bin| {
            let mut row = vec![bin.days.from.to_string(), bin.days.to.to_string(), bin.articles.to_string()];
            row.extend(bin.acts.map(|count| count.to_string()));
            row.push(number(bin.score));
            row.push(number(bin.rate));
            row.extend(bin.held.map(|count| count.to_string()));
            row
        };
        Some(Csv { header: BINS, rows: self.standing.series.bins.iter().map(row).collect() })
    }

    fn ics(&self) -> Option<String> {
        self.ics.clone()
    }

    fn atom(&self, origin: &str) -> Option<String> {
        let path = &self.standing.verdict.pair.href;
        super::feed(origin, path, &self.frame.title, &self.standing.latest)
    }

    fn svg(&self) -> Option<String> {
        Some(self.standing.picture.clone())
    }
}

const BINS: &[&str] = &[
    "from",
    "to",
    "articles",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "score",
    "acts_per_thousand_articles",
    "calls_held",
    "meetings_held",
];
