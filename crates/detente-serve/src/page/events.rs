//! Events by what the query asks for, with facets to narrow it; any list is a link.

use askama::Template;
use detente::ledger::store::{Cursor, Direction, Facets, Filter, Pair};
use detente::model::{EventType, QuadClass, Status};
use schemars::JsonSchema;
use serde::Serialize;

use crate::desk::Desk;
use crate::http::{Answer, Asked, Csv, Fault, Frame, Page, Params, Shape, answer};
use crate::record::EventRecord;

/// A page of events.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Events {
    events: Vec<EventRecord>,
    /// What `after` must be for the next page.
    next: Option<String>,
    facets: Vec<Facet>,
    /// How many of the latest reports the facets count.
    counted: usize,
    /// Whether there are more than were counted.
    more: bool,
}

/// A column, and how often each of its values stands among what was counted.
#[derive(Debug, Serialize, JsonSchema)]
struct Facet {
    parameter: &'static str,
    title: &'static str,
    values: Vec<Value>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Value {
    value: String,
    label: String,
    reports: usize,
    /// Whether it is asked for.
    chosen: bool,
    #[serde(skip)]
    href: String,
}

#[derive(Template)]
#[template(path = "events.html")]
struct EventsPage {
    frame: Frame,
    found: Events,
    params: Params,
    next: Option<String>,
}

const USUAL: i64 = 40;
const MOST: i64 = 500;
/// Reports that facets count at most.
const COUNTED: usize = 2_000;
/// Values of a facet that are shown.
const VALUES: usize = 12;

/// Shows events.
pub async fn show(asked: Asked) -> Answer {
    let filter = filter(&asked)?;
    let events = events(&asked, &filter).await?;
    let next =
        events.next.as_deref().map(|next| format!("/events{}", asked.params.with("after", next).query()));
    let frame = Frame::new(&asked, "Events", EventsPage::SHAPES);
    answer(&asked, &EventsPage { frame, found: events, params: asked.params.clone(), next })
}

async fn events(asked: &Asked, filter: &Filter) -> Result<Events, Fault> {
    let desk = &asked.desk;
    let limit = asked.params.within("limit", 1, MOST)?.unwrap_or(USUAL);
    let after = asked.params.text("after").map(cursor).transpose()?;
    let page = desk.ledger().page(filter, after.as_ref(), usize::try_from(limit).unwrap_or(1)).await?;
    let facets = desk.ledger().facets(filter, COUNTED).await?;
    Ok(Events {
        events: EventRecord::all(&page.reports, &desk.names),
        next: page.next.map(|next| next.to_string()),
        counted: facets.counted,
        more: facets.more,
        facets: all_facets(desk, facets, &asked.params.with("after", "")),
    })
}

/// The filter that a query asks for.
pub fn filter(asked: &Asked) -> Result<Filter, Fault> {
    filter_of(&asked.desk, &asked.params)
}

/// The same of a query that was kept.
pub fn filter_of(desk: &Desk, params: &Params) -> Result<Filter, Fault> {
    let known = |words: &str| desk.names.find(words).ok_or_else(|| Fault::unknown_party(words));
    let party = |name: &str| params.text(name).map(known).transpose();
    let (actor, with) = (party("actor")?, party("with")?);
    let direction = match params.text("direction") {
        Some("forth") => Direction::Forth,
        None | Some("both") => Direction::Both,
        Some(_) => return Err(Fault::parameter("direction", "it is `both` or `forth`")),
    };
    Ok(Filter {
        actor: actor.filter(|_| with.is_none()),
        pair: actor.zip(with).map(|(a, b)| Pair { a, b, direction }),
        kinds: params.many::<EventType>("type")?,
        quads: params.many::<QuadClass>("quad")?,
        statuses: params.many::<Status>("status")?,
        country: party("country")?,
        place: params.text("place").map(str::to_owned),
        speaker: party("speaker")?,
        publisher: params.text("source").map(str::to_owned),
        from: params.day("from")?,
        to: params.day("to")?,
        text: params.text("q").map(words).transpose()?,
    })
}

/// Where a page ended: a day or a number, and a number.
fn cursor(text: &str) -> Result<Cursor, Fault> {
    let is_one = text.split_once(':').is_some_and(|(key, number)| {
        let is_key = key.len() <= 12 && key.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        is_key && !number.is_empty() && number.len() <= 15 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let fault =
        || Fault::parameter("after", format!("`{text}` is no place in the list; leave it out to begin anew"));
    text.parse().ok().filter(|_| is_one).ok_or_else(fault)
}

/// Words that can be searched for.
fn words(text: &str) -> Result<String, Fault> {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match clean.chars().any(char::is_alphanumeric) {
        true => Ok(clean),
        false => Err(Fault::parameter("q", format!("`{text}` holds no word to look for"))),
    }
}

fn all_facets(desk: &Desk, facets: Facets, params: &Params) -> Vec<Facet> {
    let name = |(value, count): (String, usize)| (value.clone(), value, count);
    let kinds = facets.kinds.into_iter().map(|(kind, count)| name((kind.to_string(), count))).collect();
    let statuses =
        facets.statuses.into_iter().map(|(status, count)| name((status.to_string(), count))).collect();
    let countries =
        facets.countries.into_iter().map(|(code, count)| (code.to_string(), desk.names.of(code), count));
    let publishers = facets.publishers.into_iter().map(name).collect();
    let facets = [
        Facet::of("type", "Type", kinds, params),
        Facet::of("status", "Status", statuses, params),
        Facet::of("country", "Country", countries.collect(), params),
        Facet::of("source", "Source", publishers, params),
    ];
    facets.into_iter().filter(|facet| !facet.values.is_empty()).collect()
}

impl Facet {
    fn of(
        parameter: &'static str,
        title: &'static str,
        values: Vec<(String, String, usize)>,
        params: &Params,
    ) -> Self {
        let value = |(value, label, reports): (String, String, usize)| {
            let chosen = params.text(parameter) == Some(value.as_str());
            let href = params.with(parameter, if chosen { "" } else { &value }).query();
            Value { value, label, reports, chosen, href: format!("/events{href}") }
        };
        Self { parameter, title, values: values.into_iter().take(VALUES).map(value).collect() }
    }
}

impl EventsPage {
    /// The query of this list, as a value in an address.
    fn subscribed(&self) -> String {
        let query = self.params.with("after", "").with("limit", "").query();
        crate::http::href::segment(query.trim_start_matches('?'))
    }

    /// What a field of the form shows.
    fn asked(&self, name: &str) -> &str {
        self.params.text(name).unwrap_or_default()
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, bool)> {
        EventType::ALL.iter().map(|kind| (kind.as_str(), self.params.text("type") == Some(kind.as_str())))
    }

    fn statuses(&self) -> impl Iterator<Item = (&'static str, bool)> {
        Status::ALL
            .iter()
            .map(|status| (status.as_str(), self.params.text("status") == Some(status.as_str())))
    }
}

impl Page for EventsPage {
    type Data = Events;
    const SHAPES: &'static [Shape] = &[Shape::Json, Shape::Csv, Shape::Atom];

    fn data(&self) -> &Events {
        &self.found
    }

    fn csv(&self) -> Option<Csv> {
        let rows = self.found.events.iter().map(EventRecord::row).collect();
        Some(Csv { header: EventRecord::COLUMNS, rows })
    }

    fn atom(&self, origin: &str) -> Option<String> {
        let path = format!("/events{}", self.params.query());
        super::feed(origin, &path, "Events", &self.found.events)
    }
}
