//! POLECAT: a row an event with all its parties, in the terms of PLOVER. What is not known reads `None`.

use detente_model::{
    Actor, ActorCode, Context, Event, EventType, Mode, Party, Place, PlainAct, QuadClass, Report, Sector,
    Source, Status,
};
use jiff::civil::Date;

use super::geography::Site;
use super::imported::{NO_EVIDENCE, UNTOLD, coordinates, on};
use super::lines::Fields;
use super::party::Coded;
use super::reader::FaultKind;
use super::row::{value, words};
use super::tables;

const NONE: &str = "None";
/// Parts the values of a cell that has several.
const SEPARATOR: &str = "; ";

/// Appends the cell of a column.
pub(super) fn cell(report: &Report, day: Date, site: Option<&Site<'_>>, column: &str, out: &mut String) {
    let (event, source) = (&report.event, &report.source);
    match column {
        "Event ID" => words(out, report.key()),
        "Event Date" => value(out, Some(day)),
        "Event Type" => out.push_str(event.kind.as_str()),
        "Event Mode" => out.push_str(event.mode.map_or("", Mode::as_str)),
        "Intensity" => value(out, Some(format_args!("{:.1}", event.score()))),
        "Quad Code" => out.push_str(quad(event.quad())),
        "Contexts" => out.push_str(&contexts(event)),
        "Source" => words(out, source.publisher.as_deref().unwrap_or("")),
        "Publication Date" => value(out, source.published),
        "Version" => out.push_str(concat!("detente ", env!("CARGO_PKG_VERSION"))),
        column if column.contains("Actor") => parties(&event.actors, &column.replace("Actor", "Party"), out),
        column if column.contains("Recipient") => {
            parties(&event.recipients, &column.replace("Recipient", "Party"), out);
        }
        column => site_cell(site, column, out),
    }
}

fn quad(class: QuadClass) -> &'static str {
    match class {
        QuadClass::VerbalCooperation => "VERBAL COOPERATION",
        QuadClass::MaterialCooperation => "MATERIAL COOPERATION",
        QuadClass::VerbalConflict => "VERBAL CONFLICT",
        QuadClass::MaterialConflict => "MATERIAL CONFLICT",
    }
}

fn contexts(event: &Event) -> String {
    let names: Vec<String> =
        event.contexts.iter().map(|context| context.as_str().replace('-', "_")).collect();
    names.join(SEPARATOR)
}

fn parties(parties: &[Party], column: &str, out: &mut String) {
    let each: fn(&Coded<'_>) -> String = match column {
        "Party Name" => |party| cleaned(party.name()),
        "Party Country" => |party| party.party.actor.code.map_or(String::new(), |code| code.to_string()),
        "Primary Party Sector" | "Party Sectors" => {
            |party| party.party.actor.sector.map_or(String::new(), |sector| sector.to_string())
        }
        "Party Name Raw" => |party| cleaned(&party.party.text),
        _ => return,
    };
    let mut values: Vec<String> = parties.iter().map(|party| each(&Coded::new(party))).map(or_none).collect();
    if column == "Primary Party Sector" {
        values.truncate(1);
    }
    out.push_str(&or_none(values.join(SEPARATOR)));
}

/// A name without what would part it in two.
fn cleaned(name: &str) -> String {
    let mut out = String::new();
    words(&mut out, &name.replace(';', ","));
    out
}

fn or_none(text: String) -> String {
    if text.is_empty() { NONE.to_owned() } else { text }
}

fn site_cell(site: Option<&Site<'_>>, column: &str, out: &mut String) {
    let name = |name: &str| or_none(cleaned(name));
    match column {
        "Placename" => out.push_str(&name(site.map_or("", |site| site.name))),
        "City" => out.push_str(&name(site.map_or("", Site::town))),
        "Province" => out.push_str(&name(site.and_then(|site| site.division.as_deref()).unwrap_or(""))),
        "Country" => out.push_str(site.and_then(|site| site.country).map_or(NONE, |country| country.iso)),
        "Latitude" => value(out, site.and_then(|site| site.coordinates).map(|at| at.0)),
        "Longitude" => value(out, site.and_then(|site| site.coordinates).map(|at| at.1)),
        "GeoNames ID" => value(out, site.and_then(|site| site.geonameid)),
        _ => {}
    }
}

