//! A pair's acts as one row each.

use std::collections::BTreeMap;

use detente_model::{Cluster, Dyad, Observation, Report};
use jiff::civil::Date;

/// The acts that bear on a pair: one row a cluster, told by its best report. Clusters without a day are left out.
pub fn observations(dyad: Dyad, reports: &[Report], clusters: &[Cluster]) -> Vec<Observation> {
    let by_key: BTreeMap<&str, &Report> = reports.iter().map(|report| (report.key(), report)).collect();
    clusters.iter().filter_map(|cluster| observation(dyad, cluster, &by_key)).collect()
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
