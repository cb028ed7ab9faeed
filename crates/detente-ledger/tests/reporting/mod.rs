//! Texts to reports by the whole pipeline, for the tests that judge what is derived from them.

use detente::Pipeline;
use detente_model::{Article, Event, Part, Party, Report, Source, Span};
use jiff::civil::Date;

/// A text as an outlet printed it on a day.
#[derive(Debug, Clone)]
pub struct Print {
    pub published: Date,
    pub outlet: String,
    pub text: String,
}

impl Print {
    /// `2024-03-05 Harbour Times | The text.`
    pub fn parse(line: &str) -> Option<Self> {
        let (head, text) = line.split_once('|')?;
        let (day, outlet) = head.trim().split_once(' ')?;
        Some(Self { published: day.parse().ok()?, outlet: outlet.trim().into(), text: text.trim().into() })
    }

    /// What the pipeline codes in it.
    pub fn reports(&self, pipeline: &Pipeline, id: &str) -> Vec<Report> {
        self.reports_below("", pipeline, id)
    }

    /// What the pipeline codes in it and in its headline.
    pub fn reports_below(&self, headline: &str, pipeline: &Pipeline, id: &str) -> Vec<Report> {
        let article = Article::of_text(id, headline, self.text.as_str()).published_on(self.published);
        let events = pipeline.read(&article).events;
        events.into_iter().map(|event| report(&article, event, self)).collect()
    }
}

fn report(article: &Article, event: Event, print: &Print) -> Report {
    let words = |span: Span| match event.evidence.part {
        Part::Title => article.title[span.range()].to_owned(),
        Part::Text => article.text[span.range()].to_owned(),
    };
    let source = Source {
        article: article.id.clone(),
        publisher: Some(print.outlet.clone()),
        published: Some(print.published),
        ..Source::default()
    };
    Report { source, sentence: words(event.evidence.sentence), trigger: words(event.evidence.trigger), event }
}

/// A report in one line, to see why a case fails.
pub fn in_brief(report: &Report) -> String {
    let event = &report.event;
    let side = |parties: &[Party]| {
        let codes = parties.iter().map(|Party { actor, .. }| match (actor.code, actor.sector) {
            (code, Some(sector)) => format!("{} {sector}", code.map_or("?".into(), |code| code.to_string())),
            (code, None) => code.map_or("?".into(), |code| code.to_string()),
        });
        codes.collect::<Vec<_>>().join("+")
    };
    let when = event.when.map_or("-".to_owned(), |when| {
        let day = |day: Option<Date>| day.map_or("?".to_owned(), |day| day.to_string());
        format!("{}..{} {}", day(when.start), day(when.end), when.basis)
    });
    format!(
        "{} {}{} {} {}>{} {when} {:?} {:?} '{}'",
        report.key(),
        event.kind,
        event.mode.map_or(String::new(), |mode| format!(" {mode}")),
        event.status,
        side(&event.actors),
        side(&event.recipients),
        event.place.as_ref().map(|place| &place.name),
        event.occasion,
        report.trigger,
    )
}
