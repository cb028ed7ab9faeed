//! What all requests share: the ledger, the names, how far the ledger has come, what was answered lately.

use std::sync::Arc;

use detente::Kept;
use detente::assess::Options as Frame;
use detente::ledger::store::{Filter, Ledger, LedgerError, PairSum, Tide};
use detente::model::{Days, Dyad};
use detente::{Answered, Pipeline};
use jiff::civil::Date;
use tokio::runtime::Handle;
use tokio::sync::broadcast::{self, Receiver};
use tokio::sync::watch;

use crate::api::Fresh;
use crate::http::Fault;
use crate::limits::Limits;
use crate::measure::Measures;
use crate::names::Names;
use crate::notify::{self, Senders};
use crate::options::Options;
use crate::own::Own;
use crate::remember::Memory;
use crate::sums::Sums;

/// New reports that a listener may be behind.
const BEHIND: usize = 1_024;
/// New reports that are looked at in one go.
const AT_ONCE: usize = 500;

/// A desk: a ledger and what is needed to show it.
#[derive(Debug)]
pub struct Desk {
    pub(crate) kept: Kept,
    pub(crate) names: Names,
    pub(crate) options: Options,
    pub(crate) memory: Memory,
    pub(crate) limits: Limits,
    pub(crate) measures: Measures,
    sums: Sums,
    /// The desk's own file; a desk without one is for reading only.
    pub(crate) own: Option<Own>,
    /// How subscribers are told.
    pub(crate) senders: Senders,
    tide: watch::Sender<Tide>,
    news: broadcast::Sender<Fresh>,
}

impl Desk {
    /// A desk over an open ledger; must be called on the threads that will answer.
    pub fn new(ledger: Ledger, own: Option<Own>, senders: Senders, options: Options) -> Arc<Self> {
        Arc::new(Self {
            kept: Kept::new(ledger, Handle::current()),
            names: Names::builtin(),
            options,
            memory: Memory::default(),
            limits: Limits::default(),
            measures: Measures::default(),
            sums: Sums::default(),
            own,
            senders,
            tide: watch::Sender::new(Tide::default()),
            news: broadcast::Sender::new(BEHIND),
        })
    }

    /// The ledger.
    pub(crate) fn ledger(&self) -> &Ledger {
        self.kept.ledger()
    }

    /// How far the ledger had come when it was last looked at.
    pub(crate) fn tide(&self) -> Tide {
        *self.tide.borrow()
    }

    /// Looks how far the ledger has come, and tells who listens what is new since the last look. The first look tells nothing.
    pub async fn look(&self) -> Result<(), LedgerError> {
        let (before, now) = (self.tide(), self.ledger().tide().await?);
        if before == now {
            return Ok(());
        }
        self.tide.send_replace(now);
        let is_first = before == Tide::default();
        if !is_first && self.news.receiver_count() > 0 {
            self.tell(before.report).await?;
        }
        Ok(())
    }

    /// Looks what is new for subscribers and sends what is due by a second of the epoch.
    ///
    /// # Errors
    /// Where the ledger or the desk's own file cannot be read, in words.
    pub async fn tell_subscribers(self: &Arc<Self>, by: i64) -> Result<(), String> {
        let Some(own) = &self.own else { return Ok(()) };
        notify::look(self, own).await.map_err(|fault| fault.message)?;
        notify::send_due(self, own, by).await.map_err(|error| error.to_string())
    }

    /// Hears of new reports from now on.
    pub(crate) fn listen(&self) -> Receiver<Fresh> {
        self.news.subscribe()
    }

    /// Where readers reach the desk, for links in letters.
    pub(crate) fn origin(&self) -> &str {
        self.options.public_address.as_deref().unwrap_or("http://localhost").trim_end_matches('/')
    }

    /// How many hear of new reports.
    pub(crate) fn listeners(&self) -> i64 {
        i64::try_from(self.news.receiver_count()).unwrap_or(i64::MAX)
    }

    /// Tells all reports that were kept after the one of this number.
    async fn tell(&self, mut after: i64) -> Result<(), LedgerError> {
        loop {
            let reports = self.ledger().reports_since(&Filter::default(), after, AT_ONCE).await?;
            let Some((last, _)) = reports.last() else { return Ok(()) };
            after = *last;
            for (number, report) in reports {
                // Nobody may be left to hear it.
                let _ = self.news.send(Fresh::of(self, number, report));
            }
        }
    }

    /// The day that counts as today: the one asked for, else the last on which something was published.
    pub(crate) async fn day(&self, asked: Option<Date>) -> Result<Date, Fault> {
        let last = match asked {
            Some(day) => Some(day),
            None => self.ledger().last_day().await?,
        };
        last.ok_or_else(Fault::empty_ledger)
    }

    /// What pairs did to each other on these days, the busiest first.
    pub(crate) async fn pairs(&self, days: Days) -> Result<Arc<[PairSum]>, LedgerError> {
        self.sums.of(self.ledger(), self.tide(), days).await
    }

    /// How a pair stands on a day.
    pub(crate) async fn relation(
        self: &Arc<Self>,
        dyad: Dyad,
        on: Date,
        frame: Frame,
    ) -> Result<Answered, Fault> {
        self.apart(move |desk| {
            detente::relation(&desk.kept, dyad, on, frame, &|code| desk.names.of(code)).map_err(Fault::from)
        })
        .await
    }

    /// Work that takes a thread of its own.
    pub(crate) async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Desk) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let desk = Arc::clone(self);
        tokio::task::spawn_blocking(move || work(&desk)).await.unwrap_or_else(|_| Err(Fault::broken()))
    }

    /// What codes; loaded when it is first asked for.
    pub(crate) fn pipeline() -> Pipeline {
        Pipeline::builtin()
    }
}