/// The report of a row.
pub(super) fn read(fields: &Fields<'_>) -> Result<Report, FaultKind> {
    let id = fields.get("Event ID");
    if id.is_empty() {
        return Err(fields.fault("Event ID", "an id"));
    }
    let kind = kind(fields.get("Event Type")).ok_or_else(|| fields.fault("Event Type", "a PLOVER type"))?;
    let day =
        day(fields.get("Event Date")).ok_or_else(|| fields.fault("Event Date", "a day as YYYY-MM-DD"))?;
    let mode: Option<Mode> = fields.get("Event Mode").to_lowercase().replace('_', "-").parse().ok();
    let doc = format!("polecat:{id}");
    let source = Source {
        article: doc.clone(),
        publisher: known(fields.get("Source")).map(str::to_owned),
        published: self::day(fields.get("Publication Date")),
        ..Source::default()
    };
    let event = Event {
        id: format!("{doc}#1"),
        doc,
        evidence: NO_EVIDENCE,
        kind,
        mode,
        plain: PlainAct { kind, mode },
        occasion: None,
        contexts: read_contexts(fields.get("Contexts")),
        actors: read_parties(fields, "Actor"),
        recipients: read_parties(fields, "Recipient"),
        status: Status::Occurred,
        when: Some(on(day)),
        place: read_place(fields),
        speaker: None,
        cameo: kind.cameo(mode).to_owned(),
        rule: "import/polecat".to_owned(),
        confidence: UNTOLD,
    };
    Ok(Report { source, sentence: String::new(), trigger: String::new(), event })
}

/// A type by its name; early files have PLOVER's earlier name of REQUEST.
fn kind(name: &str) -> Option<EventType> {
    match name.to_uppercase().as_str() {
        "DEMAND" => Some(EventType::Request),
        name => name.parse().ok(),
    }
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty() && *text != NONE)
}

fn several(cell: &str) -> Vec<Option<&str>> {
    if known(cell).is_none() { Vec::new() } else { cell.split(';').map(known).collect() }
}

/// Contexts in our order; those that PLOVER 2021 does not have are passed over.
fn read_contexts(cell: &str) -> Vec<Context> {
    let named = |name: &str| name.to_lowercase().replace(['_', ' '], "-").parse().ok();
    let mut contexts: Vec<Context> =
        several(&cell.replace(',', ";")).into_iter().flatten().filter_map(named).collect();
    contexts.sort();
    contexts.dedup();
    contexts
}

fn read_parties(fields: &Fields<'_>, side: &str) -> Vec<Party> {
    let names = several(fields.get(&format!("{side} Name")));
    let raw = several(fields.get(&format!("{side} Name Raw")));
    let countries = several(fields.get(&format!("{side} Country")));
    let sectors = several(fields.get(&format!("{side} Sectors")));
    let primary = several(fields.get(&format!("Primary {side} Sector")));
    let count = names.len().max(raw.len()).max(countries.len());
    let sectors = if sectors.len() == count { sectors } else { primary };
    let party = |at: usize| {
        let actor =
            Actor { code: nth(&countries, at).and_then(code), sector: nth(&sectors, at).and_then(sector) };
        let (name, raw) = (nth(&names, at), nth(&raw, at));
        let text = raw.or(name).or(nth(&countries, at)).unwrap_or_default().to_owned();
        // What merely repeats the mention is no name.
        let name = name.filter(|name| Some(*name) != raw).map(str::to_owned);
        Party { text, span: None, actor, name, elsewhere: false }
    };
    (0..count).map(party).filter(|party| !party.text.is_empty()).collect()
}

fn nth<'a>(cells: &[Option<&'a str>], at: usize) -> Option<&'a str> {
    cells.get(at).copied().flatten()
}

fn code(text: &str) -> Option<ActorCode> {
    let organisation = || text.parse().ok().filter(|code| tables::organisation(*code).is_some());
    tables::country_named(text).or_else(organisation)
}

fn sector(text: &str) -> Option<Sector> {
    text.to_uppercase().parse().ok().or_else(|| tables::sector_of_role(&text.to_uppercase()))
}

fn read_place(fields: &Fields<'_>) -> Option<Place> {
    let country = known(fields.get("Country")).and_then(tables::country_named);
    let land = country.and_then(tables::country).map(|country| country.name);
    let inside = known(fields.get("City"))
        .or(known(fields.get("Placename")))
        .or(known(fields.get("Province")))
        .filter(|name| Some(*name) != land);
    let name = match (inside, land) {
        (Some(inside), Some(land)) => format!("{inside}, {land}"),
        (one, other) => one.or(other)?.to_owned(),
    };
    let geonameid = fields.get("GeoNames ID").parse().ok();
    Some(Place { name, geonameid, coordinates: coordinates(fields, "Latitude", "Longitude"), country })
}
