//! The agenda: contacts with their life, as a list or month by month.

use askama::Template;
use detente::ledger::store::Agenda as Wish;
use detente::model::{Contact, ContactState, Days};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Params, Shape, answer};
use crate::record::{ContactRecord, PartyRecord, month_in_words};

/// What the agenda shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Agenda {
    on: String,
    parties: Vec<PartyRecord>,
    contacts: Vec<ContactRecord>,
    /// Whether there are more than are shown.
    more: bool,
}

#[derive(Template)]
#[template(path = "agenda.html")]
struct AgendaPage {
    frame: Frame,
    agenda: Agenda,
    form: Form,
    month: Option<Month>,
    ics: Option<String>,
}

/// What the form shows as asked.
#[derive(Debug)]
struct Form {
    with: String,
    and: String,
    from: String,
    to: String,
    states: Vec<ContactState>,
    list: String,
    month: String,
}

/// A month as a table of weeks.
#[derive(Debug)]
struct Month {
    name: String,
    weeks: Vec<Vec<Day>>,
    before: String,
    after: String,
}

/// A day of the table.
#[derive(Debug)]
struct Day {
    number: i8,
    date: String,
    /// Whether it belongs to the month.
    inside: bool,
    today: bool,
    contacts: Vec<ContactRecord>,
}

const MOST: usize = 400;

/// Shows the agenda.
pub async fn show(asked: Asked) -> Answer {
    let on = asked.day().await?;
    let month = asked.params.text("month").map(month_of).transpose()?;
    let contacts = contacts(&asked, on, month).await?;
    let ics = match asked.shape {
        Shape::Ics => Some(super::calendar(&asked.desk, &contacts, on).await?),
        _ => None,
    };
    let parties = parties(&asked)?;
    let agenda = Agenda {
        on: on.to_string(),
        parties: parties.iter().map(|code| PartyRecord::of(*code, &asked.desk.names)).collect(),
        more: contacts.len() == MOST,
        contacts: ContactRecord::all(&contacts, &asked.desk.names),
    };
    let month = month.map(|first| Month::of(first, on, &agenda.contacts, &asked.params));
    let frame = Frame::new(&asked, "Agenda", AgendaPage::SHAPES);
    answer(&asked, &AgendaPage { frame, form: Form::of(&asked, on)?, agenda, month, ics })
}

fn parties(asked: &Asked) -> Result<Vec<detente::model::ActorCode>, Fault> {
    ["with", "and"]
        .iter()
        .filter_map(|name| asked.params.text(name))
        .map(|words| asked.party(words))
        .collect()
}

/// Without days, what lies around the day asked about: a month back and all that is ahead.
async fn contacts(asked: &Asked, on: Date, month: Option<Date>) -> Result<Vec<Contact>, Fault> {
    let parties = parties(asked)?;
    let (from, to) = match month {
        Some(first) => (Some(grid(first).from), Some(grid(first).to)),
        None => (asked.params.day("from")?, asked.params.day("to")?),
    };
    let usual = (from.is_none() && to.is_none()).then(|| on.saturating_sub(31.days()));
    let wish = Wish {
        a: parties.first().copied(),
        b: parties.get(1).copied(),
        from: from.or(usual),
        to,
        states: asked.params.many("state")?,
        on: Some(on),
        ..Wish::default()
    };
    Ok(asked.desk.ledger().agenda(&wish, MOST).await?)
}

/// The first day of `2018-04`.
fn month_of(text: &str) -> Result<Date, Fault> {
    let day = if text.len() == 7 { format!("{text}-01").parse() } else { text.parse() };
    day.map(|day: Date| day.first_of_month())
        .map_err(|_| Fault::parameter("month", format!("`{text}` is no month; it is written 2018-04")))
}

/// The days from the Monday before the first of a month to the Sunday after its last.
fn grid(first: Date) -> Days {
    let back = i64::from(first.weekday().since(Weekday::Monday));
    let last = first.last_of_month();
    let ahead = i64::from(last.weekday().until(Weekday::Sunday));
    Days { from: first.saturating_sub(back.days()), to: last.saturating_add(ahead.days()) }
}

impl Form {
    fn of(asked: &Asked, on: Date) -> Result<Self, Fault> {
        let text = |name: &str| asked.params.text(name).unwrap_or_default().to_owned();
        let month = on.strftime("%Y-%m").to_string();
        Ok(Self {
            with: text("with"),
            and: text("and"),
            from: text("from"),
            to: text("to"),
            states: asked.params.many("state")?,
            list: format!("/agenda{}", asked.params.with("month", "").query()),
            month: format!(
                "/agenda{}",
                asked.params.with("from", "").with("to", "").with("month", &month).query()
            ),
        })
    }

    /// The states with whether each is asked for.
    fn choices(&self) -> impl Iterator<Item = (&'static str, bool)> {
        ContactState::ALL.iter().map(|state| (state.as_str(), self.states.contains(state)))
    }
}

impl Month {
    fn of(first: Date, on: Date, contacts: &[ContactRecord], params: &Params) -> Self {
        let days = grid(first);
        let mut weeks = Vec::new();
        let mut day = days.from;
        while day <= days.to && weeks.len() < 6 {
            let week: Vec<Day> =
                (0..7).map(|n| Day::of(day.saturating_add(n.days()), first, on, contacts)).collect();
            weeks.push(week);
            day = day.saturating_add(1.week());
        }
        let beside = |day: Date| {
            format!("/agenda{}", params.with("month", &day.strftime("%Y-%m").to_string()).query())
        };
        Self {
            name: month_in_words(first),
            weeks,
            before: beside(first.saturating_sub(1.month())),
            after: beside(first.saturating_add(1.month())),
        }
    }
}

impl Day {
    fn of(date: Date, first: Date, on: Date, contacts: &[ContactRecord]) -> Self {
        // A contact known only to a month would stand on each of its days.
        let narrow = |days: Days| days.from.until(days.to).is_ok_and(|span| span.get_days() < 14);
        let falls = |contact: &&ContactRecord| {
            contact
                .days
                .is_some_and(|days| if narrow(days) { days.contains(date) } else { days.from == date })
        };
        Self {
            number: date.day(),
            date: date.to_string(),
            inside: date.month() == first.month(),
            today: date == on,
            contacts: contacts.iter().filter(falls).cloned().collect(),
        }
    }
}

impl Page for AgendaPage {
    type Data = Agenda;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Ics];

    fn data(&self) -> &Agenda {
        &self.agenda
    }

    fn csv(&self) -> Option<Csv> {
        let rows = self.agenda.contacts.iter().map(ContactRecord::row).collect();
        Some(Csv { header: ContactRecord::COLUMNS, rows })
    }

    fn ics(&self) -> Option<String> {
        self.ics.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_whole_weeks() {
        let days = grid(date(2018, 4, 1));
        assert_eq!(days, Days { from: date(2018, 3, 26), to: date(2018, 5, 6) });
        assert_eq!(month_of("2018-04").unwrap(), date(2018, 4, 1));
        assert!(month_of("April").is_err());
    }
}
