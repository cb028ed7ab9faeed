//! A ledger, asked as any other shelf is.

use std::collections::BTreeSet;
use std::future::Future;

use detente_assess::History;
use detente_ledger::derive;
use detente_ledger::store::{Agenda, Direction, Filter, Ledger, LedgerError, Pair as Between};
use detente_model::{ActorCode, Contact, Days, Dyad, EventType, QuadClass, Report, Status};
use jiff::civil::Date;
use tokio::runtime::Handle;

use crate::shelf::{Pair, Shelf, Wish};

/// A ledger and the threads that its answers are waited for on; must not be asked from one of those threads.
#[derive(Debug, Clone)]
pub struct Kept {
    ledger: Ledger,
    handle: Handle,
}

/// Contacts of one pair or party that are looked at.
const CONTACTS: usize = 2_000;
/// Articles whose other contacts are looked at, the latest.
const ARTICLES: usize = 200;
/// Reports of a list.
const REPORTS: usize = 50;
/// Reports that are looked at for a list, a page at a time.
const PAGE: usize = 200;
const PAGES: usize = 10;

impl Kept {
    /// A ledger that is asked on these threads.
    pub fn new(ledger: Ledger, handle: Handle) -> Self {
        Self { ledger, handle }
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Waits for what the ledger answers.
    pub fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.handle.block_on(answer)
    }

    /// The latest reports of some filters that fit a wish.
    async fn latest(
        &self,
        filters: &[Filter],
        wish: &Wish<'_>,
        on: Date,
    ) -> Result<Vec<Report>, LedgerError> {
        let mut found: Vec<Report> = Vec::new();
        for filter in filters {
            let (mut cursor, mut fitting) = (None, 0);
            for _ in 0..PAGES {
                let page = self.ledger.page(filter, cursor.as_ref(), PAGE).await?;
                let known = |report: &Report| report.source.published.is_none_or(|day| day <= on);
                let fits = page.reports.into_iter().filter(|report| known(report) && wish.fits(report));
                let before = found.len();
                found.extend(fits);
                fitting += found.len() - before;
                cursor = page.next;
                if cursor.is_none() || fitting >= REPORTS {
                    break;
                }
            }
        }
        found.sort_by(|x, y| (y.source.published, y.key()).cmp(&(x.source.published, x.key())));
        found.dedup_by(|x, y| x.key() == y.key());
        found.truncate(REPORTS);
        Ok(found)
    }

    async fn pair_on(&self, dyad: Dyad, days: Days) -> Result<Pair, LedgerError> {
        let on = days.to;
        let agenda = Agenda {
            a: Some(dyad.a),
            b: Some(dyad.b),
            from: Some(days.from),
            last: true,
            on: Some(on),
            ..Agenda::default()
        };
        // What was told of earlier and never got a day has lapsed long ago.
        let undated = Agenda { from: None, undated: true, since: Some(days.from), ..agenda.clone() };
        // Acts and contacts take about as long: each is asked for on a thread of its own.
        let ledger = self.ledger.clone();
        let acts = self.handle.spawn(async move {
            Ok::<_, LedgerError>((ledger.acts(dyad, days).await?, ledger.articles_by_day(days).await?))
        });
        let mut contacts = self.ledger.agenda(&agenda, CONTACTS).await?;
        contacts.extend(self.ledger.agenda(&undated, CONTACTS).await?);
        let (acts, read) =
            acts.await.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()))?;
        let history = History { dyad, acts, contacts, read };
        let around = self.around(&history, on).await?;
        Ok(Pair { history, around })
    }

    /// Contacts of others that the latest articles on the pair tell of.
    async fn around(&self, history: &History, on: Date) -> Result<Vec<Contact>, LedgerError> {
        let keys = history.acts.iter().rev().filter(|act| act.known <= on).map(|act| act.report.as_str());
        let articles: BTreeSet<&str> =
            keys.filter_map(|key| key.rsplit_once('#')).map(|(article, _)| article).take(ARTICLES).collect();
        let articles: Vec<&str> = articles.into_iter().collect();
        let told = self.ledger.contacts_told_in(&articles).await?;
        let others = told.iter().filter(|contact| !contact.joins(history.dyad.a, history.dyad.b));
        Ok(others.filter_map(|contact| derive::as_of(contact, on)).collect())
    }
}

impl Shelf for Kept {
    type Error = LedgerError;

    fn pair(&self, dyad: Dyad, days: Days) -> Result<Pair, LedgerError> {
        self.wait(self.pair_on(dyad, days))
    }

    fn contacts(&self, parties: &[ActorCode], on: Date) -> Result<Vec<Contact>, LedgerError> {
        let agenda = Agenda {
            a: parties.first().copied(),
            b: parties.get(1).copied(),
            last: true,
            on: Some(on),
            ..Agenda::default()
        };
        self.wait(self.ledger.agenda(&agenda, CONTACTS))
    }

    fn reports(&self, wish: &Wish<'_>, on: Date) -> Result<Vec<Report>, LedgerError> {
        match *wish {
            Wish::Keys(keys) => self.wait(self.ledger.reports_of_keys(keys)),
            Wish::Said { by, of } => {
                let pair = of.map(|of| Between { a: by, b: of, direction: Direction::Both });
                let speaks = Filter { speaker: Some(by), actor: of, ..Filter::default() };
                let utters = Filter {
                    actor: Some(by).filter(|_| pair.is_none()),
                    pair,
                    quads: vec![QuadClass::VerbalConflict],
                    ..Filter::default()
                };
                self.wait(self.latest(&[speaks, utters], wish, on))
            }
            Wish::Struck { party, other } => {
                let pair = other.map(|other| Between { a: party, b: other, direction: Direction::Both });
                let attacks = Filter {
                    actor: Some(party).filter(|_| pair.is_none()),
                    pair,
                    kinds: vec![EventType::Assault],
                    statuses: vec![Status::Occurred, Status::Ongoing],
                    ..Filter::default()
                };
                self.wait(self.latest(&[attacks], wish, on))
            }
        }
    }

    fn last_day(&self) -> Result<Option<Date>, LedgerError> {
        self.wait(self.ledger.last_day())
    }
}
