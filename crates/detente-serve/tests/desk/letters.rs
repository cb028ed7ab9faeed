//! Letters: to nobody who has not said yes, each thing in one digest, the same digest however often it is sent, ended by one click.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use detente::model::Article;
use detente_serve::{Desk, Letter, Mail, Options, Senders};

use crate::made::{Response, ask, get, on_telling_newsroom};
use crate::newsroom::{Browser, form};
use crate::subscribers::{ingest, later};

const DAY: i64 = 24;

/// An hour after the digests of a day to come.
fn seven(day: i64) -> i64 {
    later(0).div_euclid(86_400) * 86_400 + day * 86_400 + 7 * 3600
}

/// Takes letters, or refuses as many as it is told to.
#[derive(Debug, Default)]
struct Mailbox {
    letters: Mutex<Vec<Letter>>,
    refused: Mutex<usize>,
}

impl Mail for Mailbox {
    fn send(&self, letter: &Letter) -> Result<(), String> {
        self.letters.lock().unwrap().push(letter.clone());
        let mut refused = self.refused.lock().unwrap();
        match refused.checked_sub(1) {
            Some(left) => {
                *refused = left;
                Err("mailbox full".to_owned())
            }
            None => Ok(()),
        }
    }
}

impl Mailbox {
    fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }
}

fn on_mailing_desk<F: Future<Output = ()>>(name: &str, test: impl FnOnce(Arc<Desk>, Arc<Mailbox>) -> F) {
    let mailbox = Arc::new(Mailbox::default());
    let senders = Senders { post: None, mail: Some(mailbox.clone()) };
    let options = Options { public_address: Some("http://desk.test".to_owned()), ..Options::default() };
    on_telling_newsroom(name, senders, options, async |desk| test(desk, mailbox).await);
}

async fn subscribe(desk: &Arc<Desk>, address: &str, rhythm: &str) -> Response {
    let reader = Browser::sign_in(desk, "reader").await;
    let fields = [("matter", "reports"), ("query", "actor=FRA"), ("url", address), ("rhythm", rhythm)];
    reader.send(desk, "/subscriptions", &fields).await
}

/// The path of the page on which letters begin and end.
fn page_of(letter: &Letter) -> String {
    assert!(letter.text.contains(&letter.end), "{}", letter.text);
    letter.end.strip_prefix("http://desk.test").unwrap().to_owned()
}

/// A subscription to which somebody has said yes; its page.
async fn begun(desk: &Arc<Desk>, mailbox: &Mailbox, rhythm: &str) -> String {
    let made = subscribe(desk, "ann@example.org", rhythm).await;
    assert_eq!(made.status, 303, "{}", made.body);
    desk.tell_subscribers(later(0)).await.unwrap();
    let page = page_of(&mailbox.take()[0]);
    assert_eq!(form(desk, &page, None, &[("do", "begin")]).await.status, 200);
    page
}

#[test]
fn nothing_but_a_question_is_sent_before_somebody_says_yes() {
    on_mailing_desk("letters-question", async |desk, mailbox| {
        let made = subscribe(&desk, "ann@example.org", "daily").await;
        assert_eq!(made.status, 303, "{}", made.body);
        ingest("letters-question", "early", "France condemned Germany on Tuesday.").await;
        desk.tell_subscribers(later(3 * DAY)).await.unwrap();
        let sent = mailbox.take();
        assert_eq!((sent.len(), sent[0].to.as_str()), (1, "ann@example.org"));
        let page = page_of(&sent[0]);
        // Programs that read mail follow its links: looking is no answer.
        assert!(get(&desk, &page).await.body.contains("Yes, send them"));
        ingest("letters-question", "later", "France praised Germany on Tuesday.").await;
        desk.tell_subscribers(later(6 * DAY)).await.unwrap();
        assert!(mailbox.take().is_empty());
        let other = page.replace("letters/1-", "letters/2-");
        for forged in [
            other,
            format!("{}{}", &page[..page.len() - 1], if page.ends_with('0') { '1' } else { '0' }),
            "/letters/1-".to_owned(),
            "/letters/x".to_owned(),
        ] {
            assert_eq!(form(&desk, &forged, None, &[("do", "begin")]).await.status, 404, "{forged}");
        }
    });
}

