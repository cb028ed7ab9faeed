//! One place.

use detente_model::ActorCode;

use crate::kind::Kind;

/// The number of a place in the gazetteer of this build. Not stable between builds: keep the GeoNames id instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(crate) u32);

/// What the gazetteer knows of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its number.
    pub id: PlaceId,
    /// GeoNames id, where one is known.
    pub geonameid: Option<u32>,
    /// Usual English name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Degrees north and east.
    pub at: (f32, f32),
    /// Inhabitants; 0 where unknown; for what has none, an estimate of how much it is spoken of, in the same measure.
    pub population: f32,
    /// ISO 3166-1 alpha-2 code of the country, where it lies in one.
    pub country: Option<[u8; 2]>,
    /// ISO 3166-1 alpha-3 code of the country, where it lies in one.
    pub alpha3: Option<ActorCode>,
    /// The division it lies in.
    pub parent: Option<PlaceId>,
}

impl Place {
    /// Kilometres to another place along the great circle.
    pub fn km_to(&self, other: &Place) -> f32 {
        let (lat1, lon1) = (self.at.0.to_radians(), self.at.1.to_radians());
        let (lat2, lon2) = (other.at.0.to_radians(), other.at.1.to_radians());
        let (north, east) = (((lat2 - lat1) / 2.0).sin(), ((lon2 - lon1) / 2.0).sin());
        12_742.0 * (north * north + lat1.cos() * lat2.cos() * east * east).min(1.0).sqrt().asin()
    }
}
