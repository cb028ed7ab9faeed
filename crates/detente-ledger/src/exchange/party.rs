//! A party in the codes of CAMEO.

use detente_model::Party;

use super::tables::{self, Country, Organisation, SectorCodes};

/// A party with what other data sets call it.
pub(super) struct Coded<'a> {
    pub party: &'a Party,
    pub country: Option<&'static Country>,
    pub organisation: Option<&'static Organisation>,
    pub sector: Option<&'static SectorCodes>,
}

impl<'a> Coded<'a> {
    pub fn new(party: &'a Party) -> Self {
        let code = party.actor.code;
        Self {
            party,
            country: code.and_then(tables::country),
            organisation: code.and_then(tables::organisation),
            sector: party.actor.sector.and_then(tables::sector),
        }
    }

    /// CAMEO's code of the country.
    pub fn country_code(&self) -> &'static str {
        self.country.map_or("", |country| country.cameo)
    }

    /// CAMEO's code of the organisation.
    pub fn group(&self) -> &'static str {
        self.organisation.map_or("", |organisation| organisation.group)
    }

    /// CAMEO's roles, the organisation's kind before the sector; no role twice.
    pub fn roles(&self) -> [&'static str; 2] {
        let kind = self.organisation.map_or("", |organisation| organisation.role);
        let sector = self.sector.map_or("", |sector| sector.cameo);
        match (kind, sector) {
            ("", sector) => [sector, ""],
            (kind, sector) if kind == sector => [kind, ""],
            both => [both.0, both.1],
        }
    }

    /// The whole code: country, or kind and group; then the sector.
    pub fn full(&self) -> String {
        let [first, second] = self.roles();
        match self.organisation {
            Some(_) => [first, self.group(), second].concat(),
            None => [self.country_code(), first].concat(),
        }
    }

    /// The name of who it is; of a state as such the state's.
    pub fn name(&self) -> &'a str {
        let as_such = self.sector.is_none();
        let known = self.party.name.as_deref();
        let state = self.country.filter(|_| as_such).map(|country| country.name);
        let organisation =
            self.organisation.filter(|org| as_such && !org.group.is_empty()).map(|org| org.name);
        known.or(state).or(organisation).unwrap_or(&self.party.text)
    }
}
