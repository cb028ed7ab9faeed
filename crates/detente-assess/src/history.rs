//! Everything that is known of a pair, as the ledger gives it.

use detente_model::{Contact, Days, Dyad, Observation};
use jiff::civil::Date;

/// The rows that a pair is judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The pair.
    pub dyad: Dyad,
    /// The acts that bear on it, in any order; `as_of` puts them in order of days.
    pub acts: Vec<Observation>,
    /// Its contacts, as they stand on the day asked about.
    pub contacts: Vec<Contact>,
    /// How many articles were read, by day of publication, in order of days; days without any may be left out.
    pub read: Vec<(Date, u32)>,
}

impl History {
    /// What was known by the end of a day, in order of days and keys.
    pub fn as_of(mut self, day: Date) -> Self {
        self.acts.retain(|act| act.known <= day);
        self.acts.sort_by(|x, y| (x.day, &x.report).cmp(&(y.day, &y.report)));
        self.read.retain(|(read, _)| *read <= day);
        self
    }

    /// How many articles were published on these days.
    pub fn articles(&self, days: Days) -> u32 {
        self.read.iter().filter(|(day, _)| days.contains(*day)).map(|(_, count)| count).sum()
    }

    /// The acts that count on these days, of a history whose acts are in order of days.
    pub fn within(&self, days: Days) -> impl Iterator<Item = &Observation> {
        let from = self.acts.partition_point(|act| act.day < days.from);
        let to = self.acts.partition_point(|act| act.day <= days.to);
        self.acts.get(from..to).unwrap_or_default().iter()
    }
}
