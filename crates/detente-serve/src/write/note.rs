//! A note on an event or an article, or a fault that somebody reports.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::HeaderMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Sent, written};
use crate::http::{Answer, Asked, Fault, href};
use crate::own::{About, NoteKind, Role};

/// What a program sends.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    #[schemars(schema_with = "crate::schema::notes")]
    kind: NoteKind,
    #[schemars(length(min = 1, max = 2000), regex(pattern = "[A-Za-z0-9]"))]
    text: String,
}

/// The number of the note.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Noted {
    id: i64,
}

const MOST: usize = 2_000;

/// Takes a note on an event.
pub async fn on_event(asked: Asked, Path(key): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    asked.desk.ledger().report(&key).await?.ok_or_else(|| Fault::missing("event", &key))?;
    let page = format!("{}#notes", href::event(&key));
    take(Sent::of(asked, &headers, body)?, About::Event, &key, &page).await
}

/// Takes a note on an article.
pub async fn on_article(asked: Asked, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    asked.desk.ledger().article(&id).await?.ok_or_else(|| Fault::missing("article", &id))?;
    let page = format!("{}#notes", href::article(&id));
    take(Sent::of(asked, &headers, body)?, About::Article, &id, &page).await
}

async fn take(sent: Sent, about: About, key: &str, page: &str) -> Answer {
    let author = sent.asked.visitor.allowed(Role::Reader)?.name.clone();
    let body = match sent.is_from_program() {
        true => sent.object::<NoteBody>()?,
        false => NoteBody {
            kind: sent.form.one("kind")?.unwrap_or(NoteKind::Note),
            text: sent.form.text("text").unwrap_or_default().to_owned(),
        },
    };
    let text = written("text", &body.text, MOST)?;
    let id = sent.own()?.add_note(about, key, body.kind, &text, &author).await?;
    Ok(sent.done(page, Noted { id }))
}