#[test]
fn a_digest_tells_each_thing_once_and_stays_the_same_until_it_is_taken() {
    on_mailing_desk("letters-digest", async |desk, mailbox| {
        begun(&desk, &mailbox, "daily").await;
        let text = "France condemned Germany on Tuesday.\n\nGermany met Spain in Madrid on Tuesday.";
        ingest("letters-digest", "one", text).await;
        desk.tell_subscribers(later(0)).await.unwrap();
        assert!(mailbox.take().is_empty(), "it waits for its hour");
        *mailbox.refused.lock().unwrap() = 1;
        desk.tell_subscribers(seven(1)).await.unwrap();
        ingest("letters-digest", "two", "France praised Germany on Tuesday.").await;
        desk.tell_subscribers(seven(1) + 3600).await.unwrap();
        let sent = mailbox.take();
        assert_eq!(sent.len(), 2, "{sent:?}");
        assert_eq!(sent[0], sent[1], "what came in between waits for the next digest");
        assert!(sent[0].subject.starts_with("1 new thing: actor=FRA"), "{}", sent[0].subject);
        for told in [
            "ACCUSE",
            "“France condemned Germany on Tuesday.”",
            "http://desk.test/event/",
            "http://desk.test/events?actor=FRA",
        ] {
            assert!(sent[0].text.contains(told), "{told}\n{}", sent[0].text);
        }
        assert!(!sent[0].text.contains("Madrid"));
        desk.tell_subscribers(seven(2)).await.unwrap();
        let next = mailbox.take();
        assert_eq!(next.len(), 1);
        assert!(next[0].text.contains("praised") && !next[0].text.contains("condemned"), "{}", next[0].text);
        assert_ne!(next[0].id, sent[0].id);
        desk.tell_subscribers(seven(4)).await.unwrap();
        assert!(mailbox.take().is_empty(), "nothing new, no letter");
    });
}

#[test]
fn a_weekly_digest_comes_once_a_week_and_one_click_ends_it() {
    on_mailing_desk("letters-weekly", async |desk, mailbox| {
        let page = begun(&desk, &mailbox, "weekly").await;
        for day in 1..=15 {
            ingest(
                "letters-weekly",
                &format!("day-{day}"),
                &format!("France condemned Germany on Tuesday, day {day}."),
            )
            .await;
            desk.tell_subscribers(seven(day)).await.unwrap();
        }
        let sent = mailbox.take();
        assert!((2..=3).contains(&sent.len()), "{sent:?}");
        // As the program of a mailbox does it: without a cookie, an origin or a word of a form.
        let click = Request::post(&page)
            .header("host", "desk.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("List-Unsubscribe=One-Click"));
        assert_eq!(ask(&desk, click.unwrap()).await.status, 200);
        assert_eq!(get(&desk, &page).await.status, 404);
        ingest("letters-weekly", "after", "France praised Germany on Tuesday.").await;
        desk.tell_subscribers(later(40 * DAY)).await.unwrap();
        assert!(mailbox.take().is_empty());
    });
}

#[test]
fn what_an_article_says_adds_no_line_and_no_address() {
    on_mailing_desk("letters-hostile", async |desk, mailbox| {
        begun(&desk, &mailbox, "daily").await;
        let text = "France accused Germany of\r\nBcc: bob@example.org \u{202e}and <script>alert(1)</script> lies on Tuesday.";
        assert!(Article::of_text("a", "b", text).text.contains("Bcc"));
        ingest("letters-hostile", "trick", text).await;
        desk.tell_subscribers(seven(1)).await.unwrap();
        for letter in mailbox.take() {
            let lines = letter.text.lines().chain(letter.subject.lines());
            assert!(lines.clone().all(|line| !line.trim_start().starts_with("Bcc:")), "{}", letter.text);
            assert!(!letter.text.contains('\u{202e}') && !letter.subject.contains('\n'));
        }
        for bad in [
            "a@b",
            "ann@example.org,bob@example.org",
            "ann@example.org\nBcc: x@y.org",
            "mailto:a@b.org?cc=c@d.org",
        ] {
            assert_eq!(subscribe(&desk, bad, "daily").await.status, 400, "{bad}");
        }
        assert_eq!(subscribe(&desk, "ann@example.org", "at-once").await.status, 400);
        assert_eq!(subscribe(&desk, "https://hooks.test/", "daily").await.status, 400);
    });
}

#[test]
fn nobody_has_strangers_asked_without_end() {
    on_mailing_desk("letters-strangers", async |desk, mailbox| {
        let mut refused = 0;
        for n in 0..9 {
            let made = subscribe(&desk, &format!("stranger{n}@example.org"), "daily").await;
            refused += u32::from(made.status == 409);
        }
        desk.tell_subscribers(later(0)).await.unwrap();
        assert_eq!((mailbox.take().len(), refused), (5, 4));
    });
}
