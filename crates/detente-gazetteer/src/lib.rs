//! Names of places, and where they lie.
//!
//! A [`Gazetteer`] answers, for a name as a text writes it, which places are called so; and, for a place, its kind,
//! coordinates, inhabitants, country and enclosing divisions. It is embedded: about 270,000 cities and divisions of
//! GeoNames, and our own tables of countries, regions, waters, islands, mountains and sites. Look-ups run on the
//! embedded bytes, so opening it costs nothing.
//!
//! It promises the same answers for the same build. It does not read texts: which of the places a text means, and
//! whether it means a place at all, is for others to say. `data/README.md` tells the formats and sources.

mod fold;
mod gazetteer;
mod kind;
pub mod pack;
mod place;
mod table;

pub use fold::fold;
pub use gazetteer::{Gazetteer, Named, Walker};
pub use kind::{Form, Kind};
pub use place::{Place, PlaceId};
