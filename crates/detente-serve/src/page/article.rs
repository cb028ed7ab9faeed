//! An article: the original with its furniture greyed, every coded sentence a link to its events.

use askama::Template;
use axum::extract::Path;
use detente::model::{Article, Part, Report};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer};
use crate::own::{About, Note};
use crate::record::{ArticleRecord, EventRecord};

/// What the page of an article shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Original {
    article: ArticleRecord,
    events: Vec<EventRecord>,
    /// What readers note.
    notes: Vec<Note>,
    #[serde(skip)]
    shown: Vec<Shown>,
}

/// A paragraph, cut where a coded sentence begins or ends.
#[derive(Debug)]
struct Shown {
    kind: &'static str,
    furniture: bool,
    runs: Vec<Run>,
}

/// Words, and the first event that was coded from them.
#[derive(Debug)]
struct Run {
    text: String,
    href: Option<String>,
    codes: String,
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    original: Original,
}

/// Shows an article. An id may end like a shape does: then the whole address is tried as well.
pub async fn show(mut asked: Asked, Path(id): Path<String>) -> Answer {
    let typed = format!("{id}.{}", asked.shape);
    let ledger = asked.desk.ledger();
    let article = match ledger.article(&id).await? {
        Some(article) => Some(article),
        None if asked.has_ending() => ledger.article(&typed).await?.inspect(|_| {
            asked.shape = Shape::Html;
            asked.path = asked.typed.clone();
        }),
        None => None,
    };
    let article = article.ok_or_else(|| Fault::missing("article", &id))?;
    let reports = asked.desk.ledger().reports_of_article(&article.id).await?;
    let original = Original {
        shown: shown(&article, &reports),
        article: ArticleRecord::of(&article),
        notes: super::event::notes(&asked, About::Article, &article.id).await?,
        events: EventRecord::all(&reports, &asked.desk.names),
    };
    let frame = Frame::new(&asked, original.article.about.label(), ArticlePage::SHAPES);
    answer(&asked, &ArticlePage { frame, original })
}

fn shown(article: &Article, reports: &[Report]) -> Vec<Shown> {
    let paragraphs = ArticleRecord::of(article).paragraphs;
    let shown = |paragraph: crate::record::Paragraph| Shown {
        kind: paragraph.kind,
        furniture: paragraph.furniture,
        runs: runs(&paragraph.text, paragraph.begins, reports),
    };
    paragraphs.into_iter().map(shown).collect()
}

/// A paragraph that begins at this byte of the text, cut at its coded sentences.
fn runs(text: &str, begins: usize, reports: &[Report]) -> Vec<Run> {
    let sentences = reports.iter().filter(|report| report.event.evidence.part == Part::Text);
    let inside = |report: &Report| {
        let span = report.event.evidence.sentence;
        Some((span.start.checked_sub(begins)?, span.end.checked_sub(begins)?.min(text.len())))
    };
    let mut bounds = vec![0, text.len()];
    bounds.extend(sentences.clone().filter_map(inside).flat_map(|(start, end)| [start, end]));
    bounds.retain(|bound| text.is_char_boundary(*bound));
    bounds.sort_unstable();
    bounds.dedup();
    let run = |bound: &[usize]| {
        let covers = |report: &&Report| inside(report).is_some_and(|(s, e)| s <= bound[0] && bound[1] <= e);
        let here: Vec<&Report> = sentences.clone().filter(covers).collect();
        let codes: Vec<&str> = here.iter().map(|report| report.event.kind.as_str()).collect();
        Run {
            text: text[bound[0]..bound[1]].to_owned(),
            href: here.first().map(|report| crate::http::href::event(report.key())),
            codes: codes.join(", "),
        }
    };
    bounds.windows(2).map(run).collect()
}

impl Page for ArticlePage {
    type Data = Original;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Original {
        &self.original
    }
}
