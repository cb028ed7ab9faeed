//! Reports held in memory, to be asked without a ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use detente_assess::History;
use detente_ledger::derive;
use detente_model::{
    ActorCode, Article, Cluster, Contact, Days, Dyad, Event, EventType, QuadClass, Report, Signature, Source,
    Status,
};
use jiff::civil::Date;

use crate::shelf::{Pair, Shelf, Wish};

/// The reports of a set of articles with what follows from them. Reprints of one text count once as sources.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    reports: Vec<Report>,
    clusters: Vec<Cluster>,
    contacts: Vec<Contact>,
    read: BTreeMap<Date, u32>,
}

impl Dossier {
    /// The dossier of articles, each with its signature and its events. What it tells does not depend on their order, except
    /// which of two reprints names a text.
    pub fn of(articles: impl IntoIterator<Item = (Article, Signature, Vec<Event>)>) -> Self {
        let mut dossier = Self::default();
        let mut texts: Vec<Signature> = Vec::new();
        for (article, signature, events) in articles {
            let family = texts.iter().position(|text| text.is_near(&signature)).unwrap_or_else(|| {
                texts.push(signature);
                texts.len() - 1
            });
            let source = Source::of(&article, Some(family as u64));
            if let Some(day) = source.published {
                *dossier.read.entry(day).or_default() += 1;
            }
            dossier.reports.extend(Report::all_of(&article, events, &source));
        }
        dossier.clusters = derive::clusters(&dossier.reports);
        dossier.contacts = derive::contacts(&dossier.reports);
        dossier
    }

    fn contacts_on(&self, on: Date, fits: impl Fn(&Contact) -> bool) -> Vec<Contact> {
        self.contacts.iter().filter(|contact| fits(contact)).filter_map(|c| derive::as_of(c, on)).collect()
    }

    /// The articles that tell of acts or contacts of the pair.
    fn articles_of(&self, dyad: Dyad) -> BTreeSet<&str> {
        let of_pair = |report: &&Report| dyad.bearing(report).is_some();
        self.reports.iter().filter(of_pair).map(|report| report.source.article.as_str()).collect()
    }
}

impl Shelf for Dossier {
    type Error = Infallible;

    fn pair(&self, dyad: Dyad, days: Days) -> Result<Pair, Infallible> {
        let on = days.to;
        let beside = self.articles_of(dyad);
        let told_beside = |contact: &Contact| {
            let reports = contact.steps.iter().filter_map(|step| step.report.as_deref());
            reports.filter_map(|key| key.rsplit_once('#')).any(|(article, _)| beside.contains(article))
        };
        let of_pair = |contact: &Contact| contact.joins(dyad.a, dyad.b);
        let history = History {
            dyad,
            acts: derive::observations(dyad, &self.reports, &self.clusters),
            contacts: self.contacts_on(on, of_pair),
            read: self.read.iter().map(|(day, count)| (*day, *count)).collect(),
        };
        let around = self.contacts_on(on, |contact| !of_pair(contact) && told_beside(contact));
        Ok(Pair { history, around })
    }

    fn contacts(&self, parties: &[ActorCode], on: Date) -> Result<Vec<Contact>, Infallible> {
        let takes_part =
            |contact: &Contact, code| contact.parties.iter().any(|party| party.code == Some(code));
        Ok(self.contacts_on(on, |contact| parties.iter().all(|code| takes_part(contact, *code))))
    }

    fn reports(&self, wish: &Wish<'_>, on: Date) -> Result<Vec<Report>, Infallible> {
        let known = |report: &&Report| report.source.published.is_none_or(|day| day <= on);
        let mut found: Vec<&Report> =
            self.reports.iter().filter(known).filter(|report| wish.fits(report)).collect();
        match wish {
            Wish::Keys(keys) => found.sort_by_key(|report| keys.iter().position(|key| *key == report.key())),
            _ => found.sort_by_key(|report| std::cmp::Reverse((report.source.published, report.key()))),
        }
        Ok(found.into_iter().cloned().collect())
    }

    fn last_day(&self) -> Result<Option<Date>, Infallible> {
        Ok(self.read.keys().next_back().copied())
    }
}

impl Wish<'_> {
    /// Whether a report is one of those looked for.
    pub fn fits(&self, report: &Report) -> bool {
        let event = &report.event;
        let acts = |code| event.actors.iter().any(|party| party.actor.code == Some(code));
        let suffers = |code| event.recipients.iter().any(|party| party.actor.code == Some(code));
        match *self {
            Wish::Keys(keys) => keys.contains(&report.key()),
            Wish::Said { by, of } => {
                let speaks = event.speaker.as_ref().is_some_and(|s| s.actor.code == Some(by));
                let utters = acts(by) && event.kind.quad() == QuadClass::VerbalConflict;
                (speaks || utters) && of.is_none_or(|of| acts(of) || suffers(of))
            }
            Wish::Struck { party, other } => {
                let happened = matches!(event.status, Status::Occurred | Status::Ongoing);
                let struck = |by, whom| acts(by) && suffers(whom);
                event.kind == EventType::Assault
                    && happened
                    && match other {
                        None => suffers(party),
                        Some(other) => struck(party, other) || struck(other, party),
                    }
            }
        }
    }
}
