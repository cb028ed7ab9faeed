//! A contact and its life.

use detente::model::{Contact, ContactStep, Days};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::event::PlaceRecord;
use super::party::PartyRecord;
use crate::http::href;
use crate::names::Names;

/// A meeting, visit, call, summit or round of talks.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContactRecord {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// What sort of contact.
    pub kind: &'static str,
    /// How high the highest participants stand.
    pub level: &'static str,
    /// How it stands.
    pub state: &'static str,
    /// Whether it still lies ahead.
    pub open: bool,
    /// States and organisations that take part.
    pub parties: Vec<PartyRecord>,
    /// Persons who take part.
    pub persons: Vec<String>,
    /// The name it goes by.
    pub occasion: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Where.
    pub place: Option<PlaceRecord>,
    /// Its life.
    pub steps: Vec<StepRecord>,
    /// Its days.
    #[serde(skip)]
    pub days: Option<Days>,
}

/// One step of a contact's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepRecord {
    /// The day it was reported.
    pub on: Option<String>,
    /// How the contact stood after it.
    pub state: &'static str,
    /// The first day it named.
    pub from: Option<String>,
    /// The last day it named.
    pub to: Option<String>,
    /// The key of the report.
    pub report: Option<String>,
    /// The page of the report.
    pub href: Option<String>,
}

impl ContactRecord {
    /// The record of a contact.
    pub fn of(contact: &Contact, names: &Names) -> Self {
        let mut codes: Vec<_> = contact.parties.iter().filter_map(|party| party.code).collect();
        codes.dedup();
        Self {
            id: contact.id.clone(),
            href: href::contact(&contact.id),
            kind: contact.kind.as_str(),
            level: contact.level.as_str(),
            state: contact.state.as_str(),
            open: contact.state.is_open(),
            parties: codes.into_iter().map(|code| PartyRecord::of(code, names)).collect(),
            persons: contact.persons.clone(),
            occasion: contact.occasion.clone(),
            from: contact.days.map(|days| days.from.to_string()),
            to: contact.days.map(|days| days.to.to_string()),
            place: contact.place.as_ref().map(PlaceRecord::of),
            steps: contact.steps.iter().map(StepRecord::of).collect(),
            days: contact.days,
        }
    }

    /// The records of contacts.
    pub fn all(contacts: &[Contact], names: &Names) -> Vec<Self> {
        contacts.iter().map(|contact| Self::of(contact, names)).collect()
    }

    /// "Visit: Russia, United States".
    pub fn title(&self) -> String {
        let mut kind = self.kind.to_owned();
        kind[..1].make_ascii_uppercase();
        let who: Vec<&str> = self.parties.iter().map(|party| party.name.as_str()).collect();
        match (&self.occasion, who.is_empty()) {
            (Some(occasion), true) => format!("{kind}: {occasion}"),
            (None, true) => kind,
            (_, false) => format!("{kind}: {}", who.join(", ")),
        }
    }

    /// Its days in words.
    pub fn when(&self) -> String {
        self.days.map_or_else(|| "no day known".to_owned(), days_in_words)
    }

    /// Whether it has a life beyond one report.
    pub fn moved(&self) -> bool {
        self.steps.len() > 1
    }

    /// The columns of a table of contacts.
    pub const COLUMNS: &'static [&'static str] =
        &["id", "kind", "level", "state", "parties", "persons", "occasion", "from", "to", "place", "steps"];

    /// Its row in that table.
    pub fn row(&self) -> Vec<String> {
        let codes: Vec<&str> = self.parties.iter().map(|party| party.code.as_str()).collect();
        vec![
            self.id.clone(),
            self.kind.to_owned(),
            self.level.to_owned(),
            self.state.to_owned(),
            codes.join(" "),
            self.persons.join("; "),
            self.occasion.clone().unwrap_or_default(),
            self.from.clone().unwrap_or_default(),
            self.to.clone().unwrap_or_default(),
            self.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
            self.steps.len().to_string(),
        ]
    }
}

impl StepRecord {
    fn of(step: &ContactStep) -> Self {
        Self {
            on: step.on.map(|day| day.to_string()),
            state: step.state.as_str(),
            from: step.days.map(|days| days.from.to_string()),
            to: step.days.map(|days| days.to.to_string()),
            report: step.report.clone(),
            href: step.report.as_deref().map(href::event),
        }
    }

    /// The days it named, in words; empty for none.
    pub fn when(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if from == to => from.clone(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => String::new(),
        }
    }
}

/// "2 May 2017", "2 to 4 May 2017", "28 April to 3 May 2017".
pub fn days_in_words(days: Days) -> String {
    let whole = |day: Date| day.strftime("%-d %B %Y").to_string();
    let (from, to) = (days.from, days.to);
    if from == to {
        whole(from)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        match from.day() == 1 && to == to.last_of_month() {
            true => month_in_words(from),
            false => format!("{} to {}", from.day(), whole(to)),
        }
    } else {
        format!("{} to {}", whole(from), whole(to))
    }
}

/// "May 2017".
pub fn month_in_words(day: Date) -> String {
    day.strftime("%B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_read_as_people_write_them() {
        let days = |from, to| days_in_words(Days { from, to });
        assert_eq!(days(date(2017, 5, 2), date(2017, 5, 2)), "2 May 2017");
        assert_eq!(days(date(2017, 5, 2), date(2017, 5, 4)), "2 to 4 May 2017");
        assert_eq!(days(date(2017, 5, 1), date(2017, 5, 31)), "May 2017");
        assert_eq!(days(date(2017, 4, 30), date(2017, 5, 1)), "30 April 2017 to 1 May 2017");
    }
}
