//! How alike two reports are: words, place, mode, sectors.

use std::collections::BTreeSet;

use detente_model::{ActorCode, Party, Report};

/// What two reports are compared by, prepared once.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    report: &'a Report,
    stems: BTreeSet<&'a str>,
    trigger: BTreeSet<&'a str>,
    city: Option<&'a str>,
    country: Option<ActorCode>,
}

/// Share of the shorter sentence's words that both have from which on two sentences are near.
const NEAR: f64 = 0.4;
/// Letters of a word that count: endings do not.
const STEM: usize = 6;

impl<'a> Look<'a> {
    /// The look of a report.
    pub fn of(report: &'a Report) -> Self {
        let place = report.event.place.as_ref();
        Self {
            report,
            stems: stems(&report.sentence, 4),
            trigger: stems(&report.trigger, 3),
            city: place.and_then(|place| place.name.split_once(", ")).map(|(city, _)| city),
            country: place.and_then(|place| place.country),
        }
    }

    /// Whether nothing sets the two apart: other towns, other modes, other parts of society.
    pub fn agrees(&self, other: &Self) -> bool {
        let (a, b) = (&self.report.event, &other.report.event);
        may_be_one(self.city, other.city)
            && may_be_one(self.country, other.country)
            && may_be_one(a.mode, b.mode)
            && sectors_agree(&a.actors, &b.actors)
            && sectors_agree(&a.recipients, &b.recipients)
    }

    /// Whether both name the same town.
    pub fn same_city(&self, other: &Self) -> bool {
        self.city.is_some() && self.city == other.city
    }

    /// Whether both name the act by the same word.
    pub fn same_trigger(&self, other: &Self) -> bool {
        self.trigger.intersection(&other.trigger).next().is_some()
    }

    /// Whether the sentences share enough of their words.
    pub fn is_near(&self, other: &Self) -> bool {
        let shorter = self.stems.len().min(other.stems.len());
        let shared = self.stems.intersection(&other.stems).count();
        shorter > 0 && shared as f64 >= NEAR * shorter as f64
    }
}

/// What one leaves open does not part the two.
fn may_be_one<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Sectors differ only where both sides name theirs; who governs, fights and spies for a state is one side.
fn sectors_agree(a: &[Party], b: &[Party]) -> bool {
    use detente_model::Sector::{Gov, Mil, Spy};
    let official = |party: &Party| party.actor.sector.is_none_or(|sector| matches!(sector, Gov | Mil | Spy));
    let sectors = |side: &[Party]| {
        let named = side.iter().filter(|party| !official(party));
        named.filter_map(|party| party.actor.sector).collect::<BTreeSet<_>>()
    };
    let (ours, theirs) = (sectors(a), sectors(b));
    a.iter().all(official) == b.iter().all(official)
        && (ours.is_empty() || theirs.is_empty() || !ours.is_disjoint(&theirs))
        || a.is_empty()
        || b.is_empty()
}

/// The beginnings of a text's longer words, in order, without repeats. Case counts: names are most of what tells acts apart.
fn stems(text: &str, shortest: usize) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= shortest);
    words.map(|word| word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])).collect()
}
