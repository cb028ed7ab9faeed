//! The reports of one block, taken in order, become contacts.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{Days, Report};
use jiff::Span;
use jiff::civil::Date;

use super::life::{Life, PATIENCE, is_long_before};
use super::telling::{Telling, Titles};

/// The contacts of one block under way.
#[derive(Default)]
struct Calendar<'a> {
    contacts: Vec<Life<'a>>,
    by_day: BTreeMap<Date, BTreeSet<usize>>,
    open: BTreeSet<usize>,
}

/// A dated contact is looked for so many days on either side.
const REACH: i64 = 8;

/// The contacts of one block.
pub fn lives(mut reports: Vec<&Report>) -> Vec<Life<'_>> {
    reports.sort_by_key(|report| in_order(report));
    let titles = Titles::of(&reports);
    let mut calendar = Calendar::default();
    for telling in reports.into_iter().filter_map(|report| Telling::of(report, &titles)) {
        calendar.take(telling);
    }
    calendar.contacts
}

/// As it was published, and as it stands in its article.
fn in_order(report: &Report) -> (Option<Date>, &str, usize) {
    let number = report.key().rsplit_once('#').and_then(|(_, number)| number.parse().ok());
    (report.source.published, &report.source.article, number.unwrap_or(usize::MAX))
}

impl<'a> Calendar<'a> {
    fn take(&mut self, telling: Telling<'a>) {
        self.open.retain(|&at| {
            let life = &self.contacts[at];
            life.contact.state.is_open() && !is_long_before(life.last, telling.published, PATIENCE)
        });
        let at = match self.find(&telling) {
            Some((at, fit)) => {
                self.contacts[at].go_on(telling, fit);
                at
            }
            None => {
                self.contacts.push(Life::of(telling));
                self.contacts.len() - 1
            }
        };
        self.index(at);
    }

    /// The contact that a report goes on with, and why: of those that fit the one that fits best, the latest begun of equals.
    fn find(&self, telling: &Telling<'a>) -> Option<(usize, super::life::Fit)> {
        let near = telling.days.into_iter().flat_map(|days| self.around(days));
        let candidates: BTreeSet<usize> = near.chain(self.open.iter().copied()).collect();
        let fits = candidates.into_iter().filter_map(|at| Some((self.contacts[at].fit(telling)?, at)));
        fits.max().map(|(fit, at)| (at, fit))
    }

    fn around(&self, days: Days) -> impl Iterator<Item = usize> {
        let reach = Span::new().days(REACH);
        let (from, to) = (days.from.saturating_sub(reach), days.to.saturating_add(reach));
        self.by_day.range(from..=to).flat_map(|(_, at)| at.iter().copied())
    }

    fn index(&mut self, at: usize) {
        let contact = &self.contacts[at].contact;
        for day in contact.days.into_iter().flat_map(|days| [days.from, days.to]) {
            self.by_day.entry(day).or_default().insert(at);
        }
        if contact.state.is_open() {
            self.open.insert(at);
        }
    }
}
