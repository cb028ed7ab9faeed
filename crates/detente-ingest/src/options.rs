//! How to read: limits, field names, the language gate.

use detente_model::Published;

/// Everything a caller can choose; the defaults suit news.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// How much is read at most.
    pub limits: Limits,
    /// The names of the fields of JSON and CSV records.
    pub fields: Fields,
    /// What happens to text that is not English.
    pub gate: LanguageGate,
    /// Whether the pages that a feed names are fetched; needs a fetcher in the reader.
    pub links: Links,
    /// Where the text came from, when the caller knows: a page's address helps to date it.
    pub url: Option<String>,
    /// The day and its basis, when the caller knows; it comes before everything the input says.
    pub published: Option<Published>,
}

/// What happens to text that is not English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LanguageGate {
    /// It is reported and not handed on.
    #[default]
    Skip,
    /// It is handed on with its language named.
    Pass,
}

/// Whether the pages a feed links to are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// The feed's own text is the article.
    #[default]
    Ignore,
    /// Each linked page is fetched and read; where that fails, the feed's own text is the article.
    Follow,
}

/// How much is read at most, so that no input can fill the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document, unpacked; the rest is left unread.
    pub document_bytes: usize,
    /// Tags of one page.
    pub page_tags: usize,
    /// Elements inside one another in a page.
    pub page_depth: usize,
    /// Bytes of text of one page, each counted once for every element around it: what the search for its report costs.
    pub page_work: u64,
    /// How many times larger a packed file may become; more is taken for a bomb.
    pub unpack_ratio: u64,
    /// Folders inside one another.
    pub folder_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 8 << 20,
            page_tags: 60_000,
            page_depth: 400,
            page_work: 50_000_000,
            unpack_ratio: 250,
            folder_depth: 32,
        }
    }
}

impl Limits {
    /// The limits for documents of so many bytes, what a page may cost growing with them.
    pub fn of_documents(bytes: usize) -> Self {
        let usual = Self::default();
        let scaled = |limit: u64| (u128::from(limit) * bytes as u128 / usual.document_bytes as u128) as u64;
        Self {
            document_bytes: bytes,
            page_tags: usize::try_from(scaled(usual.page_tags as u64)).unwrap_or(usize::MAX),
            page_work: scaled(usual.page_work),
            ..usual
        }
    }
}

/// The names of the fields of JSON and CSV records; of several names the first that is there counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// A name for the record.
    pub id: Vec<String>,
    /// Where it came from.
    pub url: Vec<String>,
    /// The headline.
    pub title: Vec<String>,
    /// The text.
    pub text: Vec<String>,
    /// The day.
    pub published: Vec<String>,
    /// The writer.
    pub author: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self {
            id: names(&["id", "doc_id", "uid", "uuid", "guid"]),
            url: names(&["url", "link", "uri", "canonical_url"]),
            title: names(&["title", "headline", "name"]),
            text: names(&["text", "body", "content", "articleBody", "article", "maintext", "content_text"]),
            published: names(&[
                "published",
                "date",
                "date_published",
                "published_at",
                "publish_date",
                "pubDate",
                "timestamp",
            ]),
            author: names(&["author", "byline", "authors"]),
        }
    }
}
