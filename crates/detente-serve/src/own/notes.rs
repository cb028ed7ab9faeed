//! Notes of readers on events and articles, and faults that they report.

use detente::model::named_enum;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Own, OwnError, now, told};

named_enum! {
    /// What a note is about.
    About, "subject of a note", {
        /// An event.
        Event = "event",
        /// An article.
        Article = "article",
    }
}

named_enum! {
    /// What a note is for.
    NoteKind, "kind of note", {
        /// Something to know.
        Note = "note",
        /// Something is wrong with the page or the text.
        Fault = "fault",
    }
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Note {
    /// Its number.
    pub id: i64,
    /// What it is about.
    #[schemars(schema_with = "crate::schema::subjects")]
    pub about: About,
    /// The key of the event or the id of the article.
    pub key: String,
    /// What it is for.
    #[schemars(schema_with = "crate::schema::notes")]
    pub kind: NoteKind,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub made_at: String,
}

type Row = (i64, String, String, String, String, String, i64);
const SELECTION: &str = "SELECT id, about, key, kind, text, author, made_at FROM notes";
const MOST: i64 = 200;

impl Own {
    /// Keeps a note.
    pub(crate) async fn add_note(
        &self,
        about: About,
        key: &str,
        kind: NoteKind,
        text: &str,
        author: &str,
    ) -> Result<i64, OwnError> {
        let kept = sqlx::query(
            "INSERT INTO notes (about, key, kind, text, author, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(about.as_str())
        .bind(key)
        .bind(kind.as_str())
        .bind(text)
        .bind(author)
        .bind(now())
        .execute(&self.pool)
        .await?;
        Ok(kept.last_insert_rowid())
    }

    /// The notes on something, the first first.
    pub(crate) async fn notes(&self, about: About, key: &str) -> Result<Vec<Note>, OwnError> {
        let rows: Vec<Row> =
            sqlx::query_as(&format!("{SELECTION} WHERE about = ? AND key = ? ORDER BY id LIMIT {MOST}"))
                .bind(about.as_str())
                .bind(key)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().filter_map(note).collect())
    }

    /// The faults that were reported last.
    pub(crate) async fn faults(&self) -> Result<Vec<Note>, OwnError> {
        let rows: Vec<Row> =
            sqlx::query_as(&format!("{SELECTION} WHERE kind = 'fault' ORDER BY id DESC LIMIT {MOST}"))
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().filter_map(note).collect())
    }
}

fn note((id, about, key, kind, text, author, made_at): Row) -> Option<Note> {
    let (about, kind) = (about.parse().ok()?, kind.parse().ok()?);
    Some(Note { id, about, key, kind, text, author, made_at: told(made_at) })
}
