//! Phoenix event data of the Open Event Data Alliance: a row a dyad, no header.

use super::party::Coded;
use super::row::{Row, compact, value, words};

/// Appends the cell of a column.
pub(super) fn cell(row: &Row<'_>, column: &str, out: &mut String) {
    let source = &row.report.source;
    match column {
        "EventID" => value(out, Some(row.number)),
        "Date" => value(out, Some(compact(row.day))),
        "Year" => value(out, Some(row.day.year())),
        "Month" => value(out, Some(row.day.month())),
        "Day" => value(out, Some(row.day.day())),
        "EventCode" => out.push_str(row.code.code),
        "EventRootCode" => out.push_str(row.code.root()),
        "QuadClass" => value(out, Some(quad(row.code.root()))),
        "GoldsteinScore" => value(out, Some(format_args!("{:.1}", row.code.score))),
        "SentenceID" => words(out, row.report.key()),
        "URLs" => words(out, source.url.as_deref().unwrap_or("")),
        "NewsSources" => words(out, source.publisher.as_deref().unwrap_or("")),
        _ => {
            if let Some(column) = column.strip_prefix("SourceActor") {
                actor_cell(row.actor.as_ref(), column, out);
            } else if let Some(column) = column.strip_prefix("TargetActor") {
                actor_cell(row.recipient.as_ref(), column, out);
            } else {
                site_cell(row, column, out);
            }
        }
    }
}

/// Entity is the country or the kind of organisation, role the sector.
fn actor_cell(party: Option<&Coded<'_>>, column: &str, out: &mut String) {
    let Some(party) = party else { return };
    match column {
        "Full" => out.push_str(&party.full()),
        "Entity" => {
            out.push_str(party.organisation.map_or(party.country_code(), |organisation| organisation.role))
        }
        "Role" => out.push_str(party.sector.map_or("", |sector| sector.cameo)),
        _ => {}
    }
}

fn site_cell(row: &Row<'_>, column: &str, out: &mut String) {
    let Some(site) = &row.site else { return };
    match column {
        "Lat" => value(out, site.coordinates.map(|at| at.0)),
        "Lon" => value(out, site.coordinates.map(|at| at.1)),
        "LocationName" => words(out, site.name),
        "StateName" => words(out, site.division.as_deref().unwrap_or("")),
        "CountryCode" => out.push_str(site.country.map_or("", |country| country.iso)),
        _ => {}
    }
}

/// The classes as Phoenix's own pipeline assigns them: statements and appeals 0, reduced relations 3.
fn quad(root: &str) -> u8 {
    match root {
        "01" | "02" => 0,
        "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "09" | "10" | "11" | "12" | "13" | "16" => 3,
        _ => 4,
    }
}
