//! Articles and reports of our own making.

use detente_ledger::store::{Entry, Versions};
use detente_model::{
    Actor, Article, Context, Event, EventType, Evidence, Mode, Part, Party, Place, PlainAct, Report,
    Signature, Source, Span, Speaker, Status, When, WhenBasis,
};
use jiff::civil::Date;

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn versions() -> Versions {
    Versions { coder: "detente 0.1.0".into(), rules: "1".into(), lexicon: "1".into(), model: "1".into() }
}

/// One act in one sentence: "RUS", CONSULT, "USA".
pub struct Act {
    pub actor: &'static str,
    pub kind: EventType,
    pub recipient: &'static str,
    pub status: Status,
    pub on: Option<&'static str>,
}

pub fn act(actor: &'static str, kind: EventType, recipient: &'static str, on: &'static str) -> Act {
    Act { actor, kind, recipient, status: Status::Occurred, on: Some(on) }
}

/// An article with a sentence for each act.
pub fn entry(id: &str, published: &str, acts: &[Act]) -> Entry {
    let mut text = String::new();
    let mut events = Vec::new();
    for (n, act) in acts.iter().enumerate() {
        let start = text.len();
        text.push_str(&format!(
            "In paper {id} the envoys of {} and {} spoke of matter {n}.",
            act.actor, act.recipient
        ));
        events.push(event(id, n + 1, act, Span::new(start, text.len())));
        text.push('\n');
    }
    let article = Article::of_text(id, format!("Paper {id}"), text).published_on(day(published));
    entry_of(article, events)
}

/// An entry of any article; its signature is counted from the text in a way of our own.
pub fn entry_of(article: Article, events: Vec<Event>) -> Entry {
    let exact = article.text.bytes().fold(7, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let words = article.text.split_whitespace().count().try_into().unwrap();
    Entry { signature: Signature { exact, near: exact, words }, article, events }
}

fn event(id: &str, number: usize, act: &Act, sentence: Span) -> Event {
    let trigger = Span::new(sentence.start, sentence.start + 2);
    Event {
        id: format!("{id}#{number}"),
        doc: id.to_owned(),
        evidence: Evidence { part: Part::Text, sentence, trigger },
        kind: act.kind,
        mode: (act.kind == EventType::Consult).then_some(Mode::Visit),
        plain: PlainAct { kind: EventType::Consult, mode: None },
        occasion: (number == 2).then(|| "astana talk".to_owned()),
        contexts: vec![Context::Diplomatic, Context::HumanRights],
        actors: vec![party(act.actor, Some("GOV"), sentence)],
        recipients: vec![party(act.recipient, None, sentence)],
        status: act.status,
        when: act.on.map(|on| When { start: Some(day(on)), end: Some(day(on)), basis: WhenBasis::Clause }),
        place: Some(Place {
            name: "Geneva, Switzerland".into(),
            geonameid: Some(2660646),
            coordinates: Some((46.20222, 6.14569)),
            country: Some("CHE".parse().unwrap()),
        }),
        speaker: Some(Speaker {
            text: "the spokeswoman".into(),
            actor: Actor { code: Some(act.actor.parse().unwrap()), sector: Some("GOV".parse().unwrap()) },
        }),
        cameo: "042".into(),
        rule: "test/made".into(),
        confidence: 0.73,
    }
}

fn party(code: &str, sector: Option<&str>, sentence: Span) -> Party {
    Party {
        text: format!("envoy of {code}"),
        span: Some(Span::new(sentence.start + 3, sentence.start + 8)),
        actor: Actor {
            code: Some(code.parse().unwrap()),
            sector: sector.map(|sector| sector.parse().unwrap()),
        },
        name: sector.map(|_| format!("Envoy {code}")),
        elsewhere: sector.is_none(),
    }
}

/// A report from elsewhere, whose article is known by name only.
pub fn report(key: &str, article: &str, act: &Act) -> Report {
    let mut event = event(article, 1, act, Span::new(0, 0));
    event.id = key.to_owned();
    event.evidence.trigger = Span::new(0, 0);
    Report {
        source: Source {
            article: article.into(),
            url: Some(format!("https://news.example/{article}")),
            title: "From elsewhere".into(),
            publisher: Some("Example News".into()),
            published: Some(day("2017-05-02")),
            ..Source::default()
        },
        sentence: String::new(),
        trigger: String::new(),
        event,
    }
}
