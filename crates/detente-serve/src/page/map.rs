//! The map: where acts took place, over outlines of the world.

use std::fmt::Write;

use askama::Template;
use detente::ledger::store::PlaceSum;
use detente::model::{ActorCode, Days};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::{Answer, Asked, Csv, Frame, Page, Shape, answer, href};
use crate::record::PlaceRecord;

/// What the map shows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Map {
    from: String,
    to: String,
    places: Vec<Spot>,
}

/// A place and what happened there.
#[derive(Debug, Serialize, JsonSchema)]
struct Spot {
    #[serde(flatten)]
    place: PlaceRecord,
    cooperation: usize,
    conflict: usize,
    /// Its events on these days.
    href: String,
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    frame: Frame,
    map: Map,
    drawing: String,
    days: i64,
    country: String,
}

const SPOTS: usize = 400;
/// Places in the table below the map.
const LISTED: usize = 40;
/// Land, and borders, in tenths of a degree (see SOURCES.md).
const OUTLINES: &str = include_str!("../../assets/outlines.txt");

/// Shows the map of the last days.
pub async fn show(asked: Asked) -> Answer {
    let on = asked.day().await?;
    let days = asked.params.within("days", 1, 36_600)?.unwrap_or(182);
    let country = asked.params.text("country").map(|words| asked.party(words)).transpose()?;
    let window = Days { from: on.saturating_sub((days - 1).days()), to: on };
    let mut sums = asked.desk.ledger().places(window, SPOTS).await?;
    sums.retain(|sum| country.is_none() || sum.place.country == country);
    let map = Map::of(&sums, window);
    let frame = Frame::new(&asked, "Map", MapPage::SHAPES);
    let drawing = map.drawn(country);
    let country = asked.params.text("country").unwrap_or_default().to_owned();
    answer(&asked, &MapPage { frame, drawing, days, country, map })
}

impl Map {
    fn of(sums: &[PlaceSum], days: Days) -> Self {
        let (from, to) = (days.from.to_string(), days.to.to_string());
        let spot = |sum: &PlaceSum| Spot {
            place: PlaceRecord::of(&sum.place),
            cooperation: sum.cooperation,
            conflict: sum.conflict,
            href: format!(
                "/events{}",
                href::query([("place", sum.place.name.as_str()), ("from", &from), ("to", &to)])
            ),
        };
        Self { places: sums.iter().map(spot).collect(), from, to }
    }

    /// The places with most reports.
    fn listed(&self) -> &[Spot] {
        &self.places[..self.places.len().min(LISTED)]
    }

    /// Circles over the outlines, the largest first so that the small ones can be reached.
    fn drawn(&self, country: Option<ActorCode>) -> String {
        let (land, borders) = OUTLINES.split_once('\n').unwrap_or((OUTLINES, ""));
        let bounds = country.and_then(|_| self.bounds()).unwrap_or((-1800.0, -840.0, 3600.0, 1430.0));
        let (x, y, width, height) = bounds;
        let mut out = format!(
            r#"<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="{x:.0} {y:.0} {width:.0} {height:.0}" role="group" aria-label="Map of places"><path class="land" d="{land}"/><path class="borders" d="{}"/>"#,
            borders.trim()
        );
        let scale = width / 3600.0;
        for spot in &self.places {
            spot.draw(&mut out, scale);
        }
        out.push_str("</svg>");
        out
    }

    /// A frame around all places, with some room.
    fn bounds(&self) -> Option<(f64, f64, f64, f64)> {
        let at: Vec<(f64, f64)> = self.places.iter().filter_map(Spot::position).collect();
        let (first, _) = (at.first()?, ());
        let edges = at.iter().fold((first.0, first.1, first.0, first.1), |(l, t, r, b), (x, y)| {
            (f64::min(l, *x), f64::min(t, *y), f64::max(r, *x), f64::max(b, *y))
        });
        let (width, height) =
            ((edges.2 - edges.0 + 160.0).max(300.0), (edges.3 - edges.1 + 160.0).max(150.0));
        Some((
            f64::midpoint(edges.0, edges.2) - width / 2.0,
            f64::midpoint(edges.1, edges.3) - height / 2.0,
            width,
            height,
        ))
    }
}

impl Spot {
    /// In tenths of a degree, east and south.
    fn position(&self) -> Option<(f64, f64)> {
        Some((f64::from(self.place.longitude?) * 10.0, f64::from(self.place.latitude?) * -10.0))
    }

    fn reports(&self) -> usize {
        self.cooperation + self.conflict
    }

    fn draw(&self, out: &mut String, scale: f64) {
        let Some((x, y)) = self.position() else { return };
        let radius = (8.0 + (self.reports() as f64).sqrt() * 6.0).min(70.0) * scale;
        let _ = write!(
            out,
            r#"<a href="{}"><circle class="{}" cx="{x:.1}" cy="{y:.1}" r="{radius:.1}"><title>{}</title></circle></a>"#,
            escaped(&self.href),
            self.class(),
            escaped(&self.told())
        );
    }

    fn class(&self) -> &'static str {
        match self.cooperation.cmp(&self.conflict) {
            std::cmp::Ordering::Greater => "up",
            std::cmp::Ordering::Less => "down",
            std::cmp::Ordering::Equal => "even",
        }
    }

    fn told(&self) -> String {
        format!("{}: {} of cooperation, {} of conflict", self.place.name, self.cooperation, self.conflict)
    }
}

/// Text inside a drawing.
pub fn escaped(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map(|text| text.to_string()).unwrap_or_default()
}

impl Page for MapPage {
    type Data = Map;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Svg];

    fn data(&self) -> &Map {
        &self.map
    }

    fn csv(&self) -> Option<Csv> {
        let degrees = |number: Option<f32>| number.map(|number| number.to_string()).unwrap_or_default();
        let row = |spot: &Spot| {
            vec![
                spot.place.name.clone(),
                spot.place.country.clone().unwrap_or_default(),
                degrees(spot.place.latitude),
                degrees(spot.place.longitude),
                spot.cooperation.to_string(),
                spot.conflict.to_string(),
            ]
        };
        let rows = self.map.places.iter().map(row).collect();
        Some(Csv { header: &["place", "country", "latitude", "longitude", "cooperation", "conflict"], rows })
    }

    fn svg(&self) -> Option<String> {
        let style = "<style>.land{fill:#dcd9d0}.borders{fill:none;stroke:#fff;stroke-width:3}.up{fill:#2b7a4b}.down{fill:#b23a2e}.even{fill:#7a5800}circle{fill-opacity:.65}</style>";
        Some(self.drawing.replacen("<path class=\"land\"", &format!("{style}<path class=\"land\""), 1))
    }
}
