//! All operations of the interface, once.

use axum::routing::{MethodRouter, get, post};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::sync::Arc;

use super::parameter::{AGENDA, ASK, EVENTS, MAP, MATRIX, ON, PAGES, Parameter, SINCE, VERDICT};
use super::stream;
use crate::desk::Desk;
use crate::page;
use crate::write;

/// An operation: what is told of it, and what answers it.
pub struct Operation {
    /// Its path below the root; names in braces stand for one segment.
    pub path: &'static str,
    /// Its stable name.
    pub id: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// The parameters of its query.
    pub parameters: Vec<Parameter>,
    /// What it takes and gives.
    pub exchange: Exchange,
    /// What answers it.
    pub route: MethodRouter<Arc<Desk>>,
}

/// What an operation takes and gives.
pub enum Exchange {
    /// It gives this.
    Gives(Shape),
    /// It takes this and gives that, and wants an account.
    Takes(Shape, Shape),
    /// It gives events of this for as long as somebody listens.
    Streams(Shape),
}

/// The schema of an object.
pub type Shape = fn(&mut SchemaGenerator) -> Schema;

fn shape<T: JsonSchema>() -> Shape {
    |generator| generator.subschema_for::<T>()
}

/// All of them.
pub fn all() -> Vec<Operation> {
    let mut all = reading();
    all.extend(writing());
    all
}

fn reading() -> Vec<Operation> {
    let gives = |path, id, summary, parameters: &[&[Parameter]], shape, route| Operation {
        path,
        id,
        summary,
        parameters: parameters.concat(),
        exchange: Exchange::Gives(shape),
        route,
    };
    use page::*;
    vec![
        gives("/desk", "desk", "The front desk", &[&[ON]], shape::<front::Front>(), get(front::show)),
        gives(
            "/pairs",
            "pairs",
            "The matrix of pairs",
            &[MATRIX],
            shape::<matrix::Matrix>(),
            get(matrix::show),
        ),
        gives("/map", "map", "Places where acts took place", &[MAP], shape::<map::Map>(), get(map::show)),
        gives(
            "/pairs/{a}/{b}",
            "pair",
            "How a pair stands",
            &[VERDICT],
            shape::<pair::Standing>(),
            get(pair::show),
        ),
        gives(
            "/agenda",
            "agenda",
            "Contacts with their life",
            &[AGENDA],
            shape::<agenda::Agenda>(),
            get(agenda::show),
        ),
        gives(
            "/contacts/{id}",
            "contact",
            "One contact",
            &[&[ON]],
            shape::<contact::Life>(),
            get(contact::show),
        ),
        gives(
            "/events",
            "events",
            "Events that fit, the latest first",
            &[EVENTS, PAGES],
            shape::<events::Events>(),
            get(events::show),
        ),
        gives("/events/{key}", "event", "One event", &[], shape::<event::Told>(), get(event::show)),
        gives(
            "/events/{key}/why",
            "why",
            "Why an event was coded so",
            &[],
            shape::<why::Why>(),
            get(why::show),
        ),
        gives(
            "/articles/{id}",
            "article",
            "One article, whole",
            &[],
            shape::<article::Original>(),
            get(article::show),
        ),
        gives("/actors/{code}", "actor", "One actor", &[&[ON]], shape::<actor::Actor>(), get(actor::show)),
        gives("/sources", "sources", "Publications", &[], shape::<source::Sources>(), get(source::all)),
        gives(
            "/sources/{name}",
            "source",
            "One publication",
            &[],
            shape::<source::Leaf>(),
            get(source::show),
        ),
        gives("/ask", "ask", "The answer to a question", &[ASK], shape::<ask::Reply>(), get(ask::reply)),
        gives(
            "/about",
            "about",
            "What the ledger holds, and which versions read it",
            &[],
            shape::<about::About>(),
            get(about::show),
        ),
        gives(
            "/reviews",
            "reviews",
            "What reviewers decided, the first first",
            &[SINCE],
            shape::<reviews::Log>(),
            get(reviews::log),
        ),
        gives(
            "/suggestions",
            "suggestions",
            "Suggestions that wait for a decision",
            &[],
            shape::<reviews::Queue>(),
            get(reviews::queue),
        ),
        gives(
            "/subscriptions",
            "subscriptions",
            "Subscriptions of who asks; of all, for an owner",
            &[],
            shape::<subscriptions::Subscriptions>(),
            get(subscriptions::list),
        ),
        Operation {
            path: "/stream",
            id: "stream",
            summary: "New reports as server-sent events, from the one after `Last-Event-ID` on",
            parameters: EVENTS.to_vec(),
            exchange: Exchange::Streams(shape::<crate::record::EventRecord>()),
            route: get(stream::show),
        },
    ]
}

fn writing() -> Vec<Operation> {
    let takes = |path, id, summary, body, answer, route| Operation {
        path,
        id,
        summary,
        parameters: Vec::new(),
        exchange: Exchange::Takes(body, answer),
        route,
    };
    use write::*;
    vec![
        takes(
            "/events/{key}/reviews",
            "review",
            "Say whether a code is right; of a reviewer a review, of others a suggestion",
            shape::<review::ReviewBody>(),
            shape::<review::Kept>(),
            post(review::take),
        ),
        takes(
            "/events/{key}/notes",
            "note-event",
            "Leave a note on an event, or report a fault",
            shape::<note::NoteBody>(),
            shape::<note::Noted>(),
            post(note::on_event),
        ),
        takes(
            "/articles/{id}/notes",
            "note-article",
            "Leave a note on an article, or report a fault",
            shape::<note::NoteBody>(),
            shape::<note::Noted>(),
            post(note::on_article),
        ),
        takes(
            "/subscriptions",
            "subscribe",
            "Be told of new reports, contacts or a verdict at an address; deliveries are signed and tried again",
            shape::<subscription::SubscriptionBody>(),
            shape::<subscription::Subscribed>(),
            post(subscription::make),
        ),
        takes(
            "/suggestions/{id}",
            "decide",
            "Take a suggestion, or decline it; for reviewers",
            shape::<decision::DecisionBody>(),
            shape::<decision::DecisionBody>(),
            post(decision::take),
        ),
    ]
}
