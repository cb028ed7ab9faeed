//! The OpenAPI document, written from the list of operations.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::ROOT;
use super::operations::{Exchange, Operation, all};
use super::parameter::{Parameter, Values};

/// The document.
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in all() {
        let path = paths.entry(format!("{ROOT}{}", operation.path)).or_insert_with(|| json!({}));
        path[method(&operation)] = told(&operation, &mut generator);
    }
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Error".to_owned(), error());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "detente",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A dated, sourced ledger of what states and political actors do to one another.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    })
}

fn method(operation: &Operation) -> &'static str {
    match operation.exchange {
        Exchange::Takes(..) => "post",
        Exchange::Gives(_) | Exchange::Streams(_) => "get",
    }
}

fn told(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> = in_path(operation.path).collect();
    parameters.extend(operation.parameters.iter().map(in_query));
    let mut told = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": parameters,
    });
    let (status, kind, answer) = match operation.exchange {
        Exchange::Gives(shape) => ("200", "application/json", shape),
        Exchange::Streams(shape) => ("200", "text/event-stream", shape),
        Exchange::Takes(body, answer) => {
            let schema = body(generator);
            told["requestBody"] =
                json!({"required": true, "content": {"application/json": {"schema": schema}}});
            told["security"] = json!([{"token": []}]);
            ("201", "application/json", answer)
        }
    };
    let schema = match operation.exchange {
        Exchange::Streams(_) => json!({"type": "string"}),
        _ => answer(generator).to_value(),
    };
    let error = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}});
    told["responses"] = json!({
        status: {"description": "What was asked for", "content": {kind: {"schema": schema}}},
        "4XX": {"description": "Why it was not given", "content": error},
        "503": {"description": "Somebody else writes, or too much waits; try again", "content": error},
    });
    told
}

/// The names in braces, each one segment of the path.
fn in_path(path: &'static str) -> impl Iterator<Item = Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| {
        let is_number = path.starts_with("/suggestions");
        let schema = match is_number {
            true => json!({"type": "integer", "minimum": 1, "maximum": i64::MAX >> 10}),
            false => json!({"type": "string", "minLength": 1, "maxLength": 400}),
        };
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    })
}

fn in_query(parameter: &Parameter) -> Value {
    let many = matches!(parameter.values, Values::Many(_));
    let mut told = json!({
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "schema": parameter.values.schema(),
    });
    if many {
        told["style"] = json!("form");
        told["explode"] = json!(true);
    }
    told
}

/// What every error looks like.
fn error() -> Value {
    json!({
        "type": "object",
        "required": ["error"],
        "properties": {"error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": {
                "code": {"type": "string", "description": "A stable name"},
                "message": {"type": "string", "description": "What is wrong"},
                "hint": {"type": ["string", "null"], "description": "What to do about it"},
            },
        }},
    })
}
