//! Letters: what is new as text with links, in a digest or to ask whether somebody wants one.
//!
//! A letter goes only to an address whose owner has said so on the page that a first letter links to. Every letter links to that page, where its
//! subscription can be ended, too; whoever holds the link needs no account.

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::notify::signature;
use crate::own::{Due, Gathered, same};
use crate::record::{ContactRecord, EventRecord, VerdictRecord};

/// A letter as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whom to.
    pub to: String,
    /// What it is of: the same each time it is sent.
    pub id: String,
    /// Its subject, one line.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The page on which its subscription is ended.
    pub end: String,
}

/// A way to send letters.
pub trait Mail: Debug + Send + Sync {
    /// Sends a letter; a server has then taken it.
    ///
    /// # Errors
    /// Where no server takes it, in words.
    fn send(&self, letter: &Letter) -> Result<(), String>;
}

/// What is kept of a letter until it is sent.
#[derive(Debug, Serialize, Deserialize)]
struct Draft {
    subject: String,
    text: String,
}

/// Asks somebody whether letters are wanted.
pub fn question(account: &str, query: &str) -> String {
    let what = told(query);
    let text = format!(
        "{account} asks for letters to this address, of {what}.\n\nIf that is you, say so on the page below. If it is not, do nothing: \
         nothing else will be sent."
    );
    written("Do you want these letters?".to_owned(), text)
}

/// A digest as text.
pub fn digest(gathered: &Gathered, origin: &str) -> String {
    let Gathered { lines, more, query, rhythm, .. } = gathered;
    let number = lines.len() + more;
    let thing = if number == 1 { "thing" } else { "things" };
    let subject = format!("{number} new {thing}: {}", told(query));
    let mut text = format!("New of {}, {rhythm}.\n\n{}", told(query), lines.join("\n\n"));
    if *more > 0 {
        text.push_str(&format!("\n\nand {more} more"));
    }
    text.push_str(&format!("\n\nAll of them: {origin}/events?{query}"));
    written(subject, text)
}

fn told(query: &str) -> String {
    if query.is_empty() { "everything".to_owned() } else { one_line(query) }
}

fn written(subject: String, text: String) -> String {
    serde_json::to_string(&Draft { subject, text }).unwrap_or_default()
}

/// The letter of a delivery to an address.
pub fn letter(due: &Due, to: &str, origin: &str) -> Result<Letter, String> {
    let draft: Draft = serde_json::from_str(&due.body).map_err(|error| error.to_string())?;
    let end = page_of(due.subscription, &due.secret, origin);
    let text = format!("{}\n\n--\nLetters of this kind begin and end at {end}\n", draft.text);
    Ok(Letter { to: to.to_owned(), id: due.event.replace(':', "."), subject: draft.subject, text, end })
}

/// The page on which the letters of a subscription begin and end.
fn page_of(subscription: i64, secret: &str, origin: &str) -> String {
    format!("{origin}/letters/{subscription}-{}", signature(secret, "letters", ""))
}

/// The number of the subscription in the address of such a page.
pub fn numbered(key: &str) -> Option<i64> {
    key.split_once('-')?.0.parse().ok()
}

/// Whether the address of such a page is that of a subscription with this secret.
pub fn is_key(key: &str, secret: &str) -> bool {
    key.split_once('-').is_some_and(|(_, given)| same(given, &signature(secret, "letters", "")))
}

/// A report in a digest.
pub fn report(desk: &Desk, event: &EventRecord) -> String {
    let by = event.article.publisher.as_deref().unwrap_or_default();
    let day = event.article.published.as_deref().unwrap_or_default();
    let head = [event.what(), event.status.to_owned(), event.who(), event.when()].join(" ");
    format!(
        "* {}\n  “{}”\n  {}\n  {}{}",
        one_line(&head),
        one_line(&event.sentence),
        one_line(&[by, day].join(" ")),
        desk.origin(),
        event.href
    )
}

/// A contact in a digest.
pub fn contact(desk: &Desk, contact: &ContactRecord) -> String {
    let head = [contact.title(), contact.state.to_owned(), contact.when()].join(" ");
    format!("* {}\n  {}{}", one_line(&head), desk.origin(), contact.href)
}

/// A verdict in a digest.
pub fn verdict(desk: &Desk, before: Option<&str>, verdict: &VerdictRecord) -> String {
    let pair = &verdict.pair;
    let head = format!(
        "{} and {}: {} (before: {})",
        pair.a.name,
        pair.b.name,
        verdict.in_short,
        before.unwrap_or("unknown")
    );
    format!("* {}\n  {}{}?on={}", one_line(&head), desk.origin(), pair.href, verdict.on)
}

/// What an article says, without anything that ends a line or turns the direction of the text.
fn one_line(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words = text.split_whitespace().map(|word| word.replace(hidden, ""));
    words.filter(|word| !word.is_empty()).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_an_article_says_stays_on_its_line() {
        assert_eq!(one_line("a\r\nBcc: b\u{0}\t \u{202e}c"), "a Bcc: b c");
    }
}
