//! The way of one article: reading, annotated, resolved, acts, events.

use detente_acts::Acts;
use detente_code::act::{self, SentenceCoder, Words};
use detente_code::{Reading, Resolved, assemble};
use detente_english::{Annotated, English};
use detente_lexicon::Lexicon;
use detente_model::{Article, Diagnostic, Event, EventType, Span};

/// What is loaded once: the language engine, the lexicons. Shared by all threads.
#[derive(Clone, Copy)]
pub struct Pipeline {
    english: &'static English,
    lexicon: &'static Lexicon,
    acts: &'static Acts,
}

/// The events of one article, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coded {
    /// The acts it reports.
    pub events: Vec<Event>,
    /// What was found wanting.
    pub diagnostics: Vec<Diagnostic>,
}

impl Pipeline {
    /// The pipeline with the built-in model and lexicons.
    pub fn builtin() -> Self {
        Self { english: English::load(), lexicon: Lexicon::builtin(), acts: Acts::builtin() }
    }

    /// Codes an article.
    pub fn read(&self, article: &Article) -> Coded {
        let reading = Reading::of(article);
        let text = self.english.annotate_blocks(reading.text(), reading.blocks());
        let resolved = Resolved::new(Vec::new(), text.len());
        let events = self.code(article, &reading, &text, &resolved);
        Coded { events, diagnostics: article.diagnostics.clone() }
    }

    fn code(
        &self,
        article: &Article,
        reading: &Reading,
        text: &Annotated<'_>,
        resolved: &Resolved,
    ) -> Vec<Event> {
        let words = Words::new(text, self.acts);
        let coder = SentenceCoder::new(text, &words, resolved, self.acts);
        let acts: Vec<_> = text
            .sentences()
            .flat_map(|sentence| coder.code(sentence, reading.is_headline(sentence.span().start)))
            .collect();
        assemble::events(article, reading, text, resolved, acts)
    }
}
