//! Shapes of a page, errors, headers, `ETag`s.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::made::{ask, get, on_desk};

const PAGES: &[(&str, &[&str])] = &[
    ("/desk", &["json", "csv", "atom"]),
    ("/pair/KOR/PRK", &["json", "csv", "ics", "atom", "svg"]),
    ("/compare/KOR-PRK/USA-CUB", &["json"]),
    ("/matrix", &["json", "csv"]),
    ("/network?days=3650", &["json", "svg"]),
    ("/map?days=3650", &["json", "csv", "svg"]),
    ("/agenda", &["json", "csv", "ics"]),
    ("/events", &["json", "csv", "atom"]),
    ("/actor/KOR", &["json", "csv", "atom"]),
    ("/sources", &["json", "csv"]),
    ("/source/Desk%20Wire", &["json", "csv", "atom"]),
    ("/article/examples%2Fembassies.txt", &["json"]),
    ("/about", &["json"]),
];

#[test]
fn every_page_comes_in_the_shapes_that_it_names_and_says_so_of_the_others() {
    on_desk(async |desk| {
        for (page, shapes) in PAGES {
            let html = get(&desk, page).await;
            for shape in ["json", "csv", "ics", "atom", "svg"] {
                let (path, query) =
                    page.split_once('?').map_or((*page, String::new()), |(p, q)| (p, format!("?{q}")));
                let address = format!("{path}.{shape}{query}");
                let response = get(&desk, &address).await;
                let named = html.body.contains(&address);
                assert_eq!(shapes.contains(&shape), named, "{page}.{shape} is named");
                let wanted = if named { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(response.status, wanted, "{page}.{shape}: {}", response.body);
                let begins = match (named, shape) {
                    (false, _) | (true, "json") => "{",
                    (_, "csv") => "",
                    (_, "ics") => "BEGIN:VCALENDAR",
                    (_, "atom") => "<?xml",
                    _ => "<svg",
                };
                assert!(response.body.starts_with(begins), "{page}.{shape}: {}", response.body);
            }
        }
    });
}

#[test]
fn errors_have_one_shape() {
    on_desk(async |desk| {
        for (address, status, code) in [
            ("/nowhere.json", 404, "serve/address"),
            ("/event/none.json", 404, "serve/missing"),
            ("/article/none.json", 404, "serve/missing"),
            ("/pair/QQQ/USA.json", 404, "serve/party"),
            ("/pair/USA/USA.json", 400, "serve/parameter"),
            ("/events.json?type=HUG", 400, "serve/parameter"),
            ("/events.json?from=yesterday", 400, "serve/parameter"),
            ("/events.json?limit=0", 400, "serve/parameter"),
            ("/events.json?after=x", 400, "serve/parameter"),
            ("/events.json?q=%22%22", 400, "serve/parameter"),
            ("/matrix.svg", 404, "serve/shape"),
        ] {
            let response = get(&desk, address).await;
            assert_eq!(response.status.as_u16(), status, "{address}: {}", response.body);
            assert_eq!(response.json()["error"]["code"], code, "{address}");
            let page = get(&desk, &address.replace(".json", "").replace(".svg", ".pdf")).await;
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{address}");
        }
        let post = ask(&desk, Request::post("/events.json").body(Body::empty()).unwrap()).await;
        assert_eq!(
            (post.status.as_u16(), post.json()["error"]["code"].as_str()),
            (405, Some("serve/method"))
        );
        assert!(post.header("allow").contains("GET"));
    });
}

#[test]
fn what_is_held_is_not_sent_again() {
    on_desk(async |desk| {
        for address in ["/", "/events.json", "/static/desk.css"] {
            let first = get(&desk, address).await;
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with('"'), "{address}");
            assert_eq!(get(&desk, address).await.body, first.body, "{address} is the same again");
            let request = Request::get(address).header("host", "desk.test").header("if-none-match", &tag);
            let held = ask(&desk, request.body(Body::empty()).unwrap()).await;
            assert_eq!((held.status, held.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{address}");
        }
    });
}

#[test]
fn every_response_forbids_what_is_not_ours() {
    on_desk(async |desk| {
        for address in ["/", "/nowhere", "/events.json", "/static/desk.js"] {
            let response = get(&desk, address).await;
            let policy = response.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("unsafe"),
                "{address}: {policy}"
            );
            assert_eq!(response.header("x-content-type-options"), "nosniff", "{address}");
            assert_eq!(response.header("x-frame-options"), "DENY", "{address}");
        }
    });
}
