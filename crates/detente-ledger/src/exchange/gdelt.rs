//! GDELT 1.0 and 2.0 events: a row a dyad, countries by FIPS 10-4, no header.
//!
//! After the *GDELT Data Format Codebook* V 1.03 (2013) and the *GDELT Event Database Data Format Codebook* V2.0 (2015).

use std::fmt::Write as _;

use detente_model::{Actor, ActorCode, Event, Part, Party, Place, PlainAct, Report, Source, Status};
use jiff::civil::Date;

use super::geography::{SettingKind, Site};
use super::imported::{NO_EVIDENCE, UNTOLD, coordinates, on};
use super::lines::{Fields, host};
use super::party::Coded;
use super::reader::FaultKind;
use super::row::{Row, compact, value, words};
use super::tables::{self, Code};

/// How many bytes from the beginning of a text its lead is taken to reach.
const LEAD: usize = 400;

/// Appends the cell of a column.
pub(super) fn cell(row: &Row<'_>, column: &str, out: &mut String) {
    match column {
        "GLOBALEVENTID" => value(out, Some(row.id())),
        "SQLDATE" => value(out, Some(compact(row.day))),
        "MonthYear" => value(out, Some(compact(row.day) / 100)),
        "Year" => value(out, Some(row.day.year())),
        "FractionDate" => value(out, Some(fraction(row.day))),
        "IsRootEvent" => value(out, Some(u8::from(is_lead(row.report)))),
        "EventCode" => out.push_str(row.code.code),
        "EventBaseCode" => out.push_str(row.code.base()),
        "EventRootCode" => out.push_str(row.code.root()),
        "QuadClass" => value(out, Some(quad(row.code))),
        "GoldsteinScale" => value(out, Some(format_args!("{:.1}", row.code.score))),
        "NumMentions" => value(out, Some(row.coverage.mentions)),
        "NumSources" => value(out, Some(row.coverage.sources)),
        "NumArticles" => value(out, Some(row.coverage.articles)),
        "SOURCEURL" => words(out, row.report.source.url.as_deref().unwrap_or(&row.report.source.article)),
        "ActionGeo_Type" => value(out, Some(row.site.as_ref().map_or(0, geo_type))),
        _ => {
            if let Some(column) = column.strip_prefix("ActionGeo_") {
                geo_cell(row.site.as_ref(), column, out);
            } else if let Some(column) = column.strip_prefix("Actor1") {
                actor_cell(row.actor.as_ref(), column, out);
            } else if let Some(column) = column.strip_prefix("Actor2") {
                actor_cell(row.recipient.as_ref(), column, out);
            }
        }
    }
}

/// Appends DATEADDED, the one cell whose form differs between the two versions.
pub(super) fn date_added(row: &Row<'_>, with_time: bool, out: &mut String) {
    value(out, row.report.source.published.map(compact));
    if with_time && row.report.source.published.is_some() {
        out.push_str("000000");
    }
}

fn actor_cell(party: Option<&Coded<'_>>, column: &str, out: &mut String) {
    let Some(party) = party else { return };
    match column {
        "Code" => out.push_str(&party.full()),
        "Name" => words(out, &party.name().to_uppercase()),
        "CountryCode" => out.push_str(party.country_code()),
        "KnownGroupCode" => out.push_str(party.group()),
        "Type1Code" => out.push_str(party.roles()[0]),
        "Type2Code" => out.push_str(party.roles()[1]),
        _ => {}
    }
}

fn geo_cell(site: Option<&Site<'_>>, column: &str, out: &mut String) {
    let Some(site) = site else { return };
    match column {
        "FullName" => words(out, &full_name(site)),
        "CountryCode" => out.push_str(site.fips()),
        "ADM1Code" if site.kind == SettingKind::Country => out.push_str(site.fips()),
        "ADM1Code" => out.push_str(site.division_code.unwrap_or("")),
        "Lat" => value(out, site.coordinates.map(|at| at.0)),
        "Long" => value(out, site.coordinates.map(|at| at.1)),
        "FeatureID" if site.kind == SettingKind::Country => out.push_str(site.fips()),
        "FeatureID" if site.kind == SettingKind::Division => out.push_str(site.division_code.unwrap_or("")),
        _ => {}
    }
}

/// 1 country, 2 US state, 3 US town, 4 town, 5 division.
fn geo_type(site: &Site<'_>) -> u8 {
    match (site.kind, site.fips() == "US") {
        (SettingKind::Country, _) => 1,
        (SettingKind::Division, true) => 2,
        (SettingKind::Town, true) => 3,
        (SettingKind::Town, false) => 4,
        (SettingKind::Division, false) => 5,
    }
}

