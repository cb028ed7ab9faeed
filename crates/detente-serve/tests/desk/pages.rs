//! What each page shows.

use axum::http::StatusCode;

use crate::made::{get, on_desk};

#[test]
fn the_front_desk_tells_how_pairs_stand_and_what_is_next() {
    on_desk(async |desk| {
        let page = get(&desk, "/").await;
        assert_eq!(page.status, StatusCode::OK);
        for told in ["South Korea", "North Korea", "The next two weeks", "Latest reports"] {
            assert!(page.body.contains(told), "{told}\n{}", page.body);
        }
    });
}

#[test]
fn a_pair_has_its_verdict_its_picture_and_its_proof() {
    on_desk(async |desk| {
        let page = get(&desk, "/pair/KOR/PRK?on=2018-01-25").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("verdict thaw"), "{}", page.body);
        assert!(page.body.contains("<svg") && page.body.contains("id=\"report-1\""));
        assert!(!page.body.contains("<style") && !page.body.contains("style="), "a style stands in the page");
        let twin = get(&desk, "/pair/KOR/PRK.json?on=2018-01-25").await.json();
        assert_eq!(twin["verdict"]["direction"], "thaw");
        assert!(twin["cited"].as_array().unwrap().len() > 2);
    });
}

#[test]
fn names_lead_to_the_same_pair() {
    on_desk(async |desk| {
        let by_name = get(&desk, "/pair/South%20Korea/North%20Korea.json").await;
        let by_code = get(&desk, "/pair/KOR/PRK.json").await;
        assert_eq!(by_name.body, by_code.body);
    });
}

#[test]
fn a_citation_leads_to_its_sentence_and_that_to_the_article() {
    on_desk(async |desk| {
        let pair = get(&desk, "/pair/KOR/PRK.json?on=2018-01-25").await.json();
        let cited = &pair["cited"][0];
        let event = get(&desk, cited["href"].as_str().unwrap()).await;
        assert_eq!(event.status, StatusCode::OK);
        assert!(
            event.body.contains("<mark class=\"trigger") || event.body.contains(" trigger\">"),
            "{}",
            event.body
        );
        let article = get(&desk, cited["article"]["href"].as_str().unwrap()).await;
        assert!(article.body.contains("class=\"coded\""), "{}", article.body);
    });
}

#[test]
fn an_event_tells_why_it_was_coded_so() {
    on_desk(async |desk| {
        let events = get(&desk, "/events.json?actor=KOR&limit=1").await.json();
        let href = events["events"][0]["href"].as_str().unwrap().replace("/event/", "/why/");
        let why = get(&desk, &href).await;
        assert_eq!(why.status, StatusCode::OK, "{}", why.body);
        assert!(why.body.contains("ROOT") && why.body.contains("Definition"));
        let twin = get(&desk, &format!("{href}.json")).await.json();
        assert_eq!(twin["unchanged"], true);
    });
}

#[test]
fn events_are_narrowed_by_the_query_and_paged_by_a_cursor() {
    on_desk(async |desk| {
        let all = get(&desk, "/events.json?limit=500").await.json();
        let all: Vec<&str> =
            all["events"].as_array().unwrap().iter().map(|e| e["key"].as_str().unwrap()).collect();
        let (mut paged, mut next) = (Vec::new(), String::new());
        loop {
            let page = get(&desk, &format!("/events.json?limit=7{next}")).await.json();
            paged.extend(
                page["events"].as_array().unwrap().iter().map(|e| e["key"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(cursor) => next = format!("&after={cursor}"),
                None => break,
            }
        }
        assert_eq!(paged, all);
        let consults = get(&desk, "/events.json?type=CONSULT&with=PRK&actor=KOR").await.json();
        let kinds: Vec<&str> =
            consults["events"].as_array().unwrap().iter().map(|e| e["type"].as_str().unwrap()).collect();
        assert!(!kinds.is_empty() && kinds.iter().all(|kind| *kind == "CONSULT"), "{kinds:?}");
        let words = get(&desk, "/events.json?q=hockey").await.json();
        assert!(words["events"][0]["sentence"].as_str().unwrap().contains("hockey"));
        let facets = get(&desk, "/events.json?type=CONSULT").await.json();
        assert_eq!(facets["facets"][0]["values"][0]["chosen"], true);
    });
}

#[test]
fn the_agenda_is_a_list_and_a_month() {
    on_desk(async |desk| {
        let list = get(&desk, "/agenda.json?from=2018-01-01&on=2018-01-25").await.json();
        assert!(!list["contacts"].as_array().unwrap().is_empty());
        let month = get(&desk, "/agenda?month=2018-01&on=2018-01-25").await;
        assert!(month.body.contains("January 2018") && month.body.contains("class=\"pin"), "{}", month.body);
        let contact = get(&desk, list["contacts"][0]["href"].as_str().unwrap()).await;
        assert_eq!(contact.status, StatusCode::OK);
    });
}

#[test]
fn the_matrix_leads_to_pairs_and_comparisons_stand_side_by_side() {
    on_desk(async |desk| {
        let matrix = get(&desk, "/matrix?days=3650").await;
        assert!(matrix.body.contains("/pair/KOR/PRK") && matrix.body.contains("heat-"), "{}", matrix.body);
        let both = get(&desk, "/compare/KOR-PRK/USA-CUB?on=2018-01-25").await;
        assert_eq!(both.status, StatusCode::OK);
        assert!(both.body.contains("Cuba") && both.body.contains("North Korea"));
        let led = get(&desk, "/compare?left=KOR-PRK&a=Cuba&b=the+United+States").await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, "/compare/KOR-PRK/CUB-USA"));
    });
}

#[test]
fn actors_sources_articles_and_the_desk_itself_have_pages() {
    on_desk(async |desk| {
        for (address, told) in [
            ("/actor/KOR", "Moon Jae-in"),
            ("/sources", "Desk Wire"),
            ("/source/Desk%20Wire", "restore ties"),
            ("/article/examples%2Fembassies.txt", "diplomatic relations"),
            ("/about", "Whose data it carries"),
            ("/network?days=3650", "class=\"edge heat-"),
            ("/map?days=3650", "class=\"land\""),
            ("/ask?q=Are+South+Korea+and+North+Korea+thawing", "The reports that prove it"),
        ] {
            let page = get(&desk, address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
            assert!(page.body.contains(told), "{address}: {}", page.body);
        }
        let led = get(&desk, "/ask?q=North+Korea").await;
        assert_eq!(led.header("location"), "/actor/PRK");
    });
}
