//! Where the place of an act lies: town, division, country, with the codes of FIPS 10-4.

use detente_model::{Place, named_enum};

use super::tables::{self, Country};

/// Who knows in which division a place lies: a gazetteer, lent by the caller.
pub trait Geography {
    /// The setting of a place by its GeoNames id.
    fn setting(&self, geonameid: u32) -> Option<Setting>;
}

/// Knows no place. Divisions then stay empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoGeography;

impl Geography for NoGeography {
    fn setting(&self, _: u32) -> Option<Setting> {
        None
    }
}

/// What a place is and in which first-level division it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// What it is.
    pub kind: SettingKind,
    /// The division: its name and GeoNames id.
    pub division: Option<(String, Option<u32>)>,
}

named_enum! {
    /// What a place is, as far as other data sets tell it.
    SettingKind, "kind of place", {
        /// A state or territory.
        Country = "country",
        /// A first-level division of one.
        Division = "division",
        /// A town, or anything else inside a country.
        Town = "town",
    }
}

/// The place of an act, taken apart.
pub(super) struct Site<'a> {
    pub kind: SettingKind,
    /// Its name without the country.
    pub name: &'a str,
    /// The name of its division.
    pub division: Option<String>,
    /// FIPS 10-4 code of its division: the country's two letters and two more.
    pub division_code: Option<&'static str>,
    pub country: Option<&'static Country>,
    pub coordinates: Option<(f32, f32)>,
    pub geonameid: Option<u32>,
}

impl<'a> Site<'a> {
    pub fn new(place: &'a Place, geography: &dyn Geography) -> Self {
        let setting = place.geonameid.and_then(|id| geography.setting(id)).unwrap_or_else(|| guess(place));
        let country = place.country.and_then(tables::country);
        let name = place.name.split_once(',').map_or(place.name.as_str(), |(name, _)| name).trim();
        let division = setting.division.filter(|_| setting.kind != SettingKind::Country);
        let code = division.as_ref().and_then(|(_, id)| tables::division((*id)?));
        Self {
            kind: setting.kind,
            name,
            division_code: code,
            division: division.map(|(name, _)| name),
            country,
            coordinates: place.coordinates,
            geonameid: place.geonameid,
        }
    }

    /// FIPS 10-4 code of the country.
    pub fn fips(&self) -> &'static str {
        self.country.map_or("", |country| country.fips)
    }

    /// The town, where it is one.
    pub fn town(&self) -> &str {
        if self.kind == SettingKind::Town { self.name } else { "" }
    }
}

/// A name that is not followed by its country's is taken for the country itself where it bears its name, else for a place in it.
fn guess(place: &Place) -> Setting {
    let is_country = !place.name.contains(',') && tables::country_named(&place.name).is_some();
    Setting { kind: if is_country { SettingKind::Country } else { SettingKind::Town }, division: None }
}
