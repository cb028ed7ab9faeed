//! The way of one article: reading, annotated, resolved, acts, events.

use detente_acts::Acts;
use detente_code::act::{self, Act, SentenceCoder, Words};
use detente_code::assemble::{self, Scene};
use detente_code::headline::{self, Knowledge};
use detente_code::judge::{self, Case, Feature, Judge, Verdict};
use detente_code::{Calendar, Reading, Resolved, place, resolve, tense_at};
use detente_english::{Annotated, English};
use detente_lexicon::Lexicon;
use detente_model::{Article, Diagnostic, Event, Span};
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
        Self::with_lexicon(Lexicon::builtin())
    }

    /// The same with other actors: a user's own records, say.
    pub fn with_lexicon(lexicon: &'static Lexicon) -> Self {
        Self { english: English::load(), lexicon, acts: Acts::builtin() }
    }

    /// Codes an article.
    pub fn read(&self, article: &Article) -> Coded {
        self.read_while(article, &|| true).unwrap_or_default()
    }

    /// Codes an article as long as the caller wants it to go on; `None` where it was stopped. It is asked between the stages, and in those
    /// that take their time after every piece of text and every sentence, so that a clock outside can bound what one article costs.
    pub fn read_while(&self, article: &Article, go_on: &dyn Fn() -> bool) -> Option<Coded> {
        self.staged(article, go_on, |scene, _, acts| Coded {
            events: assemble::events(scene, acts),
            diagnostics: assemble::diagnostics(scene),
        })
    }

    /// Codes an article again and tells what stands behind its event of this number, from 1.
    pub fn explain(&self, article: &Article, number: usize) -> Option<Explanation> {
        let explain = |scene: &Scene<'_>, times: &Times, acts: Vec<Act>| {
            let traced = assemble::traces(scene, acts).into_iter().nth(number.checked_sub(1)?)?;
            Some(Explanation::new(scene, times, traced))
        };
        self.staged(article, &|| true, explain)?
    }

    /// Codes an article and tells what stands behind each of its events, in order.
    pub fn explain_all(&self, article: &Article) -> Vec<Explanation> {
        let explain = |scene: &Scene<'_>, times: &Times, acts: Vec<Act>| {
            let traces = assemble::traces(scene, acts).into_iter();
            traces.map(|traced| Explanation::new(scene, times, traced)).collect()
        };
        self.staged(article, &|| true, explain).unwrap_or_default()
    }

    /// The words of acts that it codes by.
    pub fn acts(&self) -> &'static Acts {
        self.acts
    }

    /// Takes an article through every stage, and hands what they give to the last one.
    fn staged<T>(
        &self,
        article: &Article,
        go_on: &dyn Fn() -> bool,
        last: impl FnOnce(&Scene<'_>, &Times, Vec<Act>) -> T,
    ) -> Option<T> {
        let day = article.published.as_ref().and_then(|published| published.day());
        let reading = Reading::of(article).with_headline(|headline| self.in_sentence_case(headline, day));
        let text = self.english.annotate_while(reading.text(), reading.blocks(), go_on)?;
        let places = place::resolve(&text);
        let resolved = self.resolve(&text, day).with_towns(places.lands());
        let tense = |span| tense_at(&text, span);
        let anchor = Anchor { published: day, tense: Some(&tense), ..Anchor::default() };
        let times = detente_time::read(reading.text(), &anchor);
        let calendar = Calendar::new(&text, &times, day);
        let scene =
            Scene { article, reading: &reading, text: &text, resolved: &resolved, places: &places, calendar };
        let acts = self.coded(&reading, &text, &resolved, go_on)?;
        go_on().then(|| last(&scene, &times, acts))
    }

    /// What a marked source does to a marked target in a bare text, as a judge sees it; spans are bytes of the text.
    pub fn relate(&self, text: &str, source: &[Span], target: &[Span], judge: &dyn Judge) -> Option<Verdict> {
        self.with_case(text, source, target, |case| judge.judge(case))
    }

    /// What a judge that learns is shown of a marked source and target.
    pub fn relation_features(&self, text: &str, source: &[Span], target: &[Span]) -> Vec<Feature> {
        self.with_case(text, source, target, judge::features)
    }

    fn with_case<T>(
        &self,
        text: &str,
        source: &[Span],
        target: &[Span],
        see: impl FnOnce(&Case<'_>) -> T,
    ) -> T {
        let read = self.in_sentence_case(text, None);
        let text = self.english.annotate(read.as_deref().unwrap_or(text));
        let resolved = self.resolve(&text, None);
        let words = Words::new(&text, self.acts);
        let coder = SentenceCoder::new(&text, &words, &resolved, self.acts);
        see(&Case::new(&text, &coder, source, target))
    }

    fn in_sentence_case(&self, headline: &str, day: Option<Date>) -> Option<String> {
        let (english, lexicon, acts) = (self.english, self.lexicon, self.acts);
        headline::in_sentence_case(headline, Knowledge { english, lexicon, acts, day })
    }

    fn resolve(&self, text: &Annotated<'_>, day: Option<Date>) -> Resolved {
        resolve(&[text], self.lexicon, day).pop().unwrap_or_default()
    }

    fn coded(
        &self,
        reading: &Reading,
        text: &Annotated<'_>,
        resolved: &Resolved,
        go_on: &dyn Fn() -> bool,
    ) -> Option<Vec<Act>> {
        let words = Words::new(text, self.acts);
        let coder = SentenceCoder::new(text, &words, resolved, self.acts);
        let mut acts = Vec::new();
        for sentence in text.sentences() {
            if !go_on() {
                return None;
            }
            if act::is_prose(sentence) {
                acts.extend(coder.code(sentence, reading.is_headline(sentence.span().start)));
            }
        }
        Some(act::settle(acts))
    }
}
