//! The text that is read of an article: its headline and its own paragraphs, furniture passed over.
//!
//! Headline and text stand in one string, so that tokens, mentions and time words number through; every span of it leads back
//! to the part of the article it came from. A dateline is a block of its own: the sentence begins behind it, and the town where a
//! report was filed is no party to what it tells.

use detente_model::{Article, BlockKind, Part, Span};

/// What is read of an article, and the way back to it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    text: String,
    blocks: Vec<Span>,
    text_start: usize,
    headline: Option<Span>,
    /// The string as the article has it, where the headline is read in other letters.
    written: Option<String>,
}

const GAP: &str = "\n\n";

impl Reading {
    /// Lays headline and text in one string and marks the blocks to read.
    pub fn of(article: &Article) -> Self {
        let read = article.blocks.iter().filter(|block| is_read(block.kind));
        let mut blocks: Vec<Span> = read.flat_map(|block| behind_dateline(article, block.span)).collect();
        let title = article.title.trim();
        let repeated = blocks.first().is_some_and(|first| article.text[first.range()].trim() == title);
        if title.is_empty() || repeated {
            let headline = blocks.first().copied().filter(|_| repeated);
            return Self { text: article.text.clone(), blocks, headline, ..Self::default() };
        }
        let text_start = article.title.len() + GAP.len();
        let headline = trimmed(&article.title);
        blocks.iter_mut().for_each(|block| *block = block.shifted(text_start));
        blocks.insert(0, headline);
        let text = [article.title.as_str(), GAP, &article.text].concat();
        Self { text, blocks, text_start, headline: Some(headline), written: None }
    }

    /// The same with its headline in the letters of a sentence, of the same length in bytes.
    pub fn with_headline(mut self, in_sentence_case: impl FnOnce(&str) -> Option<String>) -> Self {
        let Some(span) = self.headline else { return self };
        let read = in_sentence_case(&self.text[span.range()]).filter(|read| read.len() == span.len());
        if let Some(read) = read {
            self.written = Some(self.text.clone());
            self.text.replace_range(span.range(), &read);
        }
        self
    }

    /// What stands at a span, as the article has it.
    pub fn written(&self, span: Span) -> &str {
        self.written.as_ref().unwrap_or(&self.text).get(span.range()).unwrap_or_default()
    }

    /// The whole string; blocks and all spans index it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The headline and paragraphs, in order.
    pub fn blocks(&self) -> &[Span] {
        &self.blocks
    }

    /// Whether a byte lies in the headline.
    pub fn is_headline(&self, at: usize) -> bool {
        self.headline.is_some_and(|headline| headline.start <= at && at < headline.end)
    }

    /// Where a span stands in the article.
    pub fn locate(&self, span: Span) -> (Part, Span) {
        match span.start < self.text_start {
            true => (Part::Title, span),
            false => (Part::Text, Span::new(span.start - self.text_start, span.end - self.text_start)),
        }
    }
}

fn is_read(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Furniture(_))
}

/// A paragraph, with a dateline that opens it cut off as a paragraph of its own.
fn behind_dateline(article: &Article, block: Span) -> impl Iterator<Item = Span> {
    let dateline = article.dateline.as_ref().map(|dateline| dateline.span);
    let cut = dateline.map(|span| span.end).filter(|end| block.start < *end && *end < block.end);
    let head = cut.map(|end| Span::new(block.start, end));
    let body = cut.map_or(block, |end| {
        let rest = &article.text[end..block.end];
        Span::new(block.end - rest.trim_start().len(), block.end)
    });
    head.into_iter().chain([body])
}

fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}
