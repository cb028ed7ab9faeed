//! Why reports of a ledger are one act or one contact.

use std::io::{self, Write};

use detente::ledger::derive::{self, Join};
use detente::model::Report;
use serde::Serialize;

use crate::failure::Failure;
use crate::ledger::Opened;
use crate::output;

/// A cluster or contact with the reports that it was made of, and why they are together.
#[derive(Debug, Serialize)]
pub struct Grouped {
    /// Its id.
    id: String,
    /// One a report, in the order of joining.
    reports: Vec<Joined>,
}

#[derive(Debug, Serialize)]
struct Joined {
    #[serde(flatten)]
    join: Join,
    sentence: String,
    source: detente::model::Source,
}

impl Grouped {
    /// The cluster or contact of this id, or the cluster of the report of this key.
    pub fn find(opened: &Opened, id: &str) -> Result<Option<Self>, Failure> {
        let ledger = opened.kept.ledger();
        if let Some(contact) = opened.kept.wait(ledger.contact(id))? {
            let keys = contact.steps.iter().filter_map(|step| step.report.clone()).collect();
            return Ok(Some(Self::of(opened, contact.id, keys, derive::contact_joins)?));
        }
        match opened.kept.wait(ledger.cluster(id))? {
            Some(cluster) => Ok(Some(Self::of(opened, cluster.id, cluster.reports, derive::joins)?)),
            None => Ok(None),
        }
    }

    fn of(
        opened: &Opened,
        id: String,
        keys: Vec<String>,
        joins: impl Fn(&[Report]) -> Vec<Join>,
    ) -> Result<Self, Failure> {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let reports = opened.kept.wait(opened.kept.ledger().reports_of_keys(&keys))?;
        let joined = |join: Join| {
            let report = reports.iter().find(|report| report.key() == join.report)?;
            Some(Joined { join, sentence: report.sentence.clone(), source: report.source.clone() })
        };
        Ok(Self { id, reports: joins(&reports).into_iter().filter_map(joined).collect() })
    }

    /// Prints it for people.
    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.id)?;
        for Joined { join, sentence, source } in &self.reports {
            let day = source.published.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let by = source.publisher.as_deref().unwrap_or("unknown source");
            writeln!(out, "\n[{}] {by}, {day}", join.report)?;
            output::wrapped(out, "    ", sentence)?;
            writeln!(out, "    rule {}", join.rule)?;
            output::wrapped(out, "        ", join.rule.doc())?;
            if let Some(with) = &join.with {
                writeln!(out, "    with [{with}]")?;
            }
            let facts: Vec<String> = join.facts.iter().map(ToString::to_string).collect();
            if !facts.is_empty() {
                output::wrapped(out, "    in common: ", &facts.join("; "))?;
            }
        }
        Ok(())
    }
}
