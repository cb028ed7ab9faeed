//! All operations of the interface, once.

use axum::routing::{MethodRouter, get, post};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::sync::Arc;

use super::parameter::{
    AGENDA, ASK, EVENTS, MAP, MATRIX, NONE, PAGES, Parameter, SINCE, SINCE_REPORT, TODAY, VERDICT,
};
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

/// Operations that read, a row each: path, name, what it does; the parameters of its query; what it gives; what answers it.
macro_rules! reading {
    ($($path:literal $id:literal $summary:literal, $parameters:expr, $gives:ty, $answers:path;)+) => {
        vec![$(Operation {
            path: $path,
            id: $id,
            summary: $summary,
            parameters: $parameters.concat(),
            exchange: Exchange::Gives(shape::<$gives>()),
            route: get($answers),
        }),+]
    };
}

/// Operations that write, a row each: path, name, what it does; what it takes; what it gives; what answers it.
macro_rules! writing {
    ($($path:literal $id:literal $summary:literal, $takes:ty, $gives:ty, $answers:path;)+) => {
        vec![$(Operation {
            path: $path,
            id: $id,
            summary: $summary,
            parameters: Vec::new(),
            exchange: Exchange::Takes(shape::<$takes>(), shape::<$gives>()),
            route: post($answers),
        }),+]
    };
}

/// All of them.
pub fn all() -> Vec<Operation> {
    let mut all = reading();
    all.extend(writing());
    all.push(Operation {
        path: "/stream",
        id: "stream",
        summary: "New reports as server-sent events, from the one after `Last-Event-ID` on",
        parameters: [EVENTS, SINCE_REPORT].concat(),
        exchange: Exchange::Streams(shape::<crate::record::EventRecord>()),
        route: get(stream::show),
    });
    all
}

fn reading() -> Vec<Operation> {
    use page::*;
    reading! {
        "/desk" "desk" "The front desk", [TODAY], front::Front, front::show;
        "/pairs" "pairs" "The matrix of pairs", [MATRIX], matrix::Matrix, matrix::show;
        "/pairs/{a}/{b}" "pair" "How a pair stands", [VERDICT], pair::Standing, pair::show;
        "/map" "map" "Places where acts took place", [MAP], map::Map, map::show;
        "/agenda" "agenda" "Contacts with their life", [AGENDA], agenda::Agenda, agenda::show;
        "/contacts/{id}" "contact" "One contact", [TODAY], contact::Life, contact::show;
        "/events" "events" "Events that fit, the latest first", [EVENTS, PAGES], events::Events, events::show;
        "/events/{key}" "event" "One event", [NONE], event::Told, event::show;
        "/events/{key}/why" "why" "Why an event was coded so", [NONE], why::Why, why::show;
        "/articles/{id}" "article" "One article, whole", [NONE], article::Original, article::show;
        "/actors/{code}" "actor" "One actor", [TODAY], actor::Actor, actor::show;
        "/sources" "sources" "Publications", [NONE], source::Sources, source::all;
        "/sources/{name}" "source" "One publication", [NONE], source::Leaf, source::show;
        "/ask" "ask" "The answer to a question", [ASK], ask::Reply, ask::reply;
        "/about" "about" "What the ledger holds, and which versions read it", [NONE], about::About, about::show;
        "/reviews" "reviews" "What reviewers decided, the first first", [SINCE], reviews::Log, reviews::log;
        "/suggestions" "suggestions" "Suggestions that wait for a decision", [NONE], reviews::Queue, reviews::queue;
        "/subscriptions" "subscriptions" "Subscriptions of who asks; of all, for an owner", [NONE], subscriptions::Subscriptions,
            subscriptions::list;
    }
}

fn writing() -> Vec<Operation> {
    use write::*;
    writing! {
        "/events/{key}/reviews" "review" "Say whether a code is right; of a reviewer a review, of others a suggestion",
            review::ReviewBody, review::Kept, review::take;
        "/events/{key}/notes" "note-event" "Leave a note on an event, or report a fault",
            note::NoteBody, note::Noted, note::on_event;
        "/articles/{id}/notes" "note-article" "Leave a note on an article, or report a fault",
            note::NoteBody, note::Noted, note::on_article;
        "/subscriptions" "subscribe" "Be told of new reports, contacts or a verdict at an address; signed, and tried again",
            subscription::SubscriptionBody, subscription::Subscribed, subscription::make;
        "/suggestions/{id}" "decide" "Take a suggestion, or decline it; for reviewers",
            decision::DecisionBody, decision::DecisionBody, decision::take;
    }
}
