//! Schemas of types from other rooms, which know nothing of this interface.

use detente::ledger::store::Verdict;
use detente::model::{EventType, Sector, Status};
use schemars::{Schema, SchemaGenerator, json_schema};

use crate::destination::{MAIL, WEB};
use crate::own::{About, Decision, Matter, NoteKind, Rhythm, Role};
use crate::write::review::MOST_PARTIES;

/// Roles.
pub fn roles(_: &mut SchemaGenerator) -> Schema {
    one_of(Role::ALL.iter().map(|role| role.as_str()))
}

/// What subscriptions are of.
pub fn matters(_: &mut SchemaGenerator) -> Schema {
    one_of(Matter::ALL.iter().map(|matter| matter.as_str()))
}

/// How often somebody is told.
pub fn rhythms(_: &mut SchemaGenerator) -> Schema {
    one_of(Rhythm::ALL.iter().map(|rhythm| rhythm.as_str()))
}

/// How often somebody is told, or what is usual.
pub fn maybe_rhythm(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<_> = Rhythm::ALL.iter().map(|rhythm| Some(rhythm.as_str())).chain([None]).collect();
    json_schema!({"enum": names})
}

/// Addresses that subscriptions go to, with the rhythms that go with each.
pub fn destinations() -> serde_json::Value {
    let [once, daily, weekly] = [Rhythm::AtOnce, Rhythm::Daily, Rhythm::Weekly].map(Rhythm::as_str);
    serde_json::json!([
        {"properties": {"url": {"pattern": WEB}, "rhythm": {"enum": [null, once]}}},
        {"properties": {"url": {"pattern": MAIL}, "rhythm": {"enum": [null, daily, weekly]}}},
    ])
}

/// What notes are about.
pub fn subjects(_: &mut SchemaGenerator) -> Schema {
    one_of(About::ALL.iter().map(|about| about.as_str()))
}

/// Kinds of notes.
pub fn notes(_: &mut SchemaGenerator) -> Schema {
    one_of(NoteKind::ALL.iter().map(|kind| kind.as_str()))
}

/// What becomes of suggestions.
pub fn decisions(_: &mut SchemaGenerator) -> Schema {
    one_of(Decision::ALL.iter().map(|decision| decision.as_str()))
}

/// What a reviewer may decide.
pub fn outcomes(_: &mut SchemaGenerator) -> Schema {
    one_of([Decision::Taken, Decision::Declined].iter().map(|decision| decision.as_str()))
}

/// What a reader says of a code.
pub fn verdicts(_: &mut SchemaGenerator) -> Schema {
    one_of(Verdict::ALL.iter().map(|verdict| verdict.as_str()))
}

/// What an event should have been, or nothing.
pub fn maybe_correction(generator: &mut SchemaGenerator) -> Schema {
    let correction = correction(generator);
    json_schema!({"anyOf": [correction, {"type": "null"}]})
}

fn correction(_: &mut SchemaGenerator) -> Schema {
    let names = |all: Vec<&str>| serde_json::json!({"type": "string", "enum": all});
    let sectors: Vec<&str> = Sector::ALL.iter().map(|sector| sector.as_str()).collect();
    let code = serde_json::json!({"type": "string", "pattern": "^[A-Z]{3}$"});
    let actors = serde_json::json!({"type": "array", "maxItems": MOST_PARTIES, "items": {
        "type": "object",
        "properties": {
            "code": {"anyOf": [code, {"type": "null"}]},
            "sector": {"anyOf": [names(sectors), {"type": "null"}]},
        },
    }});
    let day = serde_json::json!({"type": "string", "format": "date"});
    let days = serde_json::json!({"type": "object", "required": ["from", "to"], "properties": {"from": day, "to": day}});
    let maybe = |what: &serde_json::Value| serde_json::json!({"anyOf": [what, {"type": "null"}]});
    json_schema!({
        "type": "object",
        "properties": {
            "type": maybe(&names(EventType::ALL.iter().map(|kind| kind.as_str()).collect())),
            "status": maybe(&names(Status::ALL.iter().map(|status| status.as_str()).collect())),
            "actors": maybe(&actors),
            "recipients": maybe(&actors),
            "days": maybe(&days),
        },
    })
}

fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> Schema {
    let names: Vec<&str> = names.collect();
    json_schema!({"type": "string", "enum": names})
}
