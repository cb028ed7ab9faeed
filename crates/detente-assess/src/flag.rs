//! Two flags that a desk wants to see at a glance: risk and opening.

use detente_model::{Bearing, Contact, ContactState, Days, EventType, Level, Observation, QuadClass, Status};
use jiff::ToSpan;
use serde::Serialize;

use crate::history::History;
use crate::strand::{Strand, score};

/// A warning light, with the reports that lit it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flag {
    /// Whether it is lit.
    pub raised: bool,
    /// The words for why, such as "contacts resumed"; empty where it is not lit.
    pub why: Vec<&'static str>,
    /// Keys of the reports that lit it, the latest first, at most eight.
    pub reports: Vec<String>,
}

/// The most reports that a flag shows.
const SHOWN: usize = 8;
/// A contact after so many days without one is a resumption.
const SILENCE: i64 = 60;
/// Chance of at least as many acts by the baseline's rate below which they stand out.
const RARE: f64 = 0.2;
/// Acts a window that are expected though the baseline shows none.
const BACKGROUND: f64 = 0.15;

/// Threats, mobilisation, violence between the two, and contacts broken off.
pub fn risk(history: &History, window: Days, baseline: Days, factor: f64) -> Flag {
    let mut flag = Light { history, window, baseline, factor, lit: Vec::new() };
    flag.light("threats", |act| act.kind == EventType::Threaten);
    flag.light("forces mobilised", |act| act.kind == EventType::Mobilize);
    flag.light("violence", |act| act.kind == EventType::Assault);
    flag.light("contacts or ties broken off", is_break);
    flag.into()
}

/// Contacts resumed, concessions, easing.
pub fn opening(history: &History, window: Days, baseline: Days, factor: f64) -> Flag {
    let mut flag = Light { history, window, baseline, factor, lit: Vec::new() };
    if let Some(reports) = resumed(&history.contacts, window) {
        flag.lit.push(("contacts resumed", reports));
    }
    flag.light("high-level contacts", |act| {
        Strand::of(act) == Strand::Contacts && score(act).is_some_and(|score| score > 0.0)
    });
    flag.light("concessions", |act| matches!(act.kind, EventType::Concede | EventType::Retreat));
    flag.light("support or ties renewed", |act| act.kind == EventType::Support);
    flag.into()
}

fn is_break(act: &Observation) -> bool {
    let called_off = act.status == Status::Cancelled && act.kind.quad() == QuadClass::VerbalCooperation;
    act.kind == EventType::Sanction
        || called_off
        || (act.kind == EventType::Reject && Strand::of(act) == Strand::Contacts)
}

/// Contacts of the window that were held or agreed, where the time before had none.
fn resumed(contacts: &[Contact], window: Days) -> Option<Vec<String>> {
    let day =
        |contact: &Contact| contact.steps.first().and_then(|step| step.on).or(contact.days.map(|d| d.from));
    let took_place = |contact: &&Contact| {
        contact.level >= Level::Official
            && matches!(contact.state, ContactState::Held | ContactState::Scheduled | ContactState::Confirmed)
    };
    let silence =
        Days { from: window.from.saturating_sub(SILENCE.days()), to: window.from.yesterday().ok()? };
    let held_on = |contact: &Contact| contact.days.map(|days| days.from).or(day(contact));
    let before = contacts.iter().filter(took_place).filter_map(held_on).any(|on| silence.contains(on));
    let now: Vec<String> = contacts
        .iter()
        .filter(took_place)
        .filter(|contact| day(contact).is_some_and(|on| window.contains(on)))
        .filter_map(|contact| contact.steps.last()?.report.clone())
        .collect();
    (!before && !now.is_empty()).then_some(now)
}

struct Light<'a> {
    history: &'a History,
    window: Days,
    baseline: Days,
    factor: f64,
    lit: Vec<(&'static str, Vec<String>)>,
}

impl Light<'_> {
    /// Lights up where acts of a sort are more frequent than the baseline lets expect.
    fn light(&mut self, why: &'static str, sort: impl Fn(&Observation) -> bool) {
        let counts = |act: &&Observation| act.bearing != Bearing::Told && score_or_threat(act) && sort(act);
        let now: Vec<&Observation> = self.history.within(self.window).filter(counts).collect();
        let before = self.history.within(self.baseline).filter(counts).count();
        let expected = before as f64 * self.factor + BACKGROUND;
        if !now.is_empty() && at_least(now.len(), expected) < RARE {
            self.lit.push((why, now.iter().rev().map(|act| act.report.clone()).collect()));
        }
    }
}

fn score_or_threat(act: &Observation) -> bool {
    score(act).is_some()
}

impl From<Light<'_>> for Flag {
    fn from(light: Light<'_>) -> Self {
        let why = light.lit.iter().map(|(why, _)| *why).collect();
        let mut reports: Vec<String> = Vec::new();
        for key in light.lit.into_iter().flat_map(|(_, keys)| keys) {
            if !reports.contains(&key) && reports.len() < SHOWN {
                reports.push(key);
            }
        }
        Self { raised: !reports.is_empty(), why, reports }
    }
}

/// The chance that a Poisson count of this mean is at least `n`.
fn at_least(n: usize, mean: f64) -> f64 {
    let mut term = (-mean).exp();
    let mut below = 0.0;
    for k in 0..n {
        below += term;
        term *= mean / (k + 1) as f64;
    }
    (1.0 - below).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn poisson_tails_are_known() {
        assert!((at_least(1, 0.5) - 0.393_469).abs() < 1e-5);
        assert!((at_least(3, 1.0) - 0.080_301).abs() < 1e-5);
        assert!(at_least(0, 2.0) == 1.0);
    }
}
