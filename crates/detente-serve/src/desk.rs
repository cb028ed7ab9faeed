//! What all requests share: the ledger, the names, how far the ledger has come, what was answered lately.

use std::sync::Arc;

use detente::Kept;
use detente::assess::Options as Frame;
use detente::ledger::store::{Ledger, LedgerError, Tide};
use detente::model::Dyad;
use detente::{Answered, Pipeline};
use jiff::civil::Date;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::http::Fault;
use crate::names::Names;
use crate::options::Options;
use crate::remember::Memory;

/// A desk: a ledger and what is needed to show it.
#[derive(Debug)]
pub struct Desk {
    pub(crate) kept: Kept,
    pub(crate) names: Names,
    pub(crate) options: Options,
    pub(crate) memory: Memory,
    tide: watch::Sender<Tide>,
}

impl Desk {
    /// A desk over an open ledger; must be called on the threads that will answer.
    pub fn new(ledger: Ledger, options: Options) -> Arc<Self> {
        Arc::new(Self {
            kept: Kept::new(ledger, Handle::current()),
            names: Names::builtin(),
            options,
            memory: Memory::default(),
            tide: watch::Sender::new(Tide::default()),
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

    /// Looks how far the ledger has come, and tells who waits for news.
    pub async fn look(&self) -> Result<(), LedgerError> {
        let now = self.ledger().tide().await?;
        self.tide.send_if_modified(|tide| std::mem::replace(tide, now) != now);
        Ok(())
    }

    /// The day that counts as today: the one asked for, else the last on which something was published.
    pub(crate) async fn day(&self, asked: Option<Date>) -> Result<Date, Fault> {
        let last = match asked {
            Some(day) => Some(day),
            None => self.ledger().last_day().await?,
        };
        last.ok_or_else(Fault::empty_ledger)
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
