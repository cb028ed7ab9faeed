//! `detente agenda`: contacts with their life: what is planned, and what became of what was.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use detente::ledger::exchange::calendar::{self, Entry, Proof};
use detente::ledger::store::{self, Access};
use detente::lexicon::Lexicon;
use detente::model::{ActorCode, Contact, ContactState, Days, Report};
use detente::{Kept, Parties};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::args::named;
use crate::counted::counted;
use crate::failure::{Failure, Outcome};
use crate::ledger::{LedgerOption, today};
use crate::output;

/// Say what is planned between parties, and what became of it
#[derive(Debug, Args)]
pub struct Agenda {
    /// Nobody, one party or two: codes such as RUS, or names
    #[arg(value_name = "PARTY", num_args = 0..=2)]
    parties: Vec<String>,
    #[command(flatten)]
    ledger: LedgerOption,
    /// Contacts that do not end before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// Contacts that do not begin after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<Date>,
    /// Contacts that stand so; may be repeated
    #[arg(long = "status", value_name = "STATE", ignore_case = true, value_parser = named(ContactState::ALL))]
    states: Vec<ContactState>,
    /// The day that counts as today; without it, that of the latest article
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Print no more than so many: the first from a day, else the last
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Table,
    /// A JSON object a line
    Json,
    /// iCalendar
    Ics,
}

impl Agenda {
    /// Prints the contacts in the order of their days.
    pub fn run(self) -> Result<Outcome, Failure> {
        let parties = Parties::new(Lexicon::builtin(), self.on);
        let codes = self.codes(&parties)?;
        let opened = self.ledger.open(Access::Read)?;
        let ledger = opened.kept.ledger();
        let on = match self.on {
            Some(day) => Some(day),
            None => opened.kept.wait(ledger.last_day())?,
        };
        let asked = store::Agenda {
            a: codes.first().copied(),
            b: codes.get(1).copied(),
            from: self.from,
            to: self.to,
            states: self.states.clone(),
            last: self.from.is_none(),
            on,
            ..store::Agenda::default()
        };
        let contacts = opened.kept.wait(ledger.agenda(&asked, self.limit))?;
        let mut out = output::stdout();
        match self.format {
            Format::Json => contacts.iter().try_for_each(|contact| output::json_line(&mut out, contact))?,
            Format::Ics => ics(&mut out, &opened.kept, &contacts, on)?,
            Format::Table => table(&mut out, &contacts, &parties)?,
        }
        out.flush()?;
        Ok(Outcome::Complete)
    }

    fn codes(&self, parties: &Parties<'_>) -> Result<Vec<ActorCode>, Failure> {
        let party = |name: &String| parties.find(name).ok_or_else(|| Failure::UnknownParty(name.clone()));
        self.parties.iter().map(party).collect()
    }
}

/// The calendar; it is stamped with the day that counts as today, so that the same ledger gives the same file.
fn ics(out: &mut impl Write, kept: &Kept, contacts: &[Contact], on: Option<Date>) -> Result<(), Failure> {
    let keys =
        |contact: &Contact| contact.steps.iter().filter_map(|step| step.report.clone()).collect::<Vec<_>>();
    let proofs = |contact: &Contact| {
        let keys = keys(contact);
        let reports =
            kept.wait(kept.ledger().reports_of_keys(&keys.iter().map(String::as_str).collect::<Vec<_>>()))?;
        Ok::<Vec<Proof>, Failure>(reports.into_iter().map(proof).collect())
    };
    let proofs = contacts.iter().map(proofs).collect::<Result<Vec<_>, _>>()?;
    let entries = contacts.iter().zip(&proofs).map(|(contact, proofs)| Entry { contact, proofs });
    let stamp =
        on.unwrap_or_else(today).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp());
    let summary = calendar::write(entries, stamp, out)?;
    if summary.undated > 0 {
        eprintln!("detente: left out {} without a day", counted(summary.undated, "contact", "contacts"));
    }
    Ok(())
}

fn proof(report: Report) -> Proof {
    Proof { on: report.source.published, publisher: report.source.publisher, sentence: report.sentence }
}

/// A line a contact, and a line for each step of its life.
fn table(out: &mut impl Write, contacts: &[Contact], parties: &Parties<'_>) -> io::Result<()> {
    if contacts.is_empty() {
        writeln!(out, "no contacts")?;
    }
    for contact in contacts {
        let mut names: Vec<String> = Vec::new();
        for name in contact.parties.iter().filter_map(|party| party.code).map(|code| parties.name(code)) {
            // A government and its state are one name.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let who =
            if names.is_empty() { contact.occasion.clone().unwrap_or_default() } else { names.join(", ") };
        let place = contact.place.as_ref().map_or_else(String::new, |place| format!(", {}", place.name));
        writeln!(out, "{:<24}{:<10} {:<8} {who}{place}", days(contact.days), contact.state, contact.kind)?;
        for step in &contact.steps {
            let on = step.on.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let report = step.report.as_deref().unwrap_or("nothing was reported");
            writeln!(out, "    {on:<11}{:<10} {:<24}{report}", step.state, days(step.days))?;
        }
    }
    Ok(())
}

fn days(days: Option<Days>) -> String {
    match days {
        None => "no day".to_owned(),
        Some(days) if days.from == days.to => days.from.to_string(),
        Some(days) => format!("{}..{}", days.from, days.to),
    }
}
