//! The report as it was read: its text, whole and unchanged, with furniture set aside.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::{Days, Diagnostic, Span};

/// One report. `text` is the original and is never changed; `blocks` say what each line of it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Article {
    /// A name that is unique in its run or ledger.
    pub id: String,
    /// Where it came from.
    pub url: Option<String>,
    /// The headline, kept apart from the text.
    pub title: String,
    /// The text as read: for a page, its visible text in reading order; furniture included.
    pub text: String,
    /// The pieces of `text`, in order, without overlap; white space between them belongs to none.
    pub blocks: Vec<Block>,
    /// The day of the report, and how it is known.
    pub published: Option<Published>,
    /// The writer's name as printed.
    pub author: Option<String>,
    /// The publication's name.
    pub site: Option<String>,
    /// The section of the publication.
    pub section: Option<String>,
    /// BCP 47 language tag of the text.
    pub language: Option<String>,
    /// What kind of text it is, with the cue that decided.
    pub genre: Genre,
    /// The words that decided the genre, or empty.
    pub genre_cue: String,
    /// Place, day and agency at the head of a wire report.
    pub dateline: Option<Dateline>,
    /// What was found wanting while reading it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Article {
    /// An article of bare text, every paragraph of which is the report's own.
    pub fn of_text(id: impl Into<String>, title: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { id: id.into(), title: title.into(), blocks: Block::paragraphs(&text), text, ..Self::default() }
    }

    /// The same with the day the user or the input gives.
    pub fn published_on(self, day: Date) -> Self {
        let published = Published { days: Days::on(day), basis: DateBasis::Given, reasons: Vec::new() };
        Self { published: Some(published), ..self }
    }
}

/// A run of lines of an article that are one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Bytes of [`Article::text`], without surrounding white space.
    pub span: Span,
    /// Text to read, or furniture.
    pub kind: BlockKind,
}

impl Block {
    /// The paragraphs of a text, parted by empty lines, each taken for the report's own.
    pub fn paragraphs(text: &str) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut at = 0;
        let mut parted = true;
        for line in text.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            let end = start + line.trim().len();
            at += line.len();
            match blocks.last_mut() {
                _ if start >= end => parted = true,
                Some(last) if !parted => last.span.end = end,
                _ => {
                    blocks.push(Block { span: Span::new(start, end), kind: BlockKind::Text });
                    parted = false;
                }
            }
        }
        blocks
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A paragraph or line of the report itself.
    Text,
    /// A heading inside the report.
    Heading,
    /// Part of the page, not of the report: never coded.
    Furniture(Furniture),
}

named_enum! {
    /// The kinds of furniture that stand around a report.
    Furniture, "kind of furniture", {
        /// "The views expressed here are …"
        Disclaimer = "disclaimer",
        /// READ MORE, RELATED, SEE ALSO and what they name.
        Related = "related",
        /// Subscribe, newsletter and notification prompts.
        Subscribe = "subscribe",
        /// Comment boxes and counts.
        Comments = "comments",
        /// Share and follow buttons.
        Share = "share",
        /// "By …" and the writer's note.
        Byline = "byline",
        /// Captions and picture credits.
        Credit = "credit",
        /// Copyright and terms.
        Copyright = "copyright",
        /// Headlines of neighbouring articles.
        Neighbour = "neighbour",
        /// Crumbs, menus, section labels.
        Navigation = "navigation",
        /// A wire's own marks: slugs, "ends", "(more)", contacts.
        Wire = "wire",
        /// Advertising.
        Advertisement = "advertisement",
    }
}

named_enum! {
    /// What kind of text an article is.
    #[derive(Default)]
    Genre, "genre", {
        /// A news report.
        #[default]
        Report = "report",
        /// An opinion, column, editorial or analysis.
        Opinion = "opinion",
        /// A government's own account of a call or meeting, or a press release.
        Readout = "readout",
        /// Questions and answers.
        Interview = "interview",
        /// A page of short dated entries.
        Live = "live",
    }
}

/// The day of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// One day where it is known to the day, else the span that fits.
    pub days: Days,
    /// What says so.
    pub basis: DateBasis,
    /// The reasons, a sentence each, for an inferred date.
    pub reasons: Vec<String>,
}

impl Published {
    /// The day, where it is known to the day.
    pub fn day(&self) -> Option<Date> {
        (self.days.from == self.days.to).then_some(self.days.from)
    }
}

named_enum! {
    /// What the date of a report rests on.
    DateBasis, "date basis", {
        /// The user or the input's own field said so.
        Given = "given",
        /// The page's markup.
        Markup = "markup",
        /// The address.
        Url = "url",
        /// The dateline or another line of the text.
        Dateline = "dateline",
        /// The feed's entry.
        Feed = "feed",
        /// The archive's record.
        Warc = "warc",
        /// Solved from the text's own time words.
        Inferred = "inferred",
    }
}

/// "GENEVA, April 8 (AFP) -": where and when a wire report was filed, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Bytes of [`Article::text`].
    pub span: Span,
    /// The place as written.
    pub place: Option<String>,
    /// The day as written.
    pub date: Option<String>,
    /// The agency.
    pub agency: Option<String>,
}
