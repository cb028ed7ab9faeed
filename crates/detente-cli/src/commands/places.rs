//! `detente places`: place names, and which places they are.

use std::io::Write;

use clap::Args;
use detente::code::place::{self, PlaceMention};
use detente::english::English;
use detente::flow;
use detente::gazetteer::Gazetteer;
use detente::model::CodePoints;
use serde::Serialize;

use crate::docs::{Doc, DocsOption};
use crate::failure::{Failure, Outcome};
use crate::{output, progress};

/// Print place names with GeoNames id, coordinates and country
#[derive(Debug, Args)]
pub struct Places {
    #[command(flatten)]
    docs: DocsOption,
}

impl Places {
    /// Resolves every document on all cores and prints a line a place name.
    pub fn run(self) -> Result<Outcome, Failure> {
        let docs = self.docs.read()?;
        let english = English::load();
        let mut out = output::stdout();
        progress::in_order(
            flow::all_cores(),
            || &docs,
            |doc| render(english, doc),
            |lines| out.write_all(&lines),
        )?;
        out.flush()?;
        Ok(Outcome::Complete)
    }
}

fn render(english: &English, doc: &Doc) -> Vec<u8> {
    let places = place::resolve(&english.annotate(&doc.text));
    let mut points = CodePoints::new(&doc.text);
    let mut out = Vec::new();
    for mention in places.mentions() {
        // Writing to memory cannot fail.
        let _ = output::json_line(&mut out, &Row::new(doc, mention, &mut points));
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    doc: &'a str,
    start: usize,
    end: usize,
    /// As the text has it.
    name: &'a str,
    /// "City, Country"; null where the gazetteer does not know the name.
    place: Option<String>,
    geonameid: Option<u32>,
    lat: Option<f32>,
    lon: Option<f32>,
    /// ISO 3166-1 alpha-3.
    country: Option<String>,
    kind: Option<&'static str>,
    form: &'static str,
    /// Whether the coordinates are those of another place of the report that this one is likely near to.
    nearby: bool,
    certainty: f32,
}

impl<'a> Row<'a> {
    fn new(doc: &'a Doc, mention: &PlaceMention, points: &mut CodePoints<'_>) -> Self {
        let gazetteer = Gazetteer::embedded();
        let place = mention.place.map(|id| gazetteer.place(id));
        let at = mention.located().map(|id| gazetteer.place(id).at);
        Self {
            doc: &doc.id,
            start: points.at(mention.span.start),
            end: points.at(mention.span.end),
            name: &doc.text[mention.span.range()],
            place: mention.place.map(|id| gazetteer.display(id)),
            geonameid: place.and_then(|p| p.geonameid),
            lat: at.map(|a| a.0),
            lon: at.map(|a| a.1),
            country: place.and_then(|p| p.alpha3).map(|code| code.to_string()),
            kind: place.map(|p| p.kind.as_str()),
            form: mention.form.as_str(),
            nearby: mention.place.is_none() && mention.near.is_some(),
            certainty: mention.certainty,
        }
    }
}
