//! What people say of reports: kept beside them, never in them.

use detente_model::named_enum;
use jiff::civil::Date;

use super::sql::{Cells, Kind, Outcome, Sql, Table};
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
    /// In words.
    pub note: Option<String>,
    /// Who says so.
    pub reviewer: String,
    /// When.
    pub on: Date,
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
    ],
    key: 1,
    set: false,
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
            ];
            REVIEWS.insert(&mut transaction, self.dialect, &[row]).await
        };
        self.told(done.await)?;
        self.commit(transaction).await
    }

    /// The reviews of a report, the first first.
    pub async fn reviews(&self, report: &str) -> Result<Vec<Review>, LedgerError> {
        let mut connection = self.connection().await?;
        let mut sql = Sql::new("SELECT report_key, verdict, note, reviewer, reviewed_on FROM reviews WHERE ");
        sql.push("report_key = ? ORDER BY id", [report.into()]);
        let found = async {
            let rows = sql.all(&mut connection).await?;
            rows.iter().map(|row| read(&mut Cells::of(row))).collect::<Outcome<Vec<_>>>()
        };
        self.told(found.await)
    }
}

fn read(cells: &mut Cells<'_>) -> Outcome<Review> {
    Ok(Review {
        report: cells.string()?,
        verdict: cells.named()?,
        note: cells.maybe_string()?,
        reviewer: cells.string()?,
        on: cells.named()?,
    })
}
