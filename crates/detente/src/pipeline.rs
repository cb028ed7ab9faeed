//! The way of one article: reading, annotated, resolved, acts, events.

use detente_acts::Acts;
use detente_code::act::{self, Act, SentenceCoder, Words};
use detente_code::assemble::{self, Scene};
use detente_code::{Calendar, Reading, Resolved, place, resolve};
use detente_english::{Annotated, English};
use detente_lexicon::Lexicon;
use detente_model::{Article, Diagnostic, Event, EventType, Span};
use detente_time::{Anchor, Times};
use jiff::civil::Date;

use crate::explain::Explanation;

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
        self.staged(article, |scene, _, acts| Coded {
            events: assemble::events(scene, acts),
            diagnostics: assemble::diagnostics(scene),
        })
    }

    /// Codes an article again and tells what stands behind its event of this number, from 1.
    pub fn explain(&self, article: &Article, number: usize) -> Option<Explanation> {
        self.staged(article, |scene, times, acts| {
            let traced = assemble::trace(scene, acts, number)?;
            Some(Explanation::new(scene, times, traced))
        })
    }

    /// The words of acts that it codes by.
    pub fn acts(&self) -> &'static Acts {
        self.acts
    }

    /// Takes an article through every stage, and hands what they give to the last one.
    fn staged<T>(&self, article: &Article, last: impl FnOnce(&Scene<'_>, &Times, Vec<Act>) -> T) -> T {
        let reading = Reading::of(article);
        let text = self.english.annotate_blocks(reading.text(), reading.blocks());
        let day = article.published.as_ref().and_then(|published| published.day());
        let resolved = self.resolve(&text, day);
        let places = place::resolve(&text);
        let times = detente_time::read(reading.text(), &Anchor { published: day, ..Anchor::default() });
        let calendar = Calendar::new(&text, &times, day);
        let scene =
            Scene { article, reading: &reading, text: &text, resolved: &resolved, places: &places, calendar };
        last(&scene, &times, self.coded(&reading, &text, &resolved))
    }

    /// The type of what a marked source does to a marked target in a bare text; spans are bytes of the text.
    pub fn relate(&self, text: &str, source: &[Span], target: &[Span]) -> Option<EventType> {
        let text = self.english.annotate(text);
        let resolved = self.resolve(&text, None);
        let words = Words::new(&text, self.acts);
        let coder = SentenceCoder::new(&text, &words, &resolved, self.acts);
        act::relate(&text, &coder, source, target)
    }

    fn resolve(&self, text: &Annotated<'_>, day: Option<Date>) -> Resolved {
        resolve(&[text], self.lexicon, day).pop().unwrap_or_default()
    }

    fn coded(&self, reading: &Reading, text: &Annotated<'_>, resolved: &Resolved) -> Vec<Act> {
        let words = Words::new(text, self.acts);
        let coder = SentenceCoder::new(text, &words, resolved, self.acts);
        let sentences = text.sentences();
        let sentences = sentences.filter(|sentence| act::is_prose(*sentence));
        act::settle(sentences.flat_map(|s| coder.code(s, reading.is_headline(s.span().start))).collect())
    }
}
