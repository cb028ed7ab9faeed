//! Which of the places of a name is meant.
//!
//! The names of a report are weighed together. Each name begins with the odds that its places have by themselves (how
//! large, of what kind, how called); then, for a few rounds, each place gains by how well it goes with the places that
//! the other names stand for at that point: in the same division, in the same country, close by. Rounds after the
//! first see the gains of the ones before, so that one sure name ("Rapides Parish") pulls the unsure ones along.

use detente_gazetteer::{Form, Gazetteer, Kind, Place, PlaceId};
use rustc_hash::FxHashMap;

use super::cue::Cues;
use super::spot::{Spot, Verdict};
use super::weights::Weights;

/// What a spot stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub form: Form,
    pub place: Option<PlaceId>,
    pub near: Option<PlaceId>,
    pub certainty: f32,
}

const ROUNDS: usize = 3;
/// Of one name, so many places are weighed: the most likely by themselves.
const WEIGHED: usize = 160;
/// Of another name, so many places are looked at for company.
const COMPANY: usize = 3;

/// Chooses for every spot. Spots of one name get one place.
///
/// `None` for a spot that is not surely a place and does not go with the places of the report.
pub(super) fn choose(
    gazetteer: &Gazetteer,
    spots: &[Spot],
    cues: &Cues,
    weights: &Weights,
) -> Vec<Option<Choice>> {
    let (mut names, of_spot) = group(gazetteer, spots, weights);
    for link in &cues.links {
        enclose(&mut names, of_spot[link.inner], of_spot[link.outer], weights);
    }
    for &spot in &cues.counties {
        let name = &mut names[of_spot[spot]];
        let holds: Vec<bool> = name.readings.iter().map(|r| r.kind == Kind::Admin2).collect();
        name.state(&holds, weights.inside);
    }
    names.iter_mut().for_each(Name::settle);
    for _ in 0..ROUNDS {
        let gains: Vec<Vec<f32>> = (0..names.len()).map(|n| gains(&names, n, &cues.signs, weights)).collect();
        for (name, gains) in names.iter_mut().zip(gains) {
            name.gain(&gains);
        }
    }
    let focus = focus(&names);
    let kept = |n: usize| names[n].is_kept(weights);
    of_spot.iter().map(|&n| kept(n).then(|| names[n].choice(focus))).collect()
}

/// All spots of one name.
struct Name {
    spots: f32,
    /// How sure it is that this is a place; it has a say in the others only if quite.
    verdict: Verdict,
    /// What the others add to its likeliest reading.
    company: f32,
    readings: Vec<Reading>,
}

/// One place that a name may stand for.
#[derive(Clone, Copy)]
struct Reading {
    place: PlaceId,
    kind: Kind,
    form: Form,
    country: Option<[u8; 2]>,
    admin1: Option<PlaceId>,
    admin2: Option<PlaceId>,
    /// Unit vector from the centre of the earth.
    towards: [f32; 3],
    /// Log odds by itself and by what the text says of it.
    prior: f32,
    /// Log odds with the company it keeps.
    score: f32,
    /// Its share of belief among the readings.
    share: f32,
}

fn group(gazetteer: &Gazetteer, spots: &[Spot], weights: &Weights) -> (Vec<Name>, Vec<usize>) {
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut names: Vec<Name> = Vec::new();
    let mut of_spot = Vec::with_capacity(spots.len());
    for spot in spots {
        let number = *numbers.entry(&spot.key).or_insert(names.len());
        if number == names.len() {
            names.push(Name {
                spots: 0.0,
                verdict: spot.verdict,
                company: 0.0,
                readings: readings(gazetteer, spot, weights),
            });
        }
        if names[number].readings.len() < spot.named.len().min(WEIGHED) {
            names[number].readings = readings(gazetteer, spot, weights);
        }
        names[number].spots += 1.0;
        names[number].hear(spot);
        of_spot.push(number);
    }
    (names, of_spot)
}

