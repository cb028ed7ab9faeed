//! Codes of other data sets, as `data/` gives them: countries, divisions, CAMEO acts, organisations, roles, columns.

use detente_model::{ActorCode, Context, EventType, Mode, Sector};

/// A column of a format: what it is called, what it holds, and why it stays empty where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its published name.
    pub name: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
    /// Why it is always empty, where it is.
    pub empty: Option<&'static str>,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// Words or a code; codes keep their zeros.
    String,
    /// YYYY-MM-DD.
    Date,
}

/// A state or territory.
#[derive(Debug)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-3.
    pub iso: &'static str,
    /// FIPS 10-4, or empty.
    pub fips: &'static str,
    /// CAMEO's code.
    pub cameo: &'static str,
    /// Usual English name.
    pub name: &'static str,
    /// The name ICEWS uses.
    pub icews: &'static str,
}

/// A CAMEO code and the PLOVER act that it becomes.
#[derive(Debug)]
pub(super) struct Code {
    pub code: &'static str,
    /// Goldstein's scale as GDELT and Phoenix assign it, in -10..=10.
    pub score: f32,
    /// `None` for a mere statement, which PLOVER does not code.
    pub kind: Option<EventType>,
    pub mode: Option<Mode>,
    /// Whether the parties change sides: a host is PLOVER's recipient.
    pub reversed: bool,
    pub contexts: &'static [Context],
    /// Its name, which ICEWS gives as the event's text.
    pub name: &'static str,
}

impl Code {
    /// The first two digits.
    pub fn root(&self) -> &'static str {
        &self.code[..2]
    }

    /// The first three digits.
    pub fn base(&self) -> &'static str {
        &self.code[..3]
    }
}

/// An organisation, or a kind of them, that acts as a state does.
#[derive(Debug)]
pub(super) struct Organisation {
    /// Our code.
    pub code: &'static str,
    /// CAMEO's known group, or empty.
    pub group: &'static str,
    /// CAMEO's role: IGO, NGO, MNC, INT.
    pub role: &'static str,
    pub name: &'static str,
}

/// What a sector is called elsewhere.
#[derive(Debug)]
pub(super) struct SectorCodes {
    pub sector: Sector,
    /// CAMEO's role, or empty.
    pub cameo: &'static str,
    pub icews: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The country of an actor's code, where it is one's.
pub(super) fn country(code: ActorCode) -> Option<&'static Country> {
    COUNTRIES.binary_search_by_key(&code.as_str(), |country| country.iso).ok().map(|at| &COUNTRIES[at])
}

/// The country of a FIPS 10-4 code.
pub(super) fn country_of_fips(fips: &str) -> Option<ActorCode> {
    found(FIPS, fips)
}

/// The country of a CAMEO code.
pub(super) fn country_of_cameo(cameo: &str) -> Option<ActorCode> {
    found(CAMEO_COUNTRIES, cameo)
}

/// The country of an ISO 3166-1 alpha-3 code, or of a name in any case.
pub(super) fn country_named(name: &str) -> Option<ActorCode> {
    let code: Option<ActorCode> = name.parse().ok();
    code.filter(|code| country(*code).is_some()).or_else(|| found(COUNTRY_NAMES, &name.to_lowercase()))
}

/// The organisation of an actor's code, where it is one's.
pub(super) fn organisation(code: ActorCode) -> Option<&'static Organisation> {
    let at = ORGANISATIONS.binary_search_by_key(&code.as_str(), |organisation| organisation.code).ok()?;
    Some(&ORGANISATIONS[at])
}

/// The organisation that CAMEO's known group belongs to.
pub(super) fn organisation_of_group(group: &str) -> Option<ActorCode> {
    found(GROUPS, group)
}

/// What a sector is called elsewhere.
pub(super) fn sector(sector: Sector) -> Option<&'static SectorCodes> {
    SECTORS.iter().find(|codes| codes.sector == sector)
}

/// The sector that CAMEO's role is read as.
pub(super) fn sector_of_role(role: &str) -> Option<Sector> {
    let at = ROLES.binary_search_by_key(&role, |(role, _)| role).ok()?;
    ROLES[at].1.parse().ok()
}

/// The FIPS 10-4 code of a first-level division.
pub(super) fn division(geonameid: u32) -> Option<&'static str> {
    DIVISIONS.binary_search_by_key(&geonameid, |(id, _)| *id).ok().map(|at| DIVISIONS[at].1)
}

/// A CAMEO code, or the nearest code above it.
pub(super) fn cameo(code: &str) -> Option<&'static Code> {
    let above = [code.len(), 3].into_iter().filter_map(|length| code.get(..length));
    above
        .chain([format!("{}0", code.get(..2)?).as_str()])
        .find_map(|code| CODES.binary_search_by_key(&code, |known| known.code).ok().map(|at| &CODES[at]))
}

fn found(table: &'static [(&str, &str)], key: &str) -> Option<ActorCode> {
    let at = table.binary_search_by_key(&key, |(key, _)| key).ok()?;
    table[at].1.parse().ok()
}
