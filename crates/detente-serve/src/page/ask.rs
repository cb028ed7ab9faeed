//! A question in words: answered with its citations, or led to the page that it names.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use detente::Parties;
use detente::assess::{Options, Question, forms};
use detente::lexicon::Lexicon;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer, answer_json, href};
use crate::record::{EventRecord, SectionRecord};

/// An answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Reply {
    question: String,
    on: String,
    answer: Vec<SectionRecord>,
    cited: Vec<EventRecord>,
}

#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    frame: Frame,
    answered: Option<Reply>,
    /// Questions that are understood, with the address of their answer.
    examples: Vec<(String, &'static str)>,
}

/// Answers. A party alone leads to its page, words that are no question to the events that hold them.
pub async fn show(asked: Asked) -> Answer {
    let link = |example| (format!("/ask{}", href::query([("q", example)])), example);
    let examples: Vec<(String, &str)> = forms().map(|(_, example)| link(example)).collect();
    let Some(text) = asked.params.text("q") else {
        let frame = Frame::new(&asked, "Ask", &[]);
        return answer(&asked, &AskPage { frame, answered: None, examples });
    };
    let parties = Parties::new(Lexicon::builtin(), None);
    if let Some(question) = Question::parse(text, &parties) {
        let answered = answered(&asked, text, question).await?;
        let frame = Frame::new(&asked, text, AskPage::SHAPES);
        return answer(&asked, &AskPage { frame, answered: Some(answered), examples });
    }
    let target = match asked.desk.names.find(text) {
        Some(code) => href::actor(code),
        None => super::events_href([("q", text)]),
    };
    Ok(Redirect::to(&target).into_response())
}

/// Answers a program; what is no question is refused.
pub async fn reply(asked: Asked) -> Answer {
    let text = asked.params.text("q").unwrap_or_default();
    let question =
        Question::parse(text, &Parties::new(Lexicon::builtin(), None)).ok_or_else(Fault::no_question)?;
    answer_json(&asked, &answered(&asked, text, question).await?)
}

async fn answered(asked: &Asked, text: &str, question: Question) -> Result<Reply, Fault> {
    let on = match question.on {
        Some(day) => day,
        None => asked.day().await?,
    };
    let answered = asked
        .desk
        .apart(move |desk| {
            detente::answer(&desk.kept, question.asked, on, Options::default(), &|code| desk.names.of(code))
                .map_err(Fault::from)
        })
        .await?;
    Ok(Reply {
        question: text.to_owned(),
        on: on.to_string(),
        answer: SectionRecord::all(&answered),
        cited: EventRecord::all(&answered.cited, &asked.desk.names),
    })
}

impl Page for AskPage {
    type Data = Option<Reply>;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Option<Reply> {
        &self.answered
    }
}
