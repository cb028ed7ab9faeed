//! Subscribers are told of what is new: signed, at least once, again after trouble, and of no more than they asked for.

use std::sync::{Arc, Mutex};

use detente::Pipeline;
use detente::ledger::store::{Entry, Ledger, Versions};
use detente::model::Article;
use detente_ingest::signature;
use detente_serve::{Desk, Options, Post, Senders};
use hmac::{Hmac, Mac};
use jiff::civil::date;
use serde_json::Value;
use sha2::Sha256;

use crate::made::on_telling_newsroom;
use crate::newsroom::Browser;

/// What was sent: headers and body.
type Letter = (Vec<(String, String)>, String);

/// Takes what is sent, or answers with trouble.
#[derive(Debug, Default)]
struct Letterbox {
    letters: Mutex<Vec<Letter>>,
    answers: Mutex<Vec<u16>>,
}

impl Post for Letterbox {
    fn post(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<u16, String> {
        if url.contains("192.168.") {
            return Err("192.168.0.1 leads to a private address".to_owned());
        }
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.letters.lock().unwrap().push((headers, String::from_utf8(body.to_vec()).unwrap()));
        Ok(self.answers.lock().unwrap().pop().unwrap_or(200))
    }
}

fn by_post(letters: &Arc<Letterbox>) -> Senders {
    Senders { post: Some(letters.clone()), mail: None }
}

impl Letterbox {
    fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }
}

fn header<'l>(letter: &'l Letter, name: &str) -> &'l str {
    &letter.0.iter().find(|(given, _)| given == name).unwrap().1
}

