//! Keeping what is new: articles with the events read in them, and reports from elsewhere.

use detente_model::{Article, Event, Report, Signature};
use jiff::civil::Date;

use super::batch::Batch;
use super::known::living;
use super::log::OnDisk;
use super::{Ledger, LedgerError};

/// An article with what was read in it: kept whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The article.
    pub article: Article,
    /// What its text is known again by.
    pub signature: Signature,
    /// Its events, in the order of the text.
    pub events: Vec<Event>,
}

/// What read an article.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Versions {
    /// The program.
    pub coder: String,
    /// The senses and patterns of acts.
    pub rules: String,
    /// The records of actors.
    pub lexicon: String,
    /// The language model.
    pub model: String,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appended {
    /// Articles that are new.
    pub articles: usize,
    /// Articles that replaced an earlier text of theirs.
    pub corrected: usize,
    /// Articles, or reports from elsewhere, that were there already.
    pub unchanged: usize,
    /// Reports that were kept.
    pub reports: usize,
}

impl Appended {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            articles: self.articles + other.articles,
            corrected: self.corrected + other.corrected,
            unchanged: self.unchanged + other.unchanged,
            reports: self.reports + other.reports,
        }
    }
}

impl Ledger {
    /// Keeps a batch of articles with their events, all or none.
    ///
    /// An article that is there with the same words, headline and day stays as it is. Where one of the same id or address has other
    /// words, the new one supersedes it and its reports. Reprints of one text share a `text_family`.
    pub async fn append(
        &self,
        entries: &[Entry],
        versions: &Versions,
        on: Date,
    ) -> Result<Appended, LedgerError> {
        let (appended, on_disk) = self.append_soon(entries, versions, on).await?;
        on_disk.reached().await?;
        Ok(appended)
    }

    /// As [`append`](Self::append), but does not wait for the disk: whoever keeps many batches waits after the next one is written.
    pub async fn append_soon(
        &self,
        entries: &[Entry],
        versions: &Versions,
        on: Date,
    ) -> Result<(Appended, OnDisk), LedgerError> {
        let mut transaction = self.begin().await?;
        let done = Batch::new(&mut transaction, self.dialect, on).articles(entries, versions).await;
        let appended = self.told(done)?;
        Ok((appended, self.commit_soon(transaction).await?))
    }

    /// Keeps reports that were coded elsewhere, all or none; their articles are known by name only.
    ///
    /// A report that is there with the same content stays as it is; one of the same key with other content is superseded.
    pub async fn append_reports(&self, reports: &[Report], on: Date) -> Result<Appended, LedgerError> {
        let (appended, on_disk) = self.append_reports_soon(reports, on).await?;
        on_disk.reached().await?;
        Ok(appended)
    }

    /// As [`append_reports`](Self::append_reports), but does not wait for the disk.
    pub async fn append_reports_soon(
        &self,
        reports: &[Report],
        on: Date,
    ) -> Result<(Appended, OnDisk), LedgerError> {
        let mut transaction = self.begin().await?;
        let done = Batch::new(&mut transaction, self.dialect, on).reports(reports).await;
        let appended = self.told(done)?;
        Ok((appended, self.commit_soon(transaction).await?))
    }

    /// Whether the article is there with the same words, headline and day, so that it need not be read again.
    pub async fn holds(&self, article: &Article, signature: &Signature) -> Result<bool, LedgerError> {
        let mut connection = self.connection().await?;
        let lived = self.told(living(&mut connection, &[(article, signature)]).await)?;
        Ok(lived.iter().any(|lived| lived.is(article, signature)))
    }
}
