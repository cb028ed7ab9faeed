//! What stands where in a text, a row each: tokens, time expressions, names, names of places.
//!
//! The command prints these rows and Python's tables hold them. Offsets count code points of the text. It reads nothing itself: the
//! rooms find, this room says it in columns.

use detente_code::name::{self, Name};
use detente_code::place::{self, PlaceMention};
use detente_english::{Annotated, Token};
use detente_gazetteer::Gazetteer;
use detente_lexicon::Lexicon;
use detente_model::CodePoints;
use detente_time::{Anchor, Timex};
use jiff::civil::Date;
use serde::Serialize;

/// A token with what the parse says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRow<'t> {
    /// Its number in the text, from 0.
    pub i: usize,
    /// The number of its sentence, from 0.
    pub sentence: usize,
    /// Where it begins.
    pub start: usize,
    /// As the text has it.
    pub text: &'t str,
    /// Its base form.
    pub lemma: &'t str,
    /// Penn Treebank tag.
    pub tag: &'static str,
    /// Universal part of speech.
    pub pos: &'static str,
    /// How it depends on its head.
    pub dep: &'static str,
    /// The number of its head; its own where it is the root of its sentence.
    pub head: usize,
    /// Whether it begins (`B`) or goes on with (`I`) an entity, or is in none (`O`).
    pub ent_iob: &'static str,
    /// The kind of the entity; empty where it is in none.
    pub ent_type: &'static str,
    /// Whether a sentence begins with it.
    pub sent_start: bool,
}

/// The tokens of a text.
pub fn tokens<'t>(text: &'t Annotated<'_>) -> Vec<TokenRow<'t>> {
    let mut points = CodePoints::new(text.text());
    let row = |token: Token<'t>| TokenRow {
        i: token.i(),
        sentence: token.sentence().number(),
        start: points.at(token.span().start),
        text: token.text(),
        lemma: token.lemma(),
        tag: token.tag().as_str(),
        pos: token.pos().as_str(),
        dep: token.dep().as_str(),
        head: token.head().i(),
        ent_iob: token.ent_iob().as_str(),
        ent_type: token.entity_type().map_or("", |kind| kind.as_str()),
        sent_start: token.is_sent_start(),
    };
    text.tokens().map(row).collect()
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeRow<'t> {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// As the text has it.
    pub text: &'t str,
    /// The type of TIMEX3.
    pub r#type: &'static str,
    /// The value of TIMEX3.
    pub value: String,
    /// The first civil day; `None` where nothing pins it to the calendar.
    pub from: Option<Date>,
    /// The last civil day.
    pub to: Option<Date>,
    /// How the words bend it, as TIMEX3 says it.
    pub r#mod: Option<&'static str>,
    /// What its place in the calendar rests on.
    pub basis: &'static str,
}

/// The time expressions of a text that was published on this day.
pub fn times(text: &str, published: Option<Date>) -> Vec<TimeRow<'_>> {
    let mut points = CodePoints::new(text);
    let times = detente_time::read(text, &Anchor { published, ..Anchor::default() });
    let row = |timex: &Timex| TimeRow {
        start: points.at(timex.span.start),
        end: points.at(timex.span.end),
        text: &text[timex.span.range()],
        r#type: timex.kind.as_str(),
        value: timex.value.to_string(),
        from: timex.days.map(|days| days.from),
        to: timex.days.map(|days| days.to),
        r#mod: timex.modifier.map(|modifier| modifier.as_str()),
        basis: timex.basis.as_str(),
    };
    times.timexes.iter().map(row).collect()
}

/// A name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NameRow<'t> {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// As the text has it.
    pub name: &'t str,
    /// What it names.
    pub kind: &'static str,
}

/// The names in a text that was published on this day.
pub fn names<'t>(text: &Annotated<'t>, published: Option<Date>) -> Vec<NameRow<'t>> {
    let mut points = CodePoints::new(text.text());
    let names = name::names(&[text], Lexicon::builtin(), published);
    let row = |name: &Name| {
        let span = text.span_of(name.tokens.clone());
        NameRow {
            start: points.at(span.start),
            end: points.at(span.end),
            name: &text.text()[span.range()],
            kind: name.kind.as_str(),
        }
    };
    names.iter().flatten().map(row).collect()
}

/// The name of a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceRow<'t> {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// As the text has it.
    pub name: &'t str,
    /// `City, Country`; `None` where the gazetteer does not know the name.
    pub place: Option<String>,
    /// Its number in GeoNames.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What sort of place it is.
    pub kind: Option<&'static str>,
    /// How the text calls it.
    pub form: &'static str,
    /// Whether the coordinates are those of another place of the report that this one is likely near to.
    pub nearby: bool,
    /// How sure the choice among the places of that name is, 0 to 1.
    pub certainty: f32,
}

/// The names of places in a text.
pub fn places<'t>(text: &Annotated<'t>) -> Vec<PlaceRow<'t>> {
    let mut points = CodePoints::new(text.text());
    let row = |mention: &PlaceMention| place_row(text.text(), mention, &mut points);
    place::resolve(text).mentions().iter().map(row).collect()
}

fn place_row<'t>(text: &'t str, mention: &PlaceMention, points: &mut CodePoints<'_>) -> PlaceRow<'t> {
    let gazetteer = Gazetteer::embedded();
    let place = mention.place.map(|id| gazetteer.place(id));
    let at = mention.located().map(|id| gazetteer.place(id).at);
    PlaceRow {
        start: points.at(mention.span.start),
        end: points.at(mention.span.end),
        name: &text[mention.span.range()],
        place: mention.place.map(|id| gazetteer.display(id)),
        geonameid: place.and_then(|place| place.geonameid),
        lat: at.map(|at| at.0),
        lon: at.map(|at| at.1),
        country: place.and_then(|place| place.alpha3).map(|code| code.to_string()),
        kind: place.map(|place| place.kind.as_str()),
        form: mention.form.as_str(),
        nearby: mention.place.is_none() && mention.near.is_some(),
        certainty: mention.certainty,
    }
}
