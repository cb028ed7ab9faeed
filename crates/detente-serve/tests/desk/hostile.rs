//! Text that wants to be markup, a script or an address is shown as text.

use detente::model::Article;
use jiff::civil::date;

use crate::made::{get, kept, on_desk, on_ledger};

/// Ways to smuggle a script into a page: each must show as the letters it is made of.
const TRICKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<!--<img src=\"--><img src=x onerror=alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>@import 'http://evil.test/x.css';</style>",
    "<link rel=stylesheet href=http://evil.test/x.css>",
    "<meta http-equiv=refresh content=\"0;url=http://evil.test\">",
    "<base href=http://evil.test/>",
    "<object data=http://evil.test></object>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "]]><script>alert(1)</script>",
    "\u{202e}<script>alert(1)</script>",
    "<\u{0}script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<img src=`x` onerror=`alert(1)`>",
    "<video><source onerror=alert(1)>",
    "<x contenteditable onblur=alert(1)>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
];

/// An article in which every name, sentence and address is a trick.
fn hostile() -> Article {
    let tricks: Vec<String> = TRICKS
        .iter()
        .map(|trick| {
            format!("France accused Germany of {trick} on Tuesday, said \"{trick}\" spokesman Jean {trick}.")
        })
        .collect();
    let title = format!("France condemns Germany {}", TRICKS[1]);
    let mut article = Article::of_text(format!("h/{}", TRICKS[1]), title, tricks.join("\n\n"));
    article = article.published_on(date(2019, 3, 5));
    article.site = Some(TRICKS[2].to_owned());
    article.author = Some(TRICKS[3].to_owned());
    article.url = Some("javascript:alert(1)//http://x".to_owned());
    article
}

/// Markup of the desk's own pages, without which a page must stand: what is left may hold no tag that an article brought.
const FOREIGN: &[&str] = &[
    "<script>",
    "<img src=x",
    "<svg/",
    "<svg><script",
    "<iframe",
    "<body ",
    "<input autofocus",
    "<details open ontoggle",
    "<math",
    "<style",
    "<link rel=stylesheet href=http",
    "<meta http-equiv",
    "<base",
    "<object",
    "<ScRiPt",
    "<img src=`",
    "<video",
    "<x ",
    "onerror=alert(1)>",
    "href=\"javascript:",
    "<scr<",
];

#[test]
fn every_trick_shows_as_text() {
    on_ledger(&kept("hostile", vec![hostile()]), async |desk| {
        let events = get(&desk, "/events.json?limit=500").await.json();
        let events = events["events"].as_array().unwrap().clone();
        assert!(events.len() > 10, "the article is coded: {}", events.len());
        let mut addresses: Vec<String> =
            ["/", "/events", "/pair/FRA/DEU", "/sources", "/actor/FRA", "/agenda", "/matrix?days=3650"]
                .map(str::to_owned)
                .into();
        for event in &events {
            addresses.push(event["href"].as_str().unwrap().to_owned());
        }
        let first = &events[0];
        addresses.push(first["article"]["href"].as_str().unwrap().to_owned());
        addresses.push(first["article"]["publisher_href"].as_str().unwrap().to_owned());
        addresses.push(first["href"].as_str().unwrap().replace("/event/", "/why/"));
        for address in addresses {
            let page = get(&desk, &address).await;
            assert_eq!(page.status, 200, "{address}: {}", page.body);
            assert!(
                page.body.contains("alert(1)")
                    || address.starts_with("/agenda")
                    || address.starts_with("/matrix"),
                "{address} shows nothing of it"
            );
            for tag in FOREIGN {
                assert!(!page.body.contains(tag), "{address} holds {tag}");
            }
        }
    });
}

#[test]
fn every_trick_in_an_address_shows_as_text() {
    on_desk(async |desk| {
        for trick in TRICKS {
            let typed: String = trick.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for address in [
                format!("/event/{typed}"),
                format!("/article/{typed}"),
                format!("/source/{typed}"),
                format!("/pair/{typed}/USA"),
                format!("/events?q={typed}"),
                format!("/events?actor={typed}"),
                format!("/events?source={typed}&place={typed}"),
                format!("/agenda?with={typed}&month={typed}"),
                format!("/ask?q={typed}"),
                format!("/{typed}"),
            ] {
                let page = get(&desk, &address).await;
                assert!(!page.status.is_server_error(), "{address}: {}", page.body);
                for tag in FOREIGN {
                    assert!(!page.body.contains(tag), "{address} holds {tag}");
                }
            }
        }
    });
}

#[test]
fn feeds_and_calendars_stay_whole() {
    on_ledger(&kept("feeds", vec![hostile()]), async |desk| {
        let feed = get(&desk, "/events.atom").await.body;
        assert!(!feed.contains("<script") && !feed.contains('\u{0}') && feed.ends_with("</feed>"), "{feed}");
        assert_eq!(feed.matches("<entry>").count(), feed.matches("</entry>").count());
        let picture = get(&desk, "/pair/FRA/DEU.svg").await;
        assert!(
            !picture.body.contains("<script")
                && picture.header("content-security-policy").contains("sandbox")
        );
    });
}