fn readings(gazetteer: &Gazetteer, spot: &Spot, weights: &Weights) -> Vec<Reading> {
    let mut readings: Vec<Reading> = spot
        .named
        .iter()
        .map(|named| reading(gazetteer, gazetteer.place(named.place), named.form, weights))
        .collect();
    yield_to_seats(&mut readings, weights);
    if readings.len() > WEIGHED {
        readings.sort_by(|a, b| b.prior.total_cmp(&a.prior));
        readings.truncate(WEIGHED);
    }
    readings
}

/// A division is seldom meant by the bare name of a town in it: "Beirut", "Madison".
fn yield_to_seats(readings: &mut [Reading], weights: &Weights) {
    let divisions =
        readings.iter().enumerate().filter(|(_, r)| matches!(r.kind, Kind::Admin1 | Kind::Admin2));
    let yielding: Vec<usize> = divisions
        .filter(|(_, d)| readings.iter().any(|town| town.is_town() && town.lies_in(d)))
        .map(|(i, _)| i)
        .collect();
    for i in yielding {
        readings[i].prior += weights.seat;
        readings[i].score = readings[i].prior;
    }
}

fn reading(gazetteer: &Gazetteer, place: Place, form: Form, weights: &Weights) -> Reading {
    let prior = prior(&place, form, weights);
    let (lat, lon) = (place.at.0.to_radians(), place.at.1.to_radians());
    Reading {
        place: place.id,
        kind: place.kind,
        form,
        country: place.country,
        admin1: gazetteer.division(place.id, Kind::Admin1),
        admin2: gazetteer.division(place.id, Kind::Admin2),
        towards: [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()],
        prior,
        score: prior,
        share: 0.0,
    }
}

fn prior(place: &Place, form: Form, weights: &Weights) -> f32 {
    let kind = match place.kind {
        Kind::Country | Kind::Continent => weights.country,
        Kind::Admin1 => weights.admin1,
        Kind::Admin2 | Kind::Admin3 => weights.admin2,
        Kind::Capital => weights.capital,
        Kind::City => 0.0,
        Kind::Region | Kind::Water | Kind::Island | Kind::Land | Kind::Site => weights.feature,
    };
    let from_many =
        matches!(place.kind, Kind::City | Kind::Capital | Kind::Admin1 | Kind::Admin2 | Kind::Admin3);
    let form = if form == Form::Other && from_many { weights.other_name } else { 0.0 };
    kind + form + weights.population * (place.population + 1.0).ln()
}

/// The readings of `inner` that lie in a reading of `outer` gain, and so do those of `outer` that one lies in.
fn enclose(names: &mut [Name], inner: usize, outer: usize, weights: &Weights) {
    if inner == outer {
        return;
    }
    let lies = |a: &Reading, b: &Reading| a.lies_in(b);
    let inside: Vec<bool> =
        names[inner].readings.iter().map(|a| names[outer].readings.iter().any(|b| lies(a, b))).collect();
    let around: Vec<bool> =
        names[outer].readings.iter().map(|b| names[inner].readings.iter().any(|a| lies(a, b))).collect();
    names[inner].state(&inside, weights.inside);
    names[outer].state(&around, weights.inside / 2.0);
}

impl Reading {
    fn lies_in(&self, other: &Reading) -> bool {
        self.place != other.place
            && match other.kind {
                Kind::Country => self.country == other.country && self.country.is_some(),
                Kind::Admin1 => self.admin1 == Some(other.place),
                Kind::Admin2 => self.admin2 == Some(other.place),
                _ => false,
            }
    }

    /// A town or a county, which has neighbours; not a country or a state.
    fn is_local(&self) -> bool {
        !matches!(self.kind, Kind::Country | Kind::Continent | Kind::Admin1 | Kind::Region | Kind::Water)
    }

    fn is_town(&self) -> bool {
        matches!(self.kind, Kind::City | Kind::Capital)
    }

    /// How well two places go together: in one country, in one division, close by; each in 0..=1.
    fn company(&self, other: &Reading, weights: &Weights) -> [f32; 3] {
        let same = |a: bool| f32::from(u8::from(a));
        let close = 1.0 / (1.0 + self.km_squared(other) / (weights.reach * weights.reach));
        [
            same(self.country.is_some() && self.country == other.country),
            same(self.admin1.is_some() && self.admin1 == other.admin1),
            if self.is_local() && other.is_local() { close } else { 0.0 },
        ]
    }

