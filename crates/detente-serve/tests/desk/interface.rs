//! The interface for programs: what its document says is what it does; new reports come as they are kept.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use detente::Pipeline;
use detente::ledger::store::{Entry, Ledger, Versions};
use detente::model::Article;
use detente_ingest::signature;
use detente_serve::{Options, reading_shapes, router};
use futures_util::StreamExt;
use jiff::civil::date;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::made::{get, on_desk, on_newsroom};

/// Values for the names in the paths of the document.
fn filled(path: &str) -> String {
    let named = [
        ("/pairs/{a}/{b}", "/pairs/KOR/PRK"),
        ("{code}", "KOR"),
        ("{key}", "koreas%2F6%231"),
        ("articles/{id}", "articles/koreas%2F6"),
        ("{name}", "Desk%20Wire"),
    ];
    named.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

#[test]
fn every_operation_of_the_document_answers_as_it_says() {
    on_desk(async |desk| {
        let document = get(&desk, "/api/v1/openapi.json").await.json();
        let contact = get(&desk, "/api/v1/agenda?from=2017-01-01").await.json();
        let contact = contact["contacts"][0]["id"].as_str().unwrap().replace('/', "%2F").replace('#', "%23");
        let mut asked = 0;
        for (path, methods) in document["paths"].as_object().unwrap() {
            if methods["get"].is_null() || path.ends_with("/stream") {
                continue;
            }
            let address = filled(path).replace("{id}", &contact);
            let address = if path.ends_with("/ask") {
                format!("{address}?q=Are+South+Korea+and+North+Korea+thawing")
            } else {
                address
            };
            let response = get(&desk, &address).await;
            if path.ends_with("/subscriptions") {
                assert_eq!(
                    response.status,
                    StatusCode::UNAUTHORIZED,
                    "{address} is for people who are signed in"
                );
                continue;
            }
            assert_eq!(response.status, StatusCode::OK, "{address}: {}", response.body);
            assert_eq!(response.header("content-type"), "application/json", "{address}");
            let schema = &methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            check(&document, schema, &response.json(), &address);
            let unknown = get(&desk, &format!("{}?colour=red", address.split('?').next().unwrap())).await;
            assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{address}");
            asked += 1;
        }
        assert!(asked >= 15, "only {asked} operations");
    });
}

/// Whether a value has what its schema requires and nothing of another type.
fn check(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema =
            document.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{at}: no {name}"));
        return check(document, schema, value, at);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let chosen = choices.iter().find(|choice| (choice["type"] == "null") == value.is_null());
        return check(document, chosen.unwrap_or_else(|| panic!("{at}: {value}")), value, at);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() || types.contains(&"number") => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(types.contains(&kind), "{at}: {kind} where {types:?} is told");
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(name).is_some(), "{at}: no {name}");
    }
    if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
        for (name, schema) in properties {
            object
                .get(name)
                .into_iter()
                .for_each(|value| check(document, schema, value, &format!("{at}/{name}")));
        }
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        check(document, &schema["items"], item, &format!("{at}/{i}"));
    }
}

#[test]
fn the_document_names_the_values_of_parameters() {
    on_desk(async |desk| {
        let document = get(&desk, "/api/v1/openapi.json").await.json();
        let parameters = document["paths"]["/api/v1/events"]["get"]["parameters"].as_array().unwrap();
        let kind = parameters.iter().find(|parameter| parameter["name"] == "type").unwrap();
        assert_eq!(kind["schema"]["items"]["enum"].as_array().unwrap().len(), 16);
        let body = &document["paths"]["/api/v1/events/{key}/reviews"]["post"]["requestBody"];
        assert_eq!(body["required"], json!(true));
    });
}

#[test]
fn new_reports_come_as_they_are_kept_and_those_missed_are_told_again() {
    on_newsroom("stream", Options::default(), async |desk| {
        let listen = async |last: Option<&str>| {
            let mut request =
                Request::get("/api/v1/stream?actor=FRA&type=ACCUSE").header("host", "desk.test");
            if let Some(last) = last {
                request = request.header("last-event-id", last);
            }
            let request = request.body(Body::empty()).unwrap();
            let response =
                reading_shapes(router(std::sync::Arc::clone(&desk))).oneshot(request).await.unwrap();
            assert_eq!(response.headers()["content-type"], "text/event-stream");
            response.into_body().into_data_stream()
        };
        let mut stream = listen(None).await;
        let text = "France condemned Germany on Tuesday.\n\nGermany met Spain in Madrid on Tuesday.";
        let article =
            Article::of_text("late", "France condemns Germany", text).published_on(date(2018, 2, 6));
        let events = Pipeline::builtin().read(&article).events;
        let at = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("stream-{}.db", std::process::id()));
        let ledger = Ledger::open(at.to_str().unwrap()).await.unwrap();
        let entry = Entry { signature: signature(&article), article, events };
        ledger.append(&[entry], &Versions::default(), date(2018, 2, 6)).await.unwrap();
        desk.look().await.unwrap();
        let told =
            tokio::time::timeout(Duration::from_secs(10), stream.next()).await.unwrap().unwrap().unwrap();
        let told = String::from_utf8(told.to_vec()).unwrap();
        assert!(told.contains("event: report") && told.contains("\"type\":\"ACCUSE\""), "{told}");
        let number: i64 = told.split("id: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        let mut again = listen(Some(&(number - 1).to_string())).await;
        let told_again =
            tokio::time::timeout(Duration::from_secs(10), again.next()).await.unwrap().unwrap().unwrap();
        assert_eq!(String::from_utf8(told_again.to_vec()).unwrap(), told);
    });
}
