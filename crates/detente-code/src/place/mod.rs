//! Names of places in a report, and which places they mean.
//!
//! [`resolve`] takes one annotated report and gives every place name with the place it most likely
//! stands for. Three steps, a module each:
//!
//! - `spot` finds the names: runs of capitalised words that the gazetteer knows and that the model's entities, or the
//!   words around them, say are places; adjectives ("Syrian") are found too and marked as such;
//! - `cue` reads what stands around a name: "Paris, Texas", "Cook County", "the Iraqi town of";
//! - `choose` weighs the places of that name: how large, how called, and how well they go with the other places of
//!   the report. One name has one meaning in a report.
//!
//! A place name that the gazetteer does not know stays without a place; where the report keeps to one area it is put
//! near that area ([`PlaceMention::near`]).
//!
//! This module does not decide where an event took place, nor whether "Moscow" acts or is a location.

mod choose;
mod cue;
mod spot;
mod weights;

use std::ops::Range;

use detente_english::Annotated;
use detente_gazetteer::{Form, Gazetteer, Place, PlaceId};
use detente_model::{ActorCode, Span};

use choose::Choice;
pub use weights::Weights;

/// A place name in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes in the text.
    pub span: Span,
    /// How it calls the place.
    pub form: Form,
    /// The place; `None` where the gazetteer knows none of that name.
    pub place: Option<PlaceId>,
    /// For a name that the gazetteer does not know: the place that the rest of the report is about.
    pub near: Option<PlaceId>,
    /// How sure the choice among the places of that name is, in 0..=1.
    pub certainty: f32,
}

impl PlaceMention {
    /// The place, or the place that it is near to.
    pub fn located(&self) -> Option<PlaceId> {
        self.place.or(self.near)
    }
}

/// The place names of a report, in order.
#[derive(Debug, Clone, Default)]
pub struct Places {
    mentions: Vec<PlaceMention>,
}

impl Places {
    /// Every place name, in order of the text.
    pub fn mentions(&self) -> &[PlaceMention] {
        &self.mentions
    }

    /// The place names that lie in a range of tokens.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = &PlaceMention> {
        let first = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        self.mentions[first..].iter().take_while(move |m| m.tokens.end <= tokens.end)
    }

    /// The names whose place is likely, with the state it lies in.
    pub fn lands(&self) -> impl Iterator<Item = (Range<usize>, ActorCode)> + '_ {
        let likely = self.mentions.iter().filter(|m| m.form != Form::Adjective && m.certainty >= LIKELY);
        likely.filter_map(|m| {
            let land = country(m.place?)?;
            Some((m.tokens.clone(), land))
        })
    }

    /// The first place named, not merely as an adjective, in a range of tokens, as an event carries it.
    pub fn event_place(&self, tokens: Range<usize>) -> Option<detente_model::Place> {
        let named = self.within(tokens).find(|m| m.form != Form::Adjective && m.place.is_some())?;
        named.place.map(event_place)
    }
}

/// How sure the choice of a place has to be for its state to be taken for the one meant.
const LIKELY: f32 = 0.6;

/// A place as an event carries it: "City, Country" or "Country", with id, coordinates and country.
pub fn event_place(id: PlaceId) -> detente_model::Place {
    let gazetteer = Gazetteer::embedded();
    let Place { geonameid, at, alpha3, .. } = gazetteer.place(id);
    detente_model::Place { name: gazetteer.display(id), geonameid, coordinates: Some(at), country: alpha3 }
}

/// The state that a place lies in.
pub(crate) fn country(id: PlaceId) -> Option<ActorCode> {
    Gazetteer::embedded().place(id).alpha3
}

/// Finds and resolves the place names of one report: headline and paragraphs in one text.
///
/// The same text gives the same places.
pub fn resolve(doc: &Annotated<'_>) -> Places {
    resolve_with(doc, &Weights::default())
}

/// [`resolve`] with other weights, for fitting them.
pub fn resolve_with(doc: &Annotated<'_>, weights: &Weights) -> Places {
    let gazetteer = Gazetteer::embedded();
    let spots = spot::spot(gazetteer, doc);
    let cues = cue::cues(gazetteer, doc, &spots);
    let chosen = choose::choose(gazetteer, &spots, &cues, weights);
    let mentions = spots.into_iter().zip(chosen).filter_map(|(spot, choice)| {
        let Choice { form, place, near, certainty } = choice?;
        let span = doc.span_of(spot.tokens.clone());
        Some(PlaceMention { tokens: spot.tokens, span, form, place, near, certainty })
    });
    Places { mentions: mentions.collect() }
}