    /// The square of the straight line between two places.
    fn km_squared(&self, other: &Reading) -> f32 {
        let square = |i: usize| (self.towards[i] - other.towards[i]).powi(2);
        (square(0) + square(1) + square(2)) * 6371.0 * 6371.0
    }
}

impl Name {
    /// What the text says outright about some readings, if it can be said of any.
    fn state(&mut self, holds: &[bool], odds: f32) {
        for (reading, holds) in self.readings.iter_mut().zip(holds) {
            if *holds {
                reading.prior += odds;
                reading.score = reading.prior;
            }
        }
    }

    /// Takes in what one more spot says: the places it allows, and that twice likely is sure.
    fn hear(&mut self, spot: &Spot) {
        let again = spot.verdict == Verdict::Likely && self.spots > 1.0 && self.verdict == Verdict::Likely;
        self.verdict = if again { Verdict::Place } else { self.verdict.max(spot.verdict) };
    }

    fn is_kept(&self, weights: &Weights) -> bool {
        match self.verdict {
            Verdict::Place => true,
            Verdict::Likely => self.company > weights.keep,
            Verdict::Perhaps => self.company > weights.keep_perhaps,
        }
    }

    fn gain(&mut self, gains: &[f32]) {
        for (reading, gain) in self.readings.iter_mut().zip(gains) {
            reading.score = reading.prior + gain;
        }
        self.settle();
        self.company = self.readings.first().map_or(0.0, |best| best.score - best.prior);
    }

    /// Shares out belief by the scores, the likeliest reading first.
    fn settle(&mut self) {
        self.readings.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
        let Some(most) = self.readings.first().map(|r| r.score) else { return };
        let sum: f32 = self.readings.iter().map(|r| (r.score - most).exp()).sum();
        self.readings.iter_mut().for_each(|r| r.share = (r.score - most).exp() / sum);
    }

    fn choice(&self, focus: Option<PlaceId>) -> Choice {
        match self.readings.first() {
            Some(best) => Choice {
                form: best.form,
                place: Some(best.place),
                near: None,
                certainty: best.share.min(1.0),
            },
            None => Choice { form: Form::Name, place: None, near: focus, certainty: 0.0 },
        }
    }
}

/// What the other names add to each reading of a name. Grows with the logarithm of the company, so that ten names of
/// one state count more than one, but not ten times.
fn gains(names: &[Name], of: usize, signs: &[[u8; 2]], weights: &Weights) -> Vec<f32> {
    let others: Vec<&Reading> = (names.iter().enumerate())
        .filter(|(n, name)| *n != of && name.verdict == Verdict::Place)
        .flat_map(|(_, name)| name.readings.iter().take(COMPANY))
        .collect();
    names[of].readings.iter().map(|reading| gain(reading, &others, signs, weights)).collect()
}

fn gain(reading: &Reading, others: &[&Reading], signs: &[[u8; 2]], weights: &Weights) -> f32 {
    let at_home = signs.iter().filter(|sign| reading.country == Some(**sign)).count();
    let mut sums = [weights.sign * at_home as f32, 0.0, 0.0];
    for other in others {
        let company = reading.company(other, weights);
        (0..3).for_each(|i| sums[i] += other.share * company[i]);
    }
    let [country, admin1, near] = sums.map(f32::ln_1p);
    weights.same_country * country + weights.same_admin1 * admin1 + weights.near * near
}

/// The place that the local names of a report lie around: the one with the most company.
fn focus(names: &[Name]) -> Option<PlaceId> {
    let local =
        |name: &&Name| name.readings.first().is_some_and(|r| r.is_local() && r.form != Form::Adjective);
    let heads: Vec<(&Reading, f32)> = names.iter().filter(local).map(|n| (&n.readings[0], n.spots)).collect();
    let company = |r: &Reading| -> f32 {
        heads.iter().map(|(other, spots)| spots / (1.0 + r.km_squared(other) / 10_000.0)).sum()
    };
    let best = heads.iter().map(|(r, _)| (company(r), r.place)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(best.1)
}
