//! ICEWS Coded Event Data: a row a dyad, countries and acts by name.

use super::geography::Site;
use super::party::Coded;
use super::row::{Row, stable_number, value, words};

/// Appends the cell of a column.
pub(super) fn cell(row: &Row<'_>, column: &str, out: &mut String) {
    let source = &row.report.source;
    match column {
        "Event ID" => value(out, Some(row.id())),
        "Event Date" => value(out, Some(row.day)),
        "Source Name" => name(row.actor.as_ref(), out),
        "Source Sectors" => sector(row.actor.as_ref(), out),
        "Source Country" => country(row.actor.as_ref(), out),
        "Target Name" => name(row.recipient.as_ref(), out),
        "Target Sectors" => sector(row.recipient.as_ref(), out),
        "Target Country" => country(row.recipient.as_ref(), out),
        "Event Text" => out.push_str(row.code.name),
        "CAMEO Code" => out.push_str(row.code.code),
        "Intensity" => value(out, Some(format_args!("{:.1}", row.code.score))),
        "Story ID" => value(out, Some(stable_number(&[&source.article]))),
        "Publisher" => words(out, source.publisher.as_deref().unwrap_or("")),
        _ => {
            if let Some(site) = &row.site {
                site_cell(site, column, out);
            }
        }
    }
}

fn site_cell(site: &Site<'_>, column: &str, out: &mut String) {
    match column {
        "City" => words(out, site.town()),
        "Province" => words(out, site.division.as_deref().unwrap_or("")),
        "Country" => out.push_str(site.country.map_or("", |country| country.icews)),
        "Latitude" => value(out, site.coordinates.map(|at| at.0)),
        "Longitude" => value(out, site.coordinates.map(|at| at.1)),
        _ => {}
    }
}

fn name(party: Option<&Coded<'_>>, out: &mut String) {
    let Some(party) = party else { return };
    match party.country {
        Some(country) if party.party.name.is_none() && party.sector.is_none() => out.push_str(country.icews),
        _ => words(out, party.name()),
    }
}

fn sector(party: Option<&Coded<'_>>, out: &mut String) {
    out.push_str(party.and_then(|party| party.sector).map_or("", |sector| sector.icews));
}

fn country(party: Option<&Coded<'_>>, out: &mut String) {
    out.push_str(party.and_then(|party| party.country).map_or("", |country| country.icews));
}
