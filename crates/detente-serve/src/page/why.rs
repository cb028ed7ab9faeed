//! Why a report was coded so: its words, its parse, the rule that fired, how its standing folded it. The article is coded again for it.

use askama::Template;
use axum::extract::Path;
use detente::acts::{Acts, Rule};
use detente::codebook::Chapter;
use detente::{Explanation, Folding};
use schemars::JsonSchema;
use serde::Serialize;

use crate::desk::Desk;
use crate::http::{Answer, Asked, Fault, Frame, Page, Shape, answer};
use crate::record::{EventRecord, MarkRecord, Piece, explained};

/// What stands behind an event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Why {
    event: EventRecord,
    marks: Vec<MarkRecord>,
    #[serde(skip)]
    pieces: Vec<Piece>,
    /// The dependency parse, as a tree.
    parse: String,
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    folding: Folding,
    rule: Option<RuleRecord>,
    definition: String,
    neighbours: Vec<String>,
    /// Whether coding the article again gives the event as it was kept.
    unchanged: bool,
}

/// A line of the lexicon of acts.
#[derive(Debug, Serialize, JsonSchema)]
struct RuleRecord {
    id: String,
    file: String,
    line: usize,
    pattern: Option<String>,
    doc: String,
    example: String,
}

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage {
    frame: Frame,
    why: Why,
}

/// Says why.
pub async fn show(asked: Asked, Path(key): Path<String>) -> Answer {
    let ledger = asked.desk.ledger();
    let report = ledger.report(&key).await?.ok_or_else(|| Fault::missing("event", &key))?;
    let (id, number) = numbered(&key).ok_or_else(|| Fault::missing("number of an event in", &key))?;
    let article = ledger.article(id).await?.filter(|article| !article.text.is_empty());
    let article = article.ok_or_else(|| Fault::missing("text of the article", id))?;
    let event = EventRecord::of(&report, &asked.desk.names);
    let rule = report.event.rule.clone();
    let why = asked
        .desk
        .apart(move |_| {
            let explanation = Desk::pipeline().explain(&article, number);
            explanation
                .map(|explanation| Why::of(event, &rule, &explanation))
                .ok_or_else(Fault::coded_otherwise)
        })
        .await?;
    let frame = Frame::new(&asked, format!("Why {}", why.event.what()), WhyPage::SHAPES);
    answer(&asked, &WhyPage { frame, why })
}

/// `a.txt#3`: an article and the number of its event.
fn numbered(key: &str) -> Option<(&str, usize)> {
    let (article, number) = key.rsplit_once('#')?;
    Some((article, number.parse().ok()?))
}

impl Why {
    fn of(event: EventRecord, kept_rule: &str, explanation: &Explanation) -> Self {
        let again = &explanation.event;
        let (marks, pieces) = explained(&event.sentence, again.evidence.sentence.start, &explanation.marks);
        let chapter = Chapter::of(again.kind);
        Self {
            marks,
            pieces,
            parse: explanation.parse.clone(),
            folding: explanation.folding(),
            rule: Acts::builtin().rule(&again.rule).map(RuleRecord::of),
            definition: plain(&chapter.definition),
            neighbours: chapter.neighbours.iter().map(|line| plain(line)).collect(),
            unchanged: again.kind.as_str() == event.kind && again.rule == kept_rule,
            event,
        }
    }
}

/// Without the marks of Markdown.
fn plain(text: &str) -> String {
    text.replace(['*', '`'], "")
}

impl RuleRecord {
    fn of(rule: Rule<'_>) -> Self {
        Self {
            id: rule.id().to_owned(),
            file: rule.at().file.to_string(),
            line: rule.at().line,
            pattern: rule.pattern().map(str::to_owned),
            doc: rule.doc(),
            example: rule.example().to_owned(),
        }
    }
}

impl Page for WhyPage {
    type Data = Why;
    const SHAPES: &'static [Shape] = &[Shape::Json];

    fn data(&self) -> &Why {
        &self.why
    }
}
