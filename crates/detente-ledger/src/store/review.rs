//! What people say of reports: kept beside them, never in them.

use detente_model::{Actor, Days, EventType, Status, named_enum};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::article_rows::json;
use super::sql::{Again, Cells, Kind, Outcome, Sql, Table};
use super::{Ledger, LedgerError, next_number};

named_enum! {
    /// What a reader says of a report.
    Verdict, "verdict", {
        /// It says what the sentence says.
        Right = "right",
        /// It does not.
        Wrong = "wrong",
        /// It needs another look.
        Unsure = "unsure",
    }
}

/// What a reader says of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The key of the report.
    pub report: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What it should have been, where it is wrong and a reader knows better.
    pub correction: Option<Correction>,
    /// In words.
    pub note: Option<String>,
    /// Who says so.
    pub reviewer: String,
    /// When.
    pub on: Date,
}

/// What an event should have been; what is `None` was right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Correction {
    /// The type.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EventType>,
    /// The status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// All who act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actors: Option<Vec<Actor>>,
    /// All to whom it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<Actor>>,
    /// The days of the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Days>,
}

impl Correction {
    /// Whether it corrects nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

pub(super) const REVIEWS: Table = Table {
    name: "reviews",
    columns: &[
        ("id", Kind::Int),
        ("report_key", Kind::Text),
        ("verdict", Kind::Text),
        ("note", Kind::Text),
        ("reviewer", Kind::Text),
        ("reviewed_on", Kind::Text),
        ("correction", Kind::Text),
    ],
    key: 1,
    again: Again::Fails,
};

impl Ledger {
    /// Keeps a review; earlier ones stay.
    pub async fn review(&self, review: &Review) -> Result<(), LedgerError> {
        let mut transaction = self.begin().await?;
        let done = async {
            let row = vec![
                next_number(&mut transaction, "id", "reviews").await?.into(),
                review.report.as_str().into(),
                review.verdict.as_str().into(),
                review.note.as_deref().into(),
                review.reviewer.as_str().into(),
                review.on.into(),
                review.correction.as_ref().map(json).into(),
            ];
            REVIEWS.insert(&mut transaction, self.dialect, &[row]).await
        };
        self.told(done.await)?;
        self.commit(transaction).await
    }

    /// The reviews of a report, the first first.
    pub async fn reviews(&self, report: &str) -> Result<Vec<Review>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql = Sql::new(SELECTION);
        sql.push("report_key = ? ORDER BY id", [report.into()]);
        let found = async {
            let rows = sql.all(&mut connection).await?;
            rows.iter().map(|row| Ok(read(&mut Cells::of(row))?.1)).collect::<Outcome<Vec<_>>>()
        };
        self.told(found.await)
    }

    /// Reviews of any report kept after the one of this number, with their numbers, the first first.
    pub async fn reviews_since(&self, number: i64, limit: usize) -> Result<Vec<(i64, Review)>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql = Sql::new(SELECTION);
        sql.push("id > ? ORDER BY id LIMIT ?", [number.into(), limit.into()]);
        let found = async {
            let rows = sql.all(&mut connection).await?;
            rows.iter().map(|row| read(&mut Cells::of(row))).collect::<Outcome<Vec<_>>>()
        };
        self.told(found.await)
    }
}

const SELECTION: &str =
    "SELECT id, report_key, verdict, note, reviewer, reviewed_on, correction FROM reviews WHERE ";

fn read(cells: &mut Cells<'_>) -> Outcome<(i64, Review)> {
    let number = cells.int()?;
    let review = Review {
        report: cells.string()?,
        verdict: cells.named()?,
        note: cells.maybe_string()?,
        reviewer: cells.string()?,
        on: cells.named()?,
        correction: cells.maybe_json()?,
    };
    Ok((number, review))
}