pub async fn ingest(name: &str, id: &str, text: &str) {
    let article = Article::of_text(id, "News", text).published_on(date(2018, 2, 6));
    let events = Pipeline::builtin().read(&article).events;
    let at = format!("{}/{name}-{}.db", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    let ledger = Ledger::open(&at).await.unwrap();
    let entry = Entry { signature: signature(&article), article, events };
    ledger.append(&[entry], &Versions::default(), date(2018, 2, 6)).await.unwrap();
    ledger.derive(|_| {}).await.unwrap();
}

/// A time after every delivery that may be due, and before one that is to be tried again after a minute.
pub fn later(hours: i64) -> i64 {
    jiff::Timestamp::now().as_second() + hours * 3600 + 30
}

async fn subscribe(desk: &Arc<Desk>, fields: &[(&str, &str)]) -> (Browser, String) {
    let reader = Browser::sign_in(desk, "reader").await;
    let made = reader.send(desk, "/subscriptions", fields).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let secret =
        made.body.split("aria-label=\"The secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    (reader, secret)
}

#[test]
fn a_report_that_fits_is_delivered_once_and_signed() {
    let letters = Arc::new(Letterbox::default());
    on_telling_newsroom("deliver", by_post(&letters), Options::default(), async |desk| {
        let fields =
            [("matter", "reports"), ("query", "actor=FRA&type=ACCUSE"), ("url", "https://hooks.test/desk")];
        let (_, secret) = subscribe(&desk, &fields).await;
        desk.tell_subscribers(later(0)).await.unwrap();
        assert!(letters.take().is_empty(), "what was there before is no news");
        ingest(
            "deliver",
            "late",
            "France condemned Germany on Tuesday.\n\nGermany met Spain in Madrid on Tuesday.",
        )
        .await;
        for _ in 0..2 {
            desk.tell_subscribers(later(0)).await.unwrap();
        }
        let sent = letters.take();
        assert_eq!(sent.len(), 1, "{sent:?}");
        let body: Value = serde_json::from_str(&sent[0].1).unwrap();
        assert_eq!((&body["matter"], &body["report"]["type"]), (&"reports".into(), &"ACCUSE".into()));
        assert_eq!(header(&sent[0], "detente-id"), body["id"].as_str().unwrap());
        let (at, given) =
            header(&sent[0], "detente-signature").trim_start_matches("t=").split_once(",v1=").unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{at}.{}", sent[0].1).as_bytes());
        let wanted: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(given, wanted);
    });
}

#[test]
fn trouble_is_tried_again_with_the_same_id_and_given_up_in_sight() {
    let letters = Arc::new(Letterbox::default());
    on_telling_newsroom("trouble", by_post(&letters), Options::default(), async |desk| {
        let fields = [("matter", "reports"), ("query", "actor=FRA"), ("url", "https://hooks.test/desk")];
        let (reader, _) = subscribe(&desk, &fields).await;
        ingest("trouble", "late", "France condemned Germany on Tuesday.").await;
        *letters.answers.lock().unwrap() = vec![500; 7];
        desk.tell_subscribers(later(0)).await.unwrap();
        desk.tell_subscribers(later(0)).await.unwrap();
        assert_eq!(letters.take().len(), 1, "it waits before it is tried again");
        for hours in 1..=6 {
            desk.tell_subscribers(later(hours * 48)).await.unwrap();
        }
        let ids: Vec<String> =
            letters.take().iter().map(|letter| header(letter, "detente-id").to_owned()).collect();
        assert_eq!(ids.len(), 6);
        assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "{ids:?}");
        desk.tell_subscribers(later(9999)).await.unwrap();
        assert!(letters.take().is_empty(), "a dead letter rests");
        let page = reader.get(&desk, "/subscriptions.json").await.json();
        let held = &page["subscriptions"][0];
        assert_eq!((&held["dead"], &held["trouble"]), (&1.into(), &"the address answers 500".into()));
        reader.send(&desk, &format!("/subscriptions/{}/revive", held["id"]), &[]).await;
        desk.tell_subscribers(later(0)).await.unwrap();
        assert_eq!(letters.take().len(), 1);
        let page = reader.get(&desk, "/subscriptions.json").await.json();
        assert_eq!(
            (&page["subscriptions"][0]["done"], &page["subscriptions"][0]["dead"]),
            (&1.into(), &0.into())
        );
    });
}

/// The address is looked at every minute, as the desk does each second.
#[test]
fn a_receiver_that_is_down_for_an_hour_gets_all_of_it_once() {
    let letters = Arc::new(Letterbox::default());
    on_telling_newsroom("down", by_post(&letters), Options::default(), async |desk| {
        let fields = [("matter", "reports"), ("query", "actor=FRA"), ("url", "https://hooks.test/desk")];
        subscribe(&desk, &fields).await;
        let begun = later(0);
        for (minute, whom) in [(0, "Germany"), (20, "Spain"), (59, "Italy")] {
            ingest("down", whom, &format!("France condemned {whom} on Tuesday.")).await;
            *letters.answers.lock().unwrap() = vec![503; 9];
            desk.tell_subscribers(begun + minute * 60).await.unwrap();
        }
        let tried = letters.take();
        assert!(tried.len() >= 3, "{tried:?}");
        letters.answers.lock().unwrap().clear();
        for minute in 61..=240 {
            desk.tell_subscribers(begun + minute * 60).await.unwrap();
        }
        let ids = |letters: &[Letter]| {
            let mut ids: Vec<String> = letters.iter().map(|l| header(l, "detente-id").to_owned()).collect();
            ids.sort();
            ids
        };
        let (taken, mut wanted) = (ids(&letters.take()), ids(&tried));
        wanted.dedup();
        assert_eq!((taken, wanted.len()), (wanted, 3));
    });
}

#[test]
fn a_clock_that_is_set_back_holds_nothing_up() {
    let letters = Arc::new(Letterbox::default());
    on_telling_newsroom("set-back", by_post(&letters), Options::default(), async |desk| {
        let fields = [("matter", "reports"), ("query", "actor=FRA"), ("url", "https://hooks.test/desk")];
        subscribe(&desk, &fields).await;
        ingest("set-back", "late", "France condemned Germany on Tuesday.").await;
        *letters.answers.lock().unwrap() = vec![500];
        desk.tell_subscribers(later(24 * 365)).await.unwrap();
        let ids: Vec<String> = letters.take().iter().map(|l| header(l, "detente-id").to_owned()).collect();
        for _ in 0..2 {
            desk.tell_subscribers(later(0)).await.unwrap();
        }
        let again: Vec<String> = letters.take().iter().map(|l| header(l, "detente-id").to_owned()).collect();
        assert_eq!((ids.len(), again), (1, ids), "it is sent again a year before it failed, and taken once");
    });
}

#[test]
fn contacts_and_verdicts_are_told_when_they_change() {
    let letters = Arc::new(Letterbox::default());
    on_telling_newsroom("change", by_post(&letters), Options::default(), async |desk| {
        let contacts =
            [("matter", "contacts"), ("query", "actor=FRA"), ("url", "https://hooks.test/contacts")];
        subscribe(&desk, &contacts).await;
        let verdict =
            [("matter", "verdict"), ("query", "actor=KOR&with=PRK"), ("url", "https://hooks.test/verdict")];
        subscribe(&desk, &verdict).await;
        desk.tell_subscribers(later(0)).await.unwrap();
        assert!(letters.take().is_empty());
        let text = "French President Emmanuel Macron will meet German Chancellor Angela Merkel in Berlin on February 20.\n\n\
             North Korea attacked South Korea on Monday. North Korea threatened South Korea with war on Tuesday. \
             South Korea imposed sanctions on North Korea on Tuesday.";
        ingest("change", "late", text).await;
        desk.look().await.unwrap();
        desk.tell_subscribers(later(0)).await.unwrap();
        let sent: Vec<Value> =
            letters.take().iter().map(|letter| serde_json::from_str(&letter.1).unwrap()).collect();
        let contact =
            sent.iter().find(|body| body["matter"] == "contacts").unwrap_or_else(|| panic!("{sent:?}"));
        assert_eq!(contact["contact"]["state"], "scheduled");
        let verdict =
            sent.iter().find(|body| body["matter"] == "verdict").unwrap_or_else(|| panic!("{sent:?}"));
        assert_ne!(verdict["before"], verdict["verdict"]["in_short"]);
    });
}

#[test]
fn bad_addresses_are_refused_and_private_ones_not_reached() {
    let letters = Arc::new(Letterbox::default());
    on_telling_newsroom("private-url", by_post(&letters), Options::default(), async |desk| {
        let reader = Browser::sign_in(&desk, "reader").await;
        let endless = format!("https://a.test/{}", "x".repeat(500));
        for url in
            ["ftp://a.test/x", "javascript:alert(1)", "https://user:word@a.test/", "nowhere", "", &endless]
        {
            let refused = reader.send(&desk, "/subscriptions", &[("url", url), ("query", "actor=FRA")]).await;
            assert_eq!(refused.status, 400, "{url}");
        }
        let refused =
            reader.send(&desk, "/subscriptions", &[("url", "https://a.test/"), ("matter", "verdict")]).await;
        assert_eq!(refused.status, 400, "a verdict is on a pair");
        subscribe(&desk, &[("url", "http://192.168.0.1/x"), ("query", "actor=FRA")]).await;
        ingest("private-url", "late", "France condemned Germany on Tuesday.").await;
        desk.tell_subscribers(later(0)).await.unwrap();
        let page = reader.get(&desk, "/subscriptions.json").await.json();
        assert_eq!(page["subscriptions"][0]["trouble"], "192.168.0.1 leads to a private address");
    });
}
