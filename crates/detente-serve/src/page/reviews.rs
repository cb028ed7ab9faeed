//! What reviewers decided, what waits for their decision, which faults were reported.

use askama::Template;
use detente::ledger::store::{Correction, Review};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer, answer_json, href};
use crate::own::{Decision, Note, Role, Suggestion};

/// Suggestions that wait for a decision.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Queue {
    suggestions: Vec<SuggestionRecord>,
}

/// Reviews in the order of their keeping.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Log {
    reviews: Vec<ReviewRecord>,
    /// What `after` must be for the next page.
    next: Option<i64>,
}

/// What a reviewer said of an event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReviewRecord {
    /// Its number.
    pub id: i64,
    /// The key of the event.
    pub report: String,
    /// The page of the event.
    pub href: String,
    /// right, wrong or unsure.
    pub verdict: &'static str,
    /// What it should have been.
    #[schemars(schema_with = "crate::schema::maybe_correction")]
    pub correction: Option<Correction>,
    /// In words.
    pub note: Option<String>,
    /// Who says so.
    pub reviewer: String,
    /// When.
    pub on: String,
}

/// A suggestion, with the address of its event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SuggestionRecord {
    /// The page of the event.
    pub href: String,
    /// The suggestion.
    #[serde(flatten)]
    pub suggestion: Suggestion,
}

/// What the page shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Board {
    suggestions: Vec<SuggestionRecord>,
    reviews: Vec<ReviewRecord>,
    faults: Vec<Note>,
}

#[derive(Template)]
#[template(path = "reviews.html")]
struct ReviewsPage {
    frame: Frame,
    board: Board,
    decides: bool,
}

const LOG: usize = 200;
/// Reviews shown on the page, the latest.
const LATEST: i64 = 50;

/// Shows the board of reviews.
pub async fn show(asked: Asked) -> Answer {
    let last = asked.desk.ledger().tide().await?.review;
    let mut reviews = asked.desk.ledger().reviews_since((last - LATEST).max(0), LOG).await?;
    reviews.reverse();
    let faults = match (&asked.desk.own, asked.visitor.is(Role::Reviewer)) {
        (Some(own), true) => own.faults().await?,
        _ => Vec::new(),
    };
    let board = Board {
        suggestions: open(&asked).await?,
        reviews: reviews.into_iter().map(ReviewRecord::of).collect(),
        faults,
    };
    let frame = Frame::new(&asked, "Reviews", ReviewsPage::SHAPES);
    let decides = asked.visitor.is(Role::Reviewer);
    answer(&asked, &ReviewsPage { frame, board, decides })
}

/// Gives the suggestions that wait.
pub async fn queue(asked: Asked) -> Answer {
    answer_json(&asked, &Queue { suggestions: open(&asked).await? })
}

/// Gives reviews after a number.
pub async fn log(asked: Asked) -> Answer {
    let after = asked.params.within("after", 0, i64::MAX >> 10)?.unwrap_or(0);
    let reviews = asked.desk.ledger().reviews_since(after, LOG).await?;
    let next = reviews.last().map(|(id, _)| *id).filter(|_| reviews.len() == LOG);
    answer_json(&asked, &Log { reviews: reviews.into_iter().map(ReviewRecord::of).collect(), next })
}

async fn open(asked: &Asked) -> Result<Vec<SuggestionRecord>, Fault> {
    let Some(own) = &asked.desk.own else { return Ok(Vec::new()) };
    let suggestions = own.suggestions(Decision::Open).await?;
    Ok(suggestions.into_iter().map(SuggestionRecord::of).collect())
}

impl ReviewRecord {
    /// The record of a review and its number.
    pub fn of((id, review): (i64, Review)) -> Self {
        Self {
            id,
            href: href::event(&review.report),
            report: review.report,
            verdict: review.verdict.as_str(),
            correction: review.correction,
            note: review.note,
            reviewer: review.reviewer,
            on: review.on.to_string(),
        }
    }

    /// What it should have been, in words; empty where nothing is corrected.
    pub fn told(&self) -> String {
        self.correction.as_ref().map(in_words).unwrap_or_default()
    }
}

impl SuggestionRecord {
    /// The record of a suggestion.
    pub fn of(suggestion: Suggestion) -> Self {
        Self { href: href::event(&suggestion.proposal.report), suggestion }
    }

    /// What it should have been, in words; empty where nothing is corrected.
    pub fn told(&self) -> String {
        self.suggestion.proposal.correction.as_ref().map(in_words).unwrap_or_default()
    }
}

/// "type AGREE, status scheduled, actors RUS GOV + FRA".
fn in_words(correction: &Correction) -> String {
    let side = |name: &str, actors: &[detente::model::Actor]| {
        let actor = |actor: &detente::model::Actor| {
            let code = actor.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
            actor.sector.map_or_else(|| code.clone(), |sector| format!("{code} {sector}"))
        };
        let all: Vec<String> = actors.iter().map(actor).collect();
        format!("{name} {}", if all.is_empty() { "nobody".to_owned() } else { all.join(" + ") })
    };
    let parts = [
        correction.kind.map(|kind| format!("type {kind}")),
        correction.status.map(|status| format!("status {status}")),
        correction.actors.as_deref().map(|actors| side("actors", actors)),
        correction.recipients.as_deref().map(|recipients| side("recipients", recipients)),
        correction.days.map(|days| format!("days {} to {}", days.from, days.to)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

impl Page for ReviewsPage {
    type Data = Board;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Board {
        &self.board
    }
}
