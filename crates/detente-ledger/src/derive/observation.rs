//! A pair's acts as one row each.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{ActorCode, Cluster, Dyad, Observation, Report};
use jiff::civil::Date;

/// An act and a pair that it bears on, the smaller code first.
#[derive(Debug, Clone, PartialEq)]
pub struct PairAct {
    /// The pair.
    pub dyad: Dyad,
    /// The key of the first report of its cluster.
    pub first: String,
    /// The row.
    pub observation: Observation,
}

/// The acts that bear on a pair: one row a cluster, told by its best report. Clusters without a day are left out.
pub fn observations(dyad: Dyad, reports: &[Report], clusters: &[Cluster]) -> Vec<Observation> {
    let by_key: BTreeMap<&str, &Report> = reports.iter().map(|report| (report.key(), report)).collect();
    clusters.iter().filter_map(|cluster| observation(dyad, cluster, &by_key)).collect()
}

/// The rows of every pair that the clusters bear on, in the order of the clusters and of the codes.
pub fn acts(reports: &[Report], clusters: &[Cluster]) -> Vec<PairAct> {
    let by_key: BTreeMap<&str, &Report> = reports.iter().map(|report| (report.key(), report)).collect();
    let of_cluster = |cluster: &Cluster| {
        let best = by_key.get(cluster.told_best.as_str());
        let dyads = best.map_or_else(Vec::new, |best| dyads(best));
        let act = |dyad: Dyad| {
            let observation = observation(dyad, cluster, &by_key)?;
            Some(PairAct { dyad, first: cluster.reports.first()?.clone(), observation })
        };
        dyads.into_iter().filter_map(act).collect::<Vec<_>>()
    };
    clusters.iter().flat_map(of_cluster).collect()
}

/// Every two of those who take part or speak.
fn dyads(report: &Report) -> Vec<Dyad> {
    let event = &report.event;
    let speaker = event.speaker.as_ref().map(|speaker| speaker.actor);
    let parties = event.actors.iter().chain(&event.recipients).map(|party| party.actor);
    let codes: BTreeSet<ActorCode> = parties.chain(speaker).filter_map(|actor| actor.code).collect();
    let later = |a: ActorCode| codes.range(a..).skip(1);
    codes.iter().flat_map(|a| later(*a).filter_map(|b| Dyad::new(*a, *b))).collect()
}

fn observation(dyad: Dyad, cluster: &Cluster, reports: &BTreeMap<&str, &Report>) -> Option<Observation> {
    let best = reports.get(cluster.told_best.as_str())?;
    let event = &best.event;
    let members = || cluster.reports.iter().filter_map(|key| reports.get(key.as_str()));
    let published = members().filter_map(|report| report.source.published).min();
    let act = cluster.days.map(|days| days.from);
    let known = published.or(act)?;
    Some(Observation {
        report: best.key().to_owned(),
        day: act.map_or(known, |day: Date| day.min(known)),
        known,
        kind: event.kind,
        mode: event.mode,
        plain: event.plain,
        status: event.status,
        bearing: dyad.bearing(best)?,
        sources: u32::try_from(cluster.sources).unwrap_or(u32::MAX),
        confidence: members().map(|report| report.event.confidence).fold(0.0, f32::max),
        speaker: event.speaker.as_ref().and_then(|speaker| speaker.actor.code),
    })
}
