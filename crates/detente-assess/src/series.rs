//! A pair day by day, week by week, month by month.

use std::collections::BTreeMap;

use detente_model::{
    Bearing, Contact, ContactKind, ContactState, Days, Level, Observation, QuadClass, named_enum,
};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use serde::Serialize;

use crate::history::History;
use crate::strand::{score, weight};

named_enum! {
    /// How long a bin is.
    #[derive(Default)]
    Grain, "grain", {
        /// A day.
        Day = "day",
        /// Monday to Sunday.
        #[default]
        Week = "week",
        /// A month.
        Month = "month",
    }
}

impl Grain {
    /// The bin that a day falls in.
    pub fn bin(self, day: Date) -> Days {
        let from = match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().since(Weekday::Monday)).days()),
            Self::Month => day.first_of_month(),
        };
        Days { from, to: from.saturating_add(self.length()).yesterday().unwrap_or(Date::MAX).max(from) }
    }

    fn length(self) -> Span {
        match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        }
    }
}

/// What happened between two parties in one bin. A bin without acts has no score: silence is no goodwill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bin {
    /// Its days.
    #[serde(flatten)]
    pub days: Days,
    /// Articles read.
    pub articles: u32,
    /// Acts by quad class, in the order of [`QuadClass::ALL`].
    pub acts: [u32; 4],
    /// Weighted scores by quad class, in the same order.
    pub sums: [f64; 4],
    /// Mean conflict-cooperation score, weighted; `None` in an empty bin.
    pub score: Option<f64>,
    /// Acts a thousand articles; `None` where no article was read.
    pub rate: Option<f64>,
    /// Acts of the first towards the second, of the second towards the first, of both.
    pub directed: [u32; 3],
    /// Acts told by the first, by the second, by others, by the reports themselves.
    pub told: [u32; 4],
    /// Contacts held, by telephone and in person.
    pub held: [u32; 2],
    /// Contacts whose day lies in the bin and that had been planned.
    pub planned: u32,
    /// Of those, how many were held.
    pub planned_held: u32,
    /// The highest level of a contact held.
    pub level: Option<Level>,
    #[serde(skip)]
    weights: f64,
}

/// A pair over time. Only bins in which something is known are kept, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// How long a bin is.
    pub grain: Grain,
    /// The bins.
    pub bins: Vec<Bin>,
}

impl Series {
    /// The series of a pair.
    pub fn of(history: &History, grain: Grain) -> Self {
        let mut bins = Bins { grain, bins: BTreeMap::new() };
        for (day, articles) in &history.read {
            bins.at(*day).articles += articles;
        }
        for act in &history.acts {
            bins.at(act.day).add(act, history);
        }
        for contact in &history.contacts {
            if let Some(days) = contact.days {
                bins.at(days.from).add_contact(contact);
            }
        }
        Self { grain, bins: bins.bins.into_values().map(Bin::settled).collect() }
    }

    /// Whether a bin holds acts or contacts, not only articles.
    pub fn busy(&self) -> impl Iterator<Item = &Bin> {
        self.bins
            .iter()
            .filter(|bin| bin.acts.iter().sum::<u32>() + bin.held.iter().sum::<u32>() + bin.planned > 0)
    }
}

struct Bins {
    grain: Grain,
    bins: BTreeMap<Date, Bin>,
}

impl Bins {
    fn at(&mut self, day: Date) -> &mut Bin {
        let days = self.grain.bin(day);
        self.bins.entry(days.from).or_insert_with(|| Bin::new(days))
    }
}

impl Bin {
    fn new(days: Days) -> Self {
        Self {
            days,
            articles: 0,
            acts: [0; 4],
            sums: [0.0; 4],
            score: None,
            rate: None,
            directed: [0; 3],
            told: [0; 4],
            held: [0; 2],
            planned: 0,
            planned_held: 0,
            level: None,
            weights: 0.0,
        }
    }

    fn add(&mut self, act: &Observation, history: &History) {
        let Some(score) = score(act) else { return };
        let quad = QuadClass::ALL.iter().position(|quad| *quad == act.kind.quad()).unwrap_or_default();
        self.acts[quad] += 1;
        self.sums[quad] += score * weight(act);
        self.weights += weight(act);
        match act.bearing {
            Bearing::Forward => self.directed[0] += 1,
            Bearing::Backward => self.directed[1] += 1,
            Bearing::Mutual => self.directed[2] += 1,
            Bearing::Told => {}
        }
        let teller = match act.speaker {
            Some(code) if code == history.dyad.a => 0,
            Some(code) if code == history.dyad.b => 1,
            Some(_) => 2,
            None => 3,
        };
        self.told[teller] += 1;
    }

    fn add_contact(&mut self, contact: &Contact) {
        let was_planned = contact.steps.iter().any(|step| step.state.is_open());
        let held = contact.state == ContactState::Held;
        self.planned += u32::from(was_planned);
        self.planned_held += u32::from(was_planned && held);
        if held {
            self.held[usize::from(contact.kind != ContactKind::Call)] += 1;
            self.level = self.level.max(Some(contact.level));
        }
    }

    fn settled(mut self) -> Self {
        let acts: u32 = self.acts.iter().sum();
        self.score = (self.weights > 0.0).then(|| self.sums.iter().sum::<f64>() / self.weights);
        self.rate = (self.articles > 0).then(|| f64::from(acts) * 1000.0 / f64::from(self.articles));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn bins_cover_whole_weeks_and_months() {
        let wednesday = date(2024, 2, 28);
        assert_eq!(Grain::Week.bin(wednesday), Days { from: date(2024, 2, 26), to: date(2024, 3, 3) });
        assert_eq!(Grain::Month.bin(wednesday), Days { from: date(2024, 2, 1), to: date(2024, 2, 29) });
        assert_eq!(Grain::Day.bin(Date::MAX).to, Date::MAX);
    }
}
