//! Readers take part: accounts, tokens, reviews, suggestions, notes; and what keeps others from doing it in their name.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use detente_serve::{Desk, Options};
use serde_json::json;

use crate::made::{PASSWORD, Response, ask, get, on_desk, on_newsroom};

/// A browser: the cookie of its session, and the word that its forms carry.
pub struct Browser {
    cookie: String,
    csrf: String,
}

impl Browser {
    pub async fn sign_in(desk: &Arc<Desk>, name: &str) -> Self {
        let signed = form(desk, "/sign-in", None, &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
        let set = signed.header("set-cookie").to_owned();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
        let cookie = set.split(';').next().unwrap().to_owned();
        let browser = Self { cookie, csrf: String::new() };
        let page = browser.get(desk, "/account").await;
        let csrf =
            page.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Self { csrf, ..browser }
    }

    pub async fn get(&self, desk: &Arc<Desk>, address: &str) -> Response {
        let request = Request::get(address).header("host", "desk.test").header("cookie", &self.cookie);
        ask(desk, request.body(Body::empty()).unwrap()).await
    }

    pub async fn send(&self, desk: &Arc<Desk>, address: &str, fields: &[(&str, &str)]) -> Response {
        let fields: Vec<(&str, &str)> =
            fields.iter().copied().chain([("csrf", self.csrf.as_str())]).collect();
        form(desk, address, Some(&self.cookie), &fields).await
    }
}

pub async fn form(
    desk: &Arc<Desk>,
    address: &str,
    cookie: Option<&str>,
    fields: &[(&str, &str)],
) -> Response {
    let mut request = Request::post(address)
        .header("host", "desk.test")
        .header("origin", "http://desk.test")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    ask(desk, request.body(Body::from(body)).unwrap()).await
}

/// The first event of the ledger.
async fn event(desk: &Arc<Desk>) -> (String, String) {
    let events = get(desk, "/events.json?type=CONSULT&limit=1").await.json();
    let text = |name: &str| events["events"][0][name].as_str().unwrap().to_owned();
    (text("href"), text("key"))
}

#[test]
fn a_reviewer_corrects_a_code_and_it_stands_beside_the_machines() {
    on_newsroom("corrects", Options::default(), async |desk| {
        let reviewer = Browser::sign_in(&desk, "reviewer").await;
        let (href, key) = event(&desk).await;
        let fields = [
            ("verdict", "wrong"),
            ("type", "SUPPORT"),
            ("actors", "KOR GOV, PRK"),
            ("note", "they praised it"),
        ];
        let sent = reviewer.send(&desk, &format!("{href}/review"), &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = get(&desk, &href).await;
        for told in ["should be type SUPPORT, actors KOR GOV + PRK", "they praised it", "reviewer"] {
            assert!(page.body.contains(told), "{told}");
        }
        assert!(
            page.body.contains("<b>CONSULT") || page.body.contains("<h1>CONSULT"),
            "the machine's code stays"
        );
        let log = get(&desk, "/api/v1/reviews").await.json();
        assert_eq!(
            (&log["reviews"][0]["report"], &log["reviews"][0]["correction"]["type"]),
            (&json!(key), &json!("SUPPORT"))
        );
    });
}

#[test]
fn guests_suggest_where_they_may_and_a_named_reviewer_decides() {
    on_newsroom("guests", Options { guests_suggest: true, ..Options::default() }, async |desk| {
        let (href, _) = event(&desk).await;
        for verdict in ["right", "wrong"] {
            let sent = form(&desk, &format!("{href}/review"), None, &[("verdict", verdict)]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        }
        let queue = get(&desk, "/api/v1/suggestions").await.json();
        let queue = queue["suggestions"].as_array().unwrap().clone();
        assert_eq!((queue.len(), &queue[0]["author"]), (2, &json!("guest")));
        assert!(get(&desk, "/api/v1/reviews").await.json()["reviews"].as_array().unwrap().is_empty());

        let decide = |id: &serde_json::Value| format!("/suggestion/{id}");
        let refused = form(&desk, &decide(&queue[0]["id"]), None, &[("decision", "taken")]).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        let reader = Browser::sign_in(&desk, "reader").await;
        let refused = reader.send(&desk, &decide(&queue[0]["id"]), &[("decision", "taken")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let reviewer = Browser::sign_in(&desk, "reviewer").await;
        for (suggestion, decision) in [(&queue[0], "taken"), (&queue[1], "declined")] {
            let sent = reviewer.send(&desk, &decide(&suggestion["id"]), &[("decision", decision)]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        }
        let again = reviewer.send(&desk, &decide(&queue[0]["id"]), &[("decision", "declined")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let log = get(&desk, "/api/v1/reviews").await.json();
        let log = log["reviews"].as_array().unwrap();
        assert_eq!(
            (log.len(), &log[0]["verdict"], &log[0]["reviewer"]),
            (1, &json!("right"), &json!("reviewer"))
        );
        assert_eq!(log[0]["note"], "suggested by guest");
        let page = get(&desk, &href).await;
        assert!(
            page.body.contains("taken by reviewer") && page.body.contains("declined by reviewer"),
            "{}",
            page.body
        );
    });
}

#[test]
fn guests_are_asked_to_sign_in_where_they_may_not() {
    on_newsroom("may-not", Options::default(), async |desk| {
        let (href, _) = event(&desk).await;
        for (address, fields) in [
            (format!("{href}/review"), [("verdict", "right")]),
            (format!("{href}/note"), [("text", "hello")]),
        ] {
            let refused = form(&desk, &address, None, &fields).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{address}");
        }
        assert_eq!(get(&desk, "/account").await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn notes_and_faults_are_kept_with_who_and_when_and_shown_as_text() {
    on_newsroom("notes", Options::default(), async |desk| {
        let reader = Browser::sign_in(&desk, "reader").await;
        let (href, _) = event(&desk).await;
        let trick = "see <script>alert(1)</script>";
        for (address, kind) in
            [(format!("{href}/note"), "note"), ("/article/koreas%2F0/note".to_owned(), "fault")]
        {
            let sent = reader.send(&desk, &address, &[("text", trick), ("kind", kind)]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        }
        for address in [href.as_str(), "/article/koreas%2F0"] {
            let page = get(&desk, address).await;
            assert!(
                page.body.contains("see &#60;script&#62;") && !page.body.contains("<script>alert"),
                "{}",
                page.body
            );
        }
        let board = Browser::sign_in(&desk, "reviewer").await.get(&desk, "/reviews").await;
        assert!(board.body.contains("see &#60;script&#62;"), "{}", board.body);
        assert!(board.header("cache-control").starts_with("private"));
    });
}

#[test]
fn nobody_writes_in_the_name_of_another() {
    on_newsroom("forged", Options::default(), async |desk| {
        let reviewer = Browser::sign_in(&desk, "reviewer").await;
        let (href, _) = event(&desk).await;
        let address = format!("{href}/review");
        let without = form(&desk, &address, Some(&reviewer.cookie), &[("verdict", "right")]).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN, "without the word of the session");
        let send = async |name: &str, value: &str| {
            let body = format!("verdict=right&csrf={}", reviewer.csrf);
            let request = Request::post(&address)
                .header("host", "desk.test")
                .header("cookie", &reviewer.cookie)
                .header(name, value)
                .body(Body::from(body));
            ask(&desk, request.unwrap()).await.status
        };
        assert_eq!(send("origin", "http://evil.test").await, StatusCode::FORBIDDEN);
        assert_eq!(send("sec-fetch-site", "cross-site").await, StatusCode::FORBIDDEN);
        assert_eq!(send("origin", "http://desk.test").await, StatusCode::SEE_OTHER);
        let out = reviewer.send(&desk, "/sign-out", &[]).await;
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(
            reviewer.get(&desk, "/account").await.status,
            StatusCode::UNAUTHORIZED,
            "the session is over"
        );
    });
}

#[test]
fn passwords_are_guessed_slowly_and_bodies_are_small() {
    on_newsroom("limits", Options::default(), async |desk| {
        let wrong = [("name", "owner"), ("password", "guess")];
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(form(&desk, "/sign-in", None, &wrong).await.status.as_u16());
        }
        assert_eq!(statuses.first(), Some(&401));
        assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
        let (href, _) = event(&desk).await;
        let long = "x".repeat(70 << 10);
        let refused = form(&desk, &format!("{href}/note"), None, &[("text", &long)]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn tokens_speak_for_an_account_and_for_no_more() {
    on_newsroom("tokens", Options::default(), async |desk| {
        let reviewer = Browser::sign_in(&desk, "reviewer").await;
        let token = async |role: &str| {
            let made = reviewer.send(&desk, "/account/tokens", &[("label", role), ("role", role)]).await;
            assert_eq!(made.header("cache-control"), "no-store");
            let secret = made.body.split("dt_").nth(1).unwrap().split('<').next().unwrap();
            format!("Bearer dt_{secret}")
        };
        let (reads, reviews) = (token("reader").await, token("owner").await);
        let (_, key) = event(&desk).await;
        let address = format!("/api/v1/events/{}/reviews", key.replace('/', "%2F").replace('#', "%23"));
        let send = async |bearer: &str, body: serde_json::Value| {
            let request = Request::post(&address)
                .header("host", "desk.test")
                .header("authorization", bearer)
                .header("content-type", "application/json")
                .body(Body::from(body.to_string()));
            ask(&desk, request.unwrap()).await
        };
        let suggested = send(&reads, json!({"verdict": "right"})).await;
        assert_eq!(
            (suggested.status, &suggested.json()["kept"]),
            (StatusCode::CREATED, &json!("suggestion"))
        );
        let correction = json!({"verdict": "wrong", "correction": {"status": "scheduled"}});
        let reviewed = send(&reviews, correction).await;
        assert_eq!((reviewed.status, &reviewed.json()["kept"]), (StatusCode::CREATED, &json!("review")));
        for (bearer, body, status) in [
            ("Bearer dt_00", json!({"verdict": "right"}), 401),
            (&reviews, json!({"verdict": "perhaps"}), 400),
            (&reviews, json!({"verdict": "right", "extra": 1}), 400),
            (&reviews, json!({"verdict": "right", "correction": {"type": "AID"}}), 400),
        ] {
            let refused = send(bearer, body).await;
            assert_eq!(refused.status.as_u16(), status, "{}", refused.body);
            assert!(refused.json()["error"]["code"].is_string());
        }
        let account = reviewer.get(&desk, "/account.json").await.json();
        assert_eq!(account["tokens"][1]["role"], "reviewer", "no token may more than its account");
        let id = &account["tokens"][1]["id"];
        reviewer.send(&desk, &format!("/account/tokens/{id}/remove"), &[]).await;
        assert_eq!(send(&reviews, json!({"verdict": "right"})).await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_private_desk_shows_nothing_to_guests_and_a_reading_desk_takes_nothing() {
    on_newsroom("private", Options { private: true, ..Options::default() }, async |desk| {
        for address in ["/", "/events.json", "/api/v1/events", "/api/v1/stream", "/event/x"] {
            assert_eq!(get(&desk, address).await.status, StatusCode::UNAUTHORIZED, "{address}");
        }
        assert_eq!(get(&desk, "/sign-in").await.status, StatusCode::OK);
        let reader = Browser::sign_in(&desk, "reader").await;
        assert_eq!(reader.get(&desk, "/").await.status, StatusCode::OK);
        assert_eq!(
            get(&desk, "/").await.status,
            StatusCode::UNAUTHORIZED,
            "what a reader saw is not remembered"
        );
    });
    on_desk(async |desk| {
        let refused = form(&desk, "/sign-in", None, &[("name", "owner"), ("password", PASSWORD)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(!get(&desk, "/").await.body.contains("Sign in"));
    });
}