fn full_name(site: &Site<'_>) -> String {
    let country = site.country.map(|country| country.name);
    let division = site.division.as_deref().filter(|_| site.kind == SettingKind::Town);
    let parts = [Some(site.name), division, country.filter(|_| site.kind != SettingKind::Country)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn fraction(day: Date) -> String {
    let part = (f64::from(day.day_of_year()) / 365.0).min(0.9999);
    format!("{:.4}", f64::from(day.year()) + part)
}

fn is_lead(report: &Report) -> bool {
    let evidence = report.event.evidence;
    evidence.part == Part::Title || (evidence.sentence.start < LEAD && !evidence.sentence.is_empty())
}

fn quad(code: &Code) -> u8 {
    match code.root() {
        "01" | "02" | "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "09" | "10" | "11" | "12" | "13" => 3,
        _ => 4,
    }
}

/// The report of a row; `Ok(None)` for a mere statement.
pub(super) fn read(fields: &Fields<'_>, rule: &str) -> Result<Option<Report>, FaultKind> {
    let id = fields.get("GLOBALEVENTID");
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return Err(fields.fault("GLOBALEVENTID", "a number"));
    }
    let code =
        tables::cameo(fields.get("EventCode")).ok_or_else(|| fields.fault("EventCode", "a CAMEO code"))?;
    let Some(kind) = code.kind else { return Ok(None) };
    let day = day(fields.get("SQLDATE")).ok_or_else(|| fields.fault("SQLDATE", "a day as YYYYMMDD"))?;
    let (actor, recipient) = (party(fields, "Actor1"), party(fields, "Actor2"));
    let (actor, recipient) = if code.reversed { (recipient, actor) } else { (actor, recipient) };
    let mut raw = String::new();
    words(&mut raw, fields.get("EventCode"));
    let doc = format!("gdelt:{id}");
    let event = Event {
        id: format!("{doc}#1"),
        doc: doc.clone(),
        evidence: NO_EVIDENCE,
        kind,
        mode: code.mode,
        plain: PlainAct { kind, mode: code.mode },
        occasion: None,
        contexts: code.contexts.to_vec(),
        actors: actor.into_iter().collect(),
        recipients: recipient.into_iter().collect(),
        status: Status::Occurred,
        when: Some(on(day)),
        place: place(fields),
        speaker: None,
        cameo: raw,
        rule: rule.to_owned(),
        confidence: UNTOLD,
    };
    Ok(Some(Report { source: source(fields, doc), sentence: String::new(), trigger: String::new(), event }))
}

fn source(fields: &Fields<'_>, article: String) -> Source {
    let url = Some(fields.get("SOURCEURL")).filter(|url| !url.is_empty()).map(str::to_owned);
    Source {
        article,
        publisher: url.as_deref().and_then(host).map(str::to_owned),
        url,
        published: fields.get("DATEADDED").get(..8).and_then(day),
        ..Source::default()
    }
}

fn party(fields: &Fields<'_>, side: &str) -> Option<Party> {
    let mut column = String::new();
    let mut get = |name: &str| {
        column.clear();
        let _ = write!(column, "{side}{name}");
        fields.get(&column)
    };
    let (name, code) = (get("Name"), get("Code"));
    if name.is_empty() && code.is_empty() {
        return None;
    }
    let country = tables::country_of_cameo(get("CountryCode"));
    let group = tables::organisation_of_group(get("KnownGroupCode"));
    let roles = [get("Type1Code"), get("Type2Code"), get("Type3Code")];
    let actor =
        Actor { code: country.or(group).or_else(|| kind_of_organisation(roles[0])), sector: sector(roles) };
    let text = if name.is_empty() { code } else { name };
    Some(Party { text: text.to_owned(), span: None, actor, name: None, elsewhere: false })
}

fn sector(roles: [&str; 3]) -> Option<detente_model::Sector> {
    roles.into_iter().find_map(tables::sector_of_role)
}

/// IGO, NGO, MNC and INT stand for unnamed organisations where no country is given.
fn kind_of_organisation(role: &str) -> Option<ActorCode> {
    let code: ActorCode = role.parse().ok()?;
    tables::organisation(code).filter(|organisation| organisation.group.is_empty()).map(|_| code)
}

fn place(fields: &Fields<'_>) -> Option<Place> {
    let name = fields.get("ActionGeo_FullName");
    if name.is_empty() {
        return None;
    }
    let mut parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
    let (first, last) = (parts.next()?, parts.next_back());
    let country = tables::country_of_fips(fields.get("ActionGeo_CountryCode"));
    // The country goes by our own name for it.
    let last = last.map(|last| country.and_then(tables::country).map_or(last, |country| country.name));
    let name = last.map_or(first.to_owned(), |last| format!("{first}, {last}"));
    Some(Place {
        name,
        geonameid: None,
        coordinates: coordinates(fields, "ActionGeo_Lat", "ActionGeo_Long"),
        country,
    })
}

fn day(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}
