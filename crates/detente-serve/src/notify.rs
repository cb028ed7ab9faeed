//! Telling subscribers what is new: looked for when the ledger has changed, kept until it is taken, signed, tried again, given up in the end.
//!
//! A delivery is kept before it is sent and noted after it was taken, so that it is sent at least once; its id is the same each time.
//! The desk opens no connection itself: whoever runs it gives it a [`Post`].

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use detente::assess::{Options, in_short};
use detente::ledger::store::Filter;
use detente::model::Report;
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::desk::Desk;
use crate::destination::mailed;
use crate::http::{Fault, Params};
use crate::letter::{self, Mail};
use crate::own::{Due, Matter, News, Own, OwnError, Standing, now};
use crate::page::events::filter_of;
use crate::record::{ContactRecord, EventRecord, VerdictRecord};

/// A way to send something to an address. It refuses addresses that the owner of the desk has not allowed.
pub trait Post: Debug + Send + Sync {
    /// Sends a body with headers, and gives the status of the answer, or in words why there is none.
    ///
    /// # Errors
    /// Where the address cannot be reached or is not allowed.
    fn post(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<u16, String>;
}

/// The ways by which a desk reaches subscribers; where one is lacking, nobody can subscribe by it.
#[derive(Debug, Clone, Default)]
pub struct Senders {
    /// To addresses of the web.
    pub post: Option<Arc<dyn Post>>,
    /// To mailboxes.
    pub mail: Option<Arc<dyn Mail>>,
}

impl Senders {
    /// Whether there is any.
    pub fn has_any(&self) -> bool {
        self.post.is_some() || self.mail.is_some()
    }
}

/// New reports that are looked at in one go.
const AT_ONCE: usize = 200;
const PAUSE: Duration = Duration::from_secs(1);

/// Looks and sends again and again, for as long as the desk is there.
pub async fn keep_telling(desk: Arc<Desk>, own: Own) {
    let mut seen = None;
    loop {
        let tide = desk.tide();
        if seen != Some(tide) {
            match look(&desk, &own).await {
                Ok(()) => seen = Some(tide),
                Err(fault) => tracing::error!(code = fault.code, "subscribers: {}", fault.message),
            }
        }
        if let Err(error) = send_due(&desk, &own, now()).await {
            tracing::error!(code = error.code(), "subscribers: {error}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Looks what is new for each subscription, and keeps it to be delivered.
pub async fn look(desk: &Arc<Desk>, own: &Own) -> Result<(), Fault> {
    for standing in own.standing().await? {
        match standing.matter {
            Matter::Reports | Matter::Contacts => look_at_reports(desk, own, standing).await?,
            Matter::Verdict => look_at_verdict(desk, own, &standing).await?,
        }
    }
    Ok(())
}

async fn look_at_reports(desk: &Arc<Desk>, own: &Own, mut standing: Standing) -> Result<(), Fault> {
    let filter = filter_of(desk, &Params::parse(&standing.query))?;
    loop {
        let reports = desk.ledger().reports_since(&filter, standing.report, AT_ONCE).await?;
        let Some((last, _)) = reports.last() else { return Ok(()) };
        let last = *last;
        let news = match standing.matter {
            Matter::Contacts => contacts(desk, &reports).await?,
            _ => reports.iter().map(|(_, report)| report_news(desk, report)).collect(),
        };
        own.enqueue(&standing, &news, last, None).await?;
        standing.report = last;
    }
}

fn report_news(desk: &Desk, report: &Report) -> News {
    let event = format!("report:{}", report.key());
    let record = EventRecord::of(report, &desk.names);
    let line = letter::report(desk, &record);
    let body = json!({"id": event, "matter": "reports", "report": record}).to_string();
    News { event, body, line }
}

/// The contacts that reports tell of, each as it stands: a change of status is a new step, and new news.
async fn contacts(desk: &Desk, reports: &[(i64, Report)]) -> Result<Vec<News>, Fault> {
    let keys: Vec<&str> = reports.iter().map(|(_, report)| report.key()).collect();
    let contacts = desk.ledger().contacts_of_reports(&keys).await?;
    let news = |contact: &detente::model::Contact| {
        let event = format!("contact:{}:{}:{}", contact.id, contact.steps.len(), contact.state);
        let record = ContactRecord::of(contact, &desk.names);
        let line = letter::contact(desk, &record);
        let body = json!({"id": event, "matter": "contacts", "contact": record}).to_string();
        News { event, body, line }
    };
    Ok(contacts.iter().map(news).collect())
}

/// The first look at a verdict is noted and not told.
async fn look_at_verdict(desk: &Arc<Desk>, own: &Own, standing: &Standing) -> Result<(), Fault> {
    let filter = filter_of(desk, &Params::parse(&standing.query))?;
    let Some(dyad) = pair_of(&filter) else { return Ok(()) };
    let answered = desk.relation(dyad, desk.day(None).await?, Options::default()).await?;
    let Some((verdict, _)) = &answered.verdict else { return Ok(()) };
    let word = in_short(verdict);
    let has_changed = standing.word.as_ref().is_some_and(|before| *before != word);
    let event = format!("verdict:{dyad}:{}:{word}", verdict.on);
    let record = VerdictRecord::of(verdict, &desk.names);
    let line = letter::verdict(desk, standing.word.as_deref(), &record);
    let body =
        json!({"id": event, "matter": "verdict", "before": standing.word, "verdict": record}).to_string();
    let news: Vec<News> = has_changed.then_some(News { event, body, line }).into_iter().collect();
    Ok(own.enqueue(standing, &news, desk.tide().report, Some(&word)).await?)
}

/// The pair that a filter asks for.
pub fn pair_of(filter: &Filter) -> Option<detente::model::Dyad> {
    filter.pair.and_then(|pair| detente::model::Dyad::new(pair.a, pair.b))
}

/// Closes the digests whose hour has come, and sends what is due by a second.
pub async fn send_due(desk: &Desk, own: &Own, at: i64) -> Result<(), OwnError> {
    let origin = desk.origin();
    own.close_digests(at, |gathered| letter::digest(gathered, origin)).await?;
    for due in own.due(at).await? {
        let (sent, senders, origin) = (due.clone(), desk.senders.clone(), origin.to_owned());
        let outcome = tokio::task::spawn_blocking(move || send(&senders, &sent, &origin, at)).await;
        let outcome = outcome.unwrap_or_else(|_| Err("the sender failed".to_owned()));
        // What a server says is not to look like more than one line of the log.
        match outcome.map_err(|trouble| trouble.replace(char::is_control, " ")) {
            Ok(()) => own.delivered(&due).await?,
            Err(trouble) => {
                let state = own.failed(&due, &trouble, at).await?;
                tracing::warn!(code = "serve/delivery", subscription = due.subscription, attempts = due.attempts + 1, %state, "a delivery failed: {trouble}");
            }
        }
    }
    Ok(())
}

fn send(senders: &Senders, due: &Due, origin: &str, at: i64) -> Result<(), String> {
    match (mailed(&due.url), &senders.mail, &senders.post) {
        (Some(to), Some(mail), _) => mail.send(&letter::letter(due, to, origin)?),
        (None, _, Some(post)) => send_signed(&**post, due, at),
        _ => Err("this desk has no way to deliver it".to_owned()),
    }
}

fn send_signed(post: &dyn Post, due: &Due, at: i64) -> Result<(), String> {
    let at = at.to_string();
    let signature = format!("t={at},v1={}", signature(&due.secret, &at, &due.body));
    let headers = [
        ("content-type", "application/json"),
        ("detente-id", due.event.as_str()),
        ("detente-signature", signature.as_str()),
    ];
    match post.post(&due.url, &headers, due.body.as_bytes())? {
        200..=299 => Ok(()),
        status => Err(format!("the address answers {status}")),
    }
}

/// HMAC-SHA-256 of the time, a full stop and the body, in hexadecimal digits.
pub fn signature(secret: &str, at: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(format!("{at}.{body}").as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
