//! New reports as they are kept: one look at the ledger for all who listen.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use detente::ledger::store::Filter;
use detente::model::Report;
use futures_util::stream::{self, Stream, StreamExt};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::desk::Desk;
use crate::http::{Asked, Fault};
use crate::page::events::filter;
use crate::record::EventRecord;
use crate::wanted::fits;

/// A report that was kept a moment ago.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// The number under which it was kept.
    pub number: i64,
    /// The report.
    pub report: Arc<Report>,
    /// The report as it is sent.
    pub json: Arc<str>,
}

/// Reports that a listener who was away is told at most.
const CAUGHT_UP: usize = 500;
const ALIVE: Duration = Duration::from_secs(20);

impl Fresh {
    /// A report as it is sent.
    pub fn of(desk: &Desk, number: i64, report: Report) -> Self {
        let record = EventRecord::of(&report, &desk.names);
        let json = serde_json::to_string(&record).unwrap_or_default();
        Self { number, report: Arc::new(report), json: json.into() }
    }

    fn event(&self) -> Event {
        Event::default().event("report").id(self.number.to_string()).data(&*self.json)
    }
}

/// Tells new reports that fit for as long as somebody listens.
pub async fn show(asked: Asked, headers: HeaderMap) -> Result<Response, Fault> {
    let filter = filter(&asked)?;
    // Listening begins before the look back, so that nothing falls between; what stands in both is told once.
    let news = asked.desk.listen();
    let known = known(&headers).or(asked.params.within("since", 0, i64::MAX)?);
    let missed = missed(&asked.desk, &filter, known).await?;
    let last = missed.last().map_or(0, |fresh| fresh.number);
    let told = stream::iter(missed.into_iter().map(|fresh| Ok::<Event, Infallible>(fresh.event())));
    let all = told.chain(fresh(news, filter, last));
    Ok(Sse::new(all).keep_alive(KeepAlive::new().interval(ALIVE)).into_response())
}

/// The number of the last report that a listener who comes back was told.
fn known(headers: &HeaderMap) -> Option<i64> {
    headers.get(HeaderName::from_static("last-event-id"))?.to_str().ok()?.parse().ok()
}

async fn missed(desk: &Desk, filter: &Filter, known: Option<i64>) -> Result<Vec<Fresh>, Fault> {
    let Some(last) = known else { return Ok(Vec::new()) };
    let kept = desk.ledger().reports_since(filter, last, CAUGHT_UP).await?;
    Ok(kept.into_iter().map(|(number, report)| Fresh::of(desk, number, report)).collect())
}

fn fresh(
    news: Receiver<Fresh>,
    filter: Filter,
    last: i64,
) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    stream::unfold((news, filter), move |(mut news, filter)| async move {
        loop {
            match news.recv().await {
                Ok(fresh) if fresh.number > last && fits(&filter, &fresh.report) => {
                    return Some((Ok(fresh.event()), (news, filter)));
                }
                // Who listens too slowly misses some, and hears it by the numbers.
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    })
}
